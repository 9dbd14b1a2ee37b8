namespace Explain.Core;

/// <summary>
/// A whole experiment in YAML, read and validated: data, network, loss, optimiser and everything else the trainer needs. Every error is
/// reported with its line, all at once. docs/recipes.md describes the keys.
/// </summary>
public sealed record Recipe
{
    /// <summary>Short name, for tables and folders: letters, digits, '-', '_' and '.'.</summary>
    public required string Name { get; init; }

    /// <summary>One line for headings.</summary>
    public required string Title { get; init; }

    /// <summary>What to look for, in Markdown.</summary>
    public required string Notes { get; init; }

    /// <summary>Seed of the network's start and of the shuffles. The data has a seed of its own.</summary>
    public required ulong Seed { get; init; }

    /// <summary>The data and how it is prepared.</summary>
    public required DataRecipe Data { get; init; }

    /// <summary>How training pictures are changed anew in every epoch; null for not at all.</summary>
    public required Augmentation? Augmentation { get; init; }

    /// <summary>How labels are encoded; null to choose by the network's outputs.</summary>
    public required TargetEncoding? Targets { get; init; }

    /// <summary>The network, layer by layer.</summary>
    public required IReadOnlyList<LayerPlan> Network { get; init; }

    /// <summary>What is made small.</summary>
    public required Loss Loss { get; init; }

    /// <summary>See <see cref="Readout.LabelSmoothing"/>.</summary>
    public double LabelSmoothing { get; init; }

    /// <summary>How much the classes count; null for all the same.</summary>
    public ClassWeights? ClassWeights { get; init; }

    /// <summary>What large weights cost; null for nothing.</summary>
    public Penalty? Penalty { get; init; }

    /// <summary>A bound for the gradient of each step; null for none.</summary>
    public GradientClip? Clip { get; init; }

    /// <summary>How.</summary>
    public required OptimizerSettings Optimizer { get; init; }

    /// <summary>Passes over the training data.</summary>
    public required int Epochs { get; init; }

    /// <summary>Samples a step; null for all.</summary>
    public required int? BatchSize { get; init; }

    /// <summary>Null to end with the last epoch's parameters.</summary>
    public required KeepBest? KeepBest { get; init; }

    /// <summary>Null to run all epochs.</summary>
    public required EarlyStopping? EarlyStopping { get; init; }

    /// <summary>The most snapshots a run keeps.</summary>
    public required int Snapshots { get; init; }

    /// <summary>In a variant of a comparison, the settings that differ between the variants, in order; null elsewhere.</summary>
    public IReadOnlyList<KeyValuePair<string, string>>? Settings { get; init; }

    /// <summary>In a variant of a comparison, its place among the others; null elsewhere.</summary>
    public ComparisonPlace? Comparison { get; init; }

    /// <summary>The recipes of the comparison; this one alone where nothing is compared.</summary>
    public IReadOnlyList<Recipe> Variants { get => field ?? [this]; init; }

    /// <summary>The file that the recipe was read from, or the name it was asked for by; for messages.</summary>
    internal string Source { get; init; } = "recipe";

    /// <summary>Reads a file, or a recipe of the <see cref="RecipeLibrary"/> by name.</summary>
    /// <param name="nameOrPath">"circles" or "my/circles.yaml".</param>
    /// <param name="overrides">What to change first.</param>
    /// <exception cref="InputException">There is no such recipe, or it is wrong: every problem with its line.</exception>
    public static Recipe Open(string nameOrPath, RecipeOverrides? overrides = null)
    {
        if (RecipeLibrary.Names.Contains(nameOrPath)) return Parse(RecipeLibrary.Read(nameOrPath), nameOrPath, overrides);
        if (!File.Exists(nameOrPath))
            throw new InputException($"{nameOrPath}: no such file"
                + $"{(nameOrPath.Contains('/') || nameOrPath.Contains('\\')
                    ? "."
                    : $", and no recipe of that name comes with the program{Core.Names.Hint(nameOrPath, RecipeLibrary.Names)}")}");
        try
        {
            return Parse(File.ReadAllText(nameOrPath), nameOrPath, overrides);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"{nameOrPath}: the file cannot be read: {e.Message}", e);
        }
    }

    /// <summary>Reads YAML.</summary>
    /// <param name="yaml">The recipe.</param>
    /// <param name="source">Its name, for messages.</param>
    /// <param name="overrides">What to change first.</param>
    /// <exception cref="InputException">It is wrong: every problem with its line.</exception>
    public static Recipe Parse(string yaml, string source = "recipe", RecipeOverrides? overrides = null) =>
        RecipeComparison.Read(yaml, source, overrides ?? new RecipeOverrides());

    /// <summary>
    /// This recipe without its comparison as YAML that leaves nothing to a default, except a path to data, which is of one machine only.
    /// Training it gives the same bits.
    /// </summary>
    public string Resolve() => RecipeWriter.Write(this);
}

/// <summary>Changes to a recipe before it is validated, in the order in which they are made.</summary>
public sealed record RecipeOverrides
{
    /// <summary>Whether to make the changes that the recipe itself lists under "quick", for a first look.</summary>
    public bool Quick { get; init; }

    /// <summary>
    /// Paths and values in YAML, e.g. ("optimizer.rate", "1e-4") or ("network.0.activation", "tanh"); <c>--set</c> on the command line.
    /// </summary>
    public IReadOnlyList<KeyValuePair<string, string>> Set { get; init; } = [];
}

/// <summary>The data of a recipe.</summary>
/// <param name="Request">Which.</param>
/// <param name="Validation">Share of the training samples that become validation data.</param>
/// <param name="Normalise">How inputs are normalised.</param>
public sealed record DataRecipe(DataRequest Request, double Validation, NormaliseRecipe Normalise);

/// <summary>How inputs are normalised.</summary>
/// <param name="Kind">How.</param>
/// <param name="Mean">With <see cref="NormaliseKind.Given"/>.</param>
/// <param name="Std">With <see cref="NormaliseKind.Given"/>.</param>
public sealed record NormaliseRecipe(NormaliseKind Kind, double Mean = 0, double Std = 1);

/// <summary>Ways to normalise, see <see cref="Normalisation"/>.</summary>
public enum NormaliseKind
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>With a given mean and deviation.</summary>
    Given,

    /// <summary>With the mean and deviation of all training values.</summary>
    Standard,

    /// <summary>With those of each feature.</summary>
    EachFeature,

    /// <summary>Each feature to 0 … 1.</summary>
    UnitRange,
}
