using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;
using Explain.Core;
using Explain.Render;

namespace Explain.Tool;

/// <summary>The <c>explain</c> command: its subcommands, what an error looks like, and the exit codes.</summary>
public static class CommandLine
{
    /// <summary>Done.</summary>
    public const int Done = 0;

    /// <summary>The work failed: a run diverged, was cancelled, or the machine failed.</summary>
    public const int Failed = 1;

    /// <summary>The command line or an input file is wrong.</summary>
    public const int Wrong = 2;

    /// <summary>Runs a command line.</summary>
    /// <returns><see cref="Done"/>, <see cref="Failed"/> or <see cref="Wrong"/>.</returns>
    public static async Task<int> RunAsync(IReadOnlyList<string> arguments, Terminal terminal, CancellationToken cancellation = default)
    {
        var verbose = new Option<bool>("--verbose") { Description = "Show where an error comes from", Recursive = true };
        var root = Create(terminal, verbose);
        var parsed = root.Parse(arguments, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parsed.Action is not HelpAction && Usage.Error(parsed) is { } message)
        {
            terminal.Error.WriteLine($"error: {message}");
            return Wrong;
        }
        try
        {
            // No handling of signals beside Program's: it would end the process two seconds after the first one, in the middle of a long
            // step.
            var configuration = new InvocationConfiguration
            {
                Output = terminal.Out,
                Error = terminal.Error,
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = null,
            };
            return await parsed.InvokeAsync(configuration, cancellation);
        }
        catch (RunStoppedException e)
        {
            terminal.Error.WriteLine(e.Message);
            return Failed;
        }
#pragma warning disable CA1031 // This is where every exception becomes a message and an exit code.
        catch (Exception e) when (e is not RunStoppedException)
#pragma warning restore CA1031
        {
            (int code, string text) = Explain(e);
            terminal.Error.WriteLine(parsed.GetValue(verbose) ? e.ToString() : $"error: {text}");
            return code;
        }
    }

    // Help reads the same in every terminal and in the tests.
    private const int HelpWidth = 110;

    private static Command Create(Terminal terminal, Option verbose)
    {
        var root = new Command(
            "explain",
            "Train small neural networks, look inside them epoch by epoch, and build a gallery that says what was learned and why.")
        {
            DemoCommand.Create(terminal),
            TrainCommand.Create(terminal),
            VerifyCommand.Create(terminal),
            GalleryCommand.Create(terminal),
            RenderCommand.Create(terminal),
            AnalyseCommand.Create(terminal),
            FiguresCommand.Create(terminal),
            InspectCommand.Create(terminal),
            ExportCommand.Create(terminal),
            DataCommand.Create(terminal),
            verbose,
            new HelpOption { Action = new HelpAction { MaxWidth = HelpWidth } },
            new VersionOption(),
        };
        root.SetAction(_ => root.Parse("--help").Invoke(new InvocationConfiguration { Output = terminal.Out }));
        return root;
    }

    private static (int Code, string Text) Explain(Exception e) => e switch
    {
        // Several threads may have met the same fault.
        AggregateException many => Explain(many.Flatten().InnerExceptions[0]),
        InputException or FontException => (Wrong, e.Message),
        RunFailedException => (Failed, e.Message),
        OperationCanceledException => (Failed, "Cancelled. What was recorded until now is kept."),
        UnauthorizedAccessException => (Wrong, e.Message),
        IOException => (Failed, e.Message),
        _ => (
            Failed,
            $"Something went wrong inside explain: {e.Message.TrimEnd('.')}. "
                + "Repeat the command with --verbose to see where, and report it."),
    };
}
