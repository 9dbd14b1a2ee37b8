using Explain.Core;
using Explain.Render;

namespace Explain.Tool;

/// <summary>
/// The runs that the figures' guide draws: recipes that come with the program and need no download, so that everybody can repeat every
/// picture.
/// </summary>
internal sealed class ExampleRuns
{
    private const string Digits = "strokes", Plane = "spirals-relu", Images = "digits-convolution", Comparison = "comparison",
        Seeds = "seeds", Settings = "settings";

    // Figures of several runs show the comparison, but for those that need runs of a certain kind.
    private static readonly Dictionary<string, string> Special =
        new(StringComparer.Ordinal) { ["runs-spread"] = Seeds, ["runs-landscape"] = $"{Seeds}/relu", ["runs-parallel"] = Settings };

    private readonly string _folder;

    private ExampleRuns(string folder) => _folder = folder;

    /// <summary>What is trained, as the guide prints it.</summary>
    public static IReadOnlyList<ExampleTraining> Trainings { get; } =
    [
        new(Digits, Digits, false, []),
        new(Plane, Plane, false, []),
        new(Images, Images, true, []),
        new(Comparison, Comparison, true, []),
        new(Settings, Settings, false, []),
        .. from activation in new[] { "relu", "sigmoid" }
           from seed in Enumerable.Range(1, 4)
           select new ExampleTraining(
               $"{Seeds}/{activation}/{seed}", Digits, true, [new("activation", activation), new("seed", $"{seed}")]),
    ];

    /// <summary>Trains what is not in <paramref name="folder"/> yet.</summary>
    public static async Task<ExampleRuns> InAsync(string folder, Terminal terminal, CancellationToken cancellation)
    {
        foreach (var training in Trainings)
        {
            var recipe = Recipe.Open(training.Recipe, new RecipeOverrides { Quick = training.Quick, Set = training.Set });
            await new RecipeTraining(
                training.Run, RecipeTraining.RunsOf(recipe, Path.Combine(folder, training.Run)), null, ExistingRuns.GoOn,
                "the same command").TrainAsync(terminal, cancellation);
        }
        return new ExampleRuns(folder);
    }

    /// <summary>Name of the run, or of the folder of runs, that shows what a figure can.</summary>
    public string NameFor(FigureKind kind) =>
        Special.TryGetValue(kind.Name, out string? name) ? name
        : kind.Scope == FigureScope.Runs ? Comparison
        : new[] { Digits, Plane, Images }.First(run => kind.Applies(RunFolder.Open(Path.Combine(_folder, run))));

    /// <summary>The runs of that name.</summary>
    public IReadOnlyList<RunFolder> Open(string name) => RunFolder.OpenAll(Path.Combine(_folder, name));
}

/// <summary>One training of the guide's examples.</summary>
/// <param name="Run">Folder of the run or runs.</param>
/// <param name="Recipe">Name of the recipe.</param>
/// <param name="Quick">Whether its quick form is trained.</param>
/// <param name="Set">Further changes to the recipe.</param>
internal sealed record ExampleTraining(string Run, string Recipe, bool Quick, IReadOnlyList<KeyValuePair<string, string>> Set)
{
    /// <summary>The command line.</summary>
    public string Command =>
        $"explain train {Recipe}{(Quick ? " --quick" : "")}{string.Concat(Set.Select(s => $" --set {s.Key}={s.Value}"))} --out runs/{Run}";
}
