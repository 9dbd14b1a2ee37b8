namespace Explain.Core;

/// <summary>
/// The gradient of the explained number with respect to the inputs (Simonyan, Vedaldi and Zisserman, "Deep inside convolutional networks",
/// 2013): how much the number would change if an input changed a little. It says where the network is sensitive, not what the number is
/// made of: its sum means nothing, and it is 0 where a unit is saturated.
/// </summary>
public sealed class InputGradient : IAttributionMethod
{
    private readonly ExplainedFunction _function;

    /// <summary>For a network.</summary>
    /// <exception cref="InputException">The outputs of one sample depend on other samples.</exception>
    public InputGradient(Network network, ExplainedOutput explained = ExplainedOutput.Output) =>
        _function = new ExplainedFunction(network, explained);

    /// <inheritdoc/>
    public string Name => "input gradient";

    /// <inheritdoc/>
    public Attribution Attribute(Matrix inputs, ReadOnlySpan<int> targets)
    {
        _function.Check(inputs, targets);
        double[] none = [.. Enumerable.Repeat(double.NaN, inputs.Rows)];
        return new Attribution
        {
            Method = Name,
            Explained = _function.Explained,
            Values = _function.Gradients(inputs, targets),
            Outputs = _function.Values(inputs, targets),
            BaselineOutputs = none,
            CompletenessGaps = none,
            Steps = [.. Enumerable.Repeat(1, inputs.Rows)],
        };
    }
}
