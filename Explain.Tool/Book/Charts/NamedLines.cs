using Explain.Core;
using Explain.Render;

namespace Explain.Tool;

/// <summary>Lines whose names stand at their ends.</summary>
internal static class NamedLines
{
    public static ChartExample Example { get; } = new("lines", "Lines with their names at the ends",
        "For a few curves over a common axis: a name at the end of a line needs no search in a legend. Beware of more than about seven; "
            + "draw the others in grey.",
        Draw);

    private static Scene Draw(Theme theme)
    {
        (string Name, double Rate)[] rates = [("rate 0.3", 0.62), ("rate 0.1", 0.80), ("rate 0.03", 0.90), ("rate 0.01", 0.955)];
        var random = new CounterRandom(seed: 1, "lines");
        var lines = rates.Select((rate, i) =>
        {
            double loss = 2.3;
            return new LineMark
            {
                Name = rate.Name,
                Color = Categories.At(i, theme),
                Dashes = Categories.DashesAt(i, theme),
                Points = [.. Enumerable.Range(0, 31).Select(epoch =>
                    new Point(epoch, loss = epoch == 0 ? loss : 0.14 + (rate.Rate * (loss - 0.14)) + (0.012 * random.NextNormal())))],
            };
        }).ToArray();
        return new Chart
        {
            Title = "Loss by learning rate",
            Subtitle = "the largest rate is done after 10 epochs, the smallest not after 30",
            Plot = new Plot
            {
                Marks = lines,
                X = new Axis { Label = "epoch", Whole = true },
                Y = new Axis { Label = "loss", Include = [0] },
                LabelEnds = true,
            },
            Table = new DataTable(
                ["rate", "final loss"],
                [.. lines.Select(line => (IReadOnlyList<string>)[line.Name, NumberFormat.Value(line.Points[^1].Y)])]),
        }.Draw(theme);
    }
}
