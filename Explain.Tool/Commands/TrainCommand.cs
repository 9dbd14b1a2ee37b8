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
        var data = new Option<string>("--data")
        {
            Description = "Folder or file with the data, instead of the one the recipe names",
            HelpName = "DIR",
        };
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
        var threads = Usage.Threads();
        var set = new Option<string[]>("--set")
        {
            Description = "Change to the recipe, e.g. optimizer.rate=1e-4; may be repeated",
            HelpName = "PATH=VALUE",
            DefaultValueFactory = _ => [],
        };
        var quick = new Option<bool>("--quick") { Description = "Make the changes that the recipe lists under 'quick', for a first look" };
        var force = new Option<bool>("--force") { Description = "Replace a run that is there already" };
        var resume = new Option<bool>("--resume") { Description = "Go on with a run that was stopped or killed; RECIPE may be its folder" };
        var json = new Option<bool>("--json") { Description = "Print the results as JSON, with the hash of the weights after every epoch" };
        var command = new Command("train", "Train a network as a recipe says, and record what happens inside it.")
        {
            recipe, data, output, seed, epochs, threads, quick, set, force, resume, json,
        };
        command.SetAction((parsed, cancellation) => Usage.WithThreadsAsync(parsed.GetValue(threads), async () =>
        {
            var overrides = new RecipeOverrides
            {
                Quick = parsed.GetValue(quick),
                Set =
                [
                    .. parsed.GetValue(set)!.Select(Parse),
                    .. Short("seed", parsed.GetValue(seed)),
                    .. Short("epochs", parsed.GetValue(epochs)),
                ],
            };
            var existing = Existing(parsed.GetValue(force), parsed.GetValue(resume));
            var (name, runs) = Runs(parsed.GetValue(recipe)!, overrides, parsed.GetValue(output), existing);
            var training = new RecipeTraining(name, runs, parsed.GetValue(data), existing, Usage.Again(parsed, "--resume", "--force"));
            var results = await TrainingReport.TrainAsync(terminal, training, parsed.GetValue(json), cancellation);
            if (results.Zip(training.Runs).Where(pair => pair.First.Status == RunStatus.Diverged).ToList() is { Count: > 0 } diverged)
                throw new RunFailedException(string.Join(
                    Environment.NewLine, diverged.Select(pair => $"{pair.Second.Recipe.Name} diverged. {pair.First.Message}")));
        }));
        return command;
    }

    /// <summary>What <c>--force</c> and <c>--resume</c> come to.</summary>
    /// <exception cref="InputException">Both are given.</exception>
    public static ExistingRuns Existing(bool force, bool resume) => (force, resume) switch
    {
        (true, true) => throw new InputException("--force begins anew and --resume goes on; only one of them can be given."),
        (true, false) => ExistingRuns.Replace,
        (false, true) => ExistingRuns.GoOn,
        _ => ExistingRuns.Refuse,
    };

    /// <summary>What the command line names: a recipe, or what goes on, a run folder or a folder of run folders.</summary>
    private static (string Name, IReadOnlyList<(Recipe Recipe, string Folder)> Runs) Runs(
        string given, RecipeOverrides overrides, string? output, ExistingRuns existing)
    {
        if (!Directory.Exists(given))
        {
            var opened = Recipe.Open(given, overrides);
            return (opened.Name, RecipeTraining.RunsOf(opened, output ?? Path.Combine("runs", opened.Name)));
        }
        if (existing != ExistingRuns.GoOn)
            throw new InputException($"{given}: this is a folder, not a recipe; --resume goes on with the run in it.");
        if (output is not null) throw new InputException($"{given}: a run goes on where it is; --out has no place beside it.");
        return (
            Path.GetFileName(Path.TrimEndingDirectorySeparator(given)),
            [.. RunFolder.OpenAll(given).Select(run => (OfRun(run, overrides), run.Path))]);
    }

    private static Recipe OfRun(RunFolder run, RecipeOverrides overrides) => run.Info.Recipe.Length > 0
        ? Recipe.Parse(run.Info.Recipe, $"the recipe in {run.Path}/run.json", overrides)
        : throw new InputException($"{run.Path}: the run was made by a program and has no recipe, so only that program can go on with it.");

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
