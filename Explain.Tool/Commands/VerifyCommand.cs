using System.CommandLine;
using Explain.Core;

namespace Explain.Tool;

/// <summary><c>explain verify</c>: trains a run again and compares every epoch's weights.</summary>
internal static class VerifyCommand
{
    public static Command Create(Terminal terminal)
    {
        var path = new Argument<string>("run") { Description = "Run folder" };
        var data = new Option<string>("--data")
        {
            Description = "Folder or file with the data, where the run's data is not drawn",
            HelpName = "DIR",
        };
        var threads = Usage.Threads();
        var json = new Option<bool>("--json") { Description = "Print JSON" };
        var command =
            new Command("verify", "Train a run again and compare the hash of its weights after every epoch.") { path, data, threads, json };
        command.SetAction((parsed, cancellation) => Usage.WithThreadsAsync(parsed.GetValue(threads), async () =>
        {
            var run = RunFolder.Open(parsed.GetValue(path)!);
            int reached = 0;
            RunVerification result;
            try
            {
                result = await terminal.TrackAsync($"Verifying {run.Info.Name}", report => Task.Run(
                    () => RunVerification.Of(
                        run,
                        parsed.GetValue(data),
                        new EachEpoch(epoch =>
                            report(reached = epoch, run.WeightsHashes.Count, $"epoch {epoch} of {run.WeightsHashes.Count}")),
                        cancellation), CancellationToken.None));
            }
            catch (OperationCanceledException)
            {
                throw new RunFailedException(
                    $"{run.Path}: cancelled; {reached} of {run.WeightsHashes.Count} epochs were compared, and they match.");
            }
            var environment = result.Difference is null ? [] : Differences(run.Environment, RunEnvironment.Current());
            if (parsed.GetValue(json))
                terminal.WriteJson(
                    new
                    {
                        Run = run.Path,
                        Matches = result.Difference is null,
                        result.Epochs,
                        result.Matching,
                        WeightsHash = run.WeightsHashes[^1],
                        result.Difference,
                        Environment = environment,
                    });
            else if (result.Difference is null)
                terminal.Out.WriteLine(
                    $"{run.Path}: {(result.Epochs == 1 ? "the one epoch matches" : $"all {result.Epochs} epochs match")}; "
                        + $"weights after epoch {result.Epochs} {run.WeightsHashes[^1]}");
            if (result.Difference is { } difference) throw new RunFailedException(Explanation(run, difference, environment));
        }));
        return command;
    }

    private static string Explanation(RunFolder run, EpochDifference difference, IReadOnlyList<EnvironmentDifference> environment)
    {
        string found = difference.Found.Length > 0 ? $"now they have {difference.Found}"
            : $"now training ended before: {difference.Message}";
        string where = environment.Count == 0
            ? "It was made by the same version on the same kind of machine: the record was changed, or this is a bug."
            : "What differs between there and here: "
                + $"{string.Join("; ", environment.Select(one => $"{one.Name} {one.There} there, {one.Here} here"))}.";
        return $"{run.Path}: epoch {difference.Epoch} differs: its weights had the hash {difference.Expected}, "
            + $"{found.TrimEnd('.')}. {where}";
    }

    /// <summary>What might matter; the number of threads never does.</summary>
    private static IReadOnlyList<EnvironmentDifference> Differences(RunEnvironment there, RunEnvironment here)
    {
        EnvironmentDifference[] all =
        [
            new("Explain", there.Explain, here.Explain),
            new("runtime", there.Runtime, here.Runtime),
            new("operating system", there.OperatingSystem, here.OperatingSystem),
            new("architecture", there.Architecture, here.Architecture),
            new("vector bits", $"{there.VectorBits}", $"{here.VectorBits}"),
            new("processors", $"{there.Processors}", $"{here.Processors}"),
        ];
        return [.. all.Where(one => one.There != one.Here)];
    }

    private sealed record EnvironmentDifference(string Name, string There, string Here);

    private sealed class EachEpoch(Action<int> tell) : IProgress<int>
    {
        public void Report(int value) => tell(value);
    }
}
