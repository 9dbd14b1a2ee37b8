using System.Globalization;
using System.Runtime.Intrinsics;

namespace Explain.Core;

/// <summary>The function at the end of a layer. Found by name, e.g. <c>Activation.Parse("leaky relu(0.01)")</c>.</summary>
public abstract class Activation
{
    private protected Activation(string name) => Name = name;

    /// <summary>y = x.</summary>
    public static Activation Identity { get; } = new ElementwiseActivation<IdentityFormula, IdentitySlope>("identity", default, default);

    /// <summary>y = 1 / (1 + exp(−x)).</summary>
    public static Activation Sigmoid { get; } = SigmoidWith(1);

    /// <summary>y = tanh(x).</summary>
    public static Activation Tanh { get; } =
        new ElementwiseActivation<TanhFormula, TanhSlope>("tanh", default, default) { Range = (-1, 1) };

    /// <summary>y = max(x, 0).</summary>
    public static Activation Relu { get; } =
        new ElementwiseActivation<ReluFormula, LeakyReluSlope>("relu", default, new(0)) { IsFlatBelowZero = true };

    /// <summary>y = min(max(x, 0), 6).</summary>
    public static Activation Relu6 { get; } =
        new ElementwiseActivation<Relu6Formula, Relu6Slope>("relu6", default, default) { Range = (0, 6), IsFlatBelowZero = true };

    /// <summary>y = x·σ(x) (Ramachandran, Zoph and Le, "Searching for activation functions", 2017).</summary>
    public static Activation Swish { get; } = new ElementwiseActivation<SwishFormula, SwishSlopeFromInput>(
        "swish", default, default) { LargestSlope = 1.0998f, NeedsPreActivation = true };

    /// <summary>
    /// y = x·Φ(x), Φ being the share of a standard normal distribution below x (Hendrycks and Gimpel, "Gaussian error linear units", 2016).
    /// Exact: with the error function.
    /// </summary>
    public static Activation Gelu { get; } = new ElementwiseActivation<GeluFormula, GeluSlopeFromInput>(
        "gelu", default, default) { LargestSlope = 1.128904f, NeedsPreActivation = true };

    /// <summary>
    /// y = ½·x·(1 + tanh(√(2/π)·(x + 0.044715·x³))): the approximation of <see cref="Gelu"/> given in the same paper, off by at most
    /// 0.0005.
    /// </summary>
    public static Activation GeluTanh { get; } = new ElementwiseActivation<GeluTanhFormula, GeluTanhSlopeFromInput>(
        "gelu tanh", default, default) { LargestSlope = 1.128993f, NeedsPreActivation = true };

    /// <summary>
    /// y = λ·x above 0, λ·α·(exp(x) − 1) below with λ = 1.0507 and α = 1.67326: values of mean 0 and variance 1 stay so from layer to
    /// layer, from weights of <see cref="Initializer.LeCunNormal"/> (Klambauer, Unterthiner, Mayr and Hochreiter, "Self-normalizing neural
    /// networks", 2017).
    /// </summary>
    public static Activation Selu { get; } =
        new ElementwiseActivation<SeluFormula, SeluSlope>("selu", default, default) { LargestSlope = SeluFormula.Below };

    /// <summary>
    /// y = ln(1 + exp(x)), a smooth relu (Dugas, Bengio, Bélisle, Nadeau and Garcia, "Incorporating second-order functional knowledge for
    /// better option pricing", 2001).
    /// </summary>
    public static Activation Softplus { get; } = new ElementwiseActivation<SoftplusFormula, SoftplusSlope>("softplus", default, default);

    /// <summary>y = x·tanh(ln(1 + exp(x))) (Misra, "Mish: a self regularized non-monotonic activation function", 2019).</summary>
    public static Activation Mish { get; } = new ElementwiseActivation<MishFormula, MishSlopeFromInput>(
        "mish", default, default) { LargestSlope = 1.088498f, NeedsPreActivation = true };

    /// <summary>
    /// y = min(max(x/6 + ½, 0), 1), as in PyTorch and Keras 3. (Keras 2 and Courbariaux, Bengio and David, 2015, had 0.2·x + ½ and (x +
    /// 1)/2.)
    /// </summary>
    public static Activation HardSigmoid { get; } = new ElementwiseActivation<HardSigmoidFormula, HardSigmoidSlope>(
        "hard sigmoid", default, default) { Range = (0, 1), LargestSlope = 1f / 6 };

    /// <summary>exp(x) over the sum of exp(x) of the units of the layer.</summary>
    public static Activation Softmax { get; } = new SoftmaxActivation();

    /// <summary>
    /// exp(x) of a unit over the sum of exp(x) of the same unit for all samples of the batch. Kept because a published experiment did this.
    /// </summary>
    public static Activation SoftmaxOverBatch { get; } = new BatchSoftmaxActivation();

