using System.Globalization;
using System.Text;

namespace Explain.Core;

/// <summary>
/// The layers of a recipe in YAML: the key 'network'. A layer is a mapping whose kind stands before its main number ('conv: 16', 'dropout:
/// 0.5'), other numbers beside it; a layer without any can stand as a word ('flatten').
/// </summary>
internal sealed class NetworkRecipe(RecipeSection root, RecipeProblems problems)
{
    private const string Expected = "a list of layers such as '- dense: 32' is expected";
    private static readonly string[] Sides = ["padding top", "padding bottom", "padding left", "padding right"];
    private readonly Activation? _hidden = root["activation"] is null ? null
        : root.Kind("activation", Activation.Relu, Activation.Parse, Activation.Names);
    private readonly Initializer _initializer = root.Kind("initializer", Initializer.GlorotUniform, Initializer.Parse, Initializer.Names);
    private readonly bool _bias = root.Flag("bias", true);
    private readonly List<LayerPlan> _layers = [];

    /// <summary>Reads; what is wrong is noted and replaced by something harmless or left out.</summary>
    public List<LayerPlan> Read()
    {
        if (root["network"] is not { } node)
        {
            root.Problem("network", "'network' is missing, e.g. 'network: [{dense: 32, activation: relu}, {dense: 10}]'");
            return _layers;
        }
        if (node.Items is not { Count: > 0 } items)
        {
            problems.Add(node, $"'network' is {(node.Items is null ? node.What : "empty")}; {Expected}");
            return _layers;
        }
        LayerKind?[] kinds = [.. items.Select(KindOf)];
        // The outputs come from the last layer that ends in a function; pooling or flattening may follow it.
        int output = Array.FindLastIndex(kinds, k => k is { HasActivation: true } and not { Name: "batch norm" });
        for (int i = 0; i < items.Count; i++) ReadLayer(items[i], kinds[i], hidden: i < output);
        if (kinds[^1] is { Name: "dropout" or "batch norm" } last)
            problems.Add(
                items[^1],
                $"the last layer is of the kind '{last.Name}', which has no units of its own; end in e.g. '- dense: 10', one unit a class");
        return _layers;
    }

    /// <summary>What <see cref="Read"/> reads back.</summary>
    public static void Write(StringBuilder yaml, IEnumerable<LayerPlan> layers, Func<string, string> quoted)
    {
        foreach (var layer in layers)
        {
            var kind = LayerKinds.Find(layer.Kind);
            string? main = Main(kind);
            yaml.Append($"  - {layer.Kind}:{(main is null ? "" : $" {Number(Value(layer, main))}")}\n");
            Line($"name: {quoted(layer.Name!)}");
            foreach (var (name, value) in layer.Settings.Where(s => s.Key != main)) Line($"{name}: {Number(value)}");
            if (layer.Padding is { } padding) Line($"padding: {padding}");
            if (kind.HasActivation) Line($"activation: {quoted(layer.Activation.Name)}");
            if (!kind.HasWeights) continue;
            Line($"bias: {(layer.Bias ? "true" : "false")}");
            if (layer.Bias) Line($"bias start: {layer.BiasStart.ToString("R", CultureInfo.InvariantCulture)}");
            Line($"initializer: {quoted(layer.Initializer!.Name)}");
        }

        void Line(string line) => yaml.Append("    ").Append(line).Append('\n');
    }

    /// <summary>The number that stands behind the kind, e.g. the filters of a convolution; null where there is none.</summary>
    private static string? Main(LayerKind kind) => kind.Name == "dropout" ? "rate" : kind.Parameters.FirstOrDefault(p => p.Required)?.Name;

    private static double Value(LayerPlan layer, string setting) => layer.Settings.First(s => s.Key == setting).Value;

    private LayerKind? KindOf(RecipeNode item)
    {
        if (item.Scalar is { } word)
        {
            if (LayerKinds.All.FirstOrDefault(k => k.Name == word) is { } kind && !item.Quoted) return kind;
            problems.Add(
                item,
                LayerKinds.Names.Contains(Names.Nearest(word, LayerKinds.Names) ?? "")
                    ? $"there is no layer kind '{word}'{Names.Hint(word, LayerKinds.Names)}"
                    : $"a layer is {item.What}; {Expected}");
            return null;
        }
        if (item.Entries is null)
        {
            problems.Add(item, $"a layer is {item.What}; {Expected}");
            return null;
        }
        var found = LayerKinds.All.Where(k => item[k.Name] is not null).ToList();
        if (found.Count == 0) problems.Add(item, "the layer has no kind and size; write e.g. '- dense: 32'");
        if (found.Count > 1) problems.Add(item, $"the layer is of two kinds, '{found[0].Name}' and '{found[1].Name}'; a layer is of one");
        return found.Count == 0 ? null : found[0];
    }

