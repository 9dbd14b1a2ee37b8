using System.Runtime.CompilerServices;

namespace Explain.Core;

/// <summary>
/// m ← β₁·m + (1 − β₁)·g; v ← β₂·v + (1 − β₂)·g²; w ← w − rate·m̂ / (√v̂ + ε), where m̂ = m / (1 − β₁ᵗ) and v̂ = v / (1 − β₂ᵗ)
/// (Kingma and Ba, "Adam: a method for stochastic optimization", 2015).
/// </summary>
/// <param name="rate">The learning rate that a schedule starts from.</param>
/// <param name="beta1">β₁, the share of the old first moment that stays, below 1.</param>
/// <param name="beta2">β₂, the share of the old second moment that stays, below 1.</param>
/// <param name="epsilon">ε, which keeps the divisor from 0.</param>
/// <exception cref="InputException">A number is out of the range that recipes allow.</exception>
public sealed class Adam(float rate = 0.001f, float beta1 = 0.9f, float beta2 = 0.999f, float epsilon = 1e-8f) : Optimizer("adam", rate)
{
    private readonly AdamMoments _moments = new(
        Checked("adam", Beta1Parameter, beta1), Checked("adam", Beta2Parameter, beta2), Checked("adam", EpsilonParameter, epsilon));

    internal override IReadOnlyList<KeyValuePair<string, float>> Settings => _moments.Settings;

    internal override IReadOnlyList<KeyValuePair<string, float[]>> Buffers => _moments.Buffers;

    internal override double[] Counters
    {
        get => _moments.Counters;
        set => _moments.Counters = value;
    }

    internal override void Begin(int count) => _moments.Begin(count);

    internal override bool Step(float[] parameters, float[] gradients, float rate)
    {
        _moments.Advance();
        return Run(parameters.Length, _moments.Rule(parameters, gradients, rate / (1 - _moments.Power1), 0, 0));
    }
}

/// <summary>
/// Adam with weights that also shrink by rate·decay·w a step, apart from the gradient (Loshchilov and Hutter, "Decoupled weight decay
/// regularization", 2019).
/// </summary>
/// <param name="rate">The learning rate that a schedule starts from.</param>
/// <param name="decay">The share of a weight, times the rate, that goes in a step.</param>
/// <param name="beta1">β₁, the share of the old first moment that stays, below 1.</param>
/// <param name="beta2">β₂, the share of the old second moment that stays, below 1.</param>
/// <param name="epsilon">ε, which keeps the divisor from 0.</param>
/// <exception cref="InputException">A number is out of the range that recipes allow.</exception>
public sealed class AdamW(float rate = 0.001f, float decay = 0.01f, float beta1 = 0.9f, float beta2 = 0.999f, float epsilon = 1e-8f)
    : Optimizer("adamw", rate)
{
    private readonly float _decay = Checked("adamw", ShrinkParameter, decay);
    private readonly AdamMoments _moments = new(
        Checked("adamw", Beta1Parameter, beta1), Checked("adamw", Beta2Parameter, beta2), Checked("adamw", EpsilonParameter, epsilon));

    internal override IReadOnlyList<KeyValuePair<string, float>> Settings => [new("decay", _decay), .. _moments.Settings];

    internal override IReadOnlyList<KeyValuePair<string, float[]>> Buffers => _moments.Buffers;

    internal override double[] Counters
    {
        get => _moments.Counters;
        set => _moments.Counters = value;
    }

    internal override void Begin(int count) => _moments.Begin(count);

    internal override bool Step(float[] parameters, float[] gradients, float rate)
    {
        _moments.Advance();
        return Run(parameters.Length, _moments.Rule(parameters, gradients, rate / (1 - _moments.Power1), 0, rate * _decay));
    }
}

/// <summary>
/// Adam whose first moment looks ahead (Dozat, "Incorporating Nesterov momentum into Adam", 2016): with μₜ = β₁·(1 − ½·0.96^(0.004·t)),
/// w ← w − rate·(μₜ₊₁·m / (1 − Π μ to t+1) + (1 − μₜ)·g / (1 − Π μ to t)) / (√v̂ + ε).
/// </summary>
/// <param name="rate">The learning rate that a schedule starts from.</param>
/// <param name="beta1">β₁, the share of the old first moment that stays, below 1.</param>
/// <param name="beta2">β₂, the share of the old second moment that stays, below 1.</param>
/// <param name="epsilon">ε, which keeps the divisor from 0.</param>
/// <exception cref="InputException">A number is out of the range that recipes allow.</exception>
public sealed class Nadam(float rate = 0.001f, float beta1 = 0.9f, float beta2 = 0.999f, float epsilon = 1e-8f) : Optimizer("nadam", rate)
{
    /// <summary>0.96 to the power 0.004.</summary>
    private const double MomentumDecay = 0.9998367253526753;

