namespace Explain.Core;

/// <summary>Which number an attribution explains.</summary>
public enum ExplainedOutput
{
    /// <summary>
    /// The output of the target class as the network gives it: a logit where the loss takes logits, else the value of the output unit after
    /// its activation. The usual choice: a logit speaks of its own class alone, where a probability also grows when other classes shrink.
    /// </summary>
    Output,

    /// <summary>
    /// The probability of the target class, for networks whose outputs are logits: softmax of the outputs, or the sigmoid of a single
    /// output.
    /// </summary>
    Probability,
}

/// <summary>
/// Says which inputs a network's output came from. Constructed with the network; explains one number a sample, see
/// <see cref="ExplainedOutput"/>. A network with a single output for two classes explains class 1 by the output and class 0 by its
/// opposite: minus the output, or one minus the probability.
/// </summary>
public interface IAttributionMethod
{
    /// <summary>Its name, e.g. "integrated gradients".</summary>
    string Name { get; }

    /// <summary>Explains samples.</summary>
    /// <param name="inputs">n × features, as the network sees them.</param>
    /// <param name="targets">n classes, the one to explain for each sample.</param>
    /// <exception cref="ArgumentException">Sizes disagree or a class is none of the network's.</exception>
    Attribution Attribute(Matrix inputs, ReadOnlySpan<int> targets);
}

/// <summary>What each input contributed to the explained number of each sample.</summary>
public sealed record Attribution
{
    /// <summary>The method's name.</summary>
    public required string Method { get; init; }

    /// <summary>Which number was explained.</summary>
    public required ExplainedOutput Explained { get; init; }

    /// <summary>n × features, like the inputs. In units of the explained number, per unit of input for the input gradient.</summary>
    public required Matrix Values { get; init; }

    /// <summary>The explained number of each sample, F(x).</summary>
    public required IReadOnlyList<double> Outputs { get; init; }

    /// <summary>The explained number at the baseline, F(x₀); NaN for methods without one.</summary>
    public required IReadOnlyList<double> BaselineOutputs { get; init; }

    /// <summary>
    /// Sum of a sample's values minus (F(x) − F(x₀)): 0 where nothing is lost. NaN for methods that do not promise completeness.
    /// </summary>
    public required IReadOnlyList<double> CompletenessGaps { get; init; }

    /// <summary>Gradients taken for each sample.</summary>
    public required IReadOnlyList<int> Steps { get; init; }
}
