using System.Runtime.Intrinsics;

namespace Explain.Core;

/// <summary>
/// outputs[n,c] = activation(γ[c]·(inputs[n,c] − mean[c])/√(variance[c] + ε) + β[c]): every channel of an image (over all its pixels), or
/// every value of a plain list, brought to mean 0 and variance 1, then scaled and shifted (Ioffe and Szegedy, "Batch normalization:
/// accelerating deep network training by reducing internal covariate shift", 2015).
/// </summary>
/// <remarks>
/// γ is <see cref="Layer.Weights"/>, one row of one value a channel, and starts at 1; β is <see cref="Layer.Bias"/>. In training mean and
/// variance are those of the batch, and the running ones move towards them: running = (1 − momentum)·running + momentum·batch, with the
/// unbiased variance as in the paper (a batch of a single value keeps the running variance). <see cref="Layer.State"/> holds the running
/// means, then the running variances; evaluation uses them. Sums go by blocks of <see cref="BlockRows"/> values of a channel in float32,
/// the blocks' sums in double precision in order.
/// </remarks>
public sealed class BatchNormLayer : Layer
{
    private const int BlockRows = 256;

    /// <summary>
    /// Square of the deviations from zero, 256, from which on a mean is far. Nearer ones are off by at most 2⁻⁹ of a deviation (a chain of
    /// 256 sums is by 2⁻¹⁷ of its value), and the variance by its square.
    /// </summary>
    private const double FarSquared = 1 << 16;

    private readonly bool _bias;
    private readonly float _biasStart;
    private readonly Initializer _initializer;

    internal BatchNormLayer(
        string name, Shape inputShape, double momentum, double epsilon, Activation activation, bool bias, Initializer initializer,
        float biasStart)
        : base(name, inputShape, inputShape, activation)
    {
        BatchShare = momentum;
        Epsilon = epsilon;
        _bias = bias;
        _biasStart = biasStart;
        _initializer = initializer;
    }

    /// <summary>Share of a new batch in the running mean and variance.</summary>
    public double BatchShare { get; }

    /// <summary>Added to the variance.</summary>
    public double Epsilon { get; }

    /// <inheritdoc/>
    public override string Kind => "batch norm";

    /// <inheritdoc/>
    public override IReadOnlyList<KeyValuePair<string, double>> Settings => [new("momentum", BatchShare), new("epsilon", Epsilon)];

    /// <inheritdoc/>
    public override Initializer Initializer => _initializer;

    /// <inheritdoc/>
    public override float BiasStart => _bias ? _biasStart : 0;

    internal override int WeightRows => Units;

    internal override int WeightColumns => 1;

    internal override int BiasCount => _bias ? Units : 0;

    internal override bool HasPenalty => false;

    internal override int StateCount => 2 * Units;

    /// <inheritdoc/>
    public override bool CouplesSamples(bool training) => training || base.CouplesSamples(training);

    internal override void Initialize(ulong seed)
    {
        _initializer.Fill(Weights.Span, fanIn: 1, fanOut: 1, new CounterRandom(seed, "init/" + Name));
        Bias.Fill(_biasStart);
        State[..Units].Clear();
        State[Units..].Fill(1);
    }

    internal override LayerBuffers CreateBuffers(int capacity, bool backward, bool statistics) =>
        new Buffers(this, capacity, backward, statistics);

    internal override void Forward(Matrix inputs, LayerBuffers buffers, PassContext context)
    {
        var own = (Buffers)buffers;
        var x = ByChannel(inputs);
        own.OfBatch = context.Training;
        if (context.Training) Measure(x, own);
        else State[..Units].CopyTo(own.Means);
        for (int c = 0; c < Units; c++)
        {
            double variance = context.Training ? own.Totals[c] / x.Rows : State[Units + c];
            own.Inverse[c] = (float)(1 / Math.Sqrt(variance + Epsilon));
        }
        var before = own.PreActivations.IsEmpty ? own.Outputs : own.PreActivations;
        Rows.For(x.Rows, BlockRows, new NormaliseOperation(this, x, ByChannel(before), own));
        if (!Activation.Equals(Activation.Identity)) Activation.Apply(before, own.Outputs);
    }

