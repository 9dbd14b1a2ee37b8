using System.Diagnostics;
using System.Text.Json;
using Spectre.Console;

namespace Explain.Tool;

/// <summary>Where a command writes: results to <see cref="Out"/>, everything else to <see cref="Error"/>.</summary>
/// <param name="Out">Standard output.</param>
/// <param name="Error">Standard error.</param>
/// <param name="ShowsProgress">Whether standard error is a terminal that somebody watches.</param>
public sealed record Terminal(TextWriter Out, TextWriter Error, bool ShowsProgress)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        NumberHandling = System.Text.Json.Serialization.JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The process's own.</summary>
    public static Terminal OfProcess { get; } = new(Console.Out, Console.Error, !Console.IsErrorRedirected);

    /// <summary>Prints a value for a script.</summary>
    public void WriteJson<T>(T value) => Out.WriteLine(JsonSerializer.Serialize(value, Json));

    /// <summary>Does work of which nobody knows how long it takes: on a terminal, the title and the seconds so far are shown until it is done.</summary>
    public T Watch<T>(string title, Func<T> work)
    {
        if (!ShowsProgress) return work();
        var clock = Stopwatch.StartNew();
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Error) });
        return console.Status().Start(Markup.Escape(title), status =>
        {
            using var timer = new Timer(_ => status.Status = Markup.Escape($"{title}, {clock.Elapsed.TotalSeconds:0} s"), null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));
            return work();
        });
    }

    /// <summary>
    /// Does work behind a progress bar, which is drawn only on a terminal. The work reports how much is done, of how much, and a few words; it may
    /// do so from any thread.
    /// </summary>
    public async Task<T> TrackAsync<T>(string title, Func<Action<double, double, string>, Task<T>> work)
    {
        if (!ShowsProgress) return await work((_, _, _) => { });
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Error) });
        return await console.Progress()
            .AutoClear(true)
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .StartAsync(async context =>
            {
                var bar = context.AddTask(Markup.Escape(title));
                return await work((done, total, words) =>
                {
                    bar.MaxValue = Math.Max(total, 1);
                    bar.Value = done;
                    bar.Description = Markup.Escape(words.Length == 0 ? title : $"{title}: {words}");
                });
            });
    }
}
