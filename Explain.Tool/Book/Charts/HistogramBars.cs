using Explain.Core;
using Explain.Render;

namespace Explain.Tool;

/// <summary>A histogram.</summary>
internal static class HistogramBars
{
    public static ChartExample Example { get; } = new("histogram", "A histogram",
        "For the shape of one sample. Beware of the bins: too few hide a second hill, too many draw the noise; "
            + "try two widths before you believe a shape.",
        Draw);

    private static Scene Draw(Theme theme)
    {
        const int Bins = 48;
        const double Least = -4, Most = 6;
        var random = new CounterRandom(seed: 5, "histogram");
        var counts = new double[Bins];
        for (int i = 0; i < 20_000; i++)
        {
            double value = i % 10 < 7 ? random.NextNormal() : 3 + (0.6 * random.NextNormal());
            int bin = (int)((value - Least) / (Most - Least) * Bins);
            if (value >= Least && bin < Bins) counts[bin]++;
        }
        return new Chart
        {
            Title = "20,000 values",
            Subtitle = "two hills, at 0 and at 3",
            Plot = new Plot
            {
                Marks = [new HistogramMark { Minimum = Least, Maximum = Most, Heights = counts, Color = Categories.At(0, theme) }],
                X = new Axis { Label = "value" },
                Y = new Axis { Label = "number in a bin", Include = [0], Nice = true },
            },
            Notes = [$"{Bins} bins of {NumberFormat.Value((Most - Least) / Bins)}."],
            Table = new DataTable(["from", "number"], [.. counts.Select((n, i) =>
                (IReadOnlyList<string>)[NumberFormat.Fixed(Least + (i * (Most - Least) / Bins), 2), NumberFormat.Count((long)n)])]),
        }.Draw(theme);
    }
}
