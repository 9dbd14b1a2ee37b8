namespace Explain.Render;

/// <summary>A cluster tree as brackets, heights to scale from the root at the far side down to the leaves.</summary>
internal static class Dendrogram
{
    // More brackets than this could not be told apart: those of the lowest merges are left out.
    private const int MostBrackets = 400;

    // The stems of more leaves than this would be a dark comb beside which the merges could not be seen.
    private const int DarkStems = 60;

    /// <summary>The brackets above (or, turned, left of) the leaves.</summary>
    /// <param name="tree">The clusters.</param>
    /// <param name="bounds">The leaves stand evenly along its lower (or right) side.</param>
    /// <param name="upright">Leaves beside each other; below each other otherwise.</param>
    /// <param name="theme">Colours.</param>
    public static GroupNode? Draw(ClusterTree tree, Rect bounds, bool upright, Theme theme)
    {
        int n = tree.Order.Count;
        double highest = tree.Merges.Select(m => m.Height).Where(double.IsFinite).DefaultIfEmpty(0).Max();
        if (n < 2 || !(highest > 0)) return null;
        double length = upright ? bounds.Width : bounds.Height, depth = upright ? bounds.Height : bounds.Width;
        var place = new double[n + tree.Merges.Count];
        var height = new double[place.Length];
        for (int i = 0; i < n; i++) place[tree.Order[i]] = length * (i + 0.5) / n;
        PathBuilder brackets = new(), stems = new();
        bool any = false;
        for (int m = 0; m < tree.Merges.Count; m++)
        {
            var (a, b, h) = tree.Merges[m];
            place[n + m] = (place[a] + place[b]) / 2;
            height[n + m] = (depth - 1) * h / highest;
            if (m < tree.Merges.Count - MostBrackets) continue;
            bool left = n > DarkStems && a < n, right = n > DarkStems && b < n;
            if (left) Stem(a, height[n + m]);
            if (right) Stem(b, height[n + m]);
            To(brackets, place[a], left ? height[n + m] : height[a], move: true);
            To(brackets, place[a], height[n + m]);
            To(brackets, place[b], height[n + m]);
            To(brackets, place[b], right ? height[n + m] : height[b]);
        }
        var lines = new PathNode(brackets.Build(), Stroke: new Stroke(theme.Muted, n > 120 ? 0.6 : 0.9));
        return new GroupNode(any ? [new PathNode(stems.Build(), Stroke: new Stroke(theme.Grid, 0.6)), lines] : [lines]);

        void Stem(int leaf, double top)
        {
            any = true;
            To(stems, place[leaf], 0, move: true);
            To(stems, place[leaf], top);
        }

        void To(PathBuilder path, double along, double up, bool move = false)
        {
            var (x, y) = upright ? (bounds.X + along, bounds.Bottom - up) : (bounds.Right - up, bounds.Y + along);
            if (move) path.MoveTo(x, y);
            else path.LineTo(x, y);
        }
    }
}