    /// <summary>All kinds; a run's record spells its members by them.</summary>
    internal static Catalog<Activation> Family { get; } = new("activation",
    [
        new("identity", "y = x", [], _ => Identity),
        new("sigmoid", "y = 1 / (1 + exp(−k·x))", [new("k", 1, 1e-6, 1e6)], v => SigmoidWith((float)v[0])),
        new("tanh", "y = tanh(x)", [], _ => Tanh),
        new("relu", "y = max(x, 0)", [], _ => Relu),
        new("relu6", "y = min(max(x, 0), 6)", [], _ => Relu6),
        new("leaky relu", "y = x above 0, slope·x below", [new("slope", 0.01, 0, 1)], v => LeakyRelu((float)v[0])),
        new("elu", "y = x above 0, α·(exp(x) − 1) below", [new("alpha", 1, 1e-6, 1e6)], v => Elu((float)v[0])),
        new("swish", "y = x / (1 + exp(−x))", [], _ => Swish),
        new("gelu", "y = x·Φ(x), Φ the normal distribution's share below x", [], _ => Gelu),
        new("gelu tanh", "gelu approximated with tanh", [], _ => GeluTanh),
        new("selu", "y = 1.0507·x above 0, 1.7581·(exp(x) − 1) below: keeps mean 0 and variance 1, from 'lecun normal'", [], _ => Selu),
        new("softplus", "y = ln(1 + exp(x))", [], _ => Softplus),
        new("mish", "y = x·tanh(ln(1 + exp(x)))", [], _ => Mish),
        new("hard sigmoid", "y = min(max(x/6 + 1/2, 0), 1)", [], _ => HardSigmoid),
        new("softmax", "exp(x) over the sum of exp(x) of the layer's units", [], _ => Softmax),
        new("softmax over batch", "exp(x) over the sum of exp(x) of the batch's samples: a mistake worth showing", [],
            _ => SoftmaxOverBatch),
    ]);

    /// <summary>Names of all activations.</summary>
    public static IReadOnlyList<string> Names => Family.Names;

    /// <summary>All activations with their numbers.</summary>
    public static IReadOnlyList<Kind<Activation>> Kinds => Family.Kinds;

    /// <summary>The name with its numbers, e.g. "leaky relu(0.01)"; <see cref="Parse"/> reads it.</summary>
    public string Name { get; }

    /// <summary>Between which values outputs lie, or null where one side is open.</summary>
    public (float Minimum, float Maximum)? Range { get; private protected init; }

    /// <summary>Whether outputs lie between 0 and 1, so that they can be read as shares or probabilities.</summary>
    public bool GivesShares => Range is (0, 1);

    /// <summary>
    /// Whether both ends are flat and lie within −1 … 1 (sigmoid, hard sigmoid, tanh, softmax): sure answers pass hardly any gradient back.
    /// </summary>
    public bool Squashes => Range is (>= -1, <= 1);

    /// <summary>
    /// Whether every input below 0 gives 0 (relu, relu6), so that zeros are an everyday answer and not a sign of a dead unit.
    /// </summary>
    public bool IsFlatBelowZero { get; private protected init; }

    /// <summary>The largest |dy/dx|; a sample is flat where |dy/dx| is below 1 % of it.</summary>
    public float LargestSlope { get; private protected init; } = 1f;

    /// <summary>True where an output depends on the other samples of the batch.</summary>
    public virtual bool CouplesSamples => false;

    /// <summary>True where y of a unit depends on x of that unit alone.</summary>
    public virtual bool IsElementwise => true;

    /// <summary>True where the derivative cannot be told from the output.</summary>
    internal bool NeedsPreActivation { get; private protected init; }

    /// <summary>y = 1 / (1 + exp(−k·x)) with steepness k.</summary>
    public static Activation SigmoidWith(float k) => new ElementwiseActivation<SigmoidFormula, SigmoidSlope>(
        Named("sigmoid", k, 1), new(k), new(k)) { Range = (0, 1), LargestSlope = k / 4, Steepness = k };

    /// <summary>y = x above 0, <paramref name="slope"/>·x below.</summary>
    public static Activation LeakyRelu(float slope = 0.01f) =>
        new ElementwiseActivation<LeakyReluFormula, LeakyReluSlope>(Named("leaky relu", slope, 0.01f), new(slope), new(slope));

    /// <summary>
    /// y = x above 0, α·(exp(x) − 1) below (Clevert, Unterthiner and Hochreiter, "Fast and accurate deep network learning by exponential
    /// linear units", 2015).
    /// </summary>
    public static Activation Elu(float alpha = 1) => new ElementwiseActivation<EluFormula, EluSlope>(
        Named("elu", alpha, 1), new(alpha), new(alpha)) { LargestSlope = Math.Max(1, alpha) };

