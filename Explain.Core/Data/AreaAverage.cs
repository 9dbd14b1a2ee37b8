namespace Explain.Core;

/// <summary>Shrinks images: each new pixel is the mean over the area it covers of the old ones.</summary>
internal static class AreaAverage
{
    /// <summary>Every image of <paramref name="data"/> at <paramref name="height"/> × <paramref name="width"/>.</summary>
    /// <exception cref="InputException">The images are smaller than that, or no images.</exception>
    public static Dataset Shrink(Dataset data, int height, int width)
    {
        var from = data.SampleShape;
        if (from.Height < height || from.Width < width)
            throw new InputException(
                $"{data.Name}: samples of shape {from} cannot be shrunk to {height}×{width}; images at least as large are needed.");
        float[] rows = Weights(from.Height, height), columns = Weights(from.Width, width);
        var to = new Shape(height, width, from.Channels);
        var inputs = new Matrix(data.Count, to.Size);
        Core.Rows.For(data.Count, 256, new Operation(data.Inputs, from, inputs, to, rows, columns));
        return new Dataset(data.Name, inputs, to, data.Labels, data.ClassNames);
    }

    /// <summary>new × old: the share of the new pixel's extent that each old one fills; rows sum to 1.</summary>
    private static float[] Weights(int old, int @new)
    {
        var weights = new float[@new * old];
        double extent = (double)old / @new;
        for (int i = 0; i < @new; i++)
        {
            for (int j = 0; j < old; j++)
                weights[(i * old) + j] = (float)(Math.Max(0, Math.Min(j + 1, (i + 1) * extent) - Math.Max(j, i * extent)) / extent);
        }
        return weights;
    }

    private readonly struct Operation(Matrix source, Shape from, Matrix destination, Shape to, float[] rows, float[] columns)
        : IRowOperation
    {
        public void Invoke(int first, int count)
        {
            int channels = from.Channels, wide = to.Width * channels;
            var half = new float[from.Height * wide]; // shrunk sideways
            for (int i = first; i < first + count; i++)
            {
                Narrow(source.Row(i), half);
                var result = destination.Row(i);
                for (int y = 0; y < to.Height; y++)
                {
                    for (int x = 0; x < wide; x++)
                    {
                        float sum = 0;
                        for (int k = 0; k < from.Height; k++) sum += rows[(y * from.Height) + k] * half[(k * wide) + x];
                        result[(y * wide) + x] = sum;
                    }
                }
            }
        }

        private void Narrow(ReadOnlySpan<float> image, float[] half)
        {
            int channels = from.Channels;
            for (int y = 0; y < from.Height; y++)
            {
                for (int x = 0; x < to.Width * channels; x++)
                {
                    float sum = 0;
                    for (int k = 0; k < from.Width; k++)
                        sum += columns[(x / channels * from.Width) + k] * image[(((y * from.Width) + k) * channels) + (x % channels)];
                    half[(y * to.Width * channels) + x] = sum;
                }
            }
        }
    }
}
