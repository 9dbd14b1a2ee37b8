namespace Explain.Core;

/// <summary>
/// Integrated gradients (Sundararajan, Taly and Yan, "Axiomatic attribution for deep networks", 2017): (x − x₀) times the mean gradient on
/// the straight line from a baseline x₀ to the sample x. The values of a sample sum to F(x) − F(x₀), save for the error of the integral,
/// which the result reports as its completeness gap. The integral is taken by the midpoint rule, whose steps are doubled for each sample
/// until the gap is small enough: networks of relu units have gradients with jumps, on which rules of higher order gain nothing.
/// </summary>
public sealed class IntegratedGradients : IAttributionMethod
{
    private const int FirstSteps = 32;
    private readonly ExplainedFunction _function;
    private readonly float[] _baseline;

    /// <summary>For a network.</summary>
    /// <param name="network">The network.</param>
    /// <param name="baseline">
    /// One value a feature, as the network sees them: an input that says nothing, e.g. a black image. Zeros where null.
    /// </param>
    /// <param name="explained">The number to explain.</param>
    /// <exception cref="ArgumentException">The baseline has the wrong length.</exception>
    /// <exception cref="InputException">The outputs of one sample depend on other samples.</exception>
    public IntegratedGradients(Network network, float[]? baseline = null, ExplainedOutput explained = ExplainedOutput.Output)
    {
        _function = new ExplainedFunction(network, explained);
        _baseline = baseline ?? new float[network.InputShape.Size];
        if (_baseline.Length != network.InputShape.Size)
            throw new ArgumentException(
                $"The baseline has {_baseline.Length} values; the network takes {network.InputShape.Size}.", nameof(baseline));
    }

    /// <inheritdoc/>
    public string Name => "integrated gradients";

    /// <summary>
    /// The gap that is good enough, as a share of |F(x) − F(x₀)| or of a hundredth of the sum of the values' magnitudes, whichever is
    /// larger.
    /// </summary>
    public double Tolerance { get; init; } = 0.001;

    /// <summary>No more gradients a sample than this; then the gap stays as it is, and is reported.</summary>
    public int MaximumSteps { get; init; } = 1024;

    /// <summary>
    /// Ends the work between two rounds of steps; <see cref="Attribute"/> then throws <see cref="OperationCanceledException"/>.
    /// </summary>
    public CancellationToken Cancellation { get; init; }

    /// <inheritdoc/>
    public Attribution Attribute(Matrix inputs, ReadOnlySpan<int> targets)
    {
        _function.Check(inputs, targets);
        var values = new Matrix(inputs.Rows, inputs.Columns);
        double[] outputs = _function.Values(inputs, targets), baselines = new double[inputs.Rows], gaps = new double[inputs.Rows];
        int[] steps = new int[inputs.Rows];
        var baseline = new Matrix(_baseline, 0, 1, _baseline.Length);
        for (int n = 0; n < inputs.Rows; n++)
        {
            baselines[n] = _function.Values(baseline, targets.Slice(n, 1))[0];
            double change = outputs[n] - baselines[n];
            bool enough;
            do
            {
                Cancellation.ThrowIfCancellationRequested();
                steps[n] = Math.Min(Math.Max(FirstSteps, 2 * steps[n]), MaximumSteps);
                Integrate(inputs.Row(n), targets[n], steps[n], values.Row(n));
                double sum = 0, magnitude = 0;
                foreach (float value in values.Row(n))
                {
                    sum += value;
                    magnitude += Math.Abs(value);
                }
                gaps[n] = sum - change;
                enough = Math.Abs(gaps[n]) <= Tolerance * Math.Max(Math.Abs(change), magnitude / 100);
            }
            while (!enough && steps[n] < MaximumSteps);
        }
        return new Attribution
        {
            Method = Name,
            Explained = _function.Explained,
            Values = values,
            Outputs = outputs,
            BaselineOutputs = baselines,
            CompletenessGaps = gaps,
            Steps = steps,
        };
    }

    /// <summary>values = (x − x₀) · mean of ∂F/∂x at x₀ + (s + ½) / steps · (x − x₀), s = 0 … steps − 1.</summary>
    private void Integrate(ReadOnlySpan<float> input, int target, int steps, Span<float> values)
    {
        var path = new Matrix(steps, input.Length);
        for (int s = 0; s < steps; s++)
        {
            float share = (s + 0.5f) / steps;
            Span<float> point = path.Row(s);
            for (int f = 0; f < point.Length; f++) point[f] = _baseline[f] + (share * (input[f] - _baseline[f]));
        }
        int[] targets = new int[steps];
        targets.AsSpan().Fill(target);
        Matrix gradients = _function.Gradients(path, targets);
        double[] sums = new double[input.Length];
        for (int s = 0; s < steps; s++)
        {
            ReadOnlySpan<float> gradient = gradients.Row(s);
            for (int f = 0; f < sums.Length; f++) sums[f] += gradient[f];
        }
        for (int f = 0; f < values.Length; f++) values[f] = (float)((input[f] - (double)_baseline[f]) * sums[f] / steps);
    }
}
