using Explain.Core;

namespace Explain.Render;

/// <summary>A figure of an epoch, over all epochs that its run kept.</summary>
public static class EpochAnimation
{
    /// <summary>
    /// Frames for each epoch with a snapshot, in their order. All are drawn at once, and get the size of the largest; their bodies lie at
    /// one height, however many lines stand above them.
    /// </summary>
    /// <param name="kind">A figure that takes an epoch.</param>
    /// <param name="request">What to draw; its epoch is ignored.</param>
    /// <param name="theme">Colours.</param>
    /// <param name="framesPerSecond">Speed, above 0 and at most 100.</param>
    /// <param name="hold">How much longer the last epoch stays, in seconds.</param>
    /// <exception cref="ArgumentException">The figure takes no epoch, or the run kept none.</exception>
    public static Animation Of(FigureKind kind, FigureRequest request, Theme theme, double framesPerSecond = 4, double hold = 2)
    {
        ArgumentNullException.ThrowIfNull(kind);
        ArgumentNullException.ThrowIfNull(request);
        var epochs = request.Run.SnapshotEpochs;
        if (!kind.TakesEpoch)
            throw new ArgumentException(
                $"The figure '{kind.Name}' shows no single epoch, so there is nothing to show one after the other.", nameof(kind));
        if (epochs.Count == 0)
            throw new ArgumentException(
                $"{request.Run.Path} has no snapshot, so there is nothing to show one after the other.", nameof(request));
        var frames = Page.Level([.. epochs.Select(epoch => kind.Create(request with { Epoch = epoch }).Draw(theme))]);
        return new Animation(frames.Count, framesPerSecond, i => frames[i], frames[^1].Info) { Hold = hold };
    }
}
