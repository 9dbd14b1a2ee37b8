using Explain.Core;

namespace Explain.Render;

/// <summary>The accuracy that each run ended with, as bars with values, best on top.</summary>
public sealed class FinalAccuracy(FigureRequest request) : Figure(Kind, request)
{
    private const double Width = 560;
    private const double RowHeight = 22;
    private const int MostRows = 80;

    /// <summary>Of several runs.</summary>
    public FinalAccuracy(IReadOnlyList<RunFolder> runs)
        : this(new FigureRequest { Runs = runs })
    {
    }

    /// <summary>Its entry in the catalogue.</summary>
    public static FigureKind Kind { get; } = new(
        "final-accuracy", "Final accuracy", "The accuracy each run ended with, best on top.",
        "One bar a run; its length is the share of samples it classified correctly, from none to all. "
            + "Differences of a percent or less may be chance: repeat with other seeds before you believe them.",
        FigureScope.Runs, PerLayer: false, [], _ => true, request => new FinalAccuracy(request))
    {
        Beware = "Bars say nothing about the spread between seeds, and the last epoch need not be the best. "
            + "Where classes are of unequal size, naming the largest one always already gives a long bar.",
        Program = """
        new FinalAccuracy(runs).Draw(Theme.Light).SavePng("final-accuracy.png");
        """,
    };

    /// <inheritdoc/>
    public override Scene Draw(Theme theme)
    {
        string name = new[] { "test accuracy", "validation accuracy" }
            .FirstOrDefault(held => Request.Runs.All(run => double.IsFinite(Final(run, held))))
            ?? "train accuracy";
        string data = name == "train accuracy" ? "training accuracy" : name;
        var labels = RunLabels.Of(Request.Runs);
        // A diverged run has no result: it stands below those that have one.
        var all = Request.Runs.Select((run, index) => (Run: run, Name: labels[index], Value: Final(run, name)))
            .OrderByDescending(r => IsResult(r.Run, r.Value))
            .ThenByDescending(r => double.IsFinite(r.Value) ? r.Value : -1)
            .ThenBy(r => r.Name, StringComparer.Ordinal)
            .ToArray();
        if (!all.Any(r => double.IsFinite(r.Value)))
            return Missing(theme, "No run has finished an epoch, so there is no accuracy to compare.");
        var shown = all.Take(MostRows).ToArray();
        double height = shown.Length * RowHeight;
        var bars = new BarList
        {
            Bounds = new Rect(0, 0, Width, height),
            Limits = new Limits(0, 1),
            Bars = [.. shown.Select(r => new Bar(
                r.Name, r.Value, Label(r.Run, r.Value), IsResult(r.Run, r.Value) ? Categories.At(0, theme) : theme.Muted.WithAlpha(0.35)))],
        };
        var ranked = all.Where(r => IsResult(r.Run, r.Value)).ToArray();
        string[] findings =
        [
            .. ranked.Length > 0 ? [$"{ranked[0].Name} is best with {NumberFormat.Percent(ranked[0].Value)}"] : Array.Empty<string>(),
            .. ranked.Length > 1 ? [$"{ranked[^1].Name} is last with {NumberFormat.Percent(ranked[^1].Value)}"] : Array.Empty<string>(),
            .. ranked.Length < all.Length ? [$"{all.Length - ranked.Length} of {all.Length} runs have no result"] : Array.Empty<string>(),
        ];
        string finding = string.Join(", ", findings);
        return new Page
        {
            Theme = theme,
            Subtitle = $"{data} after the last epoch · {finding}",
            BodyWidth = Width,
            BodyHeight = height,
            Body = [new GroupNode([.. bars.Draw(theme)]) { Label = Kind.Title }],
            Width = Request.Width,
            Notes = shown.Length < all.Length ? [$"The {MostRows} best of {all.Length} runs."] : [],
            Info = new SceneInfo
            {
                Title = Kind.Title,
                Caption = $"{char.ToUpperInvariant(data[0])}{data[1..]} of {all.Length} runs at their end. "
                    + "The bars begin at 0\u00A0% and full width is 100\u00A0%.",
                AltText = $"Bar chart of the {data} of {all.Length} runs: {finding}.",
                Description = $"From best to worst: {string.Join(", ", all.Select(r => $"{r.Name} {Label(r.Run, r.Value)}"))}.",
                Table = new DataTable(
                    ["run", data], [.. all.Select(r => (IReadOnlyList<string>)[r.Name, NumberFormat.Percent(r.Value, 2)])]),
                Command = Command,
            },
        }.ToScene();
    }

    private static bool IsResult(RunFolder run, double value) => double.IsFinite(value) && run.Outcome.Status != RunStatus.Diverged;

    private static string Label(RunFolder run, double value)
    {
        string reason = run.Outcome.Status switch
        {
            RunStatus.Diverged => "diverged",
            RunStatus.Running => "not finished",
            RunStatus.Cancelled => "stopped by the user",
            _ => "",
        };
        if (!double.IsFinite(value)) return reason.Length > 0 ? reason : "n/a";
        return reason.Length > 0 ? $"{NumberFormat.Percent(value)}, {reason}" : NumberFormat.Percent(value);
    }

    private static double Final(RunFolder run, string name) => RunResults.Of(run.Outcome, run.Metrics).Final(name);
}
