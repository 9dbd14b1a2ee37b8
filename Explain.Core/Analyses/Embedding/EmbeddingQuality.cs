namespace Explain.Core;

/// <summary>How well a map keeps what is near.</summary>
public static class EmbeddingQuality
{
    /// <summary>
    /// Share of points whose class is the most frequent one of their k nearest neighbours on the map (leave-one-out); ties go to the lower
    /// class.
    /// </summary>
    /// <param name="points">N × dimensions.</param>
    /// <param name="labels">N class indices.</param>
    /// <param name="neighbours">k, below N.</param>
    public static double LabelAccuracy(Matrix points, ReadOnlySpan<int> labels, int neighbours = 10)
    {
        if (labels.Length != points.Rows)
            throw new ArgumentException($"{points.Rows} points need as many labels; there are {labels.Length}.", nameof(labels));
        Neighbours near = Neighbours.Find(points, neighbours);
        int classes = 0, right = 0;
        foreach (int label in labels) classes = Math.Max(classes, label + 1);
        Span<int> votes = classes <= 1024 ? stackalloc int[classes] : new int[classes];
        for (int i = 0; i < points.Rows; i++)
        {
            votes.Clear();
            for (int c = 0; c < neighbours; c++) votes[labels[near.Indices[(i * neighbours) + c]]]++;
            int winner = 0;
            for (int c = 1; c < classes; c++) winner = votes[c] > votes[winner] ? c : winner;
            if (winner == labels[i]) right++;
        }
        return (double)right / points.Rows;
    }

    /// <summary>
    /// Trustworthiness (Venna and Kaski, 2001): 1 where the k nearest on the map are the k nearest among the samples, less by the ranks of
    /// those that are not. N² log N work.
    /// </summary>
    /// <param name="samples">N × features.</param>
    /// <param name="points">N × dimensions.</param>
    /// <param name="neighbours">k, below N / 2.</param>
    public static double Trustworthiness(Matrix samples, Matrix points, int neighbours = 10)
    {
        int n = samples.Rows, k = neighbours;
        if (points.Rows != n) throw new ArgumentException($"{points.Rows} points; there are {n} samples.", nameof(points));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(neighbours);
        if (2 * k >= n)
            throw new ArgumentOutOfRangeException(nameof(neighbours), $"{k} neighbours; allowed is less than half of the {n} samples.");
        Neighbours among = Neighbours.Find(samples, n - 1), map = Neighbours.Find(points, k);
        int[] rank = new int[n];
        double penalty = 0;
        for (int i = 0; i < n; i++)
        {
            for (int c = 0; c < n - 1; c++) rank[among.Indices[(i * (n - 1)) + c]] = c + 1;
            for (int c = 0; c < k; c++) penalty += Math.Max(0, rank[map.Indices[(i * k) + c]] - k);
        }
        return 1 - (2 * penalty / ((double)n * k * ((2.0 * n) - (3.0 * k) - 1)));
    }
}
