using Explain.Core;
using Explain.Render;

namespace Explain.Tool;

/// <summary>Things of several properties as lines.</summary>
internal static class ParallelLines
{
    public static ChartExample Example { get; } = new("parallel", "Parallel coordinates",
        "For things of four to eight properties, such as the runs of a sweep. Only neighbours can be compared, "
            + "so the order of the axes matters; beware of more than a few hundred lines.",
        Draw);

    private static Scene Draw(Theme theme)
    {
        const int Count = 60;
        string[] optimisers = ["sgd", "momentum", "adam"];
        var random = new CounterRandom(seed: 19, "parallel");
        var trials = Enumerable.Range(0, Count).Select(i =>
        {
            int optimiser = random.NextInt32(3), width = 16 << random.NextInt32(5);
            double tenths = random.NextInt32(31) / 10.0, dropout = random.NextInt32(6) / 10.0;
            double off = tenths - (optimiser == 2 ? 0.8 : 2);
            double accuracy = 0.97 - (0.05 * off * off) - (0.12 * dropout * dropout) - (0.6 / width) + (0.008 * random.NextNormal());
            return (Optimiser: optimiser, Width: width, Rate: 0.001 * PortableMath.Pow(10, tenths), Dropout: dropout, Accuracy: Math.Min(
                accuracy, 0.99));
        }).ToArray();
        var colors = new ColorScale(ColorMap.Sequential(theme), Limits.Of(trials.Select(r => r.Accuracy)), theme.Muted);
        int best = Enumerable.Range(0, Count).MaxBy(i => trials[i].Accuracy);
        return new Chart
        {
            Title = "60 trials of a sweep",
            Subtitle = $"best: {optimisers[trials[best].Optimiser]}, rate {NumberFormat.Value(trials[best].Rate, 2)}, "
                + $"{NumberFormat.Percent(trials[best].Accuracy)}",
            Width = 640,
            Body = (t, bounds) => new ParallelCoordinates
            {
                Bounds = bounds,
                Axes =
                [
                    new ParallelAxis("optimiser", [.. trials.Select(r => (double)r.Optimiser)]) { Categories = optimisers },
                    new ParallelAxis("rate", [.. trials.Select(r => r.Rate)]) { Log = true },
                    new ParallelAxis("units", [.. trials.Select(r => (double)r.Width)]) { Log = true },
                    new ParallelAxis("dropout", [.. trials.Select(r => r.Dropout)]),
                    new ParallelAxis("accuracy", [.. trials.Select(r => r.Accuracy)]) { Percent = true },
                ],
                Colors = [.. trials.Select(r => colors.At(r.Accuracy))],
                Best = best,
            }.Draw(t),
            Colors = colors,
            ColorLabel = "accuracy; the thick line is the best",
            Table = new DataTable(["optimiser", "rate", "units", "dropout", "accuracy"], [.. trials.Select(r => (IReadOnlyList<string>)
            [
                optimisers[r.Optimiser],
                NumberFormat.Value(r.Rate),
                $"{r.Width}",
                NumberFormat.Value(r.Dropout),
                NumberFormat.Percent(r.Accuracy),
            ])]),
        }.Draw(theme);
    }
}
