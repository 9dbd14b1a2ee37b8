using Explain.Core;

namespace Explain.Render;

/// <summary>What a snapshot's outputs on the probe mean: scores, classes, right and wrong.</summary>
internal sealed class ProbeReading
{
    private readonly Matrix _scores;
    private readonly Probe _probe;
    private readonly bool _signed;

    public ProbeReading(RunFolder run, Snapshot snapshot)
    {
        _probe = run.Probe;
        var readout = run.Info.Objective.Readout();
        Threshold = readout.Threshold;
        _signed = readout.Targets == TargetEncoding.PlusMinusOne;
        Count = Math.Min(_probe.Samples.Count, snapshot.ProbeOutputs.Rows);
        _scores = readout.Scores(snapshot.ProbeOutputs);
        Predicted = readout.PredictedClasses(snapshot.ProbeOutputs);
        bool shares = run.Info.Network.Layers is [.., { Activation.GivesShares: true }];
        bool squashed = readout.Loss.TakesLogits || shares;
        IsProbability = squashed && readout.Targets != TargetEncoding.PlusMinusOne;
        var all = Core.Limits.Of(_scores.Span.ToArray().Select(v => (double)v));
        Limits = IsProbability ? new Limits(0, 1) : (all.IsEmpty ? new Limits(0, 1) : all).Including(0).Including(1);
    }

    /// <summary>Probe samples with outputs.</summary>
    public int Count { get; }

    /// <summary>The predicted class of each.</summary>
    public int[] Predicted { get; }

    /// <summary>Whether all there is of two classes is one output that is no probability.</summary>
    public bool HasSingleOutput => _scores.Columns == 1 && ClassNames.Count == 2 && !IsProbability;

    /// <summary>Where a single output turns from the first class to the second.</summary>
    public double Threshold { get; }

    /// <summary>What a single output should be for a class.</summary>
    public string Asked(int label) => label > 0 ? "1" : _signed ? "−1" : "0";

    /// <summary>Whether scores are probabilities, to be printed in percent.</summary>
    public bool IsProbability { get; }

    /// <summary>Ends of the bars of scores.</summary>
    public Limits Limits { get; }

    public IReadOnlyList<string> ClassNames => _probe.Samples.ClassNames;

    public int Label(int sample) => _probe.Samples.Labels[sample];

    public bool IsRight(int sample) => Predicted[sample] == Label(sample);

    /// <summary>One score a class; for a single output that is a probability, that of both classes; for another single output, itself.</summary>
    public IReadOnlyList<(string Name, double Score)> Scores(int sample)
    {
        var row = _scores.Row(sample);
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
        var scores = Scores(sample);
        return scores[Math.Min(scores.Count - 1, Predicted[sample])].Score;
    }

    /// <summary>How far the largest score lies above the second; small where the network is uncertain.</summary>
    public double Margin(int sample)
    {
        double[] scores = [.. Scores(sample).Select(s => s.Score).OrderDescending()];
        return scores.Length > 1 ? scores[0] - scores[1] : Math.Abs(scores[0] - Threshold);
    }

    public string ScoreText(double score) => IsProbability ? NumberFormat.Percent(score, score is (> 0.0995 and < 0.985) or >= 0.9995 ? 0 : 1) : NumberFormat.Value(score, 2);

    /// <summary>The bars of a sample: the true class in one colour, a wrong prediction in another, the rest muted; the largest where there are too many.</summary>
    public BarList Bars(int sample, Rect bounds, Theme theme, int most = 10)
    {
        var scores = Scores(sample).Select((s, c) => (s.Name, s.Score, Class: c)).ToList();
        bool single = scores.Count == 1;
        if (scores.Count > most)
        {
            scores = [.. scores.OrderByDescending(s => s.Class == Label(sample)).ThenByDescending(s => double.IsFinite(s.Score) ? s.Score : double.MinValue).Take(most).OrderBy(s => s.Class)];
        }
        return new BarList
        {
            Bounds = bounds,
            Limits = Limits,
            Size = Typography.Small,
            MostLabel = 0.45,
            WidestValue = IsProbability ? NumberFormat.Percent(0.999) : "",
            Bars =
            [
                .. scores.Select(s =>
                {
                    bool predicted = single || s.Class == Predicted[sample];
                    bool right = single ? IsRight(sample) : s.Class == Label(sample);
                    var color = right ? Right(theme) : predicted ? Wrong(theme) : theme.Muted.WithAlpha(0.45);
                    return new Bar(s.Name, s.Score, predicted || right ? ScoreText(s.Score) : "", color) { Strong = right || predicted };
                }),
            ],
        };
    }

    public static Color Right(Theme theme) => Categories.At(0, theme);

    public static Color Wrong(Theme theme) => Categories.At(1, theme);
}
