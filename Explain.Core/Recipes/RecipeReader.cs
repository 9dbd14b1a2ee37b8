namespace Explain.Core;

/// <summary>Turns the YAML of one recipe, without comparison, into objects.</summary>
internal sealed class RecipeReader(RecipeProblems problems)
{
    /// <summary>The words for <see cref="TargetEncoding"/>, in its order.</summary>
    public static readonly IReadOnlyList<string> Targets = ["one-hot", "0/1", "-1/1"];

    /// <summary>The words for <see cref="Measure"/>, in its order.</summary>
    public static readonly IReadOnlyList<string> Measures =
        ["validation loss", "validation accuracy", "training loss", "training accuracy"];

    /// <summary>The words for <see cref="NormaliseKind"/> other than <see cref="NormaliseKind.Given"/>.</summary>
    public static readonly IReadOnlyList<string> Normalisations = ["none", "standard", "each feature", "unit range"];

    /// <summary>The words for <see cref="GradientReduction"/>, in its order.</summary>
    public static readonly IReadOnlyList<string> Gradients = ["mean", "sum"];

    /// <summary>The keys of a recipe.</summary>
    public static readonly IReadOnlyList<string> Keys =
    [
        "name", "title", "notes", "seed", "data", "augment", "targets", "network", "activation", "initializer", "bias", "loss",
        "label smoothing", "class weights", "penalty", "clip", "optimizer", "epochs", "batch", "keep",
        "early stopping", "snapshots", "compare", "quick",
    ];