    private void ReadLayer(RecipeNode item, LayerKind? kind, bool hidden)
    {
        if (kind is null)
        {
            if (item.Entries is not null) _ = new RecipeSection(item, "a layer", [.. LayerKinds.All.SelectMany(Keys).Distinct()], problems);
            return;
        }
        var section = new RecipeSection(item.AsMapping(kind.Name), $"a layer of the kind '{kind.Name}'", [.. Keys(kind)], problems);
        bool norm = kind.Name == "batch norm";
        var standard = hidden && kind.HasActivation && !norm ? _hidden : Activation.Identity;
        if (standard is null && item["activation"] is null)
            problems.Add(item, "the hidden layer has no activation; give it one, or set 'activation' of the recipe for all hidden layers");
        string name = section.Text("name", $"{kind.Prefix}{_layers.Count + 1}");
        if (name.Length == 0 || !name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_'))
            section.Problem("name", $"the layer name '{name}' is not allowed; letters, digits, '-' and '_' are");
        if (_layers.Any(l => l.Name == name)) section.Problem("name", $"there are two layers named '{name}'; names must differ");
        var settings = ReadSettings(item, kind, section);
        // What the recipe says for all layers is meant for what they weigh their inputs with, not for the scale and shift of normalised
        // ones.
        bool bias = section.Flag("bias", norm || _bias);
        if (!bias && section["bias start"] is not null)
            section.Problem("bias start", "the layer has no bias, so 'bias start' means nothing; leave it out");
        _layers.Add(new LayerPlan(kind.Name, name)
        {
            Settings = settings,
            Padding = ReadPadding(kind, section),
            Activation = section.Kind("activation", standard ?? Activation.Relu, Activation.Parse, Activation.Names),
            Bias = bias,
            BiasStart = (float)section.Number("bias start", 0, -1e6, 1e6),
            Initializer = kind.HasWeights
                ? section.Kind("initializer", norm ? Initializer.Constant(1) : _initializer, Initializer.Parse, Initializer.Names)
                : null,
        });
    }

    private static IEnumerable<string> Keys(LayerKind kind)
    {
        yield return kind.Name;
        foreach (var parameter in kind.Parameters.Where(p => p.Name != Main(kind))) yield return parameter.Name;
        if (kind.TakesPadding) yield return "padding";
        yield return "name";
        if (kind.HasActivation) yield return "activation";
        if (!kind.HasWeights) yield break;
        yield return "bias";
        yield return "bias start";
        yield return "initializer";
    }

    private List<KeyValuePair<string, double>> ReadSettings(RecipeNode item, LayerKind kind, RecipeSection section)
    {
        string? main = Main(kind);
        // In the short form the word itself stands where the number would.
        var given = item.Scalar is null ? section[kind.Name] : null;
        if (main is null && given is not null && given.Scalar is not "")
            section.Problem(kind.Name, $"a layer of the kind '{kind.Name}' has no number behind its kind; leave it empty");
        var settings = new List<KeyValuePair<string, double>>();
        foreach (var parameter in kind.Parameters)
        {
            string key = parameter.Name == main ? kind.Name : parameter.Name;
            bool there = parameter.Name == main ? given is { Scalar: not "" } : section[key] is not null;
            if (!there && parameter.Required)
            {
                section.Problem(
                    kind.Name,
                    parameter.Name == main
                        ? $"the layer does not say its {main}; write e.g. '- {kind.Name}: "
                            + $"{(kind.Name.EndsWith("pool", StringComparison.Ordinal) ? 2 : 16)}'"
                        : $"the layer does not say its '{key}', e.g. '{key}: 3'");
                settings.Add(new(parameter.Name, parameter.Minimum));
                continue;
            }
            double value = there
                ? section.Number(
                    key,
                    double.IsNaN(parameter.Default) ? parameter.Minimum : parameter.Default,
                    parameter.Minimum,
                    parameter.Maximum,
                    parameter.Whole)
                : parameter.Default;
            // A number that follows another has no default of its own; nor need zeros be told that 'padding' tells.
            if (!double.IsNaN(value) && (there || !Sides.Contains(parameter.Name))) settings.Add(new(parameter.Name, value));
        }
        return settings;
    }

    private Padding? ReadPadding(LayerKind kind, RecipeSection section)
    {
        if (!kind.TakesPadding) return null;
        bool sides = Sides.Any(side => section[side] is not null);
        if (section["padding"] is not { } node) return sides ? null : Padding.Valid;
        if (sides)
            section.Problem(
                "padding", $"'padding' and '{Sides.First(side => section[side] is not null)}' are both given; one or the other is allowed");
        try
        {
            if (node.Scalar is { } text) return Padding.Parse(text);
        }
        catch (InputException)
        {
            // Told below, with the line.
        }
        problems.Add(node, $"'padding' is {node.What}; allowed are 'valid', 'same' and a whole number of zeros");
        return Padding.Valid;
    }

    private static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
