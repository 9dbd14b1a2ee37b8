using System.CommandLine;
using System.Globalization;
using Explain.Core;

namespace Explain.Tool;

/// <summary><c>explain analyse</c>: computes ahead what figures need, and lists or clears what is kept.</summary>
internal static class AnalyseCommand
{
    public static Command Create(Terminal terminal)
    {
        var words = new Argument<string[]>("run")
        {
            Description = "Run folders or folders of run folders, then the analyses to make, "
                + $"of {string.Join(", ", AnalysisCatalog.All.Select(kind => kind.Name))}; all that figures need where none is named",
            Arity = ArgumentArity.OneOrMore,
        };
        var list = new Option<bool>("--list") { Description = "Only list what is kept, and what of it no longer fits its run" };
        var clear = new Option<bool>("--clear") { Description = "Delete what is kept" };
        var threads = Usage.Threads();
        var json = new Option<bool>("--json") { Description = "Print JSON" };
        var command = new Command(
            "analyse", "Compute ahead what the figures of runs need, and keep it in the runs' folders; list what is kept.")
        {
            words,
            list,
            clear,
            threads,
            json,
        };
        command.SetAction((parsed, cancellation) => Usage.WithThreadsAsync(parsed.GetValue(threads), async () =>
        {
            var (paths, kinds) = Split(parsed.GetValue(words)!);
            var runs = RunArguments.Open(paths);
            if (parsed.GetValue(list) && parsed.GetValue(clear))
                throw new InputException("--list shows what is kept and --clear deletes it; only one of them can be given.");
            if (kinds.Count > 0 && (parsed.GetValue(list) || parsed.GetValue(clear)))
                throw new InputException(
                    $"{(parsed.GetValue(list) ? "--list" : "--clear")} takes runs alone; leave out '{kinds[0].Name}'.");
            if (parsed.GetValue(list)) List(terminal, runs, parsed.GetValue(json));
            else if (parsed.GetValue(clear)) Clear(terminal, runs, parsed.GetValue(json));
            else await ComputeAsync(terminal, runs, kinds, parsed.GetValue(json), cancellation);
        }));
        return command;
    }

    // What is a folder is a run; every other word is the name of an analysis. A run that bears such a name is written with a slash.
    private static (List<string> Paths, List<AnalysisKind> Kinds) Split(string[] words)
    {
        var paths = new List<string> { words[0] };
        var kinds = new List<AnalysisKind>();
        foreach (string word in words.Skip(1))
        {
            bool named = AnalysisCatalog.All.Any(kind => kind.Name == word);
            if (!named
                && (Directory.Exists(word)
                    || word.Contains('/', StringComparison.Ordinal)
                    || word.Contains('\\', StringComparison.Ordinal)))
                paths.Add(word);
            else
                kinds.Add(AnalysisCatalog.Find(word));
        }
        return (paths, kinds);
    }

    private static async Task ComputeAsync(
        Terminal terminal, IReadOnlyList<RunFolder> runs, List<AnalysisKind> kinds, bool json, CancellationToken cancellation)
    {
        var analyst = new Analyst();
        var plan = new GalleryPlan(GalleryRun.Wrap(runs), analyst);
        var ended = new Listener();
        bool cancelled = false;
        try
        {
            await terminal.TrackAsync("Analysing", report => Task.Run(
                () =>
                {
                    ended.Tell = report;
                    if (kinds.Count == 0) analyst.Prepare(plan.First, ended, cancellation);
                    return analyst.Prepare(kinds.Count == 0 ? plan.Needs : Named(kinds, plan, runs), ended, cancellation);
                },
                CancellationToken.None));
        }
        catch (OperationCanceledException)
        {
            cancelled = true;
        }
        Print(terminal, ended.Reports, json);
        if (cancelled)
            throw new RunFailedException($"Cancelled. What was finished is kept: {ended.Reports.Count} of {ended.Total} analyses.");
    }

    // What figures need of these kinds; of a kind that none needs, what is usual.
    private static IEnumerable<AnalysisRequest> Named(List<AnalysisKind> kinds, GalleryPlan plan, IReadOnlyList<RunFolder> runs)
    {
        var needs = plan.Needs.ToLookup(need => need.Analysis.Name);
        return kinds.SelectMany(kind => needs.Contains(kind.Name)
            ? needs[kind.Name]
            : runs.SelectMany(run => kind.Defaults(run).Select(analysis => new AnalysisRequest(analysis, [run]))));
    }

