namespace Explain.Render;

/// <summary>A space that turns once round.</summary>
public static class Turntable
{
    /// <summary>
    /// Frames with the camera at equal steps of azimuth, the first at <paramref name="start"/>; after the last comes the first again.
    /// </summary>
    /// <param name="start">First camera.</param>
    /// <param name="draw">
    /// Draws the scene from a camera. The space in it should be <see cref="Space.Turning"/>, so that nothing jumps.
    /// </param>
    /// <param name="frames">Number of frames, at least 1.</param>
    /// <param name="seconds">Time of one turn, above 0.</param>
    public static Animation Of(Camera start, Func<Camera, Scene> draw, int frames = 72, double seconds = 7.2)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(frames, 1);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(seconds);
        var first = draw(start);
        return new Animation(
            frames, Math.Min(100, frames / seconds), i => i == 0 ? first : draw(start.Turned(360.0 * i / frames)), first.Info);
    }
}
