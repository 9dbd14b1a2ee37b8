namespace Explain.Render;

/// <summary>One thing to do to a band of the picture; device coordinates.</summary>
/// <param name="Bounds">What it touches, for skipping bands.</param>
internal abstract record Command(Bounds Bounds);

/// <summary>Fills edges First … First + Count − 1 of the list with one colour.</summary>
internal sealed record FillCommand(Bounds Bounds, int First, int Count, FillRule Rule, Color Color) : Command(Bounds);

/// <summary>Draws an image whose sides are parallel to the device's.</summary>
internal sealed record ImageCommand(Bounds Bounds, ImageSource Image, Resampling X, Resampling Y) : Command(Bounds);

/// <summary>Fills edges with an image that is turned or slanted; <paramref name="ToCells"/> maps device to cell coordinates.</summary>
internal sealed record TurnedImageCommand(Bounds Bounds, int First, int Count, ImageSource Image, Transform ToCells, Sampling Sampling) : Command(Bounds);

/// <summary>What follows, up to the matching <see cref="EndLayerCommand"/>, is drawn apart.</summary>
internal sealed record BeginLayerCommand(Bounds Bounds, int End) : Command(Bounds);

/// <summary>Lays what was drawn apart over what is under it.</summary>
internal sealed record EndLayerCommand(Bounds Bounds, byte Opacity) : Command(Bounds);

/// <summary>The cells of an image, premultiplied.</summary>
internal sealed record ImageSource(int Columns, int Rows, uint[] Pixels);

/// <summary>A scene made ready for painting at one scale: commands in painting order and the edges they fill.</summary>
internal sealed class DisplayList
{
    public required int Width { get; init; }

    public required int Height { get; init; }

    public required Color Background { get; init; }

    public required IReadOnlyList<Command> Commands { get; init; }

    public required EdgeList Edges { get; init; }
}
