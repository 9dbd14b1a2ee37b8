namespace Explain.Core;

/// <summary>What a snapshot's outputs on the probe samples mean: scores, classes, right and wrong.</summary>
public sealed class ProbeScores
{
    private readonly Dataset _samples;

    /// <summary>Reads the outputs as the run's loss and targets have it.</summary>
    public ProbeScores(RunFolder run, Snapshot snapshot)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(snapshot);
        _samples = run.Probe.Samples;
        var readout = run.Info.Objective.Readout();
        Threshold = readout.Threshold;
        Targets = readout.Targets;
        Count = Math.Min(_samples.Count, snapshot.ProbeOutputs.Rows);
        Values = readout.Scores(snapshot.ProbeOutputs);
        Predicted = readout.PredictedClasses(snapshot.ProbeOutputs);
        bool squashed = readout.Loss.TakesLogits || run.Info.Network.Layers is [.., { Activation.GivesShares: true }];
        IsProbability = squashed && readout.Targets != TargetEncoding.PlusMinusOne;
    }

    /// <summary>Probe samples with outputs.</summary>
    public int Count { get; }

    /// <summary>The predicted class of each.</summary>
    public IReadOnlyList<int> Predicted { get; }

    /// <summary>Samples × outputs: probabilities where the loss takes logits, the outputs themselves otherwise.</summary>
    public Matrix Values { get; }

    /// <summary>Where a single output turns from the first class to the second.</summary>
    public double Threshold { get; }

    /// <summary>How labels were encoded.</summary>
    public TargetEncoding Targets { get; }

    /// <summary>Whether scores are probabilities.</summary>
    public bool IsProbability { get; }

    /// <summary>Names of the classes.</summary>
    public IReadOnlyList<string> ClassNames => _samples.ClassNames;

    /// <summary>The true class of a sample.</summary>
    public int Label(int sample) => _samples.Labels[sample];

    /// <summary>Whether a sample was taken for what it is.</summary>
    public bool IsRight(int sample) => Predicted[sample] == Label(sample);

    /// <summary>
    /// One score a class; for a single output that is a probability, that of both classes; for another single output, itself.
    /// </summary>
    public IReadOnlyList<(string Name, double Score)> Of(int sample)
    {
        var row = Values.Row(sample);
        if (row.Length == 1 && ClassNames.Count == 2 && IsProbability) return [(ClassNames[0], 1.0 - row[0]), (ClassNames[1], row[0])];
        if (row.Length == 1) return [("output", row[0])];
        var scores = new List<(string, double)>();
        for (int c = 0; c < row.Length; c++)
            scores.Add((c < ClassNames.Count ? ClassNames[c] : $"{c}", row[c]));
        return scores;
    }

    /// <summary>The score of the predicted class.</summary>
    public double Confidence(int sample)
    {
        var scores = Of(sample);
        return scores[Math.Min(scores.Count - 1, Predicted[sample])].Score;
    }

    /// <summary>How far the largest score lies above the second; small where the network is uncertain.</summary>
    public double Margin(int sample)
    {
        double[] scores = [.. Of(sample).Select(s => s.Score).OrderDescending()];
        return scores.Length > 1 ? scores[0] - scores[1] : Math.Abs(scores[0] - Threshold);
    }
}
