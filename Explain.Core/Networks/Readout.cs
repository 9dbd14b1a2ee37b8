using System.Globalization;

namespace Explain.Core;

/// <summary>How labels become targets and how much they count, and how outputs become classes and the scores shown to a reader.</summary>
/// <param name="Loss">The loss the network was trained with; tells whether outputs are logits.</param>
/// <param name="Targets">How labels were encoded.</param>
public sealed record Readout(Loss Loss, TargetEncoding Targets)
{
    /// <summary>The largest <see cref="LabelSmoothing"/>.</summary>
    internal const double LargestSmoothing = 0.99;

    /// <summary>
    /// ε, from 0 to 0.99: targets become (1 − ε)·t + ε/classes, so that certainty is no longer worth everything (Szegedy, Vanhoucke, Ioffe,
    /// Shlens and Wojna, "Rethinking the Inception architecture for computer vision", 2016). Where a loss takes each output as a yes or no
    /// by itself it is (1 − ε)·t + ε/2. Squared errors have no smoothing.
    /// </summary>
    /// <exception cref="InputException">It is out of range, or not 0 with a loss that has no smoothing.</exception>
    public double LabelSmoothing
    {
        get;
        init
        {
            if (!(value >= 0 && value <= LargestSmoothing))
                throw new InputException(
                    $"The label smoothing is {value.ToString("R", CultureInfo.InvariantCulture)}; "
                        + $"allowed are numbers from 0 to {LargestSmoothing}.");
            if (value > 0 && SmoothingMisfit(Loss) is { } misfit) throw new InputException($"{misfit}.");
            field = value;
        }
    }

    /// <summary>What a sample's loss and gradient are multiplied with, by its true class; null for 1 always.</summary>
    public IReadOnlyList<float>? ClassWeights { get; init; }

    /// <summary>The readout for a network of <paramref name="outputs"/> outputs and data of <paramref name="classes"/> classes.</summary>
    /// <param name="loss">The loss.</param>
    /// <param name="targets">The encoding, or null for one-hot, and 0/1 where there is one output for two classes.</param>
    /// <param name="outputs">Outputs of the network.</param>
    /// <param name="classes">Classes of the data.</param>
    /// <exception cref="InputException">Outputs, classes, loss and encoding don't fit together.</exception>
    public static Readout For(Loss loss, TargetEncoding? targets, int outputs, int classes)
    {
        var encoding = targets ?? (outputs == 1 && classes == 2 ? TargetEncoding.ZeroOne : TargetEncoding.OneHot);
        if (encoding == TargetEncoding.OneHot && outputs != classes)
            throw new InputException(
                $"The network has {outputs} outputs but the data has {classes} classes; "
                    + $"give the last layer {classes} units{(classes == 2 ? ", or 1 unit with targets 0/1 or ±1" : "")}.");
        if (encoding != TargetEncoding.OneHot && (outputs != 1 || classes != 2))
            throw new InputException(
                $"Targets {(encoding == TargetEncoding.ZeroOne ? "0/1" : "±1")} are for one output and two classes; "
                    + $"the network has {outputs} outputs and the data {classes} classes.");
        if (encoding == TargetEncoding.PlusMinusOne && loss.NeedsProbabilityTargets)
            throw new InputException($"The loss '{loss.Name}' compares with targets 0 and 1; targets ±1 need a squared error.");
        if (encoding != TargetEncoding.OneHot && loss.NeedsOutputPerClass)
            throw new InputException(
                $"The loss '{loss.Name}' needs one output a class; for a single output use 'binary cross-entropy' or 'binary "
                    + "cross-entropy on logits'.");
        return new Readout(loss, encoding);
    }

    /// <summary>The readout to train with.</summary>
    /// <exception cref="InputException">Outputs, classes, loss, encoding, smoothing and weights don't fit together.</exception>
    internal static Readout ForTraining(
        Loss loss, TargetEncoding? targets, int outputs, Dataset train, double labelSmoothing, ClassWeights? classWeights) =>
        For(loss, targets, outputs, train.ClassCount) with { LabelSmoothing = labelSmoothing, ClassWeights = classWeights?.For(train) };

    /// <summary>Why the labels cannot be smoothed under a loss; null where they can.</summary>
    internal static string? SmoothingMisfit(Loss loss) => loss.NeutralTarget(1) is not null
        ? null
        : $"labels are smoothed under cross-entropies and focal losses, but the loss is '{loss.Name}'; "
            + "leave the label smoothing out or at 0";

    /// <summary>Targets [n,u], smoothed, of n <paramref name="labels"/> for a network of u <paramref name="outputs"/>.</summary>
    /// <param name="labels">Class indices: below the number of outputs where they are encoded one-hot, 0 or 1 elsewhere.</param>
    /// <param name="outputs">Outputs of the network.</param>
    public Matrix Encode(ReadOnlySpan<int> labels, int outputs)
    {
        var targets = new Matrix(labels.Length, outputs);
        for (int n = 0; n < labels.Length; n++)
        {
            switch (Targets)
            {
                case TargetEncoding.OneHot: targets[n, labels[n]] = 1; break;
                case TargetEncoding.ZeroOne: targets[n, 0] = labels[n]; break;
                default: targets[n, 0] = labels[n] == 0 ? -1 : 1; break;
            }
        }
        if (LabelSmoothing > 0)
        {
            float kept = (float)(1 - LabelSmoothing), mixed = (float)(LabelSmoothing * Loss.NeutralTarget(outputs)!.Value);
            foreach (ref float target in targets.Span) target = (kept * target) + mixed;
        }
        return targets;
    }

    /// <summary>What to show a reader, [n,u]: probabilities where the loss takes logits, the outputs themselves otherwise.</summary>
    public Matrix Scores(Matrix outputs)
    {
        var scores = outputs.Clone();
        if (Loss.TakesLogits)
        {
            for (int n = 0; n < scores.Rows; n++) Loss.Squash(scores.Row(n));
        }
        return scores;
    }

    /// <summary>The value of a single output above which it means class 1.</summary>
    public float Threshold => Targets == TargetEncoding.PlusMinusOne || Loss.TakesLogits ? 0f : 0.5f;

    /// <summary>
    /// The class that a row of outputs (not scores) means: the largest output, the first of equals; for a single output, whether it is
    /// above the threshold.
    /// </summary>
    public int PredictedClass(ReadOnlySpan<float> output)
    {
        if (Targets != TargetEncoding.OneHot) return output[0] > Threshold ? 1 : 0;
        int best = 0;
        for (int u = 1; u < output.Length; u++)
        {
            if (output[u] > output[best]) best = u;
        }
        return best;
    }

    /// <summary>The class of every row of outputs.</summary>
    public int[] PredictedClasses(Matrix outputs)
    {
        var classes = new int[outputs.Rows];
        for (int n = 0; n < classes.Length; n++) classes[n] = PredictedClass(outputs.Row(n));
        return classes;
    }
}
