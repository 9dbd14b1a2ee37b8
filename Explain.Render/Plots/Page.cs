namespace Explain.Render;

/// <summary>
/// The frame of every figure: title and subtitle at the upper left, the body, notes under it. Drawn at one size and scaled as a whole to
/// the width asked for.
/// </summary>
internal sealed record Page
{
    /// <summary>White space around everything.</summary>
    public const double Margin = 20;

    /// <summary>The narrowest picture in pixels.</summary>
    public const double LeastWidth = 200;

    /// <summary>The widest picture in pixels.</summary>
    public const double MostWidth = 8000;


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

    /// <summary>Whether the body begins on a whole pixel, so that images painted for the device are shown as they are.</summary>
    public bool Aligned { get; init; }

    /// <summary>Width asked for; its own where null.</summary>
    public double? Width { get; init; }

    public required SceneInfo Info { get; init; }

    public Scene ToScene()
    {
        double width = Math.Ceiling(BodyWidth + (2 * Margin));
        var nodes = new List<Node>();
        double y = Margin;
        foreach (string line in Theme.Face.Wrap(Info.Title, BodyWidth, Typography.Title, FontWeight.Bold, 2))
        {
            nodes.Add(new TextNode(
                line, new Point(Margin, y + (0.8 * Typography.Title)), Typography.Title, Theme.Foreground, Weight: FontWeight.Bold));
            y += 1.3 * Typography.Title;
        }
        foreach (string line in Theme.Face.Wrap(Subtitle, BodyWidth, Typography.Heading, most: 3))
        {
            nodes.Add(new TextNode(line, new Point(Margin, y + (0.85 * Typography.Heading)), Typography.Heading, Theme.Muted));
            y += 1.45 * Typography.Heading;
        }
        y += 14;
        if (Aligned) y = Math.Ceiling(y);
        nodes.Add(new GroupNode(Body) { Transform = Transform.Translate(Margin, y) });
        y += BodyHeight;
        string[] notes = [.. Notes.SelectMany(n => Theme.Face.Wrap(n, BodyWidth, Typography.Small))];
        if (notes.Length > 0) y += 12;
        foreach (string line in notes)
        {
            nodes.Add(new TextNode(line, new Point(Margin, y + (0.85 * Typography.Small)), Typography.Small, Theme.Muted));
            y += 1.45 * Typography.Small;
        }
        double height = Math.Ceiling(y + Margin);
        double scale = Math.Clamp(Width ?? width, LeastWidth, MostWidth) / width;
        if (Width is null || scale == 1) return new Scene(width, height, Theme.Background, nodes, Info, Theme.Face);
        return new Scene(
            width * scale,
            Math.Ceiling(height * scale),
            Theme.Background,
            [new GroupNode(nodes) { Transform = Transform.Scale(scale, scale) }],
            Info,
            Theme.Face);
    }

    /// <summary>
    /// Pages of one size whose bodies begin at one height: those with fewer lines above it move theirs down, so that nothing jumps when
    /// they are shown one after the other.
    /// </summary>
    public static IReadOnlyList<Scene> Level(IReadOnlyList<Scene> pages)
    {
        double top = pages.Max(BodyTop);
        Scene[] level = [.. pages.Select(page => Lowered(page, top - BodyTop(page)))];
        double width = level.Max(page => page.Width), height = level.Max(page => page.Height);
        return [.. level.Select(page => page with { Width = width, Height = height })];
    }

    // The body is the first group; a page that is scaled is all in one.
    private static double BodyTop(Scene page) => page.Nodes is [GroupNode { Transform: { A: not 1, E: 0, F: 0 } scaled } all]
        ? scaled.A * BodyTop(all.Children)
        : BodyTop(page.Nodes);

    private static double BodyTop(IReadOnlyList<Node> nodes) => nodes.OfType<GroupNode>().FirstOrDefault()?.Transform.F ?? 0;

    private static Scene Lowered(Scene page, double by)
    {
        if (!(by > 0)) return page;
        var nodes = page.Nodes is [GroupNode { Transform: { A: not 1, E: 0, F: 0 } scaled } all]
            ? [all with { Children = Lowered(all.Children, by / scaled.A) }]
            : Lowered(page.Nodes, by);
        return page with { Nodes = nodes, Height = Math.Ceiling(page.Height + by) };
    }

    private static Node[] Lowered(IReadOnlyList<Node> nodes, double by)
    {
        int body = 0;
        while (body < nodes.Count && nodes[body] is not GroupNode) body++;
        return [.. nodes.Take(body), new GroupNode([.. nodes.Skip(body)]) { Transform = Transform.Translate(0, by) }];
    }
}