    private static void Print(Terminal terminal, IReadOnlyList<AnalysisReport> reports, bool json)
    {
        var ordered = reports.OrderBy(report => report.Request.Runs[0].Path, StringComparer.Ordinal)
            .ThenBy(report => report.Request.Analysis.Name, StringComparer.Ordinal)
            .ToList();
        if (json)
        {
            terminal.WriteJson(ordered.Select(report => new
            {
                Runs = report.Request.Runs.Select(run => run.Path),
                report.Request.Analysis.Name,
                Options = report.Request.Analysis.Options.ToDictionary(option => option.Key, option => option.Value),
                Origin = Word(report.Origin),
                report.Seconds,
                report.Bytes,
                report.File,
                report.Message,
            }));
            return;
        }
        if (ordered.Count == 0)
        {
            terminal.Out.WriteLine("There is nothing to compute: figures of these runs need no analysis.");
            return;
        }
        terminal.Out.Write(TextTable.Format(
            ["analysis", "options", "result", ">seconds", ">size", "file"],
            ordered.Select(report => (IReadOnlyList<string>)
            [
                report.Request.Analysis.Name,
                Options(report.Request.Analysis.Options, report.Request.Runs.Count),
                Word(report.Origin),
                report.Origin == AnalysisOrigin.None ? "" : Seconds(report.Seconds),
                report.File is null ? "" : Size(report.Bytes),
                report.Origin == AnalysisOrigin.None ? report.Message
                    : report.File ?? $"not kept: {Path.Combine(report.Request.Runs[0].Path, "analysis")} cannot be written",
            ])));
    }

    private static void List(Terminal terminal, IReadOnlyList<RunFolder> runs, bool json)
    {
        var kept = runs.SelectMany(run => KeptAnalyses.Of(run).Select(one => (Run: run, Kept: one))).ToList();
        if (json)
        {
            terminal.WriteJson(kept.Select(pair => new
            {
                Run = pair.Run.Path,
                pair.Kept.Name,
                pair.Kept.Options,
                pair.Kept.Runs,
                pair.Kept.Seconds,
                pair.Kept.Bytes,
                pair.Kept.File,
                Fits = pair.Kept.Misfit is null,
                Message = pair.Kept.Misfit ?? "",
            }));
            return;
        }
        if (kept.Count == 0)
        {
            terminal.Out.WriteLine("Nothing is kept.");
            return;
        }
        terminal.Out.Write(TextTable.Format(
            ["analysis", "options", ">seconds", ">size", "file", "state"],
            kept.Select(pair => (IReadOnlyList<string>)
            [
                pair.Kept.Name.Length == 0 ? "?" : pair.Kept.Name,
                Options(pair.Kept.Options, pair.Kept.Runs.Count),
                Seconds(pair.Kept.Seconds),
                Size(pair.Kept.Bytes),
                pair.Kept.File,
                pair.Kept.Misfit is { } misfit ? $"not used: {misfit}" : "fits",
            ])));
    }

    private static void Clear(Terminal terminal, IReadOnlyList<RunFolder> runs, bool json)
    {
        var cleared = runs.Select(run => (Run: run, Held: KeptAnalyses.Clear(run))).ToList();
        if (json) terminal.WriteJson(cleared.Select(pair => new { Run = pair.Run.Path, Analyses = pair.Held.Count, pair.Held.Bytes }));
        else
            terminal.Out.WriteLine(
                $"Deleted {cleared.Sum(pair => pair.Held.Count)} analyses of {runs.Count} run{(runs.Count == 1 ? "" : "s")}, "
                    + $"{Size(cleared.Sum(pair => pair.Held.Bytes))}.");
    }

    private static string Options(IEnumerable<KeyValuePair<string, string>> options, int runs)
    {
        var words = options.Select(option => $"{option.Key} {option.Value}");
        return string.Join(", ", runs > 1 ? words.Prepend($"{runs} runs") : words);
    }

    private static string Word(AnalysisOrigin origin) => origin switch
    {
        AnalysisOrigin.Computed => "computed",
        AnalysisOrigin.Kept => "kept already",
        _ => "none",
    };

    private static string Seconds(double seconds) => seconds.ToString("0.0", CultureInfo.InvariantCulture);

    private static string Size(long bytes) =>
        bytes < 1_000_000 ? $"{(bytes + 999) / 1000} kB" : $"{(bytes / 1e6).ToString("0.0", CultureInfo.InvariantCulture)} MB";

    private sealed class Listener : IProgress<AnalysisProgress>
    {
        private readonly List<AnalysisReport> _reports = [];
        private readonly HashSet<(Analysis, string)> _seen = [];

        public Action<double, double, string> Tell { get; set; } = (_, _, _) => { };

        public int Total { get; private set; }

        public List<AnalysisReport> Reports => _reports;

        public void Report(AnalysisProgress value)
        {
            lock (_reports)
            {
                Total = value.Total;
                // What others depend on is asked for twice.
                if (value.Ended is { } report
                    && _seen.Add((report.Request.Analysis, string.Join('\n', report.Request.Runs.Select(run => run.Path)))))
                    _reports.Add(report);
            }
            Tell(value.Done + (value.Ended is null ? value.Share : 0), value.Total, value.ToString());
        }
    }
}
