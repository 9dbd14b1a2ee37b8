using Explain.Core;

namespace Explain.Render;

/// <summary>How the weights of one layer changed since the snapshot before: as <see cref="WeightSheet"/>, on logarithmic colours.</summary>
public sealed class UpdateSheet : IFigure
{
    private readonly FigureRequest _request;
    private readonly string _as;

    /// <summary>As the request says.</summary>
    public UpdateSheet(FigureRequest request)
    {
        _request = request;
        _as = request.Option(MatrixSheet.AsOption);
        request.SnapshotEpoch();
        request.LayerIndex(request.Run.SnapshotLayerCount(), 0);
    }

    /// <summary>Of a run's layer (0 is the first with weights, −1 the last) at an epoch; the last kept where null.</summary>
    public UpdateSheet(RunFolder run, int layer = 0, int? epoch = null)
        : this(new FigureRequest { Runs = [run], Layer = layer, Epoch = epoch })
    {
    }

    /// <summary>Its entry in the catalogue.</summary>
    public static FigureKind Kind { get; } = new(
        "updates", "Weight updates", "How each weight of a layer changed since the snapshot before.",
        "Orange weights grew, blue ones shrank, pale ones stayed. Colours are logarithmic, so that the small updates of late epochs can be seen beside the large early ones. Units whose picture stays empty have stopped learning or are dead.",
        FigureScope.Epoch, PerLayer: true, [MatrixSheet.AsOption], _ => true, request => new UpdateSheet(request))
    {
        Beware = "The colours are logarithmic: a strong colour may still be a small change. An update is the difference of two kept snapshots; where snapshots lie far apart, there and back again shows as nothing.",
        Program = """
        new UpdateSheet(run, layer: 0).Draw(Theme.Light).SavePng("updates.png");
        """,
    };

    /// <inheritdoc/>
    public Scene Draw(Theme theme)
    {
        if (_request.ReadSnapshot() is not { Layers.Count: > 0 } snapshot)
            return Page.Missing(theme, _request, Kind.Name, Kind.Title, "This run kept no snapshot, so there are no updates to show.");
        int index = _request.LayerIndex(snapshot.Layers.Count, 0);
        var layer = snapshot.Layers[index];
        if (layer.Update.IsEmpty)
            return Page.Missing(theme, _request, Kind.Name, Kind.Title, $"{layer.Name} has no weights, so nothing was updated.");
        int? before = _request.Run.EpochBefore(snapshot.Epoch);
        string since = before is { } e ? $"since epoch {e}" : "none yet: this is the first snapshot";
        double mean = UnitImages.MeanMagnitude(layer.Update.Span);
        return new MatrixSheet
        {
            Theme = theme,
            Request = _request,
            Figure = Kind.Name,
            Title = $"Updates of {layer.Name}",
            Value = "update",
            Index = index,
            Layer = layer,
            Epoch = snapshot.Epoch,
            Matrix = layer.Update,
            Scale = ColorScale.Diverging(theme, RunLimits.Shared(_request, index).Update, Spread.Log),
            As = _as,
            Finding = $"mean |Δw| {NumberFormat.Value(mean, 2)} {since}",
        }.Draw();
    }
}
