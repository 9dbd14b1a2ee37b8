using Explain.Core;

namespace Explain.Tool;

/// <summary>The facts of a run as lines of a label and words, for a terminal.</summary>
internal static class RunFactsText
{
    /// <summary>The longest label.</summary>
    public const int LabelWidth = 9;

    /// <summary>The lines, in the order in which a training comes about.</summary>
    public static IEnumerable<(string Label, string Words)> Of(RunFolder run)
    {
        var (info, outcome) = (run.Info, run.Outcome);
        yield return ("data", Data(info.Data));
        if (info.Augmentation is { IsIdentity: false } augmentation) yield return ("augmented", Augmentation(augmentation));
        yield return ("loss", Objective(info.Objective));
        if (info.Optimizer is { } optimizer) yield return ("optimiser", Optimizer(optimizer, info));
        if (info.KeepBest is { } keep)
            yield return ("keeps", $"the epoch of the best {NewBest.MetricOf(keep.Measure)}{AtLeast(keep.MinimumImprovement)}");
        if (info.EarlyStopping is { } early)
            yield return (
                "stops",
                $"when {NewBest.MetricOf(early.Measure)} was not better for {early.Patience} epochs{AtLeast(early.MinimumImprovement)}");
        if (info.Comparison is { } place)
        {
            string variant = place.Variant.Length > 0 ? $", {place.Variant}" : "";
            yield return ("part of", $"{place.Group}{variant}{(place.Repeats > 1 ? $", repeat {place.Repeat} of {place.Repeats}" : "")}");
        }
        yield return ("run", Numbers.Status(outcome.Status) + $", {outcome.EpochsDone} of {info.Epochs} epochs, seed {info.Seed}" +
            (outcome.Message.Length > 0 ? $". {outcome.Message}" : ""));
        if (info.KeepBest is not null && outcome.Status != RunStatus.Running && outcome.KeptEpoch > 0)
            yield return ("kept", $"epoch {outcome.KeptEpoch}");
        if (outcome.FinalMetrics.Count > 0)
            yield return ("final", string.Join(
                ", ", outcome.FinalMetrics.Select(metric => $"{metric.Key} {Numbers.Plain(Numbers.Metric(metric.Key, metric.Value))}")));
        if (run.WeightsHashes.Count > 0)
            yield return ("weights", $"{run.WeightsHashes[^1]} (SHA-256 after epoch {run.WeightsHashes.Count})");
    }

    private static string Data(DataDescription data)
    {
        string samples =
            $"{Numbers.Count(data.Train)} training, {Numbers.Count(data.Validation)} validation, {Numbers.Count(data.Test)} test samples";
        string classes = data.ClassNames.Count > 0 ? $", {data.ClassNames.Count} classes" : "";
        return $"{data.Name}, {samples}{classes}{(data.Seed is { } seed ? $", seed {seed}" : "")}" +
            (data.Normalisation.Length > 0 ? $"; {data.Normalisation}" : "");
    }

    private static string Augmentation(Augmentation of) => string.Join(", ", (string[])
    [
        .. of.Shift > 0 ? [$"shifts up to {of.Shift} pixels"] : (string[])[],
        .. of.Scale > 0 ? [$"scale up to ±{100 * of.Scale:0.##} %"] : (string[])[],
        .. of.Rotate > 0 ? [$"turns up to {of.Rotate}°"] : (string[])[],
        .. of.Elastic is not null ? ["bent"] : (string[])[],
    ]);

    private static string Objective(Objective of) => string.Join(
        ", ",
        (string[])
        [
            of.Loss.Name,
            .. of.LabelSmoothing > 0 ? [$"label smoothing {of.LabelSmoothing}"] : (string[])[],
            .. of.BalancedClasses ? ["classes balanced"]
                : of.ClassWeights is { } weights ? [$"class weights {string.Join(" ", weights)}"]
                : (string[])[],
            .. of.Penalty is { L1: > 0 } l1 ? [$"L1 penalty {l1.L1}"] : (string[])[],
            .. of.Penalty is { L2: > 0 } l2 ? [$"L2 penalty {l2.L2}"] : (string[])[],
            .. of.Unrecorded is { } unrecorded ? [unrecorded] : (string[])[],
        ]);

    private static string Optimizer(OptimizerSettings of, RunInfo info)
    {
        string clip = info.Clip switch
        {
            { Norm: { } norm } => $", gradients clipped to a norm of {norm}",
            { Value: { } value } => $", gradients clipped to ±{value}",
            _ => "",
        };
        return $"{Call(of.Kind, of.Settings)}{(of.Schedule == "constant" ? "" : $", rate {Call(of.Schedule, of.ScheduleSettings)}")}, " +
            $"{(info.BatchSize is { } batch ? $"batches of {batch}" : "all samples a step")}{clip}";
    }

    private static string Call(string name, IReadOnlyDictionary<string, double> settings) =>
        // They are float32 where they are used, and are printed as what tells one float32 from the next.
        settings.Count == 0 ? name : $"{name} ({string.Join(", ", settings.Select(setting => $"{setting.Key} {(float)setting.Value}"))})";

    private static string AtLeast(double improvement) => improvement > 0 ? $" by at least {improvement}" : "";
}
