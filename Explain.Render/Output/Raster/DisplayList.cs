namespace Explain.Render;

/// <summary>One thing to do to a band of the picture; device coordinates.</summary>
/// <param name="Bounds">What it touches, for skipping bands.</param>
/// <param name="Clip">Number of the <see cref="ClipShape"/> that cuts it; −1 where none does.</param>
internal abstract record Command(Bounds Bounds, int Clip);

/// <summary>Fills edges First … First + Count − 1 of the list with one colour or, where there is one, a gradient.</summary>
internal sealed record FillCommand(Bounds Bounds, int Clip, int First, int Count, FillRule Rule, Color Color, Gradient? Gradient)
    : Command(Bounds, Clip)
{
    /// <summary>Whether outlines may overlap, so that <see cref="UnionScan"/> has to sort them out.</summary>
    public bool Overlaps { get; init; }
}

/// <summary>Fills that meet edge to edge: added up, then laid over what is under them.</summary>
internal sealed record AdjoiningCommand(Bounds Bounds, int Clip, BandIndex<FillCommand> Pieces) : Command(Bounds, Clip);

/// <summary>Draws an image whose sides are parallel to the device's.</summary>
internal sealed record ImageCommand(Bounds Bounds, int Clip, ImageSource Image, Resampling X, Resampling Y) : Command(Bounds, Clip);

/// <summary>Fills edges with an image that is turned or slanted; <paramref name="ToCells"/> maps device to cell coordinates.</summary>
internal sealed record TurnedImageCommand(
    Bounds Bounds, int Clip, int First, int Count, ImageSource Image, Transform ToCells, Sampling Sampling) : Command(Bounds, Clip);

/// <summary>What follows, up to the matching <see cref="EndLayerCommand"/>, is drawn apart. Both have the same bounds.</summary>
internal sealed record BeginLayerCommand(Bounds Bounds) : Command(Bounds, -1);

/// <summary>Lays what was drawn apart over what is under it.</summary>
internal sealed record EndLayerCommand(Bounds Bounds, int Clip, byte Opacity) : Command(Bounds, Clip);

/// <summary>A scene made ready for painting at one scale: commands in painting order and the edges they fill.</summary>
internal sealed class DisplayList
{
    public required int Width { get; init; }

    public required int Height { get; init; }

    public required Color Background { get; init; }

    public required BandIndex<Command> Commands { get; init; }

    public required IReadOnlyList<ClipShape> Clips { get; init; }

    public required EdgeList Edges { get; init; }
}
