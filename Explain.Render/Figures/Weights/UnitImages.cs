using Explain.Core;

namespace Explain.Render;

/// <summary>Vectors of a network as pictures.</summary>
internal static class UnitImages
{
    /// <summary>
    /// The shape in which the inputs of layer <paramref name="index"/> are drawn: that of the samples for the first, otherwise that of the
    /// layer before.
    /// </summary>
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

    /// <summary>
    /// n values as a rectangle, upright where not square: 256 → 16×16, 128 → 16×8; up to 12 in a row; where no divisor is near the root,
    /// the last row is not full.
    /// </summary>
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

    /// <summary>Values of a picture with its channels last → the mean over the channels, a picture of one channel.</summary>
    public static ReadOnlyMemory<float> Flatten(ReadOnlyMemory<float> values, int rows, int columns)
    {
        int size = rows * columns;
        if (values.Length <= size) return values;
        var mean = new float[size];
        int channels = values.Length / size;
        for (int i = 0; i < channels * size; i++)
            mean[i / channels] += values.Span[i] / channels;
        return mean;
    }

    /// <summary>One channel of a picture with its channels last.</summary>
    public static float[] Channel(ReadOnlySpan<float> values, Shape shape, int channel)
    {
        var plane = new float[shape.Height * shape.Width];
        for (int i = 0; i < plane.Length; i++) plane[i] = values[(i * shape.Channels) + channel];
        return plane;
    }

    /// <summary>
    /// The channels of a picture beside and below each other, near a square and without empty places where they divide so; places without a
    /// channel are 0.
    /// </summary>
    public static (float[] Values, int Rows, int Columns) Unfold(ReadOnlySpan<float> values, Shape shape)
    {
        var (height, width, channels) = shape;
        int square = (int)Math.Ceiling(Math.Sqrt((double)channels * height / width));
        int across = Enumerable.Range(square, square + 1).FirstOrDefault(n => channels % n == 0, square),
            down = (channels + across - 1) / across;
        var unfolded = new float[down * height * across * width];
        for (int c = 0; c < channels; c++)
        {
            for (int i = 0; i < height * width; i++)
            {
                int row = (c / across * height) + (i / width), column = (c % across * width) + (i % width);
                unfolded[(row * across * width) + column] = values[(i * channels) + c];
            }
        }
        return (unfolded, down * height, across * width);
    }

    private static Shape InputShape(RunFolder run, int index)
    {
        if (index == 0) return run.Info.Network.InputShape;
        var layers = run.Info.Network.Layers;
        int seen = -1;
        for (int i = 0; i < layers.Count; i++)
        {
            if (layers[i].Parameters == 0 || ++seen != index) continue;
            // What only passes values on lies between: the picture is that of the layer before.
            int before = i - 1;
            while (before >= 0 && layers[before].Kind is "flatten" or "dropout") before--;
            return before < 0 ? run.Info.Network.InputShape : layers[before].OutputShape;
        }
        return default;
    }
}
