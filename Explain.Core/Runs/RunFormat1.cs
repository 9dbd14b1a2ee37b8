using System.Globalization;
using System.Text.Json.Nodes;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Explain.Core;

/// <summary>
/// Reads run.json of format 1 as one of format 2: facts that stood in the recipe's text become entries. It reads the YAML that Explain
/// wrote then, key by key, and not as a recipe: the language of recipes may change, what a run was may not. What cannot be told is left
/// out, or said in <see cref="Objective.Unrecorded"/>.
/// </summary>
internal static class RunFormat1
{
    /// <summary>Changes the document and gives it back.</summary>
    /// <exception cref="InvalidOperationException">It is not built as a run's is.</exception>
    public static JsonObject Upgrade(JsonObject document)
    {
        document["format"] = RunDocument.CurrentFormat;
        if (document["run"] is JsonObject run && run["network"] is JsonObject network)
        {
            var recipe = new OldRecipe(Text(run["recipe"]));
            var objective = new JsonObject
            {
                ["loss"] = Take(network, "loss"),
                ["targets"] = Take(network, "targets") ?? nameof(TargetEncoding.OneHot),
            };
            AddObjective(objective, recipe, run["settings"] as JsonObject);
            run["objective"] = objective;
            foreach (var layer in (network["layers"] as JsonArray ?? []).OfType<JsonObject>()
                .Where(layer => Text(layer["initializer"]).Length == 0))
                layer["initializer"] = null;
            AddTraining(run, recipe);
            if (run["settings"] is JsonObject settings) run["settings"] = Renamed(settings);
            if (run["data"] is JsonObject data) AddData(data, recipe);
        }
        if (document["outcome"] is JsonObject outcome)
        {
            // What was called the best epoch was the kept one.
            outcome["keptEpoch"] = Take(outcome, "bestEpoch");
            if (Take(document, "weightsHashes") is JsonArray { Count: > 0 } hashes) outcome["weightsHash"] = Text(hashes[^1]);
        }
        document.Remove("weightsHashes");
        return document;
    }

    private static void AddObjective(JsonObject objective, OldRecipe recipe, JsonObject? settings)
    {
        if (recipe.Unreadable)
        {
            objective["unrecorded"] = "its recipe, which alone told of label smoothing, class weights and penalty, cannot be read";
            return;
        }
        // A run that a program made has no recipe, and what differed from the plain loss among its settings.
        objective["labelSmoothing"] = Number(recipe["label smoothing"]) ?? Number(Text(settings?["label smoothing"])) ?? 0;
        string weights = recipe["class weights"] ?? Text(settings?["class weights"]);
        objective["balancedClasses"] = weights == "balanced";
        if (weights == "balanced")
            objective["unrecorded"] = "its class weights were balanced by counts of the training data that it does not hold";
        else if (weights.StartsWith('['))
            objective["classWeights"] = new JsonArray(
                [.. weights.Trim('[', ']').Split(',').Select(weight => (JsonNode)(Number(weight) ?? 1))]);
        if (recipe.Mapping("penalty") is { } penalty)
            objective["penalty"] =
                new JsonObject { ["l1"] = Number(penalty["l1"]), ["l2"] = Number(penalty["l2"]), ["biases"] = penalty["biases"] == "true" };
    }

    private static void AddTraining(JsonObject run, OldRecipe recipe)
    {
        if (recipe.Mapping("optimizer") is { } optimizer)
        {
            var schedule = optimizer.Mapping("schedule");
            run["optimizer"] = new JsonObject
            {
                ["kind"] = optimizer["kind"],
                ["settings"] = Numbers(optimizer, "kind", "gradient", "schedule"),
                ["gradient"] = optimizer["gradient"] == "sum" ? nameof(GradientReduction.Sum) : nameof(GradientReduction.Mean),
                ["schedule"] = schedule?["kind"] ?? "constant",
                ["scheduleSettings"] = schedule is null ? [] : Numbers(schedule, "kind"),
            };
        }
        if (Number(recipe["batch"]) is { } batch) run["batchSize"] = (int)batch;
        if (recipe.Mapping("clip") is { } clip) run["clip"] = Numbers(clip);
        if (recipe.Mapping("augment") is { } augment)
        {
            var augmentation = Numbers(augment, "elastic");
            if (augment.Mapping("elastic") is { } elastic) augmentation["elastic"] = Numbers(elastic);
            run["augmentation"] = augmentation;
        }
        if (recipe.Mapping("keep") is { } keep) run["keepBest"] = Watch(keep);
        if (recipe.Mapping("early stopping") is not { } stop) return;
        var early = Watch(stop);
        early["patience"] = (int)(Number(stop["patience"]) ?? 10);
        run["earlyStopping"] = early;
    }

