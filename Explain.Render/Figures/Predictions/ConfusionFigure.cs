using Explain.Core;

namespace Explain.Render;

/// <summary>Which classes the network takes for which: rows are true classes, columns predicted ones; recall at the right, precision at the bottom.</summary>
public sealed class ConfusionFigure(FigureRequest request, int? epoch = null)
    : SnapshotFigure(Kind, request, "there are no counts", epoch: epoch)
{
    private const double Side = 470;

    // Below these sizes of a cell, in pixels, its text could not be read.
    private const double LeastForBoth = 34;
    private const double LeastForOne = 17;
    private static readonly FigureOption Normalise = new("normalise", "true|predicted|all|none", "true", "What a cell's percentage is a share of: its true class, its predicted class, all samples; or colour by counts.");
    private static readonly FigureOption Data = new("data", "held-out|training", "held-out", "Validation (or test) data, or training data.");
    private readonly string _normalise = request.Option(Normalise);
    private readonly bool _training = request.Option(Data) == "training";

    /// <summary>Its entry in the catalogue.</summary>
    public static FigureKind Kind { get; } = new(
        "confusion", "Confusion matrix", "Which classes are taken for which: counts and percent, with recall and precision.",
        "Each row holds the samples of one true class, each column those that were given one label. The diagonal is what was right. A dark cell off the diagonal is a frequent mistake. An empty column is a class the network never names.",
        FigureScope.Epoch, PerLayer: false, [Normalise, Data], run => run.Info.Data.ClassNames.Count > 1, request => new ConfusionFigure(request))
    {
        Beware = "Shares are of a row by default: a class of few samples looks as weighty as one of many. Two numbers of a handful of samples each may differ by chance alone.",
        Program = """
        new ConfusionFigure(run, epoch: run.SnapshotEpochs[^1]).Draw(Theme.Light).SavePng("confusion.png");
        """,
        Unmet = run => $"it needs at least 2 classes; this run has {run.Info.Data.ClassNames.Count}",
    };

    private protected override Scene Draw(Theme theme, Snapshot snapshot)
    {
        var run = Run;
        bool training = _training || snapshot.HeldOutConfusion.Length == 0;
        int[,] counts = training ? snapshot.TrainConfusion : snapshot.HeldOutConfusion;
        int n = counts.GetLength(0);
        var table = new Counts(counts);
        if (n == 0 || table.Total == 0)
            return Missing(theme, "There are no class counts in this snapshot: the run has no classes or nothing was evaluated.");

        string data = training ? "training" : run.Info.Data.Validation > 0 ? "validation" : "test";
        string[] names = [.. Enumerable.Range(0, n).Select(i => i < run.Info.Data.ClassNames.Count ? run.Info.Data.ClassNames[i] : $"{i}")];
        var grid = new Grid(theme, table, names, _normalise, MostCount(training));
        string finding = Finding(table, names);
        return new Page
        {
            Theme = theme,
            Subtitle = $"{run.Title()} · {run.EpochWords(snapshot.Epoch)} · {data} accuracy {NumberFormat.Percent(table.Accuracy)} of {NumberFormat.Count(table.Total)}",
            BodyWidth = grid.Width,
            BodyHeight = grid.Height,
            Body = grid.Draw(),
            Width = Request.Width,
            Notes = _training == training ? [] : ["There is no held-out data in this run: these are training samples."],
            Info = new SceneInfo
            {
                Title = Kind.Title,
                Caption = $"Rows are true classes, columns predicted ones; {grid.ColorWords}. At the right, recall (share of the row that is right); at the bottom, precision (share of the column that is right).",
                AltText = $"Confusion matrix of {n} classes on {data} data after epoch {snapshot.Epoch}: {NumberFormat.Percent(table.Accuracy)} are right; {finding}",
                Description = string.Join(" ", Enumerable.Range(0, n).Select(i => $"{names[i]}: recall {NumberFormat.Percent(table.Recall(i))}, precision {NumberFormat.Percent(table.Precision(i))}.")),
                Table = new DataTable(["true class", .. names.Select(name => $"predicted {name}"), "recall"],
                    [.. Enumerable.Range(0, n).Select(i => (IReadOnlyList<string>)[names[i], .. Enumerable.Range(0, n).Select(j => NumberFormat.Count(counts[i, j])), NumberFormat.Percent(table.Recall(i))])]),
                Command = Command,
            },
        }.ToScene();
    }

    private static string Finding(Counts table, string[] names)
    {
        int row = 0, column = 0, most = 0;
        for (int i = 0; i < names.Length; i++)
        {
            for (int j = 0; j < names.Length; j++)
            {
                if (i == j || table.Cells[i, j] <= most) continue;
                (row, column, most) = (i, j, table.Cells[i, j]);
            }
        }
        string mistake = most == 0 ? "there is no mistake." : $"the most frequent mistake takes {names[row]} for {names[column]} ({NumberFormat.Count(most)} times).";
        string[] never = [.. Enumerable.Range(0, names.Length).Where(j => table.Columns[j] == 0).Select(j => names[j])];
        return never.Length == 0 ? mistake : $"{mistake} Never predicted: {string.Join(", ", never)}.";
    }

    // Counts share their colours over epochs and runs: the largest class bounds every cell.
    private double MostCount(bool training)
    {
        double most = 1;
        foreach (var run in Request.Sharing().Where(r => r.SnapshotEpochs.Count > 0))
        {
            var last = run.ReadSnapshot(run.SnapshotEpochs[^1]);
            most = Math.Max(most, new Counts(training ? last.TrainConfusion : last.HeldOutConfusion).Rows.DefaultIfEmpty(0).Max());
        }
        return most;
    }

    private sealed record Counts
    {
        public Counts(int[,] cells)
        {
            int n = cells.GetLength(0);
            Cells = cells;
            Rows = new long[n];
            Columns = new long[n];
            for (int i = 0; i < n; i++)
            {
                for (int j = 0; j < n; j++)
                {
                    Rows[i] += cells[i, j];
                    Columns[j] += cells[i, j];
                }
                Right += cells[i, i];
            }
        }

        public int[,] Cells { get; }

        public long[] Rows { get; }

        public long[] Columns { get; }

        public long Right { get; }

        public long Total => Rows.Sum();

        public double Accuracy => (double)Right / Total;

        public double Recall(int i) => Rows[i] == 0 ? double.NaN : (double)Cells[i, i] / Rows[i];

        public double Precision(int j) => Columns[j] == 0 ? double.NaN : (double)Cells[j, j] / Columns[j];

        public double Share(int i, int j, string of) => of switch
        {
            "predicted" => (double)Cells[i, j] / Math.Max(1, Columns[j]),
            "all" => (double)Cells[i, j] / Total,
            _ => (double)Cells[i, j] / Math.Max(1, Rows[i]),
        };
    }

    /// <summary>The cells, names and margins.</summary>
    private sealed class Grid
    {
        private const double BarWidth = 130;
        private readonly Theme _theme;
        private readonly Counts _table;
        private readonly string[] _names;
        private readonly string _normalise;
        private readonly ColorScale _scale;
        private readonly double _cell;
        private readonly double _labels;
        private readonly double _margin;
        private readonly double _top;

        public Grid(Theme theme, Counts table, string[] names, string normalise, double mostCount)
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

        public double Width => Math.Max(Left + Cells + 6 + _margin + 4, Left + BarWidth + 14 + _theme.Face.Measure(ColorBar.Note(Of, _scale.Spread, 0), Typography.Small));

        public double Height => _top + Cells + (_margin > 0 ? 6 + MarginRow : 0) + 16 + ColorBar.Height;

        private bool Upright { get; }

        private string Of => _normalise switch { "predicted" => "share of the predicted class", "all" => "share of all samples", "none" => "count", _ => "share of the true class" };

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
                yield return new TextNode(name, new Point(Left - 7, _theme.Face.Centered(_top + middle, Typography.Label)), Typography.Label, _theme.Foreground, TextAnchor.End);
                yield return Upright
                    ? new TextNode(name, new Point(_theme.Face.Centered(Left + middle, Typography.Label), _top - 6), Typography.Label, _theme.Foreground, Rotation: -90)
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
            yield return new TextNode(text, new Point(c.X, both ? c.Y - (size * 0.12) : _theme.Face.Centered(c.Y, size)), size, ink, TextAnchor.Middle, i == j ? FontWeight.Bold : FontWeight.Regular);
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
            yield return new TextNode("precision", new Point(Left - 7, _theme.Face.Centered(bottom + (MarginRow / 2), Typography.Small)), Typography.Small, _theme.Muted, TextAnchor.End);
            for (int i = 0; i < _names.Length; i++)
            {
                double middle = (i + 0.5) * _cell;
                yield return new TextNode(Text(_table.Recall(i)), new Point(right + 3, _theme.Face.Centered(_top + middle, size)), size, _theme.Foreground);
                yield return new TextNode(Text(_table.Precision(i)), new Point(Left + middle, _theme.Face.Centered(bottom + (MarginRow / 2), size)), size, _theme.Foreground, TextAnchor.Middle);
            }

            string Text(double share) => double.IsNaN(share) ? "–" : NumberFormat.Percent(share, _cell >= 40 ? 1 : 0);
        }
    }
}
