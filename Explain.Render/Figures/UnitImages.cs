using Explain.Core;

namespace Explain.Render;

/// <summary>Vectors of a network as pictures.</summary>
internal static class UnitImages
{
    /// <summary>The shape in which the inputs of layer <paramref name="index"/> are drawn: that of the samples for the first, otherwise that of the layer before.</summary>
    public static (int Rows, int Columns) InputGrid(RunFolder run, int index, int inputs)
    {
        var shape = InputShape(run, index);
        return shape.IsImage && shape.Height * shape.Width * shape.Channels == inputs ? (shape.Height, shape.Width) : Grid(inputs);
    }

    /// <summary>Whether the inputs of the layer are pictures.</summary>
    public static bool HasImageInputs(RunFolder run, int index, int inputs)
    {
        var shape = InputShape(run, index);
        return shape.IsImage && shape.Size == inputs;
    }

    /// <summary>n values as a rectangle, upright where not square: 256 → 16×16, 128 → 16×8; up to 12 in a row; where no divisor is near the root, the last row is not full.</summary>
    public static (int Rows, int Columns) Grid(int n)
    {
        if (n <= 12) return (1, Math.Max(1, n));
        int root = (int)Math.Sqrt(n);
        for (int columns = root; columns >= (root + 1) / 2; columns--)
        {
            if (n % columns == 0) return (n / columns, columns);
        }
        int across = (int)Math.Ceiling(Math.Sqrt(n));
        return ((n + across - 1) / across, across);
    }

    /// <summary>The mean over units (rows) for each input: outputs × inputs → inputs.</summary>
    public static float[] MeanOverUnits(Matrix weights)
    {
        var sums = new double[weights.Columns];
        for (int r = 0; r < weights.Rows; r++)
        {
            var row = weights.Row(r);
            for (int c = 0; c < row.Length; c++)
                sums[c] += row[c];
        }
        return [.. sums.Select(s => (float)(s / Math.Max(1, weights.Rows)))];
    }

    /// <summary>Values in the channels of a picture, one after another → their mean, a picture of one channel.</summary>
    public static ReadOnlyMemory<float> Flatten(ReadOnlyMemory<float> values, int rows, int columns)
    {
        int size = rows * columns;
        if (values.Length <= size) return values;
        var mean = new float[size];
        int channels = values.Length / size;
        for (int i = 0; i < channels * size; i++)
            mean[i % size] += values.Span[i] / channels;
        return mean;
    }

    /// <summary>Mean and standard deviation of the finite values; NaN where there are none.</summary>
    public static (double Mean, double Deviation) Moments(ReadOnlySpan<float> values)
    {
        double n = 0, sum = 0, squares = 0;
        foreach (float v in values)
        {
            if (!float.IsFinite(v)) continue;
            n++;
            sum += v;
            squares += (double)v * v;
        }
        return (sum / n, Math.Sqrt(Math.Max(0, (squares / n) - (sum / n * (sum / n)))));
    }

    /// <summary>The mean magnitude of the finite values; 0 where there are none.</summary>
    public static double MeanMagnitude(ReadOnlySpan<float> values)
    {
        double n = 0, sum = 0;
        foreach (float v in values)
        {
            if (!float.IsFinite(v)) continue;
            n++;
            sum += Math.Abs(v);
        }
        return n == 0 ? 0 : sum / n;
    }

    private static Shape InputShape(RunFolder run, int index)
    {
        if (index == 0) return run.Info.Network.InputShape;
        // Layers without weights (flatten, dropout) lie between: the shape is that of the layer right before.
        var layers = run.Info.Network.Layers;
        int seen = -1;
        for (int i = 0; i < layers.Count; i++)
        {
            if (layers[i].Parameters > 0 && ++seen == index) return i == 0 ? run.Info.Network.InputShape : layers[i - 1].OutputShape;
        }
        return default;
    }
}