    internal override bool Backward(
        Matrix inputs, LayerBuffers buffers, bool fused, float[]? gradients, bool accumulate, Matrix inputGradient)
    {
        var own = (Buffers)buffers;
        bool finite = Activation.Backward(own.PreActivations, own.Outputs, fused ? default : own.Gradient, own.Statistics);
        if (gradients is null && inputGradient.IsEmpty) return finite;
        Matrix x = ByChannel(inputs), delta = ByChannel(own.Gradient);

        // Per channel Σ delta, and Σ delta·(normalised input).
        int units = Units;
        Sum<ProductTerm>(x, delta, own);
        for (int c = 0; c < units; c++) own.Products[c] = own.Totals[c];
        Sum<PlainTerm>(delta, delta, own);
        if (gradients is not null)
        {
            var into = gradients.AsSpan(Offset, ParameterCount);
            for (int c = 0; c < units; c++)
            {
                into[c] = (float)(accumulate ? into[c] + own.Products[c] : own.Products[c]);
                if (_bias) into[units + c] = (float)(accumulate ? into[units + c] + own.Totals[c] : own.Totals[c]);
            }
        }
        if (!inputGradient.IsEmpty)
        {
            for (int c = 0; c < units; c++)
            {
                own.MeanDelta[c] = own.OfBatch ? (float)(own.Totals[c] / x.Rows) : 0;
                own.LessMeanProduct[c] = own.OfBatch ? -(float)(own.Products[c] / x.Rows) : 0;
                own.Factors[c] = Weights.Span[c] * own.Inverse[c];
            }
            Rows.For(x.Rows, BlockRows, new BackwardOperation(x, delta, ByChannel(inputGradient), own));
        }
        return finite;
    }

    /// <summary>A term of a sum over the rows of a channel.</summary>
    private interface ITerm
    {
        static abstract TVector Add<TLanes, TVector>(TVector sum, TVector x, TVector delta, TVector mean, TVector inverse)
            where TLanes : struct, ILanes<TVector>
            where TVector : struct;
    }

    /// <summary>What is done with the rows of one channel; lanes are channels.</summary>
    private unsafe interface IChannels
    {
        void Channel<TLanes, TVector>(int first, int rows, int c)
            where TLanes : struct, ILanes<TVector>
            where TVector : struct;
    }

    /// <summary>One row a pixel (of a plain list: a sample), one column a channel.</summary>
    private Matrix ByChannel(Matrix samples) => samples.Reshape(samples.Length / Units, Units);

    /// <summary>Means, sums of squared deviations (left in Totals), and the running values.</summary>
    private void Measure(Matrix x, Buffers own)
    {
        Sum<PlainTerm>(x, x, own);
        for (int c = 0; c < Units; c++) own.Means[c] = (float)(own.Totals[c] / x.Rows);
        Sum<SquareTerm>(x, x, own);
        CorrectFarMeans(x, own);
        Span<float> means = State[..Units], variances = State[Units..];
        for (int c = 0; c < Units; c++)
        {
            means[c] = (float)(((1 - BatchShare) * means[c]) + (BatchShare * own.Means[c]));
            if (x.Rows > 1) variances[c] = (float)(((1 - BatchShare) * variances[c]) + (BatchShare * (own.Totals[c] / (x.Rows - 1))));
        }
    }

    /// <summary>
    /// Where a channel's mean is many deviations from zero, what its float32 is off by is not small beside the deviation. It is measured as
    /// the mean deviation from that float32, and mean and squares are put right ("corrected two-pass algorithm": Chan, Golub and LeVeque,
    /// "Algorithms for computing the sample variance", 1983). Elsewhere it would change nothing.
    /// </summary>
    private void CorrectFarMeans(Matrix x, Buffers own)
    {
        bool any = false;
        for (int c = 0; c < Units; c++)
        {
            own.Squares[c] = own.Totals[c];
            any |= IsFar(c);
        }
        if (!any) return;
        Sum<DeviationTerm>(x, x, own);
        for (int c = 0; c < Units; c++)
        {
            bool far = IsFar(c);
            double rest = own.Totals[c] / x.Rows;
            own.Totals[c] = far ? Math.Max(0, own.Squares[c] - (x.Rows * rest * rest)) : own.Squares[c];
            if (far) own.Means[c] = (float)(own.Means[c] + rest);
        }

        bool IsFar(int c) => (double)own.Means[c] * own.Means[c] * x.Rows > FarSquared * own.Squares[c];
    }

