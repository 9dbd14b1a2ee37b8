namespace Explain.Render;

/// <summary>
/// Scenes of one size, one after the other. Frames are drawn when they are asked for, so a long animation need not be held in memory.
/// </summary>
public sealed class Animation
{
    private readonly Func<int, Scene> _frame;

    /// <summary>An animation of <paramref name="count"/> frames.</summary>
    /// <param name="count">Number of frames, at least 1.</param>
    /// <param name="framesPerSecond">Speed, above 0 and at most 100.</param>
    /// <param name="frame">Draws frame 0 … count − 1; all have the size of frame 0. May be called from several threads at once.</param>
    /// <param name="info">What the animation shows.</param>
    public Animation(int count, double framesPerSecond, Func<int, Scene> frame, SceneInfo info)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        if (!(framesPerSecond > 0 && framesPerSecond <= 100))
            throw new ArgumentOutOfRangeException(
                nameof(framesPerSecond), framesPerSecond, "Frames per second are above 0 and at most 100.");
        Count = count;
        FramesPerSecond = framesPerSecond;
        _frame = frame;
        Info = info;
    }

    /// <summary>Number of frames.</summary>
    public int Count { get; }

    /// <summary>Speed.</summary>
    public double FramesPerSecond { get; }

    /// <summary>How much longer than the others the last frame stays, in seconds, before the animation starts again.</summary>
    public double Hold { get; init; }

    /// <summary>What the animation shows.</summary>
    public SceneInfo Info { get; }

    /// <summary>Draws a frame.</summary>
    /// <param name="index">0 … <see cref="Count"/> − 1.</param>
    public Scene Frame(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
        return _frame(index);
    }
}
