using Explain.Core;

namespace Explain.Render.Tests.Marks;

/// <summary>Marks that no figure of a run uses, as pictures that a person has looked at.</summary>
public class MarkSheetTests
{
    [Fact]
    public void Steps_areas_and_crowds_look_as_they_were_seen()
    {
        var scene = Sheet();
        Golden.MatchPng("marks", Canvases.Png.Encode(scene, 1.5));
        Golden.MatchSvg("marks", scene.ToSvg());
    }

    internal static Scene Sheet()
    {
        var theme = Theme.Light;
        Color Ink(int i) => Categories.At(i, theme);
        var values = new float[60_000];
        new CounterRandom(6, "sheet").FillNormal(values);
        // Bins of two widths, by the density in each.
        double[] edges = [-4, -3, -2.5, -2, -1.5, -1, -0.5, 0, 0.5, 1, 1.5, 2, 2.5, 3, 4];
        var (first, second) = (values[..4000], values[4000..8000]);
        double[] Heights(float[] sample, double shift) => [.. Enumerable.Range(0, edges.Length - 1).Select(i =>
            sample.Count(v => v + shift >= edges[i] && v + shift < edges[i + 1]) / (sample.Length * (edges[i + 1] - edges[i])))];
        double[] epochs = [.. Enumerable.Range(0, 21).Select(i => (double)i)];
        Point[] dots =
            [.. Enumerable.Range(0, 30_000).Select(i => new Point(values[2 * i], (0.6 * values[2 * i]) + (0.5 * values[(2 * i) + 1])))];
        Point[] orbit = [.. Enumerable.Range(0, 40_000)
            .Select(i => new Point(Math.Round(Math.Cos(i * 0.0131) * (1 + (i / 40_000.0)), 6), Math.Round(Math.Sin(i * 0.0173), 6)))];
        Plot[] plots =
        [
            new()
            {
                Title = "Histograms as steps",
                Marks =
                [
                    StepMark.Histogram(edges, Heights(first, -0.4), Ink(0)) with { Name = "before" },
                    StepMark.Histogram(edges, Heights(second, 0.6), Ink(1)) with { Name = "after" },
                ],
            },
            new()
            {
                Title = "A schedule", X = new Axis { Label = "epoch" },
                Marks = [.. new[] { StepPlace.After, StepPlace.Before, StepPlace.Middle }.Select((place, i) => new StepMark
                {
                    Points = [.. Enumerable.Range(0, 6).Select(k => new Point(k * 4, Math.Round(Math.Pow(0.6, k) + (0.02 * i), 6)))],
                    Place = place,
                    Color = Ink(i),
                    Name = $"{place}",
                    Dashes = i == 0 ? [] : [5, 3],
                })],
            },
            new()
            {
                Title = "An area",
                Marks = [new AreaMark
                {
                    At = epochs,
                    Values = [.. epochs.Select(e => e is 12 ? double.NaN : Math.Round(Math.Sin(e / 3), 6))],
                    Color = Ink(2),
                    Name = "gain",
                }],
            },
            new()
            {
                Title = "A stack", LabelEnds = true, X = new Axis { Label = "epoch" }, Y = new Axis { Percent = true },
                Marks = AreaMark.Stack(
                    epochs,
                    [
                        new("dead", [.. epochs.Select(e => 1 + (e / 5))], Ink(3)),
                        new("saturated", [.. epochs.Select(e => 2 + (e % 5 / 5))], Ink(1)),
                        new("working", [.. epochs.Select(e => 8 - (e / 10))], Ink(0)),
                    ],
                    shares: true),
            },
            new()
            {
                Title = "30,000 dots with rims",
                Marks = [new DotMark { Points = dots, Color = Ink(0), Rim = theme.Background, Radius = 3 }],
            },
            new() { Title = "30,000 translucent dots", Marks = [new DotMark { Points = dots, Color = Ink(1).WithAlpha(0.1), Radius = 2 }] },
            new() { Title = "40,000 points of one line", Marks = [new LineMark { Points = orbit, Color = Ink(4), Width = 1 }] },
            new()
            {
                Title = "One value, and long words", X = new Axis { Categories = ["equal", "spread"] },
                Marks =
                [
                    new ViolinMark { At = 0, Values = (float[])[.. Enumerable.Repeat(1f, 30)], Color = Ink(0) },
                    new ViolinMark { At = 1, Values = first, Color = Ink(1) },
                    new RuleMark { Y = 2.5, Label = "a rule whose words are far too long for the room that there is in so small a plot" },
                    new LabelMark { At = new Point(1.4, -3), Text = "moved inside", Color = Ink(2) },
                ],
            },
        ];
        const double Wide = 330, High = 230, Gap = 24;
        return new Scene(
            (2 * Wide) + (3 * Gap),
            (4 * High) + (5 * Gap),
            theme.Background,
            [.. plots.Select((plot, i) =>
                (plot with { Bounds = new Rect(Gap + (i % 2 * (Wide + Gap)), Gap + (i / 2 * (High + Gap)), Wide, High) }).Draw(theme))],
            new SceneInfo { Title = "Marks", AltText = "Marks." },
            TestFont.Face);
    }
}