    /// <summary>Fills Totals with the sum of a term over the rows of each channel of x [rows, channels], delta [rows, channels].</summary>
    private static void Sum<TTerm>(Matrix x, Matrix delta, Buffers own)
        where TTerm : struct, ITerm
    {
        Rows.For(x.Rows, BlockRows, new SumOperation<TTerm>(x, delta, own));
        int blocks = (x.Rows + BlockRows - 1) / BlockRows, units = x.Columns;
        for (int c = 0; c < units; c++)
        {
            double sum = 0;
            for (int block = 0; block < blocks; block++) sum += own.Blocks[(block * units) + c];
            own.Totals[c] = sum;
        }
    }

    private sealed class Buffers : LayerBuffers
    {
        public Buffers(BatchNormLayer layer, int capacity, bool backward, bool statistics)
            : base(layer, capacity, backward, statistics)
        {
            int units = layer.Units, rows = capacity * (layer.InputShape.Size / units);
            Blocks = new float[(rows + BlockRows - 1) / BlockRows * units];
            Means = new float[units];
            Squares = new double[units];
            Inverse = new float[units];
            MeanDelta = new float[units];
            LessMeanProduct = new float[units];
            Factors = new float[units];
            Totals = new double[units];
            Products = new double[units];
        }

        public float[] Blocks { get; }

        public float[] Means { get; }

        /// <summary>Sums of squared deviations from <see cref="Means"/>.</summary>
        public double[] Squares { get; }

        /// <summary>1/√(variance + ε)</summary>
        public float[] Inverse { get; }

        public float[] MeanDelta { get; }

        /// <summary>−mean(delta·normalised)</summary>
        public float[] LessMeanProduct { get; }

        /// <summary>γ/√(variance + ε)</summary>
        public float[] Factors { get; }

        public double[] Totals { get; }

        public double[] Products { get; }

        /// <summary>Whether the last pass took mean and variance from its batch.</summary>
        public bool OfBatch { get; set; }
    }

    /// <summary>Runs an operation over all channels in the widest vectors that fill.</summary>
    private static void EachChannel<TOperation>(TOperation operation, int first, int rows, int channels)
        where TOperation : struct, IChannels
    {
        int c = 0;
        if (Vector512.IsHardwareAccelerated) Some<Lanes16, Vector512<float>>();
        if (Vector256.IsHardwareAccelerated) Some<Lanes8, Vector256<float>>();
        if (Vector128.IsHardwareAccelerated) Some<Lanes4, Vector128<float>>();
        Some<Lanes1, float>();

        void Some<TLanes, TVector>()
            where TLanes : struct, ILanes<TVector>
            where TVector : struct
        {
            for (; c + TLanes.Count <= channels; c += TLanes.Count) operation.Channel<TLanes, TVector>(first, rows, c);
        }
    }

    private readonly struct PlainTerm : ITerm
    {
        public static TVector Add<TLanes, TVector>(TVector sum, TVector x, TVector delta, TVector mean, TVector inverse)
            where TLanes : struct, ILanes<TVector>
            where TVector : struct
            => TLanes.Add(sum, x);
    }

    private readonly struct DeviationTerm : ITerm
    {
        public static TVector Add<TLanes, TVector>(TVector sum, TVector x, TVector delta, TVector mean, TVector inverse)
            where TLanes : struct, ILanes<TVector>
            where TVector : struct
            => TLanes.Add(sum, TLanes.Subtract(x, mean));
    }

    private readonly struct SquareTerm : ITerm
    {
        public static TVector Add<TLanes, TVector>(TVector sum, TVector x, TVector delta, TVector mean, TVector inverse)
            where TLanes : struct, ILanes<TVector>
            where TVector : struct
        {
            TVector d = TLanes.Subtract(x, mean);
            return TLanes.Fma(d, d, sum);
        }
    }

