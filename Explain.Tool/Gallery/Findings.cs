using Explain.Core;

namespace Explain.Tool;

/// <summary>What the numbers say, in sentences. Names stand between double asterisks and are set in bold.</summary>
internal static class Findings
{
    /// <summary>Sentences about all runs together.</summary>
    public static IEnumerable<string> OfAll(GalleryModel model)
    {
        var diverged = model.Runs.Where(run => run.Outcome.Status == RunStatus.Diverged).ToList();
        if (model.Score is { } score)
        {
            var scored = model.Runs.Where(run => run.Outcome.Status != RunStatus.Diverged && double.IsFinite(run.Final(score))).ToList();
            if (scored.Count == 1)
                yield return $"**{Label(model, scored[0])}** {(scored[0].Results.OfLastEpoch ? "had come to" : "reached")} "
                    + $"{Value(score, scored[0].Final(score))} {score} after {Epochs(scored[0].Outcome.EpochsDone)}.";
            if (scored.Count > 1)
            {
                yield return BestAndWorst(model, scored, score);
                foreach (string sentence in OfSettings(model, scored, score)) yield return sentence;
            }
            foreach (string sentence in Speed(model, scored)) yield return sentence;
        }
        else
        {
            yield return "No run recorded a whole epoch, so there is nothing to rank yet.";
        }
        var unfinished = model.Runs.Where(run => run.Outcome.Status == RunStatus.Running).ToList();
        if (unfinished.Count > 0)
            yield return $"{(unfinished.Count == 1 ? "One run has" : $"{unfinished.Count} runs have")} not come to the end: "
                + $"{string.Join(", ", unfinished.Select(run =>
                        $"**{Label(model, run)}** after {run.Outcome.EpochsDone} of {Epochs(run.Info.Epochs)}"))}.";
        if (diverged.Count > 0)
            yield return $"{(diverged.Count == 1 ? "One run" : $"{diverged.Count} runs")} diverged: "
                + $"{string.Join(", ", diverged.Select(run => $"**{Label(model, run)}** after {Epochs(run.Outcome.EpochsDone)}"))}.";
    }

    /// <summary>Why the training numbers of an epoch differ from those at the end; null where there is no epoch.</summary>
    public static string? OnTraining(IReadOnlyCollection<GalleryRun> runs)
    {
        if (runs.All(run => run.Metrics.Count == 0)) return null;
        bool augmented = runs.Any(run => run.Info.Augmentation is not null);
        return "Training loss and accuracy of an epoch are means over its steps, each sample as the network was when it met "
            + $"it{(augmented ? " and as the augmentation had changed it" : "")}; "
            + "the final train numbers are measured at the end, "
            + $"with the finished weights{(augmented ? ", on the samples as they are" : "")}.";
    }

    /// <summary>Sentences about one run.</summary>
    public static IEnumerable<string> OfRun(GalleryModel model, GalleryRun run)
    {
        if (run.Outcome.Status is RunStatus.Diverged or RunStatus.Cancelled && run.Outcome.Message.Length > 0)
            yield return run.Outcome.Message;
        if (run.Outcome.Status == RunStatus.Running)
            yield return $"The run did not come to its end: {run.Outcome.EpochsDone} of {Epochs(run.Info.Epochs)} are recorded.";
        if (run.Results.OfLastEpoch && run.Results.Metrics.Count > 0)
            yield return "Its last whole epoch had "
                + $"{string.Join(", ", run.Results.Metrics.Select(metric => $"{metric.Key} **{Value(metric.Key, metric.Value)}**"))}.";
        else if (model.Score is { } score && double.IsFinite(run.Final(score)))
        {
            string value = Value(score, run.Final(score));
            int rank = 1 + model.Runs.TakeWhile(other => other != run && Value(score, other.Final(score)) != value).Count();
            bool tied = model.Runs.Any(other => other != run && !other.Results.OfLastEpoch && Value(score, other.Final(score)) == value);
            yield return $"{Numbers.Sentence(score)} is **{Value(score, run.Final(score))}**"
                + (model.Runs.Count > 1
                    ? $", {(rank == 1 ? "the best" : $"number {rank}")}{(tied ? ", tied," : "")} of {model.Runs.Count} runs."
                    : $" after {Epochs(run.Outcome.EpochsDone)}.");
        }
        if (run.Metrics.Count == 0)
        {
            yield return "No whole epoch was recorded.";
            yield break;
        }
        foreach (string sentence in Overfitting(run)) yield return sentence;
        foreach (var layer in run.Metrics[^1].Layers)
        {
            if (layer.DeadShare >= 0.05)
                yield return $"{100 * layer.DeadShare:0}\u00A0% of the units of **{layer.Name}** are dead at the end: "
                    + "their derivative is zero for every sample looked at, so they no longer learn.";
            else if (layer.SaturatedShare >= (OneSided(run, layer.Name) ? 0.9 : 0.3))
                yield return $"{100 * layer.SaturatedShare:0}\u00A0% of the activations of **{layer.Name}** lie where its function "
                    + "is flat, so little gradient passes.";
            if (layer.UpdateRatio is > 0 and < 1e-6)
                yield return $"The last step moved the weights of **{layer.Name}** by {Numbers.Short(layer.UpdateRatio)} of their size: "
                    + "it has all but stopped learning.";
        }
    }

    /// <summary>
    /// Whether zero is an everyday answer of a layer's units: relu is flat for half of all inputs, and learns well with it.
    /// </summary>
    private static bool OneSided(GalleryRun run, string layer) =>
        run.Info.Network.Layers.Any(description => description.Name == layer && description.Activation.IsFlatBelowZero);

    /// <summary>A run by what sets it apart: "relu, he normal"; by its name where nothing does.</summary>
    public static string Label(GalleryModel model, GalleryRun run)
    {
        var varying = model.Varying.Select(run.Setting).ToList();
        string label = string.Join(", ", varying);
        bool unique = varying.Count is > 0 and <= 3
            && model.Runs.Count(other => model.Varying.Select(other.Setting).SequenceEqual(varying)) == 1;
        return unique ? label : run.Name;
    }

    // The mean over all runs that share a value tells whether a setting matters at all; the spread within each value, whether it
    // matters only in company of another.
    private static IEnumerable<string> OfSettings(GalleryModel model, List<GalleryRun> scored, string score)
    {
        foreach (string setting in model.Varying.Where(name => name != "seed"))
        {
            var groups = scored.GroupBy(run => run.Setting(setting))
                .Select(group => (Value: group.Key, Runs: group.ToList(), Mean: group.Average(run => run.Final(score))))
                .ToList();
            if (groups.Count < 2 || groups.Count == scored.Count || groups.Any(group => group.Runs.Count < 2)) continue;
            var ordered = GalleryModel.HigherIsBetter(score) ? groups.OrderByDescending(group => group.Mean)
                : groups.OrderBy(group => group.Mean);
            yield return $"By {setting}, the mean {score} "
                + $"is {string.Join(", ", ordered.Select(group => $"{Value(score, group.Mean)} with **{group.Value}**"))}.";
            if (model.Varying.Count != 2 || groups.Count < 3 && setting == model.Varying[1]) continue;
            var spread = groups.Select(group =>
                (group.Value, Low: group.Runs.Min(run => run.Final(score)), High: group.Runs.Max(run => run.Final(score))))
                .OrderByDescending(group => group.High - group.Low)
                .ToList();
            string other = model.Varying.First(name => name != setting);
            yield return $"The {other} mattered most with **{spread[0].Value}** ({Value(score, spread[0].Low)} "
                + $"to {Value(score, spread[0].High)}) and least with **{spread[^1].Value}** ({Value(score, spread[^1].Low)} "
                + $"to {Value(score, spread[^1].High)}).";
        }
    }

    // What prints alike counts as a tie.
    private static string BestAndWorst(GalleryModel model, List<GalleryRun> scored, string score)
    {
        string high = Value(score, scored[0].Final(score)), low = Value(score, scored[^1].Final(score));
        if (high == low) return $"All {scored.Count} runs with {score} came to {high}.";
        var best = scored.Where(run => Value(score, run.Final(score)) == high).ToList();
        var worst = scored.Where(run => Value(score, run.Final(score)) == low).ToList();
        return $"Of {model.Runs.Count} runs {All(best)} did best{(best.Count > 1 ? " alike" : "")}, "
            + $"with {high} {score} after {(best.Count > 1 ? "their last epoch" : Epochs(best[0].Outcome.EpochsDone))}; "
            + $"{All(worst)} did worst{(worst.Count > 1 ? " alike" : "")}, with {low}.";

        string All(List<GalleryRun> runs)
        {
            string[] names = [.. runs.Take(runs.Count > 4 ? 3 : 4).Select(run => $"**{Label(model, run)}**")];
            string last = runs.Count > 4 ? $"{runs.Count - 3} more" : names[^1];
            return runs.Count == 1 ? last : $"{string.Join(", ", runs.Count > 4 ? names : names.SkipLast(1))} and {last}";
        }
    }

    private static IEnumerable<string> Speed(GalleryModel model, List<GalleryRun> scored)
    {
        const double Line = 0.9;
        if (scored.Count < 2) yield break;
        var reached = scored.Select(run => (Run: run, Epoch: run.Metrics.FirstOrDefault(row => HeldOutAccuracy(row) >= Line)?.Epoch))
            .ToList();
        int never = reached.Count(pair => pair.Epoch is null);
        if (never == reached.Count) yield break;
        var known = reached.Where(pair => pair.Epoch is not null).ToList();
        int first = known.Min(pair => pair.Epoch!.Value), last = known.Max(pair => pair.Epoch!.Value);
        var fastest = known.Where(pair => pair.Epoch == first).ToList();
        string who = fastest.Count == 1 ? $"**{Label(model, fastest[0].Run)}**" : $"{fastest.Count} runs";
        string which = scored.All(run => run.Metrics.All(row => double.IsNaN(row.ValidationAccuracy))) ? "training" : "validation";
        yield return $"90\u00A0% {which} accuracy was reached after {Epochs(first)} by {who}"
            + (last > first ? $", by the slowest after {last}" : "")
            + (never > 0
                ? $", and never by {(never == 1 ? $"**{Label(model, reached.First(pair => pair.Epoch is null).Run)}**" : $"{never} runs")}."
                : ".");
    }

    private static IEnumerable<string> Overfitting(GalleryRun run)
    {
        var rows = run.Metrics.Where(row => double.IsFinite(row.ValidationLoss)).ToList();
        if (rows.Count < 3) yield break;
        var least = rows.MinBy(row => row.ValidationLoss)!;
        var last = rows[^1];
        if (last.ValidationLoss > 1.05 * least.ValidationLoss && last.Loss < least.Loss)
            yield return $"Validation loss was lowest after epoch {least.Epoch} ({Numbers.Short(least.ValidationLoss)}) "
                + $"and rose to {Numbers.Short(last.ValidationLoss)} while training loss kept falling: it overfits from there on.";
    }

    /// <summary>Accuracy on validation data where there is any, on the training data else; NaN before the first epoch.</summary>
    public static double HeldOutAccuracy(EpochMetrics? row)
    {
        if (row is null) return double.NaN;
        return double.IsNaN(row.ValidationAccuracy) ? row.Accuracy : row.ValidationAccuracy;
    }

    private static string Value(string metric, double value) => Numbers.Metric(metric, value);

    private static string Epochs(int count) => count == 1 ? "1 epoch" : $"{count} epochs";
}
