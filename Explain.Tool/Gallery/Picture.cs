using Explain.Render;

namespace Explain.Tool;

/// <summary>One drawn picture: two files, <c>Base.light.svg</c> and <c>Base.dark.svg</c>, and what they show in words.</summary>
/// <param name="Epoch">The epoch shown; null where the figure shows all epochs.</param>
/// <param name="Base">Path of the files from the gallery's root, without theme and extension.</param>
/// <param name="Width">Width in pixels.</param>
/// <param name="Height">Height in pixels.</param>
/// <param name="Info">What the picture shows.</param>
public sealed record Picture(int? Epoch, string Base, double Width, double Height, SceneInfo Info)
{
    /// <summary>
    /// The same with the limits that all runs of the gallery share, for comparing them; null where the picture is the same either way. On
    /// its own page a run has limits of its own, because beside a run with a hundredfold weights its own would all look like nothing.
    /// </summary>
    public Picture? Shared { get; init; }
}

/// <summary>One figure of one run (or of all runs together), in order of epoch; a figure over all epochs has one picture.</summary>
/// <param name="Kind">The figure.</param>
/// <param name="Layer">The layer it looks at, by index among those with weights; null where the figure shows all or chooses.</param>
/// <param name="LayerName">That layer's name, or empty.</param>
/// <param name="Folder">Where its pictures and its tables lie, from the gallery's root.</param>
/// <param name="Pictures">At least one.</param>
public sealed record PictureSet(FigureKind Kind, int? Layer, string LayerName, string Folder, IReadOnlyList<Picture> Pictures)
{
    /// <summary>Names the set within its run: the figure, and the layer where there is one.</summary>
    public string Key => PictureSet.KeyOf(Kind, Layer);

    /// <summary>The picture a page shows before the reader has chosen.</summary>
    public Picture Last => Pictures[^1];

    /// <summary>"weights-2", or "confusion" where the figure is not of one layer.</summary>
    public static string KeyOf(FigureKind kind, int? layer) => layer is { } index ? $"{kind.Name}-{index}" : kind.Name;
}
