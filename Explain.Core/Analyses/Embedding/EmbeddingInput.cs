namespace Explain.Core;

/// <summary>What every embedding does with its samples first.</summary>
internal static class EmbeddingInput
{
    /// <summary>Refuses samples that have no place on a map.</summary>
    /// <exception cref="InputException">A value is not finite.</exception>
    public static void CheckFinite(Matrix samples)
    {
        for (int i = 0; i < samples.Rows; i++)
        {
            foreach (float value in samples.Row(i))
            {
                if (!float.IsFinite(value))
                    throw new InputException($"Sample {i} of {samples.Rows} holds {value}; only finite values can be embedded.");
            }
        }
    }

    /// <summary>The mean of each column.</summary>
    public static float[] Mean(Matrix samples)
    {
        double[] sums = new double[samples.Columns];
        for (int i = 0; i < samples.Rows; i++)
        {
            ReadOnlySpan<float> row = samples.Row(i);
            for (int f = 0; f < sums.Length; f++) sums[f] += row[f];
        }
        return Array.ConvertAll(sums, sum => (float)(sum / Math.Max(1, samples.Rows)));
    }

    /// <summary>A copy with <paramref name="mean"/> taken from every row.</summary>
    public static Matrix Centred(Matrix samples, ReadOnlySpan<float> mean)
    {
        Matrix centred = samples.Clone();
        for (int i = 0; i < centred.Rows; i++)
        {
            Span<float> row = centred.Row(i);
            for (int f = 0; f < row.Length; f++) row[f] -= mean[f];
        }
        return centred;
    }
}
