namespace Explain.Render;

/// <summary>
/// A picture as a display list, in pixels, origin at the top left, y downwards. Everything visible is in it; a canvas only turns it into
/// bytes. Immutable.
/// </summary>
/// <param name="Width">Width in pixels at scale 1.</param>
/// <param name="Height">Height in pixels at scale 1.</param>
/// <param name="Background">Colour under everything.</param>
/// <param name="Nodes">Painted in order.</param>
/// <param name="Info">What the picture shows, in words and numbers.</param>
/// <param name="Face">What its texts were laid out with, and are drawn with.</param>
public sealed record Scene(double Width, double Height, Color Background, IReadOnlyList<Node> Nodes, SceneInfo Info, ITypeface Face);

/// <summary>What a picture shows, for readers who cannot see it and for those who want its numbers.</summary>
public sealed record SceneInfo
{
    /// <summary>Short title.</summary>
    public required string Title { get; init; }

    /// <summary>One or two sentences to set under the picture; also says limits and clipping.</summary>
    public string Caption { get; init; } = "";

    /// <summary>Alternative text, generated from the data: the finding in one sentence.</summary>
    public required string AltText { get; init; }

    /// <summary>Longer description generated from the data.</summary>
    public string Description { get; init; } = "";

    /// <summary>The data drawn, as a table.</summary>
    public DataTable? Table { get; init; }

    /// <summary>The command line that draws it again.</summary>
    public string Command { get; init; } = "";
}

/// <summary>A small table of text cells.</summary>
public sealed record DataTable(IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<string>> Rows);

/// <summary>Something to paint.</summary>
public abstract record Node;

/// <summary>A filled and/or stroked outline.</summary>
public sealed record PathNode(PathData Data, Paint? Fill = null, Stroke? Stroke = null, FillRule Rule = FillRule.NonZero) : Node;

/// <summary>
/// A line of text; <paramref name="Origin"/> lies on the baseline at the anchor. Rotation in degrees, clockwise, about the origin.
/// </summary>
public sealed record TextNode(
    string Text, Point Origin, double Size, Color Color, TextAnchor Anchor = TextAnchor.Start, FontWeight Weight = FontWeight.Regular,
    double Rotation = 0) : Node;

/// <summary>An image stretched over <paramref name="Bounds"/>. Pixels row after row from the top, each a straight-alpha colour.</summary>
public sealed record PixelsNode(int Columns, int Rows, IReadOnlyList<Color> Pixels, Rect Bounds, Sampling Sampling = Sampling.Nearest)
    : Node;

/// <summary>Nodes that share a transform, a clip, an opacity and an accessible name.</summary>
public sealed record GroupNode(IReadOnlyList<Node> Children) : Node
{
    /// <summary>Applied to the children.</summary>
    public Transform Transform { get; init; } = Transform.Identity;

    /// <summary>Children are cut to it, in the coordinates of the children.</summary>
    public Rect? Clip { get; init; }

    /// <summary>Children are cut to the inside of this outline too, by the non-zero rule, in the coordinates of the children.</summary>
    public PathData? ClipPath { get; init; }

    /// <summary>
    /// True where the children are filled outlines that meet edge to edge and do not overlap, like the pieces of a mosaic or the triangles
    /// of a surface. Where two share a pixel their areas then add up, so that what lies under them does not shine through between them as
    /// it does where shapes are laid one over the other.
    /// </summary>
    public bool Adjoining { get; init; }

    /// <summary>0 … 1.</summary>
    public double Opacity { get; init; } = 1;

    /// <summary>Accessible name.</summary>
    public string? Label { get; init; }

    /// <summary>Shown on hover.</summary>
    public string? Tooltip { get; init; }
}

/// <summary>How an image is enlarged.</summary>
public enum Sampling
{
    /// <summary>Hard-edged cells: data.</summary>
    Nearest,

    /// <summary>Linear between cell centres.</summary>
    Bilinear,
}

/// <summary>Which points are inside.</summary>
public enum FillRule
{
    /// <summary>Winding number not zero.</summary>
    NonZero,

    /// <summary>Winding number odd.</summary>
    EvenOdd,
}

/// <summary>Where the origin lies on the line of text.</summary>
public enum TextAnchor
{
    /// <summary>Left end.</summary>
    Start,

    /// <summary>Middle.</summary>
    Middle,

    /// <summary>Right end.</summary>
    End,
}

/// <summary>Weight of the letters.</summary>
public enum FontWeight
{
    /// <summary>Normal text.</summary>
    Regular,

    /// <summary>Headings.</summary>
    Bold,
}
