namespace Explain.Core.Tests;

/// <summary>Each kind of layer beside dense in double precision, element by element as in its formula.</summary>
internal static class LayerTwins
{
    public static double[][] Convolve(ConvLayer layer, double[] weights, double[] biases, double[][] inputs)
    {
        Shape image = layer.InputShape, kernel = layer.KernelShape, output = layer.OutputShape;
        var settings = layer.Settings.ToDictionary();
        int top = (int)settings["padding top"], left = (int)settings["padding left"], down = (int)settings["stride"],
            across = (int)settings["stride width"];
        return [.. inputs.Select(x => All(output, (row, column, f) =>
        {
            double sum = biases[f];
            for (int i = 0; i < kernel.Height; i++)
            {
                for (int j = 0; j < kernel.Width; j++)
                {
                    int y = (row * down) + i - top, z = (column * across) + j - left;
                    if (y < 0 || y >= image.Height || z < 0 || z >= image.Width) continue;
                    for (int c = 0; c < image.Channels; c++)
                        sum += x[At(image, y, z, c)] * weights[(f * kernel.Size) + At(kernel, i, j, c)];
                }
            }
            return sum;
        }))];
    }

    public static double[][] Pool(Layer layer, double[][] inputs)
    {
        var settings = layer.Settings.ToDictionary();
        int height = (int)settings["size"], width = (int)settings["size width"], down = (int)settings["stride"],
            across = (int)settings["stride width"];
        return [.. inputs.Select(x => All(layer.OutputShape, (row, column, c) =>
        {
            var window = Enumerable.Range(0, height).SelectMany(i =>
                Enumerable.Range(0, width).Select(j => x[At(layer.InputShape, (row * down) + i, (column * across) + j, c)]));
            return layer is MaxPoolLayer ? window.Max() : window.Average();
        }))];
    }

    public static double[][] Drop(DropoutLayer layer, double[][] inputs, PassContext context)
    {
        if (!context.Training) return inputs;
        return [.. inputs.Select((x, n) => x.Select((v, i) =>
        {
            var (a, b, c, d) = CounterRandom.Philox(
                (uint)(i / 4), (uint)(context.FirstRow + n), CounterRandom.Purpose("dropout/" + layer.Name), (uint)context.Step + 1,
                (uint)context.Seed, (uint)(context.Seed >> 32));
            uint word = new[] { a, b, c, d }[i % 4];
            return (word >> 8) / (double)(1 << 24) < layer.Rate ? 0 : v / (1 - layer.Rate);
        }).ToArray())];
    }

    public static double[][] Normalise(BatchNormLayer layer, double[] gamma, double[] beta, double[][] inputs, bool training)
    {
        int channels = gamma.Length;
        var outputs = inputs.Select(x => x.ToArray()).ToArray();
        for (int c = 0; c < channels; c++)
        {
            double[] values = [.. inputs.SelectMany(x => x.Where((_, i) => i % channels == c))];
            double mean = training ? values.Average() : layer.State[c],
                variance = training ? values.Average(v => (v - mean) * (v - mean)) : layer.State[channels + c];
            foreach (double[] y in outputs)
            {
                for (int i = c; i < y.Length; i += channels)
                    y[i] = ((y[i] - mean) / Math.Sqrt(variance + layer.Epsilon) * gamma[c]) + beta[c];
            }
        }
        return outputs;
    }

    private static int At(Shape shape, int row, int column, int channel) => (((row * shape.Width) + column) * shape.Channels) + channel;

    private static double[] All(Shape shape, Func<int, int, int, double> value) =>
        [.. Enumerable.Range(0, shape.Size)
            .Select(i => value(i / shape.Channels / shape.Width, i / shape.Channels % shape.Width, i % shape.Channels))];
}
