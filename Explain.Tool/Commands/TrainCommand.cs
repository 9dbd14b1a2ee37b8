using System.CommandLine;
using System.Globalization;
using Explain.Core;

namespace Explain.Tool;

/// <summary><c>explain train</c>: a recipe to a run folder, or to one run folder a variant.</summary>
internal static class TrainCommand
{
    public static Command Create(Terminal terminal)
    {
        var recipe = new Argument<string>("recipe") { Description = $"YAML file, or one of {string.Join(", ", RecipeLibrary.Names)}" };
        var data = new Option<string>("--data") { Description = "Folder or file with the data, instead of the one the recipe names", HelpName = "DIR" };
        var output = new Option<string>("--out", "-o") { Description = "Run folder to make; runs/NAME without it", HelpName = "RUN" };
        var seed = new Option<ulong?>("--seed")
        {
            Description = "Seed of the network's start and of the shuffles",
            HelpName = "N",
            CustomParser = result =>
            {
                if (ulong.TryParse(result.Tokens[0].Value, NumberStyles.None, CultureInfo.InvariantCulture, out ulong value)) return value;
                result.AddError($"--seed takes a whole number from 0; '{result.Tokens[0].Value}' is not one.");
                return null;
            },
        };
        var epochs = Usage.Number("--epochs", 1, "Passes over the training data");
        var threads = Usage.Number("--threads", 1, "Threads to work with; the result does not depend on it");
        var set = new Option<string[]>("--set") { Description = "Change to the recipe, e.g. optimizer.rate=1e-4; may be repeated", HelpName = "PATH=VALUE", DefaultValueFactory = _ => [] };
        var force = new Option<bool>("--force") { Description = "Replace a run that is there already" };
        var command = new Command("train", "Train a network as a recipe says, and record what happens inside it.") { recipe, data, output, seed, epochs, threads, set, force };
        command.SetAction(async (parsed, cancellation) =>
        {
            var overrides = new RecipeOverrides { Set = [.. parsed.GetValue(set)!.Select(Parse), .. Short("seed", parsed.GetValue(seed)), .. Short("epochs", parsed.GetValue(epochs))] };
            var opened = Recipe.Open(parsed.GetValue(recipe)!, overrides);
            var training = new RecipeTraining(opened, parsed.GetValue(data), parsed.GetValue(output) ?? Path.Combine("runs", opened.Name), parsed.GetValue(force));
            int before = Rows.Threads;
            Rows.Threads = parsed.GetValue(threads) ?? before;
            try
            {
                var results = await training.TrainAsync(terminal, cancellation);
                Print(terminal, opened, training, results);
                if (results.Zip(opened.Variants).Where(pair => pair.First.Outcome.Status == RunStatus.Diverged).ToList() is { Count: > 0 } diverged)
                    throw new RunFailedException(string.Join(Environment.NewLine, diverged.Select(pair => $"{pair.Second.Name} diverged. {pair.First.Outcome.Message}")));
            }
            finally
            {
                Rows.Threads = before;
            }
        });
        return command;
    }

    /// <summary>Prints how each run ended and where it lies.</summary>
    public static void Print(Terminal terminal, Recipe recipe, RecipeTraining training, IReadOnlyList<TrainingResult> results)
    {
        var folders = training.Folders.Select(RunFolder.Open).ToList();
        var ends = results.Zip(folders, (result, run) => RunResults.Of(result.Outcome, run.Metrics)).ToList();
        string[] metrics = [.. ends.SelectMany(end => end.Metrics).Select(metric => metric.Key).Distinct()];
        terminal.Out.Write(TextTable.Format(
            ["run", "status", ">epochs", .. metrics.Select(metric => $">{metric}"), "folder"],
            recipe.Variants.Zip(folders, ends).Select(run => (IReadOnlyList<string>)
            [
                run.First.Name,
                Status(run.Second, run.Third),
                run.Second.Outcome.EpochsDone.ToString(),
                .. metrics.Select(metric => Numbers.Plain(Numbers.Metric(metric, run.Third.Final(metric)))),
                run.Second.Path,
            ])));
    }

    private static string Status(RunFolder run, RunResults end) =>
        Numbers.Status(run.Outcome.Status) + (end.OfLastEpoch && end.Metrics.Count > 0 ? ", last epoch:" : "");

    private static KeyValuePair<string, string> Parse(string setting)
    {
        int equals = setting.IndexOf('=');
        return equals > 0
            ? new(setting[..equals], setting[(equals + 1)..])
            : throw new InputException($"--set takes PATH=VALUE, e.g. optimizer.rate=1e-4, not '{setting}'.");
    }

    private static IEnumerable<KeyValuePair<string, string>> Short<T>(string path, T? value)
        where T : struct =>
        value is { } given ? [new(path, given.ToString()!)] : [];
}
