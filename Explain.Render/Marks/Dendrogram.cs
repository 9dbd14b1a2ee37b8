namespace Explain.Render;

/// <summary>A cluster tree as brackets, heights to scale from the root at the far side down to the leaves.</summary>
internal static class Dendrogram
{
    // More brackets than this could not be told apart: those of the lowest merges are left out.
    private const int MostBrackets = 400;

    /// <summary>The brackets above (or, turned, left of) the leaves.</summary>
    /// <param name="tree">The clusters.</param>
    /// <param name="bounds">The leaves stand evenly along its lower (or right) side.</param>
    /// <param name="upright">Leaves beside each other; below each other otherwise.</param>
    /// <param name="theme">Colours.</param>
    public static PathNode? Draw(ClusterTree tree, Rect bounds, bool upright, Theme theme)
    {
        int n = tree.Order.Count;
        double highest = tree.Merges.Select(m => m.Height).Where(double.IsFinite).DefaultIfEmpty(0).Max();
        if (n < 2 || !(highest > 0)) return null;
        double length = upright ? bounds.Width : bounds.Height, depth = upright ? bounds.Height : bounds.Width;
        var place = new double[n + tree.Merges.Count];
        var height = new double[place.Length];
        for (int i = 0; i < n; i++) place[tree.Order[i]] = length * (i + 0.5) / n;
        var path = new PathBuilder();
        for (int m = 0; m < tree.Merges.Count; m++)
        {
            var (a, b, h) = tree.Merges[m];
            place[n + m] = (place[a] + place[b]) / 2;
            height[n + m] = (depth - 1) * h / highest;
            if (m < tree.Merges.Count - MostBrackets) continue;
            To(place[a], height[a], move: true);
            To(place[a], height[n + m]);
            To(place[b], height[n + m]);
            To(place[b], height[b]);
        }
        return new PathNode(path.Build(), Stroke: new Stroke(theme.Muted, n > 120 ? 0.6 : 0.9));

        void To(double along, double up, bool move = false)
        {
            var (x, y) = upright ? (bounds.X + along, bounds.Bottom - up) : (bounds.Right - up, bounds.Y + along);
            if (move) path.MoveTo(x, y);
            else path.LineTo(x, y);
        }
    }
}
