using Explain.Core;
using Explain.Render;

namespace Explain.Tool;

/// <summary>Bars beside each other with their values.</summary>
internal static class GroupedBars
{
    public static ChartExample Example { get; } = new("bars", "Bars with values, in groups",
        "For few numbers that are compared within and between categories. Bars begin at zero, always; where only differences matter, "
            + "use points with intervals.",
        Draw);

    private static Scene Draw(Theme theme)
    {
        string[] tasks = ["digits", "spirals", "moons", "circles"];
        (string Name, double[] Values)[] groups =
            [("relu", [0.982, 0.941, 0.995, 0.990]), ("tanh", [0.974, 0.967, 0.991, 0.993]), ("sigmoid", [0.951, 0.712, 0.902, 0.964])];
        var bars = groups.Select((group, i) => new BarMark
        {
            Name = group.Name,
            Color = Categories.At(i, theme),
            Values = group.Values,
            Texts = [.. group.Values.Select(v => NumberFormat.Fixed(100 * v, 0))],
            Group = i,
            Groups = groups.Length,
        });
        return new Chart
        {
            Title = "Accuracy by task and activation",
            Subtitle = "sigmoid falls behind on spirals only",
            Plot = new Plot
            {
                Marks = [.. bars],
                X = new Axis { Categories = tasks },
                Y = new Axis { Label = "test accuracy", Percent = true, Limits = new Limits(0, 1.08) },
                Legend = LegendPlace.Above,
            },
            Table = new DataTable(
                ["task", .. groups.Select(g => g.Name)],
                [.. tasks.Select((task, t) => (IReadOnlyList<string>)[task, .. groups.Select(g => NumberFormat.Percent(g.Values[t]))])]),
        }.Draw(theme);
    }
}
