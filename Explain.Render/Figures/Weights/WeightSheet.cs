using Explain.Core;

namespace Explain.Render;

/// <summary>The weights of one layer: a picture for each unit where its inputs are pictures, the whole matrix otherwise.</summary>
public sealed class WeightSheet(FigureRequest request, int? layer = null, int? epoch = null)
    : MatrixFigure(Kind, request, "weight", layer, epoch)
{
    /// <summary>Its entry in the catalogue.</summary>
    public static FigureKind Kind { get; } = new(
        "weight-sheet", "Weights", "What each unit of a layer looks for: its weights as a picture, or the layer's matrix.",
        "Orange weights make a unit more active where the input is large, blue ones less; pale ones ignore it. "
            + "A unit that learned shows strokes or blobs; a unit that did not looks like its random start. "
            + "Noise at the edges, where inputs are always blank, never changes.",
        FigureScope.Epoch, PerLayer: true, [MatrixSheet.AsOption], _ => true, request => new WeightSheet(request))
    {
        Needs = request => request.NeedsLimits(),
        Beware = "Only the first layer's weights look at pixels; in later layers, a unit's picture is of the units before it, "
            + "whose order means nothing. A large weight on an input that is always blank does nothing.",
        Program = """
        new WeightSheet(run, layer: 0).Draw(Theme.Light).SavePng("weight-sheet.png");
        """,
    };

    private protected override Matrix MatrixOf(LayerSnapshot layer) => layer.Weights;

    private protected override ColorScale Scale(Theme theme, LayerLimits limits) => ColorScale.Diverging(theme, limits.Weight);

    private protected override string Finding(Snapshot snapshot, Matrix matrix)
    {
        var (mean, deviation) = Moments.Of(matrix.Span);
        return $"μ {NumberFormat.Value(mean, 2)}, σ {NumberFormat.Value(deviation, 2)}";
    }
}
