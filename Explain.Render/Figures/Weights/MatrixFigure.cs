using Explain.Core;

namespace Explain.Render;

/// <summary>
/// One matrix of a layer, weights or updates: a picture for each unit where its inputs are pictures, the whole matrix otherwise.
/// </summary>
public abstract class MatrixFigure : SnapshotFigure
{
    private readonly string _figure;
    private readonly string _value;
    private readonly string _as;
    private readonly LayerLimits _limits;

    private protected MatrixFigure(FigureKind kind, FigureRequest request, string value, int? layer, int? epoch)
        : base(kind, request, $"there are no {value}s to show", layer, epoch)
    {
        (_figure, _value) = (kind.Name, value);
        _as = Request.Option(MatrixSheet.AsOption);
        _limits = Request.SharedLimits(Layer);
    }

    private protected sealed override Scene Draw(Theme theme, Snapshot snapshot)
    {
        var layer = snapshot.Layers[Layer];
        var matrix = MatrixOf(layer);
        if (matrix.IsEmpty) return Missing(theme, $"{layer.Name} has no weights.");
        return new MatrixSheet
        {
            Theme = theme,
            Request = Request,
            Figure = _figure,
            Title = $"{char.ToUpperInvariant(_value[0])}{_value[1..]}s of {layer.Name}",
            Value = _value,
            Index = Layer,
            Layer = layer,
            Epoch = snapshot.Epoch,
            Matrix = matrix,
            Scale = Scale(theme, _limits),
            As = _as,
            Finding = Finding(snapshot, matrix),
        }.Draw();
    }

    private protected abstract Matrix MatrixOf(LayerSnapshot layer);

    private protected abstract ColorScale Scale(Theme theme, LayerLimits limits);

    /// <summary>Said after run and epoch in the subtitle.</summary>
    private protected abstract string Finding(Snapshot snapshot, Matrix matrix);
}
