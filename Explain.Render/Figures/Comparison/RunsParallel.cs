using System.Globalization;
using Explain.Core;

namespace Explain.Render;

/// <summary>The runs of a sweep as lines across their settings to what they came to.</summary>
public sealed class RunsParallel(FigureRequest request) : Figure(Kind, request)
{
    private const double PerAxis = 130;
    private const double MostPerAxis = 190;
    private const double Height = 340;
    private const int MostSettings = 7;
    private const double LogFrom = 20;
    private const double LeastContrast = 1.9;

    /// <summary>Of several runs.</summary>
    public RunsParallel(IReadOnlyList<RunFolder> runs)
        : this(new FigureRequest { Runs = runs })
    {
    }

    /// <summary>Its entry in the catalogue.</summary>
    public static FigureKind Kind { get; } = new(
        "runs-parallel", "Settings and results of all runs",
        "Every run as a line across the settings that differ to its final loss and accuracy.",
        "One line a run: it crosses each axis at the run's setting and, at the right, at the loss and the accuracy it ended with. "
            + "Colour is the rank of that accuracy; the thick line is the best run. A setting that matters has lines of one colour through "
            + "one of its values; where colours mix at every value, it hardly matters.",
        FigureScope.Runs, PerLayer: false, [], _ => true, request => new RunsParallel(request))
    {
        Beware = "Lines show what happened to be tried, not what would happen: settings that changed together cannot be told apart. "
            + "One run a setting says nothing about chance; repeat with other seeds.",
        Program = """
        var figure = new RunsParallel(runs);
        figure.Draw(Theme.Light).SavePng("runs-parallel.png");
        """,
    };

    /// <inheritdoc/>
    public override Scene Draw(Theme theme)
    {
        var runs = Request.Runs;
        var labels = RunLabels.Of(runs);
        var results = runs.Select(run => RunResults.Of(run.Outcome, run.Metrics)).ToArray();
        string data = new[] { "test", "validation" }.FirstOrDefault(d => results.All(r => double.IsFinite(r.Final($"{d} accuracy"))))
            ?? "train";
        double[] accuracy = [.. results.Select(r => r.Final($"{data} accuracy"))], loss = [.. results.Select(r => r.Final($"{data} loss"))];
        // As one says it.
        if (data == "train") data = "training";
        if (!accuracy.Any(double.IsFinite))
            return Missing(theme, "No run has finished an epoch, so there is no accuracy to compare.");
        var differing = runs.SelectMany(r => r.Info.Settings.Select(s => s.Key))
            .Distinct()
            .Select(key => (Key: key, Values: runs.Select(r => Setting(r, key)).ToArray()))
            .Where(s => s.Values.Distinct().Count() > 1)
            .ToArray();
        if (differing.Length == 0 && runs.Select(r => r.Info.Seed).Distinct().Count() > 1)
            differing = [("seed", [.. runs.Select(r => r.Info.Seed.ToString(CultureInfo.InvariantCulture))])];
        bool same = differing.Length == 0;
        // Lines need two axes: runs that share all settings start from their names.
        if (same) differing = [("run", [.. labels])];
        var axes = differing.Take(MostSettings).Select(s => Axis(s.Key, s.Values)).ToList();
        bool hasLoss = loss.Any(double.IsFinite) && loss.All(v => !(Math.Abs(v) > 1e30));
        if (hasLoss)
            axes.Add(new ParallelAxis($"{data} loss", [.. loss.Select(v => double.IsFinite(v) ? v : double.NaN)]) { Log = IsWide(loss) });
        axes.Add(new ParallelAxis($"{data} accuracy", [.. accuracy.Select(v => double.IsFinite(v) && Math.Abs(v) < 1e30 ? v : double.NaN)])
        {
            Percent = true,
        });
        var map = ColorMap.Sequential(theme);
        // By rank: results crowd near the best, and equal steps of accuracy would give most lines one colour.
        double[] ranked = [.. axes[^1].Values.Where(double.IsFinite).Distinct().Order()];
        double Place(double v) => ranked.Length < 2 ? 1 : (double)Array.BinarySearch(ranked, v) / (ranked.Length - 1);
        double faintest = Faintest(theme);
        Color Shade(double v) => double.IsFinite(v) ? map.At(faintest + ((1 - faintest) * Place(v))) : theme.Muted;
        int best = Enumerable.Range(0, runs.Count)
            .Where(i => double.IsFinite(accuracy[i]) && runs[i].Outcome.Status != RunStatus.Diverged)
            .DefaultIfEmpty(-1)
            .MaxBy(i => i < 0 ? double.NegativeInfinity : accuracy[i]);
        // As far apart as the names beside them need, so that lines are still seen between.
        double[] names =
            [.. axes.Select(a => (a.Categories ?? []).Select(n => theme.Face.Measure(n, Typography.Small)).DefaultIfEmpty(0).Max())];
        double perAxis = Math.Clamp(Math.Max((2 * names[0]) + 16, (names.Skip(1).Max() / 0.75) + 18), PerAxis, MostPerAxis);
        double width = Math.Max(420, axes.Count * perAxis);
        var lines = new ParallelCoordinates
        {
            Axes = axes,
            Colors = [.. axes[^1].Values.Select(Shade)],
            Best = best < 0 ? null : best,
            Names = labels,
            Bounds = new Rect(0, 0, width, Height),
        };
        string finding = best < 0 ? "no run came to a result" : $"best is {labels[best]} with {NumberFormat.Percent(accuracy[best])}";
        var notes = new List<string>();
        if (best >= 0) notes.Add($"Thick: {labels[best]}.");
        if (same) notes.Add("The runs do not differ in any recorded setting.");
        if (differing.Length > MostSettings)
            notes.Add(
                $"{MostSettings} of {differing.Length} settings that differ are shown; "
                    + $"not {string.Join(", ", differing.Skip(MostSettings).Select(d => d.Key).Take(8))}.");
        if (axes.Any(a => a.Values.Any(v => !double.IsFinite(v)))) notes.Add("\"none\": the run does not have this setting or result.");
        return new Page
        {
            Theme = theme,
            Subtitle = $"{runs.Count} run{(runs.Count == 1 ? "" : "s")} · {finding}",
            BodyWidth = width,
            BodyHeight = Height + (ranked.Length > 1 ? 8 + ColorBar.Height : 0),
            Body = [new GroupNode([.. lines.Draw(theme)]) { Label = Kind.Title }, .. ranked.Length > 1 ? Key(ranked, data, theme) : []],
            Notes = notes,
            Width = Request.Width,
            Info = new SceneInfo
            {
                Title = Kind.Title,
                Caption = $"{runs.Count} runs across {string.Join(", ", axes.Select(a => a.Log ? a.Name + " (logarithmic)" : a.Name))}. "
                    + "Lines through one category are spread a little.",
                AltText = $"Parallel coordinates of {runs.Count} runs across {axes.Count} axes: {finding}.",
                Description = $"Axes from the left: {string.Join(", ", axes.Select(a => a.Name))}.",
                Table = new DataTable(
                    ["run", .. differing.Select(d => d.Key), $"{data} loss", $"{data} accuracy"],
                    [.. Enumerable.Range(0, Math.Min(500, runs.Count)).Select(i => (IReadOnlyList<string>)
                    [
                        labels[i],
                        .. differing.Select(d => d.Values[i] ?? "none"),
                        NumberFormat.Value(loss[i]),
                        NumberFormat.Percent(accuracy[i], 2),
                    ])]),
                Command = Command,
            },
        }.ToScene();
    }

