namespace Explain.Core;

/// <summary>
/// Deals out the samples of one data set augmented, epoch by epoch, without allocating for any sample. Random numbers are keyed by
/// (seed, "augment/epoch", sample), each kind of change has its own, and an image's are drawn by whichever thread makes the image.
/// </summary>
internal sealed class Augmenter
{
    /// <summary>Random blocks kept for each sample: enough for the noise of a hundred million pixels.</summary>
    private const int BlockBits = 24;

    /// <summary>Pixels that are worth a task: some 100 µs.</summary>
    private const int PixelsATime = 16 * 1024;

    /// <summary>The most blocks that a batch is cut into, each of which has buffers of its own.</summary>
    private const int MaxBlocks = 64;

    private readonly Augmentation _augmentation;
    private readonly Dataset _data;
    private readonly ulong _seed;
    private readonly int _blockRows;
    private readonly Normalisation? _perFeature;
    private readonly Scratch[] _scratch;
    private CounterRandom _random;

    /// <summary>Prepares the buffers.</summary>
    /// <param name="augmentation">What is done; <see cref="Augmentation.Check"/> has passed.</param>
    /// <param name="data">Whose samples.</param>
    /// <param name="normalisation">How they were normalised; null where they are as they came.</param>
    /// <param name="seed">Of the random numbers.</param>
    /// <param name="capacity">The most samples asked for at a time.</param>
    public Augmenter(Augmentation augmentation, Dataset data, Normalisation? normalisation, ulong seed, int capacity)
    {
        _augmentation = augmentation;
        _data = data;
        _seed = seed;
        _random = new CounterRandom(seed, "augment/0");
        // A pixel that moves takes its value along. Where every feature was normalised by itself, that value is what it was before.
        _perFeature = normalisation is { IsPerFeature: true } ? normalisation : null;
        float background = Smallest(data, _perFeature);
        int worthwhile = Math.Max(1, PixelsATime / data.Inputs.Columns);
        _blockRows = Math.Max(worthwhile, (capacity + MaxBlocks - 1) / MaxBlocks);
        _scratch = [.. Enumerable.Range(0, (capacity + _blockRows - 1) / _blockRows)
            .Select(_ => new Scratch(augmentation, data.SampleShape, background))];
    }

    /// <summary>Turns to an epoch, from 1.</summary>
    public void Begin(int epoch) => _random = new CounterRandom(_seed, $"augment/{epoch}");

    /// <summary>images[n] = sample samples[n] as this epoch sees it.</summary>
    /// <param name="samples">Indices into the data.</param>
    /// <param name="images">[n, values of a sample]</param>
    public void Fill(ReadOnlyMemory<int> samples, Matrix images) =>
        Rows.For(samples.Length, _blockRows, new Operation(this, samples, images));

    private static float Smallest(Dataset data, Normalisation? perFeature)
    {
        float smallest = float.PositiveInfinity;
        var row = new float[data.Inputs.Columns];
        for (int n = 0; n < data.Count; n++)
        {
            data.Inputs.Row(n).CopyTo(row);
            perFeature?.Invert(row, row);
            foreach (float value in row) smallest = MathF.Min(smallest, value);
        }
        return smallest;
    }

    private void Make(int sample, Scratch scratch, Span<float> image)
    {
        ulong key = (ulong)sample << BlockBits;
        (uint a, uint b, uint c, uint d) = _random.Block(key);
        var warp = ImageWarp.Of(
            _data.SampleShape,
            _augmentation.Shift * Unit(a),
            _augmentation.Shift * Unit(b),
            1 + (_augmentation.Scale * Unit(c)),
            _augmentation.Rotate * Unit(d));
        scratch.Field?.Draw(_random, key + 1);
        ReadOnlySpan<float> source = _data.Inputs.Row(sample);
        if (_perFeature is not null)
        {
            _perFeature.Invert(source, image);
            source = image;
        }
        ImageWarp.IntoFrame(source, _data.SampleShape, scratch.Framed);
        warp.Apply(scratch.Framed, _data.SampleShape, scratch.Field, image);
        _perFeature?.Transform(image, image);
    }

    /// <summary>A word as a number in [−1, 1), a multiple of 2⁻³¹.</summary>
    private static double Unit(uint word) => (int)word * (1.0 / (1L << 31));

    private readonly struct Operation(Augmenter augmenter, ReadOnlyMemory<int> samples, Matrix images) : IRowOperation
    {
        public void Invoke(int first, int count)
        {
            var scratch = augmenter._scratch[first / augmenter._blockRows];
            var indices = samples.Span;
            for (int n = first; n < first + count; n++) augmenter.Make(indices[n], scratch, images.Row(n));
        }
    }

    /// <summary>The buffers of one block of a batch.</summary>
    private sealed class Scratch
    {
        public Scratch(Augmentation augmentation, Shape shape, float background)
        {
            if (augmentation.Elastic is { Strength: > 0 } elastic) Field = new ElasticField(shape.Height, shape.Width, elastic);
            Framed = new float[ImageWarp.FramedSize(shape)];
            Array.Fill(Framed, background);
        }

        /// <summary>Null where nothing is bent.</summary>
        public ElasticField? Field { get; }

        /// <summary>A sample in a frame of background.</summary>
        public float[] Framed { get; }
    }
}
