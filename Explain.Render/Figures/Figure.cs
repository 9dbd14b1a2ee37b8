using Explain.Core;

namespace Explain.Render;

/// <summary>
/// What figures have in common: what was asked for, checked at once, the results that they draw, and a page that says what is missing.
/// </summary>
public abstract class Figure : IFigure
{
    private readonly FigureKind _kind;

    /// <summary>Checks what was asked for.</summary>
    /// <param name="kind">Its entry in the catalogue, which says whether it takes an epoch and a layer.</param>
    /// <param name="request">What to draw.</param>
    /// <param name="layer">Goes before that of the request.</param>
    /// <param name="epoch">Goes before that of the request.</param>
    /// <param name="usualLayer">The layer where none is asked for.</param>
    /// <exception cref="InputException">There is no such layer, or no snapshot of the epoch.</exception>
    private protected Figure(FigureKind kind, FigureRequest request, int? layer = null, int? epoch = null, int usualLayer = 0)
    {
        ArgumentNullException.ThrowIfNull(request);
        _kind = kind;
        Request = layer is null && epoch is null ? request
            : request with { Layer = layer ?? request.Layer, Epoch = epoch ?? request.Epoch };
        if (kind.TakesEpoch) Epoch = Request.SnapshotEpoch();
        if (kind.TakesLayer) Layer = Request.LayerIndex(Run.SnapshotLayerCount(), usualLayer);
    }

    /// <summary>What was asked for.</summary>
    private protected FigureRequest Request { get; }

    /// <summary>The run; the first of several.</summary>
    private protected RunFolder Run => Request.Run;

    /// <summary>The kept epoch, of a figure that takes one; null where the run kept none.</summary>
    private protected int? Epoch { get; }

    /// <summary>The index of the layer among those with weights, of a figure that takes one.</summary>
    private protected int Layer { get; }

    /// <summary>The command that draws it again.</summary>
    private protected string Command => Request.Command(_kind.Name);

    /// <inheritdoc/>
    public abstract Scene Draw(Theme theme);

    /// <summary>A page that says what is missing.</summary>
    private protected Scene Missing(Theme theme, string reason) => Page.Missing(theme, Request, _kind.Name, _kind.Title, reason);
}

/// <summary>A figure of what a run's snapshot of one epoch holds.</summary>
public abstract class SnapshotFigure : Figure
{
    // What follows where the run kept no snapshot, e.g. "there are no weights to show".
    private readonly string _without;

    private protected SnapshotFigure(
        FigureKind kind, FigureRequest request, string without, int? layer = null, int? epoch = null, int usualLayer = 0)
        : base(kind, request, layer, epoch, usualLayer) => _without = without;

    /// <inheritdoc/>
    public sealed override Scene Draw(Theme theme) =>
        Request.ReadSnapshot() is { } snapshot && Layer >= 0 && snapshot.Layers.Count > Layer ? Draw(theme, snapshot)
            : Missing(theme, $"This run kept no snapshot, so {_without}.");

    /// <summary>Draws the snapshot, which has layers, and the one that was asked for.</summary>
    private protected abstract Scene Draw(Theme theme, Snapshot snapshot);
}
