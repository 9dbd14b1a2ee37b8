using System.Globalization;

namespace Explain.Render;

/// <summary>
/// A plot, or anything else that is drawn into a rectangle, as a picture of its own: any data, a title over it and notes under it. What
/// figures of runs are made of, for everything else.
/// </summary>
/// <example>
/// <code>
/// var chart = new Chart
/// {
///     Title = "Loss by width",
///     Plot = new Plot
///     {
///         Marks = [new LineMark { Points = points, Color = Categories.At(0, Theme.Light), Name = "validation" }],
///         X = new Axis { Label = "units" },
///         LabelEnds = true,
///     },
/// };
/// chart.Draw(Theme.Light).SavePng("loss.png");
/// </code>
/// </example>
public sealed record Chart
{
    private const double KeyGap = 8;
    private const double KeyWidth = 220;

    /// <summary>Short title, over the plot.</summary>
    public required string Title { get; init; }

    /// <summary>Under the title: what is found, in a line or two.</summary>
    public string Subtitle { get; init; } = "";

    /// <summary>The data and the axes. Its bounds are set by the chart.</summary>
    public Plot? Plot { get; init; }

    /// <summary>
    /// What is drawn into the rectangle given where one plot does not do: several of them, a <see cref="ClusteredHeatMap"/>,
    /// <see cref="ParallelCoordinates"/>, a <see cref="Space"/>.
    /// </summary>
    public Func<Theme, Rect, IEnumerable<Node>>? Body { get; init; }

    /// <summary>What colours stand for: the words beside a colour bar under the plot. There is none where empty.</summary>
    public string ColorLabel { get; init; } = "";

    /// <summary>The colours of that bar; those of the plot's marks (numbers of points, bands of value) where null.</summary>
    public ColorScale? Colors { get; init; }

    /// <summary>Small lines under the plot: where the data come from, what was left out.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>Width of the plot in pixels, more than 0; the picture is wider by its margins.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not a positive finite number.</exception>
    public double Width { get; init => field = Side(value, nameof(Width)); } = 600;

    /// <summary>Height of the plot in pixels, more than 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not a positive finite number.</exception>
    public double Height { get; init => field = Side(value, nameof(Height)); } = 360;

    /// <summary>The picture scaled as a whole to this width in pixels, 200 to 8000; its natural one where null.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not a number between these.</exception>
    public double? PictureWidth
    {
        get;
        init => field = value is null or (>= Page.LeastWidth and <= Page.MostWidth)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(PictureWidth), value, string.Create(
                CultureInfo.InvariantCulture,
                $"Chart.PictureWidth is {value}; it must be from {Page.LeastWidth} to {Page.MostWidth} pixels."));
    }

    /// <summary>Alternative text: the finding in a sentence; title and subtitle where empty.</summary>
    public string AltText { get; init; } = "";

    /// <summary>A longer description for readers who cannot see it.</summary>
    public string Description { get; init; } = "";

    /// <summary>The data drawn, for readers who want its numbers.</summary>
    public DataTable? Table { get; init; }

    /// <summary>Draws it.</summary>
    public Scene Draw(Theme theme)
    {
        var bounds = new Rect(0, 0, Width, Height);
        var plot = Plot is null ? null : Plot with { Bounds = bounds };
        var key = Key(plot, theme);
        return new Page
        {
            Theme = theme,
            Subtitle = Subtitle,
            BodyWidth = Width,
            BodyHeight = Height + (key.Count > 0 ? KeyGap + ColorBar.Height : 0),
            Body = [.. plot is null ? Array.Empty<Node>() : [plot.Draw(theme)], .. Body?.Invoke(theme, bounds) ?? [], .. key],
            Notes = Notes,
            Width = PictureWidth,
            Info = new SceneInfo
            {
                Title = Title,
                Caption = Subtitle,
                AltText = AltText.Length > 0 ? AltText : Subtitle.Length > 0 ? $"{Title}: {Subtitle}" : Title,
                Description = Description,
                Table = Table,
            },
        }.ToScene();
    }

    private static double Side(double value, string name) => value > 0 && double.IsFinite(value)
        ? value
        : throw new ArgumentOutOfRangeException(
            name,
            value,
            string.Create(CultureInfo.InvariantCulture, $"Chart.{name} is {value}; it must be a positive, finite number of pixels."));

    private IReadOnlyList<Node> Key(Plot? plot, Theme theme)
    {
        if (ColorLabel.Length == 0) return [];
        double width = Math.Min(KeyWidth, Width / 2);
        string label = theme.Face.Ellipsize(ColorLabel, Width - width - 10, Typography.Small);
        var at = new Point(0, Height + KeyGap);
        if (Colors is { } scale) return [.. ColorBar.Draw(scale, at, width, theme, label)];
        if (plot is null) return [];
        var area = plot.AreaIn(theme);
        var colors = plot.Marks.Select(mark => mark.ColorsIn(area)).FirstOrDefault(found => found is not null);
        return colors is null ? [] : [.. ColorKey.Draw(colors, at, width, theme, label)];
    }
}
