using System.Text;
using Explain.Core;
using Explain.Render;

namespace Explain.Tool;

/// <summary>
/// The figures' guide: a section for every figure of the catalogue with its picture in light and dark, how to read it, and how to draw it.
/// One Markdown page and its PNGs; beside it the <see cref="ChartBook"/>.
/// </summary>
internal static class FigureBook
{
    /// <summary>The page.</summary>
    public const string Page = "README.md";

    private const double Scale = 1.5;

    // The guide's pictures are the same wherever it is made.
    private static readonly Theme[] Themes = [Theme.Light with { Face = Typeface.BuiltIn }, Theme.Dark with { Face = Typeface.BuiltIn }];

    /// <summary>Draws everything, then writes it.</summary>
    /// <param name="runs">What is drawn.</param>
    /// <param name="folder">Where to; made if need be.</param>
    /// <param name="report">Told how many figures of how many are drawn, and which is next.</param>
    /// <param name="cancellation">Stops before anything is written.</param>
    /// <returns>The path of the page.</returns>
    public static string Write(ExampleRuns runs, string folder, Action<double, double, string> report, CancellationToken cancellation)
    {
        var kinds = FigureCatalog.All;
        var text = new StringBuilder(Head(kinds));
        var pictures = new List<(string File, byte[] Bytes)>();
        int total = kinds.Count + ChartExample.All.Count;
        for (int i = 0; i < kinds.Count; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            var kind = kinds[i];
            report(i, total, kind.Name);
            string name = runs.NameFor(kind);
            var shown = runs.Open(name);
            if (shown.FirstOrDefault(run => !kind.Applies(run)) is { } alone)
                throw new InvalidOperationException(
                    $"The guide's run {alone.Path} cannot show the figure '{kind.Name}'; choose another in ExampleRuns.");
            if (kind.AppliesTogether(shown) is { } apart)
                throw new InvalidOperationException(
                    $"The guide's runs '{name}' cannot show the figure '{kind.Name}': {apart}; choose others in ExampleRuns.");
            var figure = kind.Create(new FigureRequest { Runs = shown });
            var scenes = Themes.Select(theme => (Theme: theme, Scene: figure.Draw(theme))).ToList();
            pictures.AddRange(scenes.Select(drawn => (Picture(kind, drawn.Theme), Canvases.Png.Encode(drawn.Scene, Scale))));
            text.Append(Section(kind, name, scenes[0].Scene.Info));
        }
        var (charts, drawings) = ChartBook.Draw((done, name) => report(kinds.Count + done, total, name), cancellation);
        pictures.AddRange(drawings);
        Directory.CreateDirectory(folder);
        foreach (var (file, bytes) in pictures)
            File.WriteAllBytes(Path.Combine(folder, file), bytes);
        string page = Path.Combine(folder, Page);
        File.WriteAllText(page, text.ToString());
        File.WriteAllText(Path.Combine(folder, ChartBook.Page), charts);
        return page;
    }

    private static string Picture(FigureKind kind, Theme theme) => $"{kind.Name}-{theme.Name}.png";

    private static string Head(IReadOnlyList<FigureKind> kinds)
    {
        var text = new StringBuilder();
        text.Append(
            """
            # Figures

            Every figure that Explain draws: what it shows, how to read it, what to beware of, and how to draw it yourself. To draw other
            data than those of runs, see [charts](charts.md). The pictures, light and dark, are of these runs, which need no download:

            ```

            """);
        foreach (var training in ExampleRuns.Trainings)
            text.Append(training.Command).Append('\n');
        text.Append(
            """
            ```

            `explain figures --book docs/figures` trains them and makes this page. Each command line below writes a PNG; other endings
            give other formats. The lines of C# go behind

            ```csharp
            using Explain.Core;
            using Explain.Render;

            var run = RunFolder.Open("runs/strokes");               // figures of one run
            var runs = RunFolder.OpenAll("runs/comparison");        // figures of several
            ```


            """);
        foreach (var (scope, title) in new[]
        {
            (FigureScope.Epoch, "One run at one epoch"),
            (FigureScope.Run, "One run over its epochs"),
            (FigureScope.Runs, "Several runs"),
        })
        {
            text.Append($"**{title}**: ");
            text.AppendJoin(", ", kinds.Where(kind => kind.Scope == scope).Select(kind => $"[{kind.Name}](#{kind.Name})"));
            text.Append("\n\n");
        }
        return text.ToString();
    }

    private static string Section(FigureKind kind, string runs, SceneInfo info)
    {
        var text = new StringBuilder();
        text.Append($"## {kind.Name}\n\n**{kind.Title}.** {kind.Summary}\n\n");
        text.AppendJoin('\n', Themes.Select(theme =>
            $"<a href=\"{Picture(kind, theme)}\"><img src=\"{Picture(kind, theme)}\" width=\"49%\" alt=\"{Escaped(info.AltText)}\"></a>"));
        text.Append($"\n\n**How to read it.** {kind.HowToRead}\n\n**Beware.** {kind.Beware}\n\n");
        text.Append(
            $"```\nexplain render runs/{runs} --figure {kind.Name} -o {kind.Name}.png\n```\n\n```csharp\n{kind.Program.Trim()}\n```\n\n");
        string[] takes = [.. Takes(kind)];
        if (takes.Length > 0) text.Append($"Takes {string.Join(", ", takes)}.\n\n");
        if (kind.Options.Count == 0) return text.ToString();
        text.Append("| option | allowed | default | |\n| --- | --- | --- | --- |\n");
        foreach (var option in kind.Options)
            text.Append(
                $"| `--set {option.Name}=` | {option.Allowed.Replace("|", ", ", StringComparison.Ordinal)} | "
                    + $"{option.Default} | {option.Help} |\n");
        return text.Append('\n').ToString();
    }

    /// <summary>The options beside those of its own that a figure takes.</summary>
    public static IEnumerable<string> Takes(FigureKind kind)
    {
        if (kind.TakesEpoch) yield return "--epoch";
        if (kind.TakesLayer) yield return "--layer";
        if (kind.Scope == FigureScope.Runs) yield return "several runs";
    }

    public static string Escaped(string text) => text.Replace("&", "&amp;", StringComparison.Ordinal)
        .Replace("\"", "&quot;", StringComparison.Ordinal)
        .Replace("<", "&lt;", StringComparison.Ordinal);
}
