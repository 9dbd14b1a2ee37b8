namespace Explain.Core;

/// <summary>
/// Displacements of every pixel of an image: noise, uniform and independent from pixel to pixel, smoothed by a Gaussian that is cut off at
/// 3σ. The noise goes on beyond the image as far as the Gaussian reaches, so displacements at the edge vary as much as those in the middle.
/// One field holds the buffers of one thread at a time.
/// </summary>
internal sealed class ElasticField
{
    /// <summary>
    /// Noise values from one block of random words: a byte each. A smoothed value is a sum of hundreds, so finer noise would not be seen.
    /// </summary>
    private const int PerBlock = 16;

    private const double ByteMean = 127.5, ByteVariance = ((256.0 * 256.0) - 1) / 12;
    private readonly int _noiseRows;
    private readonly float[] _down;
    private readonly float[] _across;
    private readonly float[] _noise;
    private readonly float[] _half;
    private readonly float[] _x;
    private readonly float[] _y;

    public ElasticField(int height, int width, ElasticDeformation elastic)
    {
        int radius = (int)Math.Ceiling(3 * elastic.Smoothness);
        double[] gauss = [.. Enumerable.Range(-radius, (2 * radius) + 1)
            .Select(k => PortableMath.Exp(-k * k / (2 * elastic.Smoothness * elastic.Smoothness)))];
        double squares = 0;
        foreach (double g in gauss) squares += g * g;
        // Smoothing one way multiplies the variance of independent values by Σ g²; weights over √Σ g² leave it as it is.
        double norm = 1 / Math.Sqrt(squares);
        _down = [.. gauss.Select(g => (float)(g * norm))];
        _across = [.. gauss.Select(g => (float)(g * norm * elastic.Strength / Math.Sqrt(ByteVariance)))];
        Stride = width + (2 * radius);
        _noiseRows = height + (2 * radius);
        _noise = new float[(_noiseRows * Stride) + PerBlock];
        _half = new float[height * Stride];
        _x = new float[(height * Stride) - (2 * radius)];
        _y = new float[_x.Length];
    }

    /// <summary>
    /// Floats from one row of <see cref="X"/> and <see cref="Y"/> to the next; what lies beyond the image's width means nothing.
    /// </summary>
    public int Stride { get; }

    /// <summary>[height, stride] pixels to the right.</summary>
    public ReadOnlySpan<float> X => _x;

    /// <summary>[height, stride] pixels down.</summary>
    public ReadOnlySpan<float> Y => _y;

    /// <summary>Draws both components from a stream, from block <paramref name="first"/> on.</summary>
    public void Draw(CounterRandom random, ulong first)
    {
        Draw(random, first, _x);
        Draw(random, first + (ulong)((_noiseRows * Stride / PerBlock) + 1), _y);
    }

    private void Draw(CounterRandom random, ulong first, float[] displacements)
    {
        int count = _noiseRows * Stride;
        for (int i = 0; i < count; i += PerBlock)
        {
            (uint a, uint b, uint c, uint d) = random.Block(first++);
            var four = _noise.AsSpan(i, PerBlock);
            Spread(a, four);
            Spread(b, four[4..]);
            Spread(c, four[8..]);
            Spread(d, four[12..]);
        }
        TapFilter.Apply(_noise, Stride, _down, _half);
        TapFilter.Apply(_half, 1, _across, displacements);
    }

    private static void Spread(uint word, Span<float> four)
    {
        for (int i = 0; i < 4; i++) four[i] = (float)((byte)(word >> (8 * i)) - ByteMean);
    }
}
