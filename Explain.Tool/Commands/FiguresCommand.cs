using System.CommandLine;
using Explain.Render;

namespace Explain.Tool;

/// <summary><c>explain figures</c>: what can be drawn.</summary>
internal static class FiguresCommand
{
    public static Command Create(Terminal terminal)
    {
        var json = new Option<bool>("--json") { Description = "Print JSON" };
        var book = new Option<string>("--book")
        {
            Description = "Make a page with a section and two pictures for each figure instead",
            HelpName = "DIR",
        };
        var runs = new Option<string>("--runs")
        {
            Description = "With --book: where its runs are kept, so that they need not be trained again",
            HelpName = "DIR",
        };
        var command = new Command("figures", "List the figures that can be drawn, with their options.") { json, book, runs };
        command.SetAction(async (parsed, cancellation) =>
        {
            if (parsed.GetValue(book) is { } folder)
                terminal.Out.WriteLine(await MakeBookAsync(terminal, folder, parsed.GetValue(runs), cancellation));
            else if (parsed.GetValue(json)) terminal.WriteJson(FigureCatalog.All.Select(Describe));
            else Print(terminal);
        });
        return command;
    }

    private static async Task<string> MakeBookAsync(Terminal terminal, string folder, string? kept, CancellationToken cancellation)
    {
        string runs = kept ?? Directory.CreateTempSubdirectory("explain-book-").FullName;
        try
        {
            var examples = await ExampleRuns.InAsync(runs, terminal, cancellation);
            return await Writing.ToAsync(folder, () => terminal.TrackAsync("Drawing the guide", report =>
                Task.Run(
                    () => FigureBook.Write(examples, folder, (done, total, words) => report(done, total, words), cancellation),
                    cancellation)));
        }
        finally
        {
            if (kept is null) Directory.Delete(runs, recursive: true);
        }
    }

    private static object Describe(FigureKind kind) => new
    {
        kind.Name,
        kind.Title,
        kind.Summary,
        kind.HowToRead,
        kind.Beware,
        Scope = kind.Scope.ToString().ToLowerInvariant(),
        kind.PerLayer,
        kind.TakesEpoch,
        kind.TakesLayer,
        kind.Options,
    };

    private static void Print(Terminal terminal)
    {
        int width = FigureCatalog.All.Max(kind => kind.Name.Length);
        foreach (var kind in FigureCatalog.All)
        {
            terminal.Out.WriteLine($"{kind.Name.PadRight(width)}  {kind.Summary}");
            string takes = string.Join(", ", FigureBook.Takes(kind));
            if (takes.Length > 0) terminal.Out.WriteLine($"{"".PadRight(width)}  takes {takes}");
            foreach (var option in kind.Options)
                terminal.Out.WriteLine(
                    $"{"".PadRight(width)}  --set {option.Name}={option.Allowed} (default {option.Default}): {option.Help}");
        }
    }
}
