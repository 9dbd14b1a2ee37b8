using Explain.Core;

namespace Explain.Render;

/// <summary>The weights of one layer: a picture for each unit where its inputs are pictures, the whole matrix otherwise.</summary>
public sealed class WeightSheet : IFigure
{
    private readonly FigureRequest _request;
    private readonly string _as;

    /// <summary>As the request says.</summary>
    public WeightSheet(FigureRequest request)
    {
        _request = request;
        _as = request.Option(MatrixSheet.AsOption);
        request.SnapshotEpoch();
        request.LayerIndex(request.Run.SnapshotLayerCount(), 0);
    }

    /// <summary>Of a run's layer (0 is the first with weights, −1 the last) at an epoch; the last kept where null.</summary>
    public WeightSheet(RunFolder run, int layer = 0, int? epoch = null)
        : this(new FigureRequest { Runs = [run], Layer = layer, Epoch = epoch })
    {
    }

    /// <summary>Its entry in the catalogue.</summary>
    public static FigureKind Kind { get; } = new(
        "weight-sheet", "Weights", "What each unit of a layer looks for: its weights as a picture, or the layer's matrix.",
        "Orange weights make a unit more active where the input is large, blue ones less; pale ones ignore it. A unit that learned shows strokes or blobs; a unit that did not looks like its random start. Noise at the edges, where inputs are always blank, never changes.",
        FigureScope.Epoch, PerLayer: true, [MatrixSheet.AsOption], _ => true, request => new WeightSheet(request))
    {
        Beware = "Only the first layer's weights look at pixels; in later layers, a unit's picture is of the units before it, whose order means nothing. A large weight on an input that is always blank does nothing.",
        Program = """
        new WeightSheet(run, layer: 0).Draw(Theme.Light).SavePng("weight-sheet.png");
        """,
    };

    /// <inheritdoc/>
    public Scene Draw(Theme theme)
    {
        if (_request.ReadSnapshot() is not { Layers.Count: > 0 } snapshot)
            return Page.Missing(theme, _request, Kind.Name, Kind.Title, "This run kept no snapshot, so there are no weights to show.");
        int index = _request.LayerIndex(snapshot.Layers.Count, 0);
        var layer = snapshot.Layers[index];
        if (layer.Weights.IsEmpty)
            return Page.Missing(theme, _request, Kind.Name, Kind.Title, $"{layer.Name} has no weights.");
        var (mean, deviation) = UnitImages.Moments(layer.Weights.Span);
        return new MatrixSheet
        {
            Theme = theme,
            Request = _request,
            Figure = Kind.Name,
            Title = $"Weights of {layer.Name}",
            Value = "weight",
            Index = index,
            Layer = layer,
            Epoch = snapshot.Epoch,
            Matrix = layer.Weights,
            Scale = ColorScale.Diverging(theme, RunLimits.Shared(_request, index).Weight),
            As = _as,
            Finding = $"μ {NumberFormat.Value(mean, 2)}, σ {NumberFormat.Value(deviation, 2)}",
        }.Draw();
    }
}
