namespace Explain.Core;

/// <summary>
/// A counter-based random number generator: Philox4x32-10 (Salmon, Moraes, Dror and Shaw, "Parallel random numbers: as easy as 1, 2, 3",
/// 2011), keyed by a seed and a purpose. The value at an index depends on nothing but (seed, purpose, index), so any part of a stream can
/// be drawn by any thread in any order.
/// </summary>
public sealed unsafe class CounterRandom
{
    private readonly uint _key0;
    private readonly uint _key1;
    private readonly uint _purpose;
    private ulong _block;
    private uint _w0, _w1, _w2, _w3;
    private int _left;
    private float _spareNormal = float.NaN;

    /// <summary>
    /// A stream of its own for <paramref name="purpose"/>, e.g. "shuffle" or "init/dense1", starting at block <paramref name="start"/>.
    /// </summary>
    public CounterRandom(ulong seed, string purpose, ulong start = 0)
    {
        _key0 = (uint)seed;
        _key1 = (uint)(seed >> 32);
        _purpose = Purpose(purpose);
        _block = start;
    }

    /// <summary>The next 32 random bits.</summary>
    public uint NextUInt32()
    {
        if (_left == 0)
        {
            (_w0, _w1, _w2, _w3) = Block(_block++);
            _left = 4;
        }
        return (_left--) switch { 4 => _w0, 3 => _w1, 2 => _w2, _ => _w3 };
    }

    /// <summary>The next number in [0, 1), a multiple of 2⁻²⁴.</summary>
    public float NextSingle() => (NextUInt32() >> 8) * (1f / (1 << 24));

    /// <summary>The next number in [0, 1), a multiple of 2⁻⁵³.</summary>
    public double NextDouble()
    {
        uint high = NextUInt32(), low = NextUInt32();
        return ToDouble(high, low);
    }

