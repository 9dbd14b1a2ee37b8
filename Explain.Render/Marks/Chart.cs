namespace Explain.Render;

/// <summary>A plot as a picture of its own: any data, a title over it and notes under it. What figures of runs are made of, for everything else.</summary>
/// <example>
/// <code>
/// var chart = new Chart
/// {
///     Title = "Loss by width",
///     Plot = new Plot { Marks = [new LineMark { Points = points, Color = Categories.At(0, Theme.Light), Name = "validation" }], X = new Axis { Label = "units" }, LabelEnds = true },
/// };
/// chart.Draw(Theme.Light).SavePng("loss.png");
/// </code>
/// </example>
public sealed record Chart
{
    /// <summary>Short title, over the plot.</summary>
    public required string Title { get; init; }

    /// <summary>Under the title: what is found, in a line or two.</summary>
    public string Subtitle { get; init; } = "";

    /// <summary>The data and the axes. Its bounds are set by the chart.</summary>
    public required Plot Plot { get; init; }

    /// <summary>Small lines under the plot: where the data come from, what was left out.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>Width of the plot in pixels; the picture is wider by its margins.</summary>
    public double Width { get; init; } = 600;

    /// <summary>Height of the plot in pixels.</summary>
    public double Height { get; init; } = 360;

    /// <summary>The picture scaled as a whole to this width in pixels, 200 to 8000; its natural one where null.</summary>
    public double? PictureWidth { get; init; }

    /// <summary>Alternative text: the finding in a sentence; title and subtitle where empty.</summary>
    public string AltText { get; init; } = "";

    /// <summary>The data drawn, for readers who want its numbers.</summary>
    public DataTable? Table { get; init; }

    /// <summary>Draws it.</summary>
    public Scene Draw(Theme theme) => new Page
    {
        Theme = theme,
        Subtitle = Subtitle,
        BodyWidth = Width,
        BodyHeight = Height,
        Body = [(Plot with { Bounds = new Rect(0, 0, Width, Height) }).Draw(theme)],
        Notes = Notes,
        Width = PictureWidth,
        Info = new SceneInfo
        {
            Title = Title,
            Caption = Subtitle,
            AltText = AltText.Length > 0 ? AltText : Subtitle.Length > 0 ? $"{Title}: {Subtitle}" : Title,
            Table = Table,
        },
    }.ToScene();
}
