using System.CommandLine;
using Explain.Render;

namespace Explain.Tool;

/// <summary><c>explain figures</c>: what can be drawn.</summary>
internal static class FiguresCommand
{
    public static Command Create(Terminal terminal)
    {
        var json = new Option<bool>("--json") { Description = "Print JSON" };
        var command = new Command("figures", "List the figures that can be drawn, with their options.") { json };
        command.SetAction(parsed =>
        {
            if (parsed.GetValue(json)) terminal.WriteJson(FigureCatalog.All.Select(Describe));
            else Print(terminal);
        });
        return command;
    }

    private static object Describe(FigureKind kind) => new
    {
        kind.Name,
        kind.Title,
        kind.Summary,
        kind.HowToRead,
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
            string takes = string.Join(", ", Takes(kind));
            if (takes.Length > 0) terminal.Out.WriteLine($"{"".PadRight(width)}  takes {takes}");
            foreach (var option in kind.Options)
                terminal.Out.WriteLine($"{"".PadRight(width)}  --set {option.Name}={option.Allowed} (default {option.Default}): {option.Help}");
        }
    }

    private static IEnumerable<string> Takes(FigureKind kind)
    {
        if (kind.TakesEpoch) yield return "--epoch";
        if (kind.TakesLayer) yield return "--layer";
        if (kind.Scope == FigureScope.Runs) yield return "several runs";
    }
}
