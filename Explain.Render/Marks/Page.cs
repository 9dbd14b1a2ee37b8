namespace Explain.Render;

/// <summary>The frame of every figure: title and subtitle at the upper left, the body, notes under it. Drawn at one size and scaled as a whole to the width asked for.</summary>
internal sealed record Page
{
    /// <summary>White space around everything.</summary>
    public const double Margin = 20;

    private const double LeastWidth = 200;
    private const double MostWidth = 8000;

    public required Theme Theme { get; init; }

    /// <summary>Under the title: what run, epoch and numbers.</summary>
    public string Subtitle { get; init; } = "";

    /// <summary>Width of the body; the page is wider by the margins.</summary>
    public required double BodyWidth { get; init; }

    public required double BodyHeight { get; init; }

    /// <summary>Nodes with the origin at the body's upper left corner.</summary>
    public required IReadOnlyList<Node> Body { get; init; }

    /// <summary>Small lines under the body.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>Width asked for; its own where null.</summary>
    public double? Width { get; init; }

    public required SceneInfo Info { get; init; }

    public Scene ToScene()
    {
        double width = Math.Ceiling(BodyWidth + (2 * Margin));
        var nodes = new List<Node>();
        double y = Margin;
        foreach (string line in Typography.Wrap(Info.Title, BodyWidth, Typography.Title, FontWeight.Bold, 2))
        {
            nodes.Add(new TextNode(line, new Point(Margin, y + (0.8 * Typography.Title)), Typography.Title, Theme.Foreground, Weight: FontWeight.Bold));
            y += 1.3 * Typography.Title;
        }
        foreach (string line in Typography.Wrap(Subtitle, BodyWidth, Typography.Heading, lines: 3))
        {
            nodes.Add(new TextNode(line, new Point(Margin, y + (0.85 * Typography.Heading)), Typography.Heading, Theme.Muted));
            y += 1.45 * Typography.Heading;
        }
        y += 14;
        nodes.Add(new GroupNode(Body) { Transform = Transform.Translate(Margin, y) });
        y += BodyHeight;
        string[] notes = [.. Notes.SelectMany(n => Typography.Wrap(n, BodyWidth, Typography.Small))];
        if (notes.Length > 0) y += 12;
        foreach (string line in notes)
        {
            nodes.Add(new TextNode(line, new Point(Margin, y + (0.85 * Typography.Small)), Typography.Small, Theme.Muted));
            y += 1.45 * Typography.Small;
        }
        double height = Math.Ceiling(y + Margin);
        double scale = Math.Clamp(Width ?? width, LeastWidth, MostWidth) / width;
        if (Width is null || scale == 1) return new Scene(width, height, Theme.Background, nodes, Info);
        return new Scene(width * scale, Math.Ceiling(height * scale), Theme.Background, [new GroupNode(nodes) { Transform = Transform.Scale(scale, scale) }], Info);
    }
}
