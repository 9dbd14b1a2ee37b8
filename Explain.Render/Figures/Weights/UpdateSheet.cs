using Explain.Core;

namespace Explain.Render;

/// <summary>How the weights of one layer changed since the snapshot before: as <see cref="WeightSheet"/>, on logarithmic colours.</summary>
public sealed class UpdateSheet(FigureRequest request, int? layer = null, int? epoch = null)
    : MatrixFigure(Kind, request, "update", layer, epoch)
{
    /// <summary>Its entry in the catalogue.</summary>
    public static FigureKind Kind { get; } = new(
        "updates", "Weight updates", "How each weight of a layer changed since the snapshot before.",
        "Orange weights grew, blue ones shrank, pale ones stayed. Colours are logarithmic, so that the small updates of late epochs can be "
            + "seen beside the large early ones. Units whose picture stays empty have stopped learning or are dead.",
        FigureScope.Epoch, PerLayer: true, [MatrixSheet.AsOption], _ => true, request => new UpdateSheet(request))
    {
        Needs = request => request.NeedsLimits(),
        Beware = "The colours are logarithmic: a strong colour may still be a small change. "
            + "An update is the difference of two kept snapshots; where snapshots lie far apart, there and back again shows as nothing.",
        Program = """
        new UpdateSheet(run, layer: 0).Draw(Theme.Light).SavePng("updates.png");
        """,
    };

    private protected override Matrix MatrixOf(LayerSnapshot layer) => layer.Update;

    private protected override ColorScale Scale(Theme theme, LayerLimits limits) => ColorScale.Diverging(theme, limits.Update, Spread.Log);

    private protected override string Finding(Snapshot snapshot, Matrix matrix)
    {
        string since = Run.EpochBefore(snapshot.Epoch) is { } before ? $"since epoch {before}" : "none yet: this is the first snapshot";
        return $"mean |Δw| {NumberFormat.Value(Moments.MeanMagnitude(matrix.Span), 2)} {since}";
    }
}