    // Where the map begins to stand out from the page: a thin line of its first colours would be lost.
    private static double Faintest(Theme theme)
    {
        const int Steps = 100;
        var map = ColorMap.Sequential(theme);
        return Enumerable.Range(0, Steps / 2).Select(i => i / (double)Steps)
            .FirstOrDefault(t => Contrast.Ratio(map.At(t), theme.Background) >= LeastContrast, 0.5);
    }

    // The ends and the middle of a scale of ranks.
    private static IEnumerable<Node> Key(double[] ranked, string data, Theme theme)
    {
        const int Steps = 64;
        const double Across = 180;
        var map = ColorMap.Sequential(theme);
        double faintest = Faintest(theme);
        double baseline = Height + 8 + 8 + 3 + (Typography.Small * 0.8);
        yield return new PixelsNode(
            Steps,
            1,
            [.. Enumerable.Range(0, Steps).Select(i => map.At(faintest + ((1 - faintest) * i / (Steps - 1))))],
            new Rect(0, Height + 8, Across, 8),
            Sampling.Bilinear);
        yield return new TextNode(NumberFormat.Percent(ranked[0]), new Point(0, baseline), Typography.Small, theme.Muted);
        if (ranked.Length > 2)
            yield return new TextNode(
                NumberFormat.Percent(ranked[ranked.Length / 2]),
                new Point(Across * (ranked.Length / 2) / (ranked.Length - 1), baseline),
                Typography.Small,
                theme.Muted,
                TextAnchor.Middle);
        yield return new TextNode(
            NumberFormat.Percent(ranked[^1]), new Point(Across, baseline), Typography.Small, theme.Muted, TextAnchor.End);
        yield return new TextNode(
            $"{data} accuracy, coloured by rank",
            new Point(Across + 10, Height + 12 + (theme.Face.CapHeight * Typography.Small / 2)),
            Typography.Small,
            theme.Muted);
    }

    private static string? Setting(RunFolder run, string key) =>
        run.Info.Settings.Where(s => s.Key == key).Select(s => s.Value).FirstOrDefault();

    // Numbers where all of them are; categories in the order in which they first occur otherwise.
    private static ParallelAxis Axis(string name, string?[] values)
    {
        double[] numbers =
            [.. values.Select(v => double.TryParse(v, CultureInfo.InvariantCulture, out double x) && double.IsFinite(x) ? x : double.NaN)];
        if (values.Zip(numbers).All(p => p.First is null || !double.IsNaN(p.Second)))
            return new ParallelAxis(name, numbers) { Log = IsWide(numbers) };
        string[] names = [.. values.OfType<string>().Distinct()];
        return new ParallelAxis(name, [.. values.Select(v => v is null ? double.NaN : Array.IndexOf(names, v))]) { Categories = names };
    }

    private static bool IsWide(double[] values)
    {
        var limits = Limits.Of(values);
        return !limits.IsEmpty && limits.Min > 0 && limits.Max / limits.Min >= LogFrom;
    }
}