    private static void AddData(JsonObject data, OldRecipe recipe)
    {
        if (recipe.Mapping("data") is not { } source) return;
        data["source"] = source["source"];
        if (Number(source["seed"]) is { } seed) data["seed"] = (ulong)seed;
        data["options"] = Numbers(source, "source", "label", "seed", "validation", "normalise", "path");
    }

    /// <summary>Settings of layers bore the path to them in the recipe.</summary>
    private static JsonObject Renamed(JsonObject settings)
    {
        var renamed = new JsonObject();
        foreach (var (key, value) in settings)
        {
            string name = key.Split(' ', 3) is ["network", var place, var what]
                && int.TryParse(place, NumberStyles.None, CultureInfo.InvariantCulture, out int layer)
                ? string.Create(
                    CultureInfo.InvariantCulture,
                    $"{what switch { "dense" => "units", "conv" => "filters", _ => what }} of layer {layer + 1}")
                : key;
            renamed[name] = value?.DeepClone();
        }
        return renamed;
    }

    private static JsonObject Watch(OldRecipe keep) => new()
    {
        ["measure"] = keep["measure"] switch
        {
            "validation loss" => nameof(Measure.ValidationLoss),
            "train loss" or "training loss" => nameof(Measure.TrainLoss),
            "train accuracy" or "training accuracy" => nameof(Measure.TrainAccuracy),
            _ => nameof(Measure.ValidationAccuracy),
        },
        ["minimumImprovement"] = Number(keep["minimum improvement"]) ?? 0,
    };

    private static JsonObject Numbers(OldRecipe mapping, params string[] except)
    {
        var numbers = new JsonObject();
        foreach (string key in mapping.Keys.Except(except))
        {
            if (Number(mapping[key]) is { } number) numbers[key] = number;
        }
        return numbers;
    }

    private static double? Number(string? text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number) ? number
            : null;

    private static string Text(JsonNode? node) => node is JsonValue value && value.TryGetValue(out string? text) ? text : "";

    private static JsonNode? Take(JsonObject from, string name)
    {
        var value = from[name];
        from.Remove(name);
        return value;
    }

    /// <summary>A mapping of a resolved recipe: plain YAML whose lists of numbers stand as text.</summary>
    private sealed class OldRecipe
    {
        private readonly YamlMappingNode? _mapping;

        public OldRecipe(string yaml)
        {
            if (yaml.Length == 0) return;
            try
            {
                var stream = new YamlStream();
                stream.Load(new StringReader(yaml));
                _mapping = stream.Documents is [{ RootNode: YamlMappingNode root }, ..] ? root : null;
            }
            catch (YamlException)
            {
                // Told by Unreadable.
            }
            Unreadable = _mapping is null;
        }

        private OldRecipe(YamlMappingNode mapping) => _mapping = mapping;

        /// <summary>Whether there was a text that is no mapping.</summary>
        public bool Unreadable { get; }

        public IEnumerable<string> Keys => _mapping?.Children.Keys.OfType<YamlScalarNode>().Select(key => key.Value ?? "") ?? [];

        /// <summary>A value: a scalar as it stands, a list as "[1, 2]"; null where there is none, or it is a mapping.</summary>
        public string? this[string key] => Find(key) switch
        {
            YamlScalarNode scalar => scalar.Value,
            YamlSequenceNode list => $"[{string.Join(", ", list.Children.OfType<YamlScalarNode>().Select(item => item.Value))}]",
            _ => null,
        };

        public OldRecipe? Mapping(string key) => Find(key) is YamlMappingNode mapping ? new OldRecipe(mapping) : null;

        private YamlNode? Find(string key) =>
            _mapping is not null && _mapping.Children.TryGetValue(new YamlScalarNode(key), out YamlNode? value) ? value : null;
    }
}
