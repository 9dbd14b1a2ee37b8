using System.CommandLine;
using Explain.Core;
using Explain.Render;

namespace Explain.Tool;

/// <summary><c>explain gallery</c>: pages from runs.</summary>
internal static class GalleryCommand
{
    private const string DefaultOut = "explain-gallery";

    public static Command Create(Terminal terminal)
    {
        var paths =
            new Argument<string[]>("runs") { Description = "Run folders, or folders of run folders", Arity = ArgumentArity.OneOrMore };
        var output = new Option<string>("--out", "-o")
        {
            Description = "Folder to make; an older gallery there is replaced",
            HelpName = "DIR",
            DefaultValueFactory = _ => DefaultOut,
        };
        var title = new Option<string>("--title") { Description = "Heading of the overview", HelpName = "TITLE" };
        var theme = Usage.Choice("--theme", "Colours to begin with; without it, those of the reader's system", "light", "dark");
        var font = Usage.Font();
        var threads = Usage.Threads();
        var command = new Command("gallery", "Build a gallery of runs: static pages that open from disk.")
        {
            paths, output, title, theme, font, threads,
        };
        command.SetAction((parsed, cancellation) => Usage.WithThreadsAsync(parsed.GetValue(threads), async () =>
        {
            var face = Typeface.Load(parsed.GetValue(font));
            var runs = RunArguments.Open(parsed.GetValue(paths)!);
            var options = new GalleryOptions(
                parsed.GetValue(title) ?? TitleOf(runs), parsed.GetValue(theme) ?? "auto", parsed.GetValue(output)!) { Face = face };
            terminal.Out.WriteLine(await BuildAsync(terminal, runs, options, cancellation));
        }));
        return command;
    }

    /// <summary>Builds a gallery behind a progress bar.</summary>
    /// <returns>The path of index.html.</returns>
    /// <exception cref="RunFailedException">The user stopped it; nothing of it is kept.</exception>
    /// <exception cref="InputException">The folder cannot be written.</exception>
    public static async Task<string> BuildAsync(
        Terminal terminal, IReadOnlyList<RunFolder> runs, GalleryOptions options, CancellationToken cancellation)
    {
        GalleryFolder.Check(options.Out);
        try
        {
            return await Writing.ToAsync(options.Out, () => terminal.TrackAsync("Drawing the gallery", report =>
                Task.Run(() => GalleryBuilder.BuildAsync(runs, options, new GalleryProgress(report), cancellation), cancellation)));
        }
        catch (OperationCanceledException)
        {
            throw new RunFailedException(
                $"Cancelled. No gallery was written to '{options.Out}', and what was there is as it was. "
                    + "Analyses that were finished are kept in the runs.");
        }
    }

    private static string TitleOf(IReadOnlyList<RunFolder> runs) =>
        runs.Select(run => run.Info.Title).Distinct().Count() == 1 ? runs[0].Info.Title
            : $"{runs.Count} runs on {string.Join(" and ", runs.Select(run => run.Info.Data.Name).Distinct())}";
}
