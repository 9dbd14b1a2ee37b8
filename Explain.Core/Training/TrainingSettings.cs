namespace Explain.Core;

/// <summary>How the gradients of a batch's samples become one gradient.</summary>
public enum GradientReduction
{
    /// <summary>Their mean.</summary>
    Mean,

    /// <summary>Their sum; the rate then has to fit the size of the batch.</summary>
    Sum,
}

/// <summary>What tells a better epoch from a worse one.</summary>
public enum Measure
{
    /// <summary>Loss on the validation data: lower is better.</summary>
    ValidationLoss,

    /// <summary>Accuracy on the validation data: higher is better.</summary>
    ValidationAccuracy,

    /// <summary>Loss on the training data: lower is better.</summary>
    TrainLoss,

    /// <summary>Accuracy on the training data: higher is better.</summary>
    TrainAccuracy,
}

/// <summary>Keeps the parameters of the best epoch and puts them back at the end.</summary>
/// <param name="Measure">What counts.</param>
/// <param name="MinimumImprovement">By how much an epoch must beat the best so far to take its place.</param>
public sealed record KeepBest(Measure Measure = Measure.ValidationAccuracy, double MinimumImprovement = 0);

/// <summary>Stops when no epoch was better for a while.</summary>
/// <param name="Measure">What counts.</param>
/// <param name="Patience">Epochs without improvement after which training stops.</param>
/// <param name="MinimumImprovement">By how much an epoch must beat the best so far to count as better.</param>
public sealed record EarlyStopping(Measure Measure = Measure.ValidationLoss, int Patience = 10, double MinimumImprovement = 0);

/// <summary>What a run's record says beside what the trainer knows.</summary>
public sealed record RunDetails
{
    /// <summary>Short name; made from the network and the optimiser where null.</summary>
    public string? Name { get; init; }

    /// <summary>One line for headings; the name where null.</summary>
    public string? Title { get; init; }

    /// <summary>The recipe as resolved, in YAML.</summary>
    public string Recipe { get; init; } = "";

    /// <summary>Notes in Markdown.</summary>
    public string Notes { get; init; } = "";

    /// <summary>How inputs were normalised, in words.</summary>
    public string Normalisation { get; init; } = "";

    /// <summary>See <see cref="DataDescription.Source"/>.</summary>
    public string DataSource { get; init; } = "";

    /// <summary>See <see cref="DataDescription.Seed"/>.</summary>
    public ulong? DataSeed { get; init; }

    /// <summary>See <see cref="DataDescription.Options"/>.</summary>
    public IReadOnlyList<KeyValuePair<string, double>> DataOptions { get; init; } = [];

    /// <summary>See <see cref="RunInfo.Comparison"/>.</summary>
    public ComparisonPlace? Comparison { get; init; }

    /// <summary>Settings worth a column in a table, in order; made from the network and the trainer where null.</summary>
    public IReadOnlyList<KeyValuePair<string, string>>? Settings { get; init; }
}

/// <summary>What a training came to.</summary>
/// <param name="Outcome">How it ended, with the final metrics.</param>
/// <param name="Metrics">One entry an epoch.</param>
public sealed record TrainingResult(RunOutcome Outcome, IReadOnlyList<EpochMetrics> Metrics)
{
    /// <summary>A final metric by name, e.g. "test accuracy"; NaN where there is none.</summary>
    public double Final(string name) =>
        Outcome.FinalMetrics.Where(m => m.Key == name).Select(m => m.Value).DefaultIfEmpty(double.NaN).First();
}

/// <summary>The best value of a measure so far.</summary>
internal sealed class BestSoFar(Measure measure, double minimumImprovement)
{
    /// <summary>Its value, where higher is better; NaN before the first.</summary>
    public double Value { get; private set; } = double.NaN;

    /// <summary>The epoch that has it; 0 before the first.</summary>
    public int Epoch { get; private set; }

    public static bool NeedsValidation(Measure measure) => measure is Measure.ValidationLoss or Measure.ValidationAccuracy;

    /// <summary>Looks at an epoch; true where it is the best now.</summary>
    public bool Offer(EpochMetrics metrics)
    {
        double value = measure switch
        {
            Measure.ValidationLoss => -metrics.ValidationLoss,
            Measure.ValidationAccuracy => metrics.ValidationAccuracy,
            Measure.TrainLoss => -metrics.Loss,
            _ => metrics.Accuracy,
        };
        if (!double.IsNaN(Value) && !(value > Value && value >= Value + minimumImprovement)) return false;
        Value = value;
        Epoch = metrics.Epoch;
        return true;
    }

    /// <summary>Goes on from a checkpoint.</summary>
    public void Restore(BestEpoch best) => (Epoch, Value) = (best.Epoch, best.Value);
}

/// <summary>Measures in words, for messages.</summary>
internal static class Words
{
    public static string Of(Measure measure) => measure switch
    {
        Measure.ValidationLoss => "validation loss",
        Measure.ValidationAccuracy => "validation accuracy",
        Measure.TrainLoss => "training loss",
        _ => "training accuracy",
    };
}
