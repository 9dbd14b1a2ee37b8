namespace Explain.Core;

/// <summary>
/// How wrong outputs are. The loss of a set is the mean over its samples of a per-sample loss. Found by name, e.g.
/// <c>Loss.Parse("softmax cross-entropy")</c>.
/// </summary>
public abstract class Loss
{
    private protected Loss(string name) => Name = name;

    /// <summary>
    /// Σ (y − t)² over a sample's outputs. Trained with y − t, the gradient of half of it, as in derivations from first principles.
    /// </summary>
    public static Loss SumOfSquares { get; } = new SumOfSquaresLoss();

    /// <summary>Mean of (y − t)² over a sample's outputs.</summary>
    public static Loss MeanSquaredError { get; } = new MeanSquaredErrorLoss();

    /// <summary>
    /// −Σ t·ln y + (1 − t)·ln(1 − y) over a sample's outputs, which are probabilities. With a sigmoid layer the gradient is y − t.
    /// </summary>
    public static Loss BinaryCrossEntropy { get; } = new BinaryCrossEntropyLoss();

    /// <summary>Binary cross-entropy with y = σ(output).</summary>
    public static Loss BinaryCrossEntropyOnLogits { get; } = new BinaryCrossEntropyOnLogitsLoss();

    /// <summary>−Σ t·ln y over a sample's outputs, which are probabilities. With a softmax layer the gradient is y − t.</summary>
    public static Loss CrossEntropy { get; } = new CrossEntropyLoss();

    /// <summary>Cross-entropy with y = softmax(outputs).</summary>
    public static Loss SoftmaxCrossEntropy { get; } = new SoftmaxCrossEntropyLoss();

    /// <summary>
    /// Softmax cross-entropy in which easy samples count less: −(1 − p)^γ·ln p of the true class's probability p = softmax(outputs) (Lin,
    /// Goyal, Girshick, He and Dollár, "Focal loss for dense object detection", 2017, for any number of classes). With γ = 0 it is
    /// <see cref="SoftmaxCrossEntropy"/>. Their factor α is what class weights are for.
    /// </summary>
    /// <param name="gamma">γ, from 0 to 20.</param>
    /// <exception cref="InputException"><paramref name="gamma"/> is out of range.</exception>
    public static Loss Focal(float gamma = 2) => new FocalLoss(gamma);

    /// <summary>
    /// Binary cross-entropy on logits in which easy samples count less: −Σ t·(1 − y)^γ·ln y + (1 − t)·y^γ·ln(1 − y) over a sample's outputs
    /// with y = σ(output) (Lin et al. 2017).
    /// </summary>
    /// <param name="gamma">γ, from 0 to 20.</param>
    /// <exception cref="InputException"><paramref name="gamma"/> is out of range.</exception>
    public static Loss BinaryFocal(float gamma = 2) => new BinaryFocalLoss(gamma);

    /// <summary>All kinds; a run's record spells its members by them.</summary>
    internal static Catalog<Loss> Family { get; } = new("loss",
    [
        new("sum of squares", "Σ (output − target)² over the outputs; trained with half its gradient, output − target", [],
            _ => SumOfSquares),
        new("mean squared error", "mean of (output − target)² over the outputs", [], _ => MeanSquaredError),
        new("binary cross-entropy", "on probabilities, summed over the outputs", [], _ => BinaryCrossEntropy),
        new("binary cross-entropy on logits", "the same on logits: the sigmoid is in the loss", [], _ => BinaryCrossEntropyOnLogits),
        new("cross-entropy", "−ln of the true class's probability", [], _ => CrossEntropy),
        new("softmax cross-entropy", "the same on logits: the softmax is in the loss", [], _ => SoftmaxCrossEntropy),
        new("focal", "softmax cross-entropy times (1 − p)^gamma: easy samples count less", [new("gamma", 2, 0, FocalTerm.LargestGamma)],
            v => Focal((float)v[0])),
        new("binary focal", "the same for binary cross-entropy on logits", [new("gamma", 2, 0, FocalTerm.LargestGamma)],
            v => BinaryFocal((float)v[0])),
    ]);

    /// <summary>Names of all losses.</summary>
    public static IReadOnlyList<string> Names => Family.Names;

    /// <summary>All losses.</summary>
    public static IReadOnlyList<Kind<Loss>> Kinds => Family.Kinds;

    /// <summary>The registered name with its numbers, e.g. "focal(2)"; <see cref="Parse"/> reads it.</summary>
    public string Name { get; }

    /// <summary>True where outputs are logits and the squashing happens in the loss.</summary>
    public virtual bool TakesLogits => false;

    /// <summary>True where targets must be 0 or 1.</summary>
    public virtual bool NeedsProbabilityTargets => true;