    /// <summary>Reads a name with or without numbers, e.g. "relu", "sigmoid(0.5)".</summary>
    /// <exception cref="InputException">It is not the name of an activation.</exception>
    public static Activation Parse(string text) => Family.Parse(text);

    /// <summary>y for one x. Only where <see cref="IsElementwise"/>.</summary>
    public virtual float Evaluate(float x) => throw new InvalidOperationException($"{Name} needs all values of a layer.");

    /// <summary>dy/dx at one x. Only where <see cref="IsElementwise"/>.</summary>
    public virtual float Slope(float x) => throw new InvalidOperationException($"{Name} needs all values of a layer.");

    /// <inheritdoc/>
    public override string ToString() => Name;

    /// <summary>Whether both are of one name, numbers included.</summary>
    public override bool Equals(object? obj) => obj is Activation other && other.Name == Name;

    /// <inheritdoc/>
    public override int GetHashCode() => Name.GetHashCode(StringComparison.Ordinal);

    /// <summary>Factor k of σ(k·x), or 0 where the activation is no sigmoid; the cross-entropies cancel against it.</summary>
    internal float Steepness { get; private protected init; }

    /// <summary>
    /// outputs[n,u] = f(inputs[n,i] · weights[u,i]ᵀ + bias[u]); the inputs lie as [i,n] where <paramref name="transposed"/>.
    /// <paramref name="preActivations"/> is filled where <see cref="NeedsPreActivation"/>.
    /// </summary>
    internal abstract void Forward(
        Matrix inputs, Matrix weights, ReadOnlySpan<float> bias, Matrix preActivations, Matrix outputs, bool transposed = false);

    /// <summary>outputs[n,u] = f(inputs[n,i] · weights[u,i]ᵀ + bias[u]) for an f of single values.</summary>
    private protected static void Product<TElementwise>(
        Matrix inputs, Matrix weights, ReadOnlySpan<float> bias, Matrix outputs, TElementwise f, bool transposed)
        where TElementwise : struct, IElementwise
    {
        if (transposed) Gemm.TT(inputs, weights, bias, outputs, f);
        else Gemm.NT(inputs, weights, bias, outputs, f);
    }

    /// <summary>outputs[n,u] = f(preActivations[n,u]); both may be the same matrix where not <see cref="NeedsPreActivation"/>.</summary>
    internal abstract void Apply(Matrix preActivations, Matrix outputs);

    /// <summary>
    /// Turns <paramref name="gradient"/> [n,u] from ∂loss/∂outputs into ∂loss/∂pre-activations in place; leaves it alone where it is empty.
    /// Gathers <paramref name="statistics"/> unless null. False where an output is not finite.
    /// </summary>
    internal abstract bool Backward(Matrix preActivations, Matrix outputs, Matrix gradient, ActivationStatistics? statistics);

    private static string Named(string name, float value, float standard) =>
        value == standard && name != "leaky relu" ? name : string.Create(CultureInfo.InvariantCulture, $"{name}({value})");
}

/// <summary>An activation of each value by itself, fused into the matrix product.</summary>
internal sealed class ElementwiseActivation<TFunction, TSlope>(string name, TFunction function, TSlope slope) : Activation(name)
    where TFunction : struct, IFormula
    where TSlope : struct, IFormula
{
    /// <summary>Fewest values worth another thread on the way back.</summary>
    private const int MinimumParallelValues = 1 << 13;

    public override float Evaluate(float x) => function.Apply<Lanes1, float>(x);

    public override float Slope(float x) => slope.Apply<Lanes1, float>(NeedsPreActivation ? x : Evaluate(x));

    internal override void Forward(
        Matrix inputs, Matrix weights, ReadOnlySpan<float> bias, Matrix preActivations, Matrix outputs, bool transposed = false)
    {
        if (!NeedsPreActivation)
        {
            Product(inputs, weights, bias, outputs, new Lanewise<TFunction>(function), transposed);
            return;
        }
        Product(inputs, weights, bias, preActivations, default(Lanewise<IdentityFormula>), transposed);
        Apply(preActivations, outputs);
    }

    internal override void Apply(Matrix preActivations, Matrix outputs) =>
        Elementwise.Apply(preActivations.Span, outputs.Span, new Lanewise<TFunction>(function));

    internal override bool Backward(Matrix preActivations, Matrix outputs, Matrix gradient, ActivationStatistics? statistics)
    {
        if (gradient.IsEmpty && statistics is null) return true;
        var operation = new ActivationBackward<TSlope>(
            NeedsPreActivation ? preActivations : outputs, outputs, gradient, slope, LargestSlope * 0.01f, statistics);
        int block = ActivationStatistics.RowsFor(outputs.Columns);
        if (outputs.Length >= MinimumParallelValues) Rows.For(outputs.Rows, block, operation);
        else operation.All(outputs.Rows, block);
        return statistics is null || statistics.Fold(outputs.Rows);
    }
}