    /// <summary>The next integer in [0, <paramref name="bound"/>), without bias.</summary>
    public int NextInt32(int bound)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(bound);
        uint threshold = (uint)(-bound) % (uint)bound; // Lemire's rejection (2019): drop the low products that would be over-represented.
        while (true)
        {
            ulong product = (ulong)NextUInt32() * (uint)bound;
            if ((uint)product >= threshold) return (int)(product >> 32);
        }
    }

    /// <summary>
    /// The next standard normal number (Box and Muller, 1958, on <see cref="VectorMath"/>, so that the bits are the same everywhere).
    /// Numbers come in pairs from 64 random bits; none is beyond 6.66.
    /// </summary>
    public float NextNormal()
    {
        float spare = _spareNormal;
        if (!float.IsNaN(spare))
        {
            _spareNormal = float.NaN;
            return spare;
        }
        uint radius = NextUInt32(), turn = NextUInt32();
        (float first, _spareNormal) = NormalPair(radius, turn);
        return first;
    }

    /// <summary>
    /// The next Poisson number of the given mean, by inversion: one uniform number is searched in the cumulative distribution.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The mean is not in [0, 64].</exception>
    public int NextPoisson(float mean)
    {
        CheckPoissonMean(mean);
        return Poisson(NextDouble(), mean, VectorMath.Exp(-mean));
    }

    /// <summary>
    /// Fills with uniform numbers low + (high - low)·u, u in [0, 1). Value i depends only on (seed, purpose, i) when the stream is fresh; a
    /// used stream goes on at its next block.
    /// </summary>
    public void FillUniform(Span<float> values, float low, float high) => Fill(values, new RandomFill.Uniform(low, high - low));

    /// <summary>
    /// Fills with normal numbers, the same as <see cref="NextNormal"/> gives from a fresh stream one after the other, scaled and shifted.
    /// </summary>
    public void FillNormal(Span<float> values, float mean = 0f, float deviation = 1f) =>
        Fill(values, new RandomFill.Normal(mean, deviation));

    /// <summary>Fills with Poisson numbers, the same as <see cref="NextPoisson"/> gives from a fresh stream one after the other.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The mean is not in [0, 64].</exception>
    public void FillPoisson(Span<float> values, float mean)
    {
        CheckPoissonMean(mean);
        Fill(values, new RandomFill.Poisson(mean, VectorMath.Exp(-mean)));
    }

    /// <summary>The order 0 … <paramref name="order"/>.Length - 1 shuffled in place (Fisher–Yates).</summary>
    public void Shuffle(Span<int> order)
    {
        for (int i = order.Length - 1; i > 0; i--)
        {
            int j = NextInt32(i + 1);
            (order[i], order[j]) = (order[j], order[i]);
        }
    }

    /// <summary>
    /// The word that stands for a purpose: FNV-1a over the UTF-16 units, stable across processes, unlike string.GetHashCode.
    /// </summary>
    internal static uint Purpose(string purpose)
    {
        uint hash = 2166136261;
        foreach (char c in purpose) hash = (hash ^ c) * 16777619;
        return hash;
    }

    /// <summary>Ten rounds of Philox4x32 on a counter of four words with a key of two.</summary>
    internal static (uint A, uint B, uint C, uint D) Philox(uint c0, uint c1, uint c2, uint c3, uint k0, uint k1)
    {
        for (int round = 0; round < 10; round++)
        {
            ulong p0 = (ulong)0xD2511F53 * c0, p1 = (ulong)0xCD9E8D57 * c2;
            (c0, c1, c2, c3) = ((uint)(p1 >> 32) ^ c1 ^ k0, (uint)p1, (uint)(p0 >> 32) ^ c3 ^ k1, (uint)p0);
            k0 += 0x9E3779B9;
            k1 += 0xBB67AE85;
        }
        return (c0, c1, c2, c3);
    }

    /// <summary>Block <paramref name="index"/> of the stream: Philox on the counter (index, purpose, 0).</summary>
    internal (uint A, uint B, uint C, uint D) Block(ulong index) => Philox((uint)index, (uint)(index >> 32), _purpose, 0, _key0, _key1);

    /// <summary>Two words as a number in [0, 1), a multiple of 2⁻⁵³.</summary>
    internal static double ToDouble(uint high, uint low) => ((((ulong)high << 32) | low) >> 11) * (1.0 / (1UL << 53));

    /// <summary>Two independent standard normal numbers: radius √(-2 ln u) with u in (0, 1], and a turn.</summary>
    internal static (float First, float Second) NormalPair(uint radius, uint turn)
    {
        float distance = MathF.Sqrt(-2f * VectorMath.Log((float)((radius + 1.0) * (1.0 / (1UL << 32)))));
        (float sin, float cos) = VectorMath.SinCosTurns((turn >> 8) * (1f / (1 << 24)));
        return (distance * cos, distance * sin);
    }

    /// <summary>
    /// The number whose cumulative probability first exceeds u; <paramref name="none"/> is the probability of 0, e^-mean.
    /// </summary>
    internal static int Poisson(double u, float mean, float none)
    {
        double probability = none, cumulative = probability;
        int count = 0;
        while (u >= cumulative && count < 1000)
        {
            count++;
            probability *= mean / (double)count;
            cumulative += probability;
            if (probability == 0) break; // The rest of the distribution is beyond double precision.
        }
        return count;
    }

    private static void CheckPoissonMean(float mean)
    {
        if (!(mean is >= 0f and <= 64f))
            throw new ArgumentOutOfRangeException(
                nameof(mean), mean,
                "The mean of a Poisson distribution must be from 0 to 64 here; "
                    + "beyond, a normal distribution of the same mean and variance is close.");
    }

    private void Fill<T>(Span<float> values, T sampler)
        where T : struct, RandomFill.ISampler
    {
        ulong start = _block;
        _block += (ulong)((values.Length + T.PerBlock - 1) / T.PerBlock);
        _left = 0;
        _spareNormal = float.NaN;
        fixed (float* first = values) RandomFill.Run(this, start, first, values.Length, sampler);
    }
}
