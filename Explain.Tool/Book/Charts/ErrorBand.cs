using Explain.Core;
using Explain.Render;

namespace Explain.Tool;

/// <summary>A mean within a band of its uncertainty.</summary>
internal static class ErrorBand
{
    public static ChartExample Example { get; } = new("error-band", "A band of error about a line",
        "For the mean of repeats and how far it may be off. Say in the picture what the band is (standard deviation, standard error, "
            + "95 % interval): they differ by factors.",
        Draw);

    private static Scene Draw(Theme theme)
    {
        const int Epochs = 40, Seeds = 8;
        var random = new CounterRandom(seed: 3, "band");
        var marks = new List<Mark>();
        foreach (var (name, ceiling, spread, index) in new[] { ("dropout 0.2", 0.93, 0.5, 0), ("no dropout", 0.88, 1.0, 1) })
        {
            double[] offsets = [.. Enumerable.Range(0, Seeds).Select(_ => 0.03 * spread * random.NextNormal())];
            double[][] runs = [.. offsets.Select(o =>
                Enumerable.Range(1, Epochs).Select(e => ceiling + o - (0.6 / (e + 0.5)) + (0.006 * random.NextNormal())).ToArray())];
            double[] at = [.. Enumerable.Range(1, Epochs).Select(e => (double)e)];
            double[] mean = [.. Enumerable.Range(0, Epochs).Select(e => runs.Average(run => run[e]))];
            double[] error =
                [.. Enumerable.Range(0, Epochs).Select(e => Math.Sqrt(runs.Average(run => (run[e] - mean[e]) * (run[e] - mean[e]))))];
            var color = Categories.At(index, theme);
            marks.Add(new BandMark
            {
                At = at,
                Lower = [.. mean.Zip(error, (m, d) => m - d)],
                Upper = [.. mean.Zip(error, (m, d) => m + d)],
                Color = color,
            });
            marks.Add(new LineMark
            {
                Name = name,
                Color = color,
                Dashes = index == 0 ? [] : [6, 3],
                Points = [.. at.Zip(mean, (x, y) => new Point(x, y))],
            });
        }
        return new Chart
        {
            Title = "Validation accuracy of eight seeds",
            Subtitle = "with dropout the runs end higher and nearer to each other",
            Plot = new Plot
            {
                Marks = marks,
                X = new Axis { Label = "epoch", Whole = true },
                Y = new Axis { Label = "validation accuracy", Percent = true, Limits = new Limits(0.5, 1) },
                LabelEnds = true,
            },
            Notes = ["Line: mean of eight seeds. Band: ± one standard deviation."],
            Description = "Two rising curves that level off after 15 epochs; the band of no dropout is about twice as wide.",
        }.Draw(theme);
    }
}
