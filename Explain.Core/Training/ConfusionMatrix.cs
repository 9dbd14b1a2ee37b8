namespace Explain.Core;

/// <summary>What the shares of a confusion matrix add up to 1 over.</summary>
public enum ConfusionNormalisation
{
    /// <summary>The samples of a true class: recall on the diagonal.</summary>
    True,

    /// <summary>The samples predicted as a class: precision on the diagonal.</summary>
    Predicted,

    /// <summary>All samples.</summary>
    All,
}

/// <summary>How often a sample of a true class was predicted as each class.</summary>
public sealed class ConfusionMatrix
{
    private readonly int[,] _counts;

    /// <summary>From counts [true class, predicted class]; they are copied.</summary>
    /// <exception cref="ArgumentException">The counts are not square.</exception>
    public ConfusionMatrix(int[,] counts)
    {
        if (counts.GetLength(0) != counts.GetLength(1))
            throw new ArgumentException(
                $"Confusion counts must be square; these are {counts.GetLength(0)}×{counts.GetLength(1)}.", nameof(counts));
        _counts = (int[,])counts.Clone();
    }

    /// <summary>From the true and the predicted class of each sample.</summary>
    /// <param name="truth">One class a sample, 0 … <paramref name="classes"/> − 1.</param>
    /// <param name="predicted">As many, in the same order.</param>
    /// <param name="classes">Number of classes.</param>
    /// <exception cref="ArgumentException">There are not as many of both.</exception>
    public ConfusionMatrix(ReadOnlySpan<int> truth, ReadOnlySpan<int> predicted, int classes)
    {
        if (truth.Length != predicted.Length)
            throw new ArgumentException(
                $"{truth.Length} true classes and {predicted.Length} predicted ones; there must be as many of both.", nameof(predicted));
        _counts = new int[classes, classes];
        for (int n = 0; n < truth.Length; n++) _counts[truth[n], predicted[n]]++;
    }

    /// <summary>Number of classes.</summary>
    public int Classes => _counts.GetLength(0);

    /// <summary>Number of samples.</summary>
    public int Total => _counts.Cast<int>().Sum();

    /// <summary>Share of samples on the diagonal; NaN where there is no sample.</summary>
    public double Accuracy => Total == 0 ? double.NaN : Enumerable.Range(0, Classes).Sum(c => _counts[c, c]) / (double)Total;

    /// <summary>How many samples of class <paramref name="truth"/> were predicted as <paramref name="predicted"/>.</summary>
    public int this[int truth, int predicted] => _counts[truth, predicted];

    /// <summary>A copy of the counts, [true class, predicted class].</summary>
    public int[,] Counts() => (int[,])_counts.Clone();

    /// <summary>Samples of a true class.</summary>
    public int TrueCount(int truth) => Enumerable.Range(0, Classes).Sum(p => _counts[truth, p]);

    /// <summary>Samples predicted as a class.</summary>
    public int PredictedCount(int predicted) => Enumerable.Range(0, Classes).Sum(t => _counts[t, predicted]);

    /// <summary>Shares [true class, predicted class]; NaN in rows, columns or a whole without a sample.</summary>
    public double[,] Normalised(ConfusionNormalisation by)
    {
        var shares = new double[Classes, Classes];
        for (int t = 0; t < Classes; t++)
        {
            for (int p = 0; p < Classes; p++)
            {
                int whole = by switch
                {
                    ConfusionNormalisation.True => TrueCount(t),
                    ConfusionNormalisation.Predicted => PredictedCount(p),
                    _ => Total,
                };
                shares[t, p] = whole == 0 ? double.NaN : _counts[t, p] / (double)whole;
            }
        }
        return shares;
    }

    /// <summary>Precision, recall and F1 of every class.</summary>
    /// <param name="classNames">One name a class.</param>
    public ClassReport Report(IReadOnlyList<string> classNames)
    {
        var rows = new ClassScore[Classes];
        for (int c = 0; c < Classes; c++)
        {
            int hits = _counts[c, c], truth = TrueCount(c), predicted = PredictedCount(c);
            double precision = predicted == 0 ? double.NaN : hits / (double)predicted,
                recall = truth == 0 ? double.NaN : hits / (double)truth;
            rows[c] = new ClassScore(
                classNames[c], precision, recall, truth + predicted == 0 ? double.NaN : 2.0 * hits / (truth + predicted), truth, predicted);
        }
        return new ClassReport(rows, Accuracy);
    }
}

/// <summary>Scores of every class.</summary>
/// <param name="Classes">In order.</param>
/// <param name="Accuracy">Share of samples classified correctly.</param>
public sealed record ClassReport(IReadOnlyList<ClassScore> Classes, double Accuracy)
{
    /// <summary>The plain mean of F1 over the classes that occur; a class that is never predicted counts 0.</summary>
    public double MacroF1 => Classes.Where(c => !double.IsNaN(c.F1)).Select(c => c.F1).DefaultIfEmpty(double.NaN).Average();
}

/// <summary>Scores of one class.</summary>
/// <param name="Name">The class.</param>
/// <param name="Precision">Share of the samples predicted as the class that are of it; NaN where none was predicted.</param>
/// <param name="Recall">Share of the samples of the class that were predicted as it; NaN where there is none.</param>
/// <param name="F1">Harmonic mean of both, 2·hits / (true + predicted); NaN where the class occurs in neither.</param>
/// <param name="TrueCount">Samples of the class.</param>
/// <param name="PredictedCount">Samples predicted as the class.</param>
public sealed record ClassScore(string Name, double Precision, double Recall, double F1, int TrueCount, int PredictedCount);