    /// <summary>Reads; what is wrong is noted and replaced by something harmless.</summary>
    public Recipe Read(RecipeNode node)
    {
        var root = new RecipeSection(node, "the recipe", Keys, problems);
        string name = root.Required("name", "my-experiment");
        if (root["name"]?.Scalar is not null
            && (name.Length == 0 || !name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.') || name[0] == '.'))
            root.Problem("name", $"'name' is '{name}'; letters, digits, '-', '_' and '.' are allowed, because folders are named after it");
        var data = ReadData(root);
        int before = problems.Told;
        var network = new NetworkRecipe(root, problems).Read();
        var loss = root.Kind("loss", Loss.SoftmaxCrossEntropy, Loss.Parse, Loss.Names);
        if (problems.Told == before && loss.Misfit(network[^1].Activation) is { } misfit) problems.Add(LastActivation(root), misfit);
        var objective = new RecipeObjective(root, problems);
        var recipe = new Recipe
        {
            Name = name,
            Title = root.Text("title", name),
            Notes = root.Text("notes", "").TrimEnd(),
            Seed = (ulong)root.Number("seed", 1, 0, 1L << 53, whole: true),
            Data = data,
            Augmentation = AugmentationRecipe.Read(root, problems),
            Targets = root["targets"] is null ? null : (TargetEncoding)root.Choice("targets", 0, Targets),
            Network = network,
            Loss = loss,
            LabelSmoothing = objective.ReadLabelSmoothing(loss),
            ClassWeights = objective.ReadClassWeights(),
            Penalty = objective.ReadPenalty(),
            Clip = objective.ReadClip(),
            Optimizer = ReadOptimizer(root),
            Epochs = root.Integer("epochs", 10, 1, 1_000_000),
            BatchSize = ReadBatch(root),
            KeepBest = ReadKeep(root, data),
            EarlyStopping = ReadEarlyStopping(root, data),
            Snapshots = root.Integer("snapshots", SnapshotSchedule.DefaultBudget, 2, 10_000),
        };
        foreach (string key in new[] { "loss", "epochs" })
        {
            if (root[key] is null)
                root.Problem(key, $"'{key}' is missing, e.g. '{key}: {(key == "loss" ? "softmax cross-entropy" : "20")}'");
        }
        return recipe;
    }

    private DataRecipe ReadData(RecipeSection root)
    {
        var nothing = new DataRecipe(new DataRequest("strokes"), 0, new NormaliseRecipe(NormaliseKind.None));
        if (root["data"] is not { } node)
        {
            root.Problem("data", "'data' is missing, e.g. 'data: {source: strokes}'");
            return nothing;
        }
        node = node.AsMapping("source");
        string[] common = ["source", "path", "label", "validation", "normalise"];
        var source = DataCatalog.All.FirstOrDefault(s => s.Name == node["source"]?.Scalar);
        var options = source is null ? DataCatalog.All.SelectMany(s => s.Options).Select(o => o.Name).Distinct()
            : source.Options.Select(o => o.Name);
        var section = new RecipeSection(node, "'data'", [.. common, .. options], problems);
        if (node.Entries is null) return nothing;
        var sources = DataCatalog.All.Select(s => s.Name).ToList();
        if (node["source"] is null) problems.Add(node, $"'source' of the data is missing; allowed are {Names.List(sources)}");
        else section.Choice("source", 0, sources);
        double validation = section.Number("validation", 0, 0, 0.99);
        var normalise = ReadNormalise(section);
        if (source is null)
        {
            // As for the kinds below: a number that no source allows is told all the same.
            foreach (var option in DataCatalog.All.SelectMany(s => s.Options).GroupBy(o => o.Name))
                section.Number(
                    option.Key, option.First().Default, option.Min(o => o.Minimum), option.Max(o => o.Maximum), option.All(o => o.Whole));
            return nothing;
        }

        var values = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var option in source.Options)
        {
            // All are kept, also those at their defaults, which may change while a resolved recipe may not.
            if (section[option.Name] is not null || source.Input == DataInput.Nothing)
                values[option.Name] = section.Number(option.Name, option.Default, option.Minimum, option.Maximum, option.Whole);
        }
        if (source.Input == DataInput.Nothing && section["path"] is not null)
            section.Problem("path", $"the data '{source.Name}' is drawn and reads no 'path'; leave it out");
        if (source.Input != DataInput.File && section["label"] is not null)
            section.Problem("label", $"the data '{source.Name}' has no columns to take a 'label' from; only CSV files have");
        return new DataRecipe(
            new DataRequest(source.Name)
            {
                Options = values,
                Path = section["path"] is null ? null : section.Text("path", ""),
                Label = section["label"] is null ? null : section.Text("label", ""),
            },
            validation,
            normalise);
    }

    private NormaliseRecipe ReadNormalise(RecipeSection data)
    {
        if (data["normalise"] is { Entries: not null } node)
        {
            var section = new RecipeSection(node, "'normalise'", ["mean", "std"], problems);
            foreach (string key in new[] { "mean", "std" })
            {
                if (node[key] is null) problems.Add(node, $"'{key}' of 'normalise' is missing, e.g. '{{mean: 0.1307, std: 0.3081}}'");
            }
            return new NormaliseRecipe(NormaliseKind.Given, section.Number("mean", 0, -1e6, 1e6), section.Number("std", 1, 1e-6, 1e6));
        }
        return new NormaliseRecipe(data.Choice("normalise", 0, Normalisations) switch
        {
            1 => NormaliseKind.Standard,
            2 => NormaliseKind.EachFeature,
            3 => NormaliseKind.UnitRange,
            _ => NormaliseKind.None,
        });
    }

    /// <summary>Where the last layer's activation stands, or the layer where it is left out.</summary>
    private static RecipeNode LastActivation(RecipeSection root)
    {
        var last = root["network"]!.Items![^1];
        return last["activation"] ?? last;
    }

    private OptimizerSettings ReadOptimizer(RecipeSection root)
    {
        var none = new Dictionary<string, double>();
        if (root["optimizer"] is not { } node)
        {
            root.Problem("optimizer", "'optimizer' is missing, e.g. 'optimizer: {kind: adam, rate: 0.001}'");
            return new OptimizerSettings("gradient descent", none, GradientReduction.Mean, "constant", none);
        }
        var (kind, settings, section) = ReadKind(node, "optimizer", Optimizer.Kinds, ["gradient", "schedule"]);
        var gradient = (GradientReduction)(section?.Choice("gradient", 0, Gradients) ?? 0);
        var (schedule, scheduleSettings, _) = section?["schedule"] is { } inner ? ReadKind(inner, "schedule", Schedule.Kinds, [])
            : ("constant", none, null);
        return new OptimizerSettings(kind, settings, gradient, schedule, scheduleSettings);
    }

    /// <summary>A mapping with "kind" and the numbers that the kind takes.</summary>
    private (string Kind, Dictionary<string, double> Settings, RecipeSection? Section) ReadKind<T>(
        RecipeNode node, string what, IReadOnlyList<Kind<T>> kinds, IReadOnlyList<string> more)
    {
        node = node.AsMapping("kind");
        var names = kinds.Select(k => k.Name).ToList();
        var kind = kinds.FirstOrDefault(k => k.Name == node["kind"]?.Scalar);
        var parameters = kind is null ? kinds.SelectMany(k => k.Parameters).Select(p => p.Name).Distinct()
            : kind.Parameters.Select(p => p.Name);
        var section = new RecipeSection(node, $"'{what}'", ["kind", .. more, .. parameters], problems);
        var settings = new Dictionary<string, double>(StringComparer.Ordinal);
        if (node.Entries is null) return (names[0], settings, null);
        if (node["kind"] is null) problems.Add(node, $"'kind' of the {what} is missing; allowed are {Names.List(names)}");
        else section.Choice("kind", 0, names);
        // Without a kind its numbers mean nothing, but one that no kind allows is told all the same.
        foreach (var parameter in kinds.SelectMany(k => k.Parameters).GroupBy(p => p.Name).Where(_ => kind is null))
            section.Number(parameter.Key, parameter.First().Default, parameter.Min(p => p.Minimum), parameter.Max(p => p.Maximum));
        foreach (var parameter in kind?.Parameters ?? [])
        {
            double value = section.Number(parameter.Name, parameter.Default, parameter.Minimum, parameter.Maximum);
            if (!double.IsNaN(value)) settings[parameter.Name] = value; // NaN stands for "the kind has a rule of its own".
        }
        return (kind?.Name ?? names[0], settings, section);
    }

    private static int? ReadBatch(RecipeSection root)
    {
        if (root["batch"] is null) return 128;
        if (root["batch"]!.Scalar == "full") return null;
        if (root["batch"]!.Scalar is { } text && text.Any(char.IsAsciiDigit)) return root.Integer("batch", 128, 1, 100_000_000);
        root.Problem("batch", $"'batch' is {root["batch"]!.What}; allowed are 'full' and integers from 1 on");
        return 128;
    }

    private KeepBest? ReadKeep(RecipeSection root, DataRecipe data)
    {
        if (root["keep"] is not { } node) return null;
        if (node.Entries is null)
        {
            if (root.Choice("keep", 0, ["last", "best"]) == 0) return null;
            node = node.AsMapping("measure");
            CheckValidation(node, Measure.ValidationAccuracy, data);
            return new KeepBest(Measure.ValidationAccuracy);
        }
        var section = new RecipeSection(node, "'keep'", ["measure", "minimum improvement"], problems);
        var keep = new KeepBest(
            (Measure)section.Choice("measure", (int)Measure.ValidationAccuracy, Measures),
            section.Number("minimum improvement", 0, 0, 1e6));
        CheckValidation(node, keep.Measure, data);
        return keep;
    }

    private EarlyStopping? ReadEarlyStopping(RecipeSection root, DataRecipe data)
    {
        if (root["early stopping"] is not { } node) return null;
        var section = new RecipeSection(node, "'early stopping'", ["measure", "patience", "minimum improvement"], problems);
        if (node.Entries is null) return null;
        var stopping = new EarlyStopping(
            (Measure)section.Choice("measure", (int)Measure.ValidationLoss, Measures),
            section.Integer("patience", 10, 1, 1_000_000),
            section.Number("minimum improvement", 0, 0, 1e6));
        CheckValidation(node, stopping.Measure, data);
        return stopping;
    }

    private void CheckValidation(RecipeNode node, Measure measure, DataRecipe data)
    {
        if (data.Validation == 0 && measure is Measure.ValidationAccuracy or Measure.ValidationLoss)
            problems.Add(
                node,
                $"the {Measures[(int)measure]} is to be watched, but no validation data is taken; set 'validation' of 'data', e.g. "
                    + "to 0.15, or watch the training data");
    }
}