    /// <summary>What the gradient used in training is of the loss's own: 1, but ½ for <see cref="SumOfSquares"/>.</summary>
    public virtual double GradientShare => 1;

    /// <summary>Reads a name with or without numbers, e.g. "cross-entropy", "focal(1.5)".</summary>
    /// <exception cref="InputException">It is not the name of a loss.</exception>
    public static Loss Parse(string text) => Family.Parse(text);

    /// <summary>Mean loss of outputs [n,u] against targets [n,u].</summary>
    public double Evaluate(Matrix outputs, Matrix targets)
    {
        double sum = 0;
        for (int n = 0; n < outputs.Rows; n++) sum += Sample(outputs.Row(n), targets.Row(n));
        return sum / outputs.Rows;
    }

    /// <inheritdoc/>
    public override string ToString() => Name;

    /// <summary>Whether both are of one name, numbers included.</summary>
    public override bool Equals(object? obj) => obj is Loss other && other.Name == Name;

    /// <inheritdoc/>
    public override int GetHashCode() => Name.GetHashCode(StringComparison.Ordinal);

    /// <summary>The loss of one sample.</summary>
    internal abstract float Sample(ReadOnlySpan<float> output, ReadOnlySpan<float> target);

    /// <summary>gradient[u] = scale · ∂sample loss/∂output[u], times <see cref="GradientShare"/>.</summary>
    internal abstract void Gradient(ReadOnlySpan<float> output, ReadOnlySpan<float> target, float scale, Span<float> gradient);

    /// <summary>True where the loss compares the outputs with each other, so that a single one says nothing.</summary>
    internal virtual bool NeedsOutputPerClass => false;

    /// <summary>
    /// The target, of each of so many outputs, that favours no class; what label smoothing mixes in. Null where there is none.
    /// </summary>
    internal virtual float? NeutralTarget(int outputs) => null;

    /// <summary>
    /// The k where the loss's gradient by the pre-activation of <paramref name="last"/> is k·(y − t); 0 where it has no such short form.
    /// </summary>
    internal virtual float Cancels(Activation last) => 0;

    /// <summary>
    /// Why the loss cannot be used behind a last layer that ends in <paramref name="last"/>, and what to do; null where it can.
    /// </summary>
    internal virtual string? Misfit(Activation last) => null;

    /// <summary>
    /// <see cref="Misfit"/> of a loss that takes the logarithm of outputs: those outside 0 … 1 would be moved inside it, where they have no
    /// slope, and nothing would be learnt.
    /// </summary>
    private protected string? NeedsProbabilities(Activation last, string ends, string onLogits) => last.Range is (0, 1)
        ? null
        : $"the loss '{Name}' takes probabilities, but outputs of '{last.Name}' need not lie between 0 and 1; "
            + $"end the last layer in {ends}, or use the loss '{onLogits}' with 'identity'";

    /// <summary>The squashing that is inside the loss, in place.</summary>
    internal virtual void Squash(Span<float> output)
    {
    }
}

internal sealed class SumOfSquaresLoss() : Loss("sum of squares")
{
    public override bool NeedsProbabilityTargets => false;

    public override double GradientShare => 0.5;

    internal static float Squares(ReadOnlySpan<float> output, ReadOnlySpan<float> target)
    {
        float sum = 0;
        for (int u = 0; u < output.Length; u++)
        {
            float e = output[u] - target[u];
            sum += e * e;
        }
        return sum;
    }

    internal static void Errors(ReadOnlySpan<float> output, ReadOnlySpan<float> target, float scale, Span<float> gradient)
    {
        for (int u = 0; u < output.Length; u++) gradient[u] = scale * (output[u] - target[u]);
    }

    internal override float Sample(ReadOnlySpan<float> output, ReadOnlySpan<float> target) => Squares(output, target);

    internal override void Gradient(ReadOnlySpan<float> output, ReadOnlySpan<float> target, float scale, Span<float> gradient) =>
        Errors(output, target, scale, gradient);
}

internal sealed class MeanSquaredErrorLoss() : Loss("mean squared error")
{
    public override bool NeedsProbabilityTargets => false;

    internal override float Sample(ReadOnlySpan<float> output, ReadOnlySpan<float> target) =>
        SumOfSquaresLoss.Squares(output, target) / output.Length;

    internal override void Gradient(ReadOnlySpan<float> output, ReadOnlySpan<float> target, float scale, Span<float> gradient) =>
        SumOfSquaresLoss.Errors(output, target, scale * 2 / output.Length, gradient);
}

internal sealed class BinaryCrossEntropyLoss() : Loss("binary cross-entropy")
{
    internal override float Sample(ReadOnlySpan<float> output, ReadOnlySpan<float> target)
    {
        float sum = 0;
        for (int u = 0; u < output.Length; u++)
        {
            float y = Probability.Inside(output[u]), t = target[u];
            sum -= (t * VectorMath.Log(y)) + ((1 - t) * VectorMath.Log(1 - y));
        }
        return sum;
    }

