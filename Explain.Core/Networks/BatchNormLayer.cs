namespace Explain.Core;

/// <summary>
/// outputs[n,c] = activation(γ[c]·(inputs[n,c] − mean[c])/√(variance[c] + ε) + β[c]): every channel of an image (over all its pixels), or every value of a plain list, brought to
/// mean 0 and variance 1, then scaled and shifted (Ioffe and Szegedy, "Batch normalization: accelerating deep network training by reducing internal covariate shift", 2015).
/// </summary>
/// <remarks>
/// γ is <see cref="Layer.Weights"/>, one row of one value a channel, and starts at 1; β is <see cref="Layer.Bias"/>. In training mean and variance are those of the batch, and the running
/// ones move towards them: running = (1 − momentum)·running + momentum·batch, with the unbiased variance as in the paper (a batch of a single value keeps the running variance).
/// <see cref="Layer.State"/> holds the running means, then the running variances; evaluation uses them. Sums go by blocks of <see cref="BlockRows"/> values of a channel in float32, the blocks' sums in
/// double precision in order.
/// </remarks>
public sealed class BatchNormLayer : Layer
{
    private const int BlockRows = 256;

    private readonly bool _bias;
    private readonly float _biasStart;
    private readonly Initializer _initializer;

    internal BatchNormLayer(string name, Shape inputShape, double momentum, double epsilon, Activation activation, bool bias, Initializer initializer, float biasStart)
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

