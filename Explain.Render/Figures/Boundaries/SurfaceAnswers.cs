using System.Runtime.InteropServices;
using Explain.Core;

namespace Explain.Render;

/// <summary>What a network of two inputs answers over a square of the plane, and at the samples.</summary>
internal sealed record SurfaceAnswers
{
    public required int Epoch { get; init; }

    public required Limits X { get; init; }

    public required Limits Y { get; init; }

    public required double[] Xs { get; init; }

    public required double[] Ys { get; init; }

    /// <summary>[row of Ys, column of Xs]: the output, or the lead of the largest score.</summary>
    public required double[,] Surface { get; init; }

    /// <summary>
    /// By how much the score of each class leads the largest of the others, so that its region ends where this is 0; empty where there is
    /// one output.
    /// </summary>
    public IReadOnlyList<double[,]> Margins { get; init; } = [];

    /// <summary>What the vertical axis shows: the same at every epoch.</summary>
    public required Limits Heights { get; init; }

    /// <summary>The output at which the answer turns.</summary>
    public required double Threshold { get; init; }

    /// <summary>Height of each sample: what was asked for, or the lead of its true class.</summary>
    public required double[] Targets { get; init; }

    /// <summary>The output at each sample, or the lead of its true class.</summary>
    public required double[] AtSamples { get; init; }

    public required int[] Predicted { get; init; }

    /// <summary>Share of the surface that lies beyond <see cref="Heights"/> and is shown level.</summary>
    public required double Clipped { get; init; }

    /// <summary>Share of the surface that is finite.</summary>
    public required double Finite { get; init; }

    public static SurfaceAnswers Of(RunFolder run, int epoch, PlaneAnswers answers, int across)
    {
        var samples = run.Probe.Samples;
        var (x, y) = answers.Plane;
        var readout = run.Info.Objective.Readout();
        var scores = readout.Scores(answers.Outputs);
        var own = readout.Scores(answers.AtSamples);
        bool single = scores.Columns == 1;
        bool signed = readout.Targets == TargetEncoding.PlusMinusOne;
        double[] leads = [.. Enumerable.Range(0, samples.Count).Select(i => single ? own[i, 0] : Lead(own.Row(i), samples.Labels[i]))];
        // One probability stays within 0 … 1; other outputs are shown a quarter beyond what is asked for.
        var asked = single ? (signed ? new Limits(-1, 1) : new Limits(0, 1)) : new Limits(leads.Any(l => l < 0) ? -1 : 0, 1);
        bool bounded = !single || readout.Loss.TakesLogits || run.Info.Network.Layers[^1].Activation.GivesShares;
        var heights = bounded ? asked : asked.Padded(0.25);
        var surface = new double[across, across];
        double[][,] margins = [.. Enumerable.Range(0, single ? 0 : scores.Columns).Select(_ => new double[across, across])];
        int finite = 0, clipped = 0;
        for (int i = 0; i < scores.Rows; i++)
        {
            double value = single ? scores[i, 0] : Lead(scores.Row(i), -1);
            surface[i / across, i % across] = value;
            for (int c = 0; c < margins.Length; c++)
                margins[c][i / across, i % across] = Math.Min(heights.Max, Lead(scores.Row(i), c));
            if (double.IsFinite(value)) finite++;
            if (double.IsFinite(value) && (value < heights.Min || value > heights.Max)) clipped++;
        }
        // What lies beyond is shown as a plateau: a hole would look as if the network had no answer there.
        foreach (ref double height in MemoryMarshal.CreateSpan(ref surface[0, 0], surface.Length))
            height = double.IsFinite(height) ? Math.Clamp(height, heights.Min, heights.Max) : double.NaN;
        return new SurfaceAnswers
        {
            Epoch = epoch,
            X = x,
            Y = y,
            Xs = Places(x, across),
            Ys = Places(y, across),
            Surface = surface,
            Margins = margins,
            Heights = heights,
            Threshold = readout.Loss.TakesLogits ? 0.5 : readout.Threshold,
            Targets = single ? [.. samples.Labels.Select(l => l > 0 ? 1 : signed ? -1.0 : 0)] : leads,
            AtSamples = leads,
            Predicted = readout.PredictedClasses(answers.AtSamples),
            Clipped = (double)clipped / scores.Rows,
            Finite = (double)finite / scores.Rows,
        };
    }

    private static double[] Places(Limits limits, int across) =>
        [.. Enumerable.Range(0, across).Select(i => limits.Min + (limits.Span * i / (across - 1)))];

    /// <summary>The score of a class, or the largest where negative, less the largest of the others.</summary>
    private static double Lead(ReadOnlySpan<float> scores, int of)
    {
        if (of < 0)
        {
            of = 0;
            for (int c = 1; c < scores.Length; c++)
            {
                if (scores[c] > scores[of]) of = c;
            }
        }
        if (of >= scores.Length) return double.NaN;
        double other = double.NegativeInfinity;
        for (int c = 0; c < scores.Length; c++)
        {
            if (c != of) other = double.IsNaN(scores[c]) ? double.NaN : Math.Max(other, scores[c]);
        }
        return scores[of] - other;
    }
}