    private readonly struct ProductTerm : ITerm
    {
        public static TVector Add<TLanes, TVector>(TVector sum, TVector x, TVector delta, TVector mean, TVector inverse)
            where TLanes : struct, ILanes<TVector>
            where TVector : struct
            => TLanes.Fma(delta, TLanes.Multiply(TLanes.Subtract(x, mean), inverse), sum);
    }

    private readonly unsafe struct SumOperation<TTerm>(Matrix x, Matrix delta, Buffers buffers) : IRowOperation, IChannels
        where TTerm : struct, ITerm
    {
        public void Invoke(int first, int count) => EachChannel(this, first, count, x.Columns);

        public void Channel<TLanes, TVector>(int first, int rows, int c)
            where TLanes : struct, ILanes<TVector>
            where TVector : struct
        {
            int channels = x.Columns;
            fixed (float* px = x.Span, pd = delta.Span, sums = buffers.Blocks, means = buffers.Means, inverses = buffers.Inverse)
            {
                TVector sum = TLanes.Create(0), mean = TLanes.Load(means + c), inverse = TLanes.Load(inverses + c);
                nint at = ((nint)first * channels) + c;
                for (int r = 0; r < rows; r++, at += channels)
                    sum = TTerm.Add<TLanes, TVector>(sum, TLanes.Load(px + at), TLanes.Load(pd + at), mean, inverse);
                TLanes.Store(sums + (first / BlockRows * channels) + c, sum);
            }
        }
    }

    private readonly unsafe struct NormaliseOperation(BatchNormLayer layer, Matrix x, Matrix y, Buffers buffers) : IRowOperation, IChannels
    {
        public void Invoke(int first, int count) => EachChannel(this, first, count, x.Columns);

        public void Channel<TLanes, TVector>(int first, int rows, int c)
            where TLanes : struct, ILanes<TVector>
            where TVector : struct
        {
            int channels = x.Columns;
            fixed (float* px = x.Span, py = y.Span, means = buffers.Means, inverses = buffers.Inverse, gammas = layer.Weights.Span,
                betas = layer.Bias)
            {
                TVector mean = TLanes.Load(means + c), inverse = TLanes.Load(inverses + c), gamma = TLanes.Load(gammas + c),
                    beta = betas == null ? TLanes.Create(0) : TLanes.Load(betas + c);
                nint at = ((nint)first * channels) + c;
                for (int r = 0; r < rows; r++, at += channels)
                    TLanes.Store(py + at, TLanes.Fma(TLanes.Multiply(TLanes.Subtract(TLanes.Load(px + at), mean), inverse), gamma, beta));
            }
        }
    }

    /// <summary>
    /// ∂loss/∂x = γ/√(variance + ε)·(delta − mean(delta) − normalised·mean(delta·normalised)); the means are 0 where the statistics are not
    /// those of the batch.
    /// </summary>
    private readonly unsafe struct BackwardOperation(Matrix x, Matrix delta, Matrix into, Buffers buffers) : IRowOperation, IChannels
    {
        public void Invoke(int first, int count) => EachChannel(this, first, count, x.Columns);

        public void Channel<TLanes, TVector>(int first, int rows, int c)
            where TLanes : struct, ILanes<TVector>
            where TVector : struct
        {
            int channels = x.Columns;
            fixed (float* px = x.Span, pd = delta.Span, to = into.Span, means = buffers.Means, inverses = buffers.Inverse,
                deltas = buffers.MeanDelta, products = buffers.LessMeanProduct, factors = buffers.Factors)
            {
                TVector mean = TLanes.Load(means + c), inverse = TLanes.Load(inverses + c), meanDelta = TLanes.Load(deltas + c),
                    product = TLanes.Load(products + c), factor = TLanes.Load(factors + c);
                nint at = ((nint)first * channels) + c;
                for (int r = 0; r < rows; r++, at += channels)
                {
                    TVector normalised = TLanes.Multiply(TLanes.Subtract(TLanes.Load(px + at), mean), inverse);
                    TLanes.Store(
                        to + at,
                        TLanes.Multiply(TLanes.Fma(normalised, product, TLanes.Subtract(TLanes.Load(pd + at), meanDelta)), factor));
                }
            }
        }
    }
}