    private readonly float _beta1 = Checked("nadam", Beta1Parameter, beta1);
    private readonly AdamMoments _moments = new(
        beta1, Checked("nadam", Beta2Parameter, beta2), Checked("nadam", EpsilonParameter, epsilon));
    private double _product = 1;

    internal override IReadOnlyList<KeyValuePair<string, float>> Settings => _moments.Settings;

    internal override IReadOnlyList<KeyValuePair<string, float[]>> Buffers => _moments.Buffers;

    internal override double[] Counters
    {
        get => [.. _moments.Counters, _product];
        set
        {
            _moments.Counters = value[..^1];
            _product = value[^1];
        }
    }

    internal override void Begin(int count)
    {
        _moments.Begin(count);
        _product = 1;
    }

    internal override bool Step(float[] parameters, float[] gradients, float rate)
    {
        _moments.Advance();
        double now = _beta1 * (1 - (0.5 * PortableMath.Power(MomentumDecay, _moments.Steps)));
        double next = _beta1 * (1 - (0.5 * PortableMath.Power(MomentumDecay, _moments.Steps + 1)));
        _product *= now;
        return Run(
            parameters.Length,
            _moments.Rule(parameters, gradients, rate * next / (1 - (_product * next)), rate * (1 - now) / (1 - _product), 0));
    }
}

/// <summary>The two running moments that the Adam family shares, and its one update: w ← w − (a·m + b·g) / (√v̂ + ε) − shrink·w.</summary>
internal sealed class AdamMoments(float beta1, float beta2, float epsilon)
{
    private float[] _first = [];
    private float[] _second = [];
    private double _power2 = 1;

    /// <summary>Steps begun.</summary>
    public int Steps { get; private set; }

    /// <summary>β₁ᵗ.</summary>
    public double Power1 { get; private set; } = 1;

    /// <summary>β₁, β₂ and ε.</summary>
    public IReadOnlyList<KeyValuePair<string, float>> Settings => [new("beta1", beta1), new("beta2", beta2), new("epsilon", epsilon)];

    /// <summary>Both moments.</summary>
    public IReadOnlyList<KeyValuePair<string, float[]>> Buffers => [new("first moment", _first), new("second moment", _second)];

    /// <summary>Steps, β₁ᵗ, β₂ᵗ.</summary>
    public double[] Counters
    {
        get => [Steps, Power1, _power2];
        set => (Steps, Power1, _power2) = ((int)value[0], value[1], value[2]);
    }

    public void Begin(int count)
    {
        _first = new float[count];
        _second = new float[count];
        Steps = 0;
        Power1 = 1;
        _power2 = 1;
    }

    public void Advance()
    {
        Steps++;
        Power1 *= beta1;
        _power2 *= beta2;
    }

    /// <summary>The update of this step.</summary>
    /// <param name="parameters">w</param>
    /// <param name="gradients">g</param>
    /// <param name="momentShare">a</param>
    /// <param name="gradientShare">b</param>
    /// <param name="shrink">Part of w that goes.</param>
    public MomentsRule Rule(float[] parameters, float[] gradients, double momentShare, double gradientShare, double shrink) =>
        new(
            parameters, gradients, _first, _second, beta1, beta2, epsilon, (float)momentShare, (float)gradientShare,
            (float)(1 / (1 - _power2)), (float)shrink);

    internal readonly struct MomentsRule(
        float[] w, float[] g, float[] m, float[] v, float beta1, float beta2, float epsilon, float momentShare, float gradientShare,
        float correction2, float shrink) : IUpdateRule
    {
        public float[] Parameters => w;

        public float[] Gradients => g;

        public float[]? First => m;

        public float[]? Second => v;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Update<TLanes, TVector>(ref TVector w, TVector g, ref TVector first, ref TVector second)
            where TLanes : struct, ILanes<TVector>
            where TVector : struct
        {
            first = Optimizer.Mixed<TLanes, TVector>(beta1, first, g);
            second = Optimizer.Mixed<TLanes, TVector>(beta2, second, TLanes.Multiply(g, g));
            TVector numerator = TLanes.Add(
                TLanes.Multiply(TLanes.Create(momentShare), first), TLanes.Multiply(TLanes.Create(gradientShare), g));
            TVector denominator = TLanes.Add(TLanes.Sqrt(TLanes.Multiply(second, TLanes.Create(correction2))), TLanes.Create(epsilon));
            w = TLanes.Subtract(w, TLanes.Add(TLanes.Divide(numerator, denominator), TLanes.Multiply(TLanes.Create(shrink), w)));
        }
    }
}
