using Explain.Core;
using Explain.Render;

namespace Explain.Tool;

/// <summary>Histograms of two samples as steps.</summary>
internal static class StepHistograms
{
    public static ChartExample Example { get; } = new("steps", "Histograms as steps",
        "For two or three samples in one plot: outlines stay readable where filled bars hide each other. Heights are densities, so bins "
            + "may be of different widths and samples of different sizes. `StepMark` also draws schedules and empirical distributions.",
        Draw);

    private static Scene Draw(Theme theme)
    {
        double[] edges = [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95, 1];
        var random = new CounterRandom(seed: 12, "steps");
        var marks = new List<Mark>();
        foreach (var (name, count, spread, index) in new[] { ("right", 1_800, 0.16, 0), ("wrong", 200, 0.34, 1) })
        {
            double[] confidence = [.. Enumerable.Range(0, count).Select(_ => 1 - Math.Min(0.999, Math.Abs(spread * random.NextNormal())))];
            double[] density =
                [.. edges.Skip(1).Select((end, i) => confidence.Count(c => c >= edges[i] && c < end) / (count * (end - edges[i])))];
            marks.Add(
                StepMark.Histogram(edges, density, Categories.At(index, theme)) with { Name = name, Dashes = index == 0 ? [] : [6, 3] });
        }
        return new Chart
        {
            Title = "Confidence of right and wrong answers",
            Subtitle = "200 wrong answers of 2,000: many of them are confident too",
            Plot = new Plot
            {
                Marks = marks,
                X = new Axis { Label = "probability of the answer", Percent = true, Limits = new Limits(0, 1) },
                Y = new Axis { Label = "density" },
                Legend = LegendPlace.Corner,
            },
            Notes = ["Bins are 10 % wide up to 50 % and 5 % wide above."],
            Description = "Both histograms rise towards 100 %; that of the wrong answers is much flatter and reaches down to 0 %.",
        }.Draw(theme);
    }
}
