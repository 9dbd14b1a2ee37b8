using System.Globalization;

namespace Explain.Core;

/// <summary>
/// Σ t·(1 − p)^γ·(−ln p) over the classes, p = softmax(outputs). Each p is written as σ(d), d being how far the class's logit lies above
/// the others together, d = x[c] − ln Σ exp(x) of the others, so that neither p nor 1 − p loses digits.
/// </summary>
internal sealed class FocalLoss(float gamma) : Loss(FocalTerm.Named("focal", gamma))
{
    public override bool TakesLogits => true;

    internal override bool NeedsOutputPerClass => true;

    internal override float? NeutralTarget(int outputs) => 1f / outputs;

    internal override float Sample(ReadOnlySpan<float> output, ReadOnlySpan<float> target)
    {
        var (top, others) = Others(output);
        float sum = 0;
        for (int u = 0; u < output.Length; u++)
        {
            if (target[u] != 0) sum += target[u] * FocalTerm.Loss(Margin(output, u, top, others), gamma);
        }
        return sum;
    }

    /// <summary>With h = ∂loss/∂p·p of a class, the gradient by logit u is t[u]·h[u] − p[u]·Σ t·h.</summary>
    internal override void Gradient(ReadOnlySpan<float> output, ReadOnlySpan<float> target, float scale, Span<float> gradient)
    {
        var (top, others) = Others(output);
        MatrixRows.Softmax(output, gradient);
        float total = 0;
        for (int u = 0; u < output.Length; u++)
        {
            if (target[u] != 0) total += target[u] * FocalTerm.SlopeTimesProbability(Margin(output, u, top, others), gamma);
        }
        for (int u = 0; u < output.Length; u++)
        {
            float own = target[u] == 0 ? 0 : target[u] * FocalTerm.SlopeTimesProbability(Margin(output, u, top, others), gamma);
            gradient[u] = scale * (own - (gradient[u] * total));
        }
    }

    internal override void Squash(Span<float> output) => MatrixRows.Softmax(output, output);

    /// <summary>The largest logit's place, and Σ exp(x − largest) over the others.</summary>
    private static (int Top, float Others) Others(ReadOnlySpan<float> x)
    {
        int top = 0;
        for (int u = 1; u < x.Length; u++)
        {
            if (x[u] > x[top]) top = u;
        }
        float others = 0;
        for (int u = 0; u < x.Length; u++)
        {
            if (u != top) others += VectorMath.Exp(x[u] - x[top]);
        }
        return (top, others);
    }

    /// <summary>d of class u. The difference below is at least about 1, because exp(x[u] − largest) is one of the others.</summary>
    private static float Margin(ReadOnlySpan<float> x, int u, int top, float others)
    {
        if (u == top) return -VectorMath.Log(others);
        float below = x[u] - x[top];
        return below - VectorMath.Log(1 + others - VectorMath.Exp(below));
    }
}

/// <summary>Σ t·(1 − y)^γ·(−ln y) + (1 − t)·y^γ·(−ln(1 − y)) over the outputs, y = σ(output).</summary>
internal sealed class BinaryFocalLoss(float gamma) : Loss(FocalTerm.Named("binary focal", gamma))
{
    public override bool TakesLogits => true;

    internal override float? NeutralTarget(int outputs) => 0.5f;

    internal override float Sample(ReadOnlySpan<float> output, ReadOnlySpan<float> target)
    {
        float sum = 0;
        for (int u = 0; u < output.Length; u++)
            sum += (target[u] * FocalTerm.Loss(output[u], gamma)) + ((1 - target[u]) * FocalTerm.Loss(-output[u], gamma));
        return sum;
    }

    internal override void Gradient(ReadOnlySpan<float> output, ReadOnlySpan<float> target, float scale, Span<float> gradient)
    {
        for (int u = 0; u < output.Length; u++)
        {
            float x = output[u];
            float yes = target[u] * FocalTerm.SlopeTimesProbability(x, gamma) * VectorMath.Sigmoid(-x);
            float no = (1 - target[u]) * FocalTerm.SlopeTimesProbability(-x, gamma) * VectorMath.Sigmoid(x);
            gradient[u] = scale * (yes - no);
        }
    }

    internal override void Squash(Span<float> output)
    {
        for (int u = 0; u < output.Length; u++) output[u] = VectorMath.Sigmoid(output[u]);
    }
}

/// <summary>f(p) = (1 − p)^γ·(−ln p) with p = σ(d).</summary>
internal static class FocalTerm
{
    /// <summary>The largest γ. The paper's largest is 5.</summary>
    public const double LargestGamma = 20;

    /// <summary>Margins beyond change nothing: f is 0 to the last digit for every γ. Without it γ = 0 would meet an infinity.</summary>
    private const float LargestMargin = 200;

    /// <summary>"focal(2)".</summary>
    public static string Named(string name, float gamma)
    {
        if (!(gamma >= 0 && gamma <= LargestGamma))
            throw new InputException($"gamma of the loss '{name}' is {gamma}; allowed are values from 0 to {LargestGamma}.");
        return string.Create(CultureInfo.InvariantCulture, $"{name}({gamma})");
    }

    /// <summary>f, as exp(−γ·softplus(d))·softplus(−d).</summary>
    public static float Loss(float d, float gamma)
    {
        d = MathF.Min(d, LargestMargin);
        return EasyShare(d, gamma) * Softplus(-d);
    }

    /// <summary>∂f/∂p·p = −(1 − p)^γ·(γ·p·r + 1) with r = −ln p / (1 − p), which is 1 where p is 1.</summary>
    public static float SlopeTimesProbability(float d, float gamma)
    {
        d = MathF.Min(d, LargestMargin);
        float rest = VectorMath.Sigmoid(-d), ratio = rest == 0 ? 1 : Softplus(-d) / rest;
        return -EasyShare(d, gamma) * ((gamma * VectorMath.Sigmoid(d) * ratio) + 1);
    }

    /// <summary>(1 − p)^γ.</summary>
    private static float EasyShare(float d, float gamma) => VectorMath.Exp(-gamma * Softplus(d));

    private static float Softplus(float x) => VectorMath.Softplus<Lanes1, float>(x);
}
