namespace Explain.Core;

/// <summary>Which samples every snapshot of a run looks at.</summary>
internal static class ProbeSelection
{
    /// <summary>Most samples where inputs are more than a point in the plane.</summary>
    private const int Samples = 500;

    /// <summary>Most samples where they are one: there the picture is the whole training set.</summary>
    private const int PlaneSamples = 2000;

    /// <summary>
    /// All training samples up to 2000, in order, for inputs of two values; otherwise up to 500 of the validation data, or else the test
    /// data, or else the training data: of every class its share, the first ones, in the order of the data.
    /// </summary>
    public static Probe Select(DataSplit data)
    {
        if (data.Train.SampleShape.Size == 2) return new Probe(data.Train.Take(PlaneSamples), "train");
        var (source, name) = data.Validation is { Count: > 0 } v ? (v, "validation")
            : data.Test is { Count: > 0 } t ? (t, "test")
            : (data.Train, "train");
        return new Probe(source.Select(Stratified(source, Samples)), name);
    }

    /// <summary>Up to <paramref name="count"/> indices, each class in proportion (largest remainders), ascending.</summary>
    public static int[] Stratified(Dataset data, int count)
    {
        if (data.Count <= count) return [.. Enumerable.Range(0, data.Count)];
        var size = new long[data.ClassCount];
        foreach (int label in data.Labels) size[label]++;
        long[] quota = [.. size.Select(s => s * count / data.Count)];
        var byRemainder = Enumerable.Range(0, size.Length).OrderByDescending(c => size[c] * count % data.Count).ThenBy(c => c);
        foreach (int c in byRemainder.Take(count - (int)quota.Sum())) quota[c]++;
        var chosen = new List<int>(count);
        for (int n = 0; n < data.Count; n++)
        {
            if (quota[data.Labels[n]]-- > 0) chosen.Add(n);
        }
        return [.. chosen];
    }

    /// <summary>
    /// <paramref name="count"/> indices spread evenly over <paramref name="samples"/>, so that data sorted by class is still seen whole.
    /// </summary>
    public static int[] Even(int samples, int count)
    {
        count = Math.Min(samples, count);
        var indices = new int[count];
        for (int i = 0; i < count; i++) indices[i] = (int)((long)i * samples / count);
        return indices;
    }
}
