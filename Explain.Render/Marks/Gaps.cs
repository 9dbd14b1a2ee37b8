namespace Explain.Render;

/// <summary>Where marks are interrupted: at what has no place on the axes.</summary>
internal static class Gaps
{
    /// <summary>The stretches of points without a gap, in order; none is empty.</summary>
    public static List<List<Point>> Between(IEnumerable<Point> points) => Between(points, p => p.IsFinite);

    /// <summary>The stretches of things that all have a place, in order; none is empty.</summary>
    public static List<List<T>> Between<T>(IEnumerable<T> things, Func<T, bool> hasPlace)
    {
        var stretches = new List<List<T>>();
        bool open = false;
        foreach (var thing in things)
        {
            bool placed = hasPlace(thing);
            if (placed && !open) stretches.Add([]);
            if (placed) stretches[^1].Add(thing);
            open = placed;
        }
        return stretches;
    }
}