    internal override void Gradient(ReadOnlySpan<float> output, ReadOnlySpan<float> target, float scale, Span<float> gradient)
    {
        for (int u = 0; u < output.Length; u++)
        {
            float y = Probability.Inside(output[u]);
            gradient[u] = scale * (y - target[u]) / (y * (1 - y));
        }
    }

    internal override float? NeutralTarget(int outputs) => 0.5f;

    internal override float Cancels(Activation last) => last.Steepness;

    internal override string? Misfit(Activation last) => NeedsProbabilities(last, "'sigmoid'", "binary cross-entropy on logits");
}

internal sealed class BinaryCrossEntropyOnLogitsLoss() : Loss("binary cross-entropy on logits")
{
    public override bool TakesLogits => true;

    internal override float? NeutralTarget(int outputs) => 0.5f;

    /// <summary>max(x, 0) − t·x + ln(1 + exp(−|x|)): no exponential can overflow.</summary>
    internal override float Sample(ReadOnlySpan<float> output, ReadOnlySpan<float> target)
    {
        float sum = 0;
        for (int u = 0; u < output.Length; u++)
        {
            float x = output[u];
            sum += MathF.Max(x, 0) - (target[u] * x) + VectorMath.Log(1 + VectorMath.Exp(-MathF.Abs(x)));
        }
        return sum;
    }

    internal override void Gradient(ReadOnlySpan<float> output, ReadOnlySpan<float> target, float scale, Span<float> gradient)
    {
        for (int u = 0; u < output.Length; u++) gradient[u] = scale * (Activation.Sigmoid.Evaluate(output[u]) - target[u]);
    }

    internal override void Squash(Span<float> output)
    {
        for (int u = 0; u < output.Length; u++) output[u] = Activation.Sigmoid.Evaluate(output[u]);
    }
}

internal sealed class CrossEntropyLoss() : Loss("cross-entropy")
{
    internal override bool NeedsOutputPerClass => true;

    internal override float? NeutralTarget(int outputs) => 1f / outputs;

    internal override float Sample(ReadOnlySpan<float> output, ReadOnlySpan<float> target)
    {
        float sum = 0;
        for (int u = 0; u < output.Length; u++)
        {
            if (target[u] != 0 || float.IsNaN(output[u])) sum -= target[u] * VectorMath.Log(Probability.Inside(output[u]));
        }
        return sum;
    }

    internal override void Gradient(ReadOnlySpan<float> output, ReadOnlySpan<float> target, float scale, Span<float> gradient)
    {
        for (int u = 0; u < output.Length; u++) gradient[u] = target[u] == 0 ? 0 : -scale * target[u] / Probability.Inside(output[u]);
    }

    internal override float Cancels(Activation last) => last is SoftmaxActivation ? 1 : 0;

    internal override string? Misfit(Activation last) => NeedsProbabilities(last, "'softmax' or 'sigmoid'", "softmax cross-entropy");
}

internal sealed class SoftmaxCrossEntropyLoss() : Loss("softmax cross-entropy")
{
    public override bool TakesLogits => true;

    internal override bool NeedsOutputPerClass => true;

    internal override float? NeutralTarget(int outputs) => 1f / outputs;

    /// <summary>ln Σ exp(x) − Σ t·x with the largest x taken out.</summary>
    internal override float Sample(ReadOnlySpan<float> output, ReadOnlySpan<float> target)
    {
        float largest = float.NegativeInfinity, sum = 0, hit = 0;
        foreach (float x in output) largest = MathF.Max(largest, x);
        for (int u = 0; u < output.Length; u++)
        {
            sum += VectorMath.Exp(output[u] - largest);
            hit += target[u] * (output[u] - largest);
        }
        return VectorMath.Log(sum) - hit;
    }

    internal override void Gradient(ReadOnlySpan<float> output, ReadOnlySpan<float> target, float scale, Span<float> gradient)
    {
        MatrixRows.Softmax(output, gradient);
        for (int u = 0; u < output.Length; u++) gradient[u] = scale * (gradient[u] - target[u]);
    }

    internal override void Squash(Span<float> output) => MatrixRows.Softmax(output, output);
}

/// <summary>Keeps logarithms finite.</summary>
internal static class Probability
{
    /// <summary>2⁻²⁴: 1 minus it is the largest float below 1. The loss of one output is so at most 16.6.</summary>
    private const float Margin = 1f / (1 << 24);

    /// <summary>y moved into [2⁻²⁴, 1 − 2⁻²⁴]; NaN stays NaN.</summary>
    public static float Inside(float y) => y < Margin ? Margin : y > 1 - Margin ? 1 - Margin : y;
}
