using Explain.Core;

namespace Explain.Render;

/// <summary>What a snapshot's outputs on the probe mean, as pictures say it: texts, bars and their colours.</summary>
internal sealed class ProbeReading
{
    private readonly ProbeScores _scores;

    public ProbeReading(RunFolder run, Snapshot snapshot)
    {
        _scores = new ProbeScores(run, snapshot);
        var all = Core.Limits.Of(_scores.Values.Span.ToArray().Select(v => (double)v));
        Limits = IsProbability ? new Limits(0, 1) : (all.IsEmpty ? new Limits(0, 1) : all).Including(0).Including(1);
    }

    /// <summary>Probe samples with outputs.</summary>
    public int Count => _scores.Count;

    /// <summary>The predicted class of each.</summary>
    public IReadOnlyList<int> Predicted => _scores.Predicted;

    /// <summary>Whether all there is of two classes is one output that is no probability.</summary>
    public bool HasSingleOutput => _scores.Values.Columns == 1 && ClassNames.Count == 2 && !IsProbability;

    /// <summary>Where a single output turns from the first class to the second.</summary>
    public double Threshold => _scores.Threshold;

    /// <summary>What a single output should be for a class.</summary>
    public string Asked(int label) => label > 0 ? "1" : _scores.Targets == TargetEncoding.PlusMinusOne ? "−1" : "0";

    /// <summary>Whether scores are probabilities, to be printed in percent.</summary>
    public bool IsProbability => _scores.IsProbability;

    /// <summary>Ends of the bars of scores.</summary>
    public Limits Limits { get; }

    public IReadOnlyList<string> ClassNames => _scores.ClassNames;

    public int Label(int sample) => _scores.Label(sample);

    public bool IsRight(int sample) => _scores.IsRight(sample);

    /// <summary>
    /// One score a class; for a single output that is a probability, that of both classes; for another single output, itself.
    /// </summary>
    public IReadOnlyList<(string Name, double Score)> Scores(int sample) => _scores.Of(sample);

    /// <summary>The score of the predicted class.</summary>
    public double Confidence(int sample) => _scores.Confidence(sample);

    /// <summary>How far the largest score lies above the second; small where the network is uncertain.</summary>
    public double Margin(int sample) => _scores.Margin(sample);

    public string ScoreText(double score) =>
        IsProbability ? NumberFormat.Percent(score, score is (> 0.0995 and < 0.985) or >= 0.9995 ? 0 : 1) : NumberFormat.Value(score, 2);

    /// <summary>
    /// The bars of a sample: the true class in one colour, a wrong prediction in another, the rest muted; the largest where there are too
    /// many.
    /// </summary>
    public BarList Bars(int sample, Rect bounds, Theme theme, int most = 10)
    {
        var scores = Scores(sample).Select((s, c) => (s.Name, s.Score, Class: c)).ToList();
        bool single = scores.Count == 1;
        if (scores.Count > most)
        {
            scores = [.. scores.OrderByDescending(s => s.Class == Label(sample))
                .ThenByDescending(s => double.IsFinite(s.Score) ? s.Score : double.MinValue)
                .Take(most)
                .OrderBy(s => s.Class)];
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
