namespace Explain.Core;

/// <summary>Fills memory from a stream block by block; since a block depends on its index alone, any thread may do any part.</summary>
internal static unsafe class RandomFill
{
    /// <summary>Philox blocks given to a thread at a time: some 20 µs.</summary>
    private const int BlocksATime = 1 << 10;

    /// <summary>What a block of four random words is turned into.</summary>
    internal interface ISampler
    {
        /// <summary>Values from one block, at most 4.</summary>
        static abstract int PerBlock { get; }

        void Draw(uint a, uint b, uint c, uint d, float* values);
    }

    public static void Run<T>(CounterRandom stream, ulong start, float* values, int length, T sampler)
        where T : struct, ISampler
        => Rows.For((length + T.PerBlock - 1) / T.PerBlock, BlocksATime, new FillOperation<T>(stream, start, values, length, sampler));

    private readonly struct FillOperation<T>(CounterRandom stream, ulong start, float* values, int length, T sampler) : IRowOperation
        where T : struct, ISampler
    {
        private readonly CounterRandom _stream = stream;
        private readonly ulong _start = start;
        private readonly float* _values = values;
        private readonly int _length = length;
        private readonly T _sampler = sampler;

        public void Invoke(int first, int count)
        {
            float* four = stackalloc float[4];
            for (int block = first; block < first + count; block++)
            {
                (uint a, uint b, uint c, uint d) = _stream.Block(_start + (ulong)block);
                _sampler.Draw(a, b, c, d, four);
                int at = block * T.PerBlock;
                for (int i = 0; i < T.PerBlock && at + i < _length; i++) _values[at + i] = four[i];
            }
        }
    }

    internal readonly struct Uniform(float low, float range) : ISampler
    {
        private readonly float _low = low, _range = range;

        public static int PerBlock => 4;

        public void Draw(uint a, uint b, uint c, uint d, float* values)
        {
            values[0] = One(a);
            values[1] = One(b);
            values[2] = One(c);
            values[3] = One(d);
        }

        private float One(uint word) => MathF.FusedMultiplyAdd((word >> 8) * (1f / (1 << 24)), _range, _low);
    }

    internal readonly struct Normal(float mean, float deviation) : ISampler
    {
        private readonly float _mean = mean, _deviation = deviation;

        public static int PerBlock => 4;

        public void Draw(uint a, uint b, uint c, uint d, float* values)
        {
            (values[0], values[1]) = CounterRandom.NormalPair(a, b);
            (values[2], values[3]) = CounterRandom.NormalPair(c, d);
            for (int i = 0; i < 4; i++) values[i] = MathF.FusedMultiplyAdd(values[i], _deviation, _mean);
        }
    }

    internal readonly struct Poisson(float mean, float none) : ISampler
    {
        private readonly float _mean = mean, _none = none;

        public static int PerBlock => 2;

        public void Draw(uint a, uint b, uint c, uint d, float* values)
        {
            values[0] = CounterRandom.Poisson(CounterRandom.ToDouble(a, b), _mean, _none);
            values[1] = CounterRandom.Poisson(CounterRandom.ToDouble(c, d), _mean, _none);
        }
    }
}
