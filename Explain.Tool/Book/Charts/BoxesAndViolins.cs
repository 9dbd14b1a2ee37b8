using Explain.Core;
using Explain.Render;

namespace Explain.Tool;

/// <summary>Boxes and violins of the same samples.</summary>
internal static class BoxesAndViolins
{
    public static ChartExample Example { get; } = new("box-violin", "Boxes and violins",
        "Boxes for comparing many samples by five numbers, violins where the shape matters. A box hides that a sample has two hills, "
            + "as the third one has; a violin of few values invents a smooth shape.",
        Draw);

    private static Scene Draw(Theme theme)
    {
        string[] names = ["normal", "skewed", "two hills", "heavy tails"];
        var random = new CounterRandom(seed: 9, "violins");
        float[][] samples = [.. names.Select((_, kind) => Enumerable.Range(0, 600).Select(i =>
        {
            float z = random.NextNormal();
            return kind switch
            {
                0 => z,
                1 => (z * z) - 1,
                2 => (i % 2 == 0 ? -1.6f : 1.6f) + (0.5f * z),
                _ => 0.4f * z / (0.15f + random.NextSingle()),
            };
        }).ToArray())];
        var limits = new Limits(-4, 6);
        return new Chart
        {
            Title = "Four samples in two forms",
            Subtitle = "a box shows where the middle half lies, a violin how it is spread",
            Plot = new Plot
            {
                Marks =
                [
                    .. samples.Select((sample, i) => new ViolinMark
                    {
                        At = i - 0.2,
                        Width = 0.5,
                        Values = sample,
                        Color = Categories.At(i, theme),
                        Name = $"{names[i]}, violin",
                    }),
                    .. samples.Select((sample, i) => new BoxMark
                    {
                        At = i + 0.26,
                        Width = 0.22,
                        Values = sample,
                        Color = Categories.At(i, theme),
                        Notched = true,
                        Name = $"{names[i]}, box",
                    }),
                ],
                X = new Axis { Categories = names },
                Y = new Axis { Label = "value", Limits = limits },
            },
            Notes =
            [
                $"{samples.Sum(s => s.Count(v => v < limits.Min || v > limits.Max))} of {samples.Sum(s => s.Length)} values lie beyond "
                    + "the axis. Notches: the median within about 95 %.",
            ],
            Table = new DataTable(
                ["sample", "lower quartile", "median", "upper quartile"],
                [.. samples.Select((s, i) => (Name: names[i], Box: BoxSummary.Of(s)!)).Select(r => (IReadOnlyList<string>)
                [
                    r.Name,
                    NumberFormat.Value(r.Box.Lower),
                    NumberFormat.Value(r.Box.Median),
                    NumberFormat.Value(r.Box.Upper),
                ])]),
        }.Draw(theme);
    }
}
