namespace Explain.Core;

/// <summary>A square of the plane of two inputs.</summary>
/// <param name="X">From left to right, of the first input.</param>
/// <param name="Y">From bottom to top, of the second input; as long as <paramref name="X"/>.</param>
public readonly record struct PlaneLimits(Limits X, Limits Y)
{
    /// <summary>A square about samples of two inputs, with a tenth of their range to spare: circles stay round.</summary>
    public static PlaneLimits About(Dataset samples)
    {
        ArgumentNullException.ThrowIfNull(samples);
        Limits x = Of(samples, 0), y = Of(samples, 1);
        double half = Math.Max(x.Span, y.Span) / 2;
        double cx = (x.Min + x.Max) / 2, cy = (y.Min + y.Max) / 2;
        return new PlaneLimits(new Limits(cx - half, cx + half), new Limits(cy - half, cy + half));
    }

    private static Limits Of(Dataset samples, int input) =>
        Limits.Of(Enumerable.Range(0, samples.Count).Select(i => (double)samples.Inputs[i, input])).OrWidened().Padded(0.1);
}
