using System.Diagnostics;
using System.Text.Json;
using Spectre.Console;

namespace Explain.Tool;

/// <summary>Where a command writes: results to <see cref="Out"/>, everything else to <see cref="Error"/>.</summary>
/// <param name="Out">Standard output.</param>
/// <param name="Error">Standard error.</param>
/// <param name="Progress">How progress is shown on standard error.</param>
public sealed record Terminal(TextWriter Out, TextWriter Error, ProgressStyle Progress)
{
    /// <summary>The process's own.</summary>
    public static Terminal OfProcess { get; } = new(
        Console.Out, Console.Error, Console.IsErrorRedirected ? ProgressStyle.Lines : ProgressStyle.Live);

    /// <summary>Prints a value for a script.</summary>
    public void WriteJson<T>(T value) => Out.WriteLine(JsonSerializer.Serialize(value, ForScripts.Json));

    /// <summary>Does work of which nobody knows how long it takes: the title and the seconds so far are shown until it is done.</summary>
    public T Watch<T>(string title, Func<T> work)
    {
        if (Progress == ProgressStyle.Silent) return work();
        var clock = Stopwatch.StartNew();
        string Words() => $"{title}, {clock.Elapsed.TotalSeconds:0} s";
        if (Progress == ProgressStyle.Lines)
        {
            // What is done soon needs no word.
            using var lines = new Timer(_ => Error.WriteLine(Words()), null, ProgressLines.Interval, ProgressLines.Interval);
            return work();
        }
        return WatchLive(title, Words, work);
    }

    /// <summary>Does work that reports how much is done, of how much, and a few words, from any thread.</summary>
    public Task<T> TrackAsync<T>(string title, Func<Action<double, double, string>, Task<T>> work) =>
        TrackAsync(title, (report, _) => work(report));

    /// <summary>Does work that also tells what is worth a line of its own.</summary>
    public async Task<T> TrackAsync<T>(string title, Func<Action<double, double, string>, Action<string>, Task<T>> work)
    {
        if (Progress == ProgressStyle.Silent) return await work((_, _, _) => { }, _ => { });
        if (Progress == ProgressStyle.Lines)
        {
            var lines = new ProgressLines(Error, title, TimeProvider.System);
            return await work(lines.Report, lines.Tell);
        }
        return await TrackLiveAsync(title, work);
    }

    // Apart from the lines of a log, so that Spectre is loaded only where it draws.
    private T WatchLive<T>(string title, Func<string> words, Func<T> work) =>
        LiveConsole().Status().Start(Markup.Escape(title), status =>
        {
            using var timer = new Timer(
                _ => status.Status = Markup.Escape(words()), null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));
            return work();
        });

    private async Task<T> TrackLiveAsync<T>(string title, Func<Action<double, double, string>, Action<string>, Task<T>> work)
    {
        var console = LiveConsole();
        return await console.Progress()
            .AutoClear(true)
            .Columns(
                new TaskDescriptionColumn { Alignment = Justify.Left },
                new ProgressBarColumn(),
                new PercentageColumn(),
                new RemainingTimeColumn())
            .StartAsync(async context =>
            {
                var bar = context.AddTask(Markup.Escape(title));
                void Report(double done, double total, string words)
                {
                    bar.MaxValue = Math.Max(total, 1);
                    bar.Value = done;
                    bar.Description = Markup.Escape(words.Length == 0 ? title : $"{title}: {words}");
                }
                // What is written while a bar is shown is set above it.
                return await work(Report, line => console.MarkupLine(Markup.Escape(Numbers.Plain(line))));
            });
    }

    private IAnsiConsole LiveConsole() => AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Error) });

    // Made when a value is printed, not at every start.
    private static class ForScripts
    {
        public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
        {
            WriteIndented = true,
            NumberHandling = System.Text.Json.Serialization.JsonNumberHandling.AllowNamedFloatingPointLiterals,
            Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        };
    }
}