    internal override LayerBuffers CreateBuffers(int capacity, bool backward, bool statistics) => new Buffers(this, capacity, backward, statistics);

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
        if (Activation != Activation.Identity) Activation.Apply(before, own.Outputs);
    }

    internal override bool Backward(Matrix inputs, LayerBuffers buffers, bool fused, float[]? gradients, bool accumulate, Matrix inputGradient)
    {
        var own = (Buffers)buffers;
        bool finite = Activation.Backward(own.PreActivations, own.Outputs, fused ? default : own.Gradient, own.Statistics);
        if (gradients is null && inputGradient.IsEmpty) return finite;
        Matrix x = ByChannel(inputs), delta = ByChannel(own.Gradient);

        // Per channel Σ delta, and Σ delta·(normalised input).
        int units = Units;
        Sum(x, own, new GradientSums(delta));
        for (int c = 0; c < units; c++) own.Products[c] = own.Totals[c];
        Sum(x, own, new PlainSums(delta));
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
                own.MeanProduct[c] = own.OfBatch ? (float)(own.Products[c] / x.Rows) : 0;
            }
            Rows.For(x.Rows, BlockRows, new BackwardOperation(this, x, delta, ByChannel(inputGradient), own));
        }
        return finite;
    }

    /// <summary>A term of a sum over the rows of a channel.</summary>
    private interface ITerm
    {
        void Add(Buffers buffers, ReadOnlySpan<float> x, int row, Span<float> sums);
    }

    /// <summary>One row a pixel (of a plain list: a sample), one column a channel.</summary>
    private Matrix ByChannel(Matrix samples) => samples.Reshape(samples.Length / Units, Units);

    /// <summary>Means, sums of squared deviations (left in Totals), and the running values.</summary>
    private void Measure(Matrix x, Buffers own)
    {
        Sum(x, own, default(Values));
        for (int c = 0; c < Units; c++) own.Means[c] = (float)(own.Totals[c] / x.Rows);
        Sum(x, own, default(SquaredDeviations));
        Span<float> means = State[..Units], variances = State[Units..];
        for (int c = 0; c < Units; c++)
        {
            means[c] = (float)(((1 - BatchShare) * means[c]) + (BatchShare * own.Means[c]));
            if (x.Rows > 1) variances[c] = (float)(((1 - BatchShare) * variances[c]) + (BatchShare * (own.Totals[c] / (x.Rows - 1))));
        }
    }

    private static void Sum<TTerm>(Matrix x, Buffers own, TTerm term)
        where TTerm : struct, ITerm
    {
        Rows.For(x.Rows, BlockRows, new SumOperation<TTerm>(x, own, term));
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
            Inverse = new float[units];
            MeanDelta = new float[units];
            MeanProduct = new float[units];
            Totals = new double[units];
            Products = new double[units];
        }

        public float[] Blocks { get; }

        public float[] Means { get; }

        /// <summary>1/√(variance + ε)</summary>
        public float[] Inverse { get; }

        public float[] MeanDelta { get; }

        public float[] MeanProduct { get; }

        public double[] Totals { get; }

        public double[] Products { get; }

        /// <summary>Whether the last pass took mean and variance from its batch.</summary>
        public bool OfBatch { get; set; }
    }

    private readonly struct Values : ITerm
    {
        public void Add(Buffers buffers, ReadOnlySpan<float> x, int row, Span<float> sums)
        {
            for (int c = 0; c < sums.Length; c++) sums[c] += x[c];
        }
    }

    private readonly struct SquaredDeviations : ITerm
    {
        public void Add(Buffers buffers, ReadOnlySpan<float> x, int row, Span<float> sums)
        {
            for (int c = 0; c < sums.Length; c++)
            {
                float d = x[c] - buffers.Means[c];
                sums[c] = MathF.FusedMultiplyAdd(d, d, sums[c]);
            }
        }
    }

    private readonly struct PlainSums(Matrix delta) : ITerm
    {
        public void Add(Buffers buffers, ReadOnlySpan<float> x, int row, Span<float> sums)
        {
            var g = delta.Row(row);
            for (int c = 0; c < sums.Length; c++) sums[c] += g[c];
        }
    }

    private readonly struct GradientSums(Matrix delta) : ITerm
    {
        public void Add(Buffers buffers, ReadOnlySpan<float> x, int row, Span<float> sums)
        {
            var g = delta.Row(row);
            for (int c = 0; c < sums.Length; c++) sums[c] = MathF.FusedMultiplyAdd(g[c], (x[c] - buffers.Means[c]) * buffers.Inverse[c], sums[c]);
        }
    }

    private readonly struct SumOperation<TTerm>(Matrix x, Buffers buffers, TTerm term) : IRowOperation
        where TTerm : struct, ITerm
    {
        public void Invoke(int first, int count)
        {
            var sums = buffers.Blocks.AsSpan(first / BlockRows * x.Columns, x.Columns);
            sums.Clear();
            for (int r = first; r < first + count; r++) term.Add(buffers, x.Row(r), r, sums);
        }
    }

    private readonly struct NormaliseOperation(BatchNormLayer layer, Matrix x, Matrix y, Buffers buffers) : IRowOperation
    {
        public void Invoke(int first, int count)
        {
            ReadOnlySpan<float> gamma = layer.Weights.Span, beta = layer.Bias;
            for (int r = first; r < first + count; r++)
            {
                ReadOnlySpan<float> from = x.Row(r);
                var to = y.Row(r);
                for (int c = 0; c < to.Length; c++)
                    to[c] = MathF.FusedMultiplyAdd((from[c] - buffers.Means[c]) * buffers.Inverse[c], gamma[c], beta.IsEmpty ? 0 : beta[c]);
            }
        }
    }

    /// <summary>∂loss/∂x = γ/√(variance + ε)·(delta − mean(delta) − normalised·mean(delta·normalised)); the means are 0 where the statistics are not those of the batch.</summary>
    private readonly struct BackwardOperation(BatchNormLayer layer, Matrix x, Matrix delta, Matrix into, Buffers buffers) : IRowOperation
    {
        public void Invoke(int first, int count)
        {
            var gamma = layer.Weights.Span;
            for (int r = first; r < first + count; r++)
            {
                ReadOnlySpan<float> from = x.Row(r), g = delta.Row(r);
                var to = into.Row(r);
                for (int c = 0; c < to.Length; c++)
                {
                    float normalised = (from[c] - buffers.Means[c]) * buffers.Inverse[c];
                    to[c] = MathF.FusedMultiplyAdd(-normalised, buffers.MeanProduct[c], g[c] - buffers.MeanDelta[c]) * (gamma[c] * buffers.Inverse[c]);
                }
            }
        }
    }
}
