namespace Explain.Render;

/// <summary>The cells, names and margins.</summary>
internal sealed class ConfusionGrid
{
    private const double Side = 470;

    // Below these sizes of a cell, in pixels, its text could not be read.
    private const double LeastForBoth = 34;
    private const double LeastForOne = 17;
    private const double BarWidth = 130;
    private readonly Theme _theme;
    private readonly ConfusionCounts _table;
    private readonly string[] _names;
    private readonly string _normalise;
    private readonly ColorScale _scale;
    private readonly double _cell;
    private readonly double _labels;
    private readonly double _margin;
    private readonly double _top;

    public ConfusionGrid(Theme theme, ConfusionCounts table, string[] names, string normalise, double mostCount)
    {
        (_theme, _table, _names, _normalise) = (theme, table, names, normalise);
        double limit = normalise switch
        {
            "none" => mostCount,
            "all" => table.Rows.Max() / (double)table.Total,
            _ => 1,
        };
        _scale = ColorScale.Sequential(theme, limit) with { Spread = Spread.Root };
        _cell = Math.Clamp(Math.Floor(Side / names.Length), 3, 84);
        _labels = names.Select(n => theme.Face.Measure(n, Typography.Label)).Max();
        _labels = Math.Min(110, _labels) + 8;
        if (_cell >= LeastForOne) _labels = Math.Max(_labels, theme.Face.Measure("precision", Typography.Small) - 8);
        _margin = _cell >= LeastForOne ? Math.Max(_cell, 46) : 0;
        bool fits = names.All(n => theme.Face.Measure(n, Typography.Label) <= _cell - 4);
        Upright = !fits;
        _top = 20 + (Upright ? _labels : 16);
    }

    public string ColorWords => _normalise switch
    {
        "predicted" => "percentages and colours are shares of the predicted class (column), colours by square root",
        "all" => "percentages and colours are shares of all samples, colours by square root",
        "none" => "colours are counts by square root, percentages are shares of the true class (row)",
        _ => "percentages and colours are shares of the true class (row), colours by square root",
    };

    public double Width => Math.Max(
        Left + Cells + 6 + _margin + 4, Left + BarWidth + 14 + _theme.Face.Measure(ColorBar.Note(Of, _scale.Spread, 0), Typography.Small));

    public double Height => _top + Cells + (_margin > 0 ? 6 + MarginRow : 0) + 16 + ColorBar.Height;

    private bool Upright { get; }

    private string Of => _normalise switch
    {
        "predicted" => "share of the predicted class",
        "all" => "share of all samples",
        "none" => "count",
        _ => "share of the true class",
    };

    private double Cells => _cell * _names.Length;

    private double Left => _labels + 20;

    private double MarginRow => Math.Min(_cell, 30);

    public List<Node> Draw()
    {
        var nodes = new List<Node>
        {
            new TextNode("predicted class", new Point(Left + (Cells / 2), 11), Typography.Label, _theme.Muted, TextAnchor.Middle),
            new TextNode("true class", new Point(10, _top + (Cells / 2)), Typography.Label, _theme.Muted, TextAnchor.Middle, Rotation: -90),
        };
        nodes.AddRange(Names());
        for (int i = 0; i < _names.Length; i++)
        {
            var row = new List<Node>();
            for (int j = 0; j < _names.Length; j++)
                row.AddRange(Cell(i, j));
            nodes.Add(new GroupNode(row) { Label = $"true {_names[i]}" });
        }
        if (_margin > 0) nodes.AddRange(Margins());
        double y = _top + Cells + (_margin > 0 ? 6 + MarginRow : 0) + 16;
        nodes.AddRange(ColorBar.Draw(_scale, new Point(Left, y), BarWidth, _theme, Of, percent: _normalise != "none"));
        return nodes;
    }

    private IEnumerable<Node> Names()
    {
        // Too many names would overlap: every k-th is set.
        int every = Math.Max(1, (int)Math.Ceiling(Typography.Label * 1.15 / _cell));
        for (int i = 0; i < _names.Length; i += every)
        {
            double middle = (i + 0.5) * _cell;
            string name = _theme.Face.Ellipsize(_names[i], _labels - 8, Typography.Label);
            yield return new TextNode(
                name,
                new Point(Left - 7, _theme.Face.Centered(_top + middle, Typography.Label)),
                Typography.Label,
                _theme.Foreground,
                TextAnchor.End);
            yield return Upright
                ? new TextNode(
                    name,
                    new Point(_theme.Face.Centered(Left + middle, Typography.Label), _top - 6),
                    Typography.Label,
                    _theme.Foreground,
                    Rotation: -90)
                : new TextNode(name, new Point(Left + middle, _top - 6), Typography.Label, _theme.Foreground, TextAnchor.Middle);
        }
    }

    private IEnumerable<Node> Cell(int i, int j)
    {
        int count = _table.Cells[i, j];
        double share = _table.Share(i, j, _normalise);
        var fill = _scale.At(_normalise == "none" ? count : share);
        var box = new Rect(Left + (j * _cell), _top + (i * _cell), _cell, _cell);
        double gap = _cell >= LeastForOne ? 0.5 : 0;
        yield return new PathNode(PathData.Rectangle(box.Inset(gap)), fill);
        if (_cell < LeastForOne || count == 0) yield break;
        var ink = Contrast.On(fill, _theme);
        bool both = _cell >= LeastForBoth;
        double size = Math.Clamp(_cell * 0.26, 7.5, 13);
        var c = box.Center;
        string text = Fit(NumberFormat.Count(count), NumberFormat.Si(count), size, i == j);
        yield return new TextNode(
            text,
            new Point(c.X, both ? c.Y - (size * 0.12) : _theme.Face.Centered(c.Y, size)),
            size,
            ink,
            TextAnchor.Middle,
            i == j ? FontWeight.Bold : FontWeight.Regular);
        if (both)
        {
            string percent = share < 0.0995 && _cell >= 40 ? NumberFormat.Percent(share) : NumberFormat.Percent(share, 0);
            yield return new TextNode(percent, new Point(c.X, c.Y + (size * 0.98)), size * 0.8, ink, TextAnchor.Middle);
        }
    }

    private string Fit(string longer, string shorter, double size, bool bold) =>
        _theme.Face.Measure(longer, size, bold ? FontWeight.Bold : FontWeight.Regular) <= _cell - 3 ? longer : shorter;

    private IEnumerable<Node> Margins()
    {
        double size = Math.Clamp(_cell * 0.24, 7.5, Typography.Label);
        double right = Left + Cells + 6;
        yield return new TextNode("recall", new Point(right + 3, _top - 6), Typography.Small, _theme.Muted);
        double bottom = _top + Cells + 6;
        yield return new TextNode(
            "precision",
            new Point(Left - 7, _theme.Face.Centered(bottom + (MarginRow / 2), Typography.Small)),
            Typography.Small,
            _theme.Muted,
            TextAnchor.End);
        for (int i = 0; i < _names.Length; i++)
        {
            double middle = (i + 0.5) * _cell;
            yield return new TextNode(
                Text(_table.Recall(i)), new Point(right + 3, _theme.Face.Centered(_top + middle, size)), size, _theme.Foreground);
            yield return new TextNode(
                Text(_table.Precision(i)),
                new Point(Left + middle, _theme.Face.Centered(bottom + (MarginRow / 2), size)),
                size,
                _theme.Foreground,
                TextAnchor.Middle);
        }

        string Text(double share) => double.IsNaN(share) ? "–" : NumberFormat.Percent(share, _cell >= 40 ? 1 : 0);
    }
}
