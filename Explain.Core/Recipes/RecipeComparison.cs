using System.Globalization;

namespace Explain.Core;

/// <summary>
/// Reads a recipe with its changes, and expands its comparison: "compare" is either a grid, {path: [values], …}, whose first path changes
/// slowest, or a list of variants, each {path: value, …} with a name if it likes.
/// </summary>
internal static class RecipeComparison
{
    private const int MaxVariants = 1000;
    private const string SeedSetting = "seed";
    private static readonly string[] NotSettings = ["name", "title", "notes"];

    /// <summary>See <see cref="Recipe.Parse"/>.</summary>
    public static Recipe Read(string yaml, string source, RecipeOverrides overrides)
    {
        var root = RecipeNode.Parse(yaml, source);
        var problems = new RecipeProblems(source);
        if (root.Entries is not null)
        {
            var quick = QuickChanges(root, problems);
            if (overrides.Quick) Apply(root, quick, problems);
            else CheckQuick(root, quick, problems);
        }
        foreach (var (path, value) in overrides.Set)
            root.Set(path, RecipeNode.ParseValue(value, $"--set {path}"));

        var single = root.Clone();
        single.Remove("compare");
        single.Remove("quick");
        var recipe = new RecipeReader(problems).Read(single) with { Source = source };
        // Keys that come twice are told of the whole; the copy has lost the one if both were "compare".
        if (root.Entries is not null) _ = new RecipeSection(root, "the recipe", RecipeReader.Keys, problems);
        if (root["compare"] is { } compare)
        {
            var variants = Combinations(compare, problems).Select(c => Variant(recipe, single, c, problems)).ToList();
            foreach (var twins in variants.GroupBy(v => v.Name).Where(g => g.Count() > 1))
                problems.Add(compare, $"{twins.Count()} variants of the comparison are named '{twins.Key}'; give them names that differ");
            recipe = recipe with { Variants = Placed(recipe.Name, variants) };
        }
        problems.ThrowIfAny();
        return recipe;
    }

    private static List<(string Path, RecipeNode Value)> QuickChanges(RecipeNode root, RecipeProblems problems)
    {
        if (root["quick"] is not { } node) return [];
        if (node.Entries is { } entries) return [.. entries.Where(e => e.Key.Scalar is not null).Select(e => (e.Key.Scalar!, e.Value))];
        problems.Add(node, $"'quick' is {node.What}; a mapping of paths and values such as 'epochs: 2' is expected");
        return [];
    }

    private static void CheckQuick(RecipeNode root, List<(string Path, RecipeNode Value)> changes, RecipeProblems problems)
    {
        if (changes.Count == 0) return;
        var copy = root.Clone();
        Apply(copy, changes, problems);
        if (copy["compare"] is { } compare) Combinations(compare, problems);
        copy.Remove("compare");
        copy.Remove("quick");
        new RecipeReader(problems).Read(copy);
    }

    private static void Apply(RecipeNode root, IEnumerable<(string Path, RecipeNode Value)> changes, RecipeProblems problems)
    {
        foreach (var (path, value) in changes)
        {
            try
            {
                root.Set(path, value);
            }
            catch (InputException e)
            {
                problems.Add(value, e.Message[(e.Message.IndexOf(": ", StringComparison.Ordinal) + 2)..]);
            }
        }
    }

    /// <summary>The changes of each variant, in order.</summary>
    private static List<List<(string Path, RecipeNode Value)>> Combinations(RecipeNode compare, RecipeProblems problems)
    {
        var result = new List<List<(string, RecipeNode)>>();
        if (compare.Items is { Count: > 0 } items)
        {
            foreach (var item in items)
            {
                if (item.Entries is { Count: > 0 } entries)
                    result.Add([.. entries.Where(e => e.Key.Scalar is not null).Select(e => (e.Key.Scalar!, e.Value))]);
                else
                    problems.Add(
                        item, $"a variant is {item.What}; a mapping of paths and values such as '{{activation: relu}}' is expected");
            }
            return result;
        }
        if (compare.Entries is not { Count: > 0 } grid)
        {
            problems.Add(
                compare,
                "'compare' is neither a mapping of paths to lists of values nor a list of variants, e.g. '{activation: [relu, tanh]}'");
            return result;
        }
        result.Add([]);
        foreach (var (key, values) in grid)
        {
            if (values.Items is not { Count: > 0 } list || key.Scalar is not { } path)
            {
                problems.Add(values, $"'{key.Scalar}' of 'compare' is {values.What}; a list of values to compare is expected");
                continue;
            }
            if ((long)result.Count * list.Count > MaxVariants)
            {
                problems.Add(compare, $"the comparison has more than {MaxVariants} variants; at most that many are allowed");
                return [];
            }
            result = [.. result.SelectMany(_ => list, (before, value) => before.Append((path, value)).ToList())];
        }
        return result;
    }

    private static Recipe Variant(Recipe whole, RecipeNode single, List<(string Path, RecipeNode Value)> changes, RecipeProblems problems)
    {
        var settings = changes.Where(c => !NotSettings.Contains(c.Path))
            .Select(c => new KeyValuePair<string, string>(SettingName(c.Path), Text(c.Value)))
            .ToList();
        var copy = single.Clone();
        copy.Remove("name");
        copy.Remove("title");
        string title = Words(settings);
        string name = Slug(string.Join(' ', settings.Select(s => s.Value)));
        copy.Set("name", RecipeNode.Text(name.Length == 0 ? whole.Name : name));
        copy.Set("title", RecipeNode.Text(title.Length == 0 ? whole.Title : title));
        Apply(copy, changes, problems);
        if (changes.Any(c => c.Path == "name") && changes.All(c => c.Path != "title"))
            copy.Set("title", RecipeNode.Text(copy["name"]!.Scalar ?? title));
        return new RecipeReader(problems).Read(copy) with { Settings = settings, Source = whole.Source };
    }

    /// <summary>Gives each variant its place: those that differ in their seed alone are repeats of each other.</summary>
    private static List<Recipe> Placed(string group, List<Recipe> variants)
    {
        string[] words = [.. variants.Select(variant => Words(variant.Settings!.Where(setting => setting.Key != SeedSetting)))];
        var repeats = words.CountBy(word => word).ToDictionary();
        var met = new Dictionary<string, int>();
        return [.. variants.Zip(words, (variant, word) =>
        {
            int repeat = met[word] = met.GetValueOrDefault(word) + 1;
            return variant with { Comparison = new ComparisonPlace(group, word, repeat, repeats[word]) };
        })];
    }

    /// <summary>Settings as one says them: a word by itself, a number behind its name.</summary>
    private static string Words(IEnumerable<KeyValuePair<string, string>> settings) =>
        string.Join(
            ", ", settings.Select(s => double.TryParse(s.Value, CultureInfo.InvariantCulture, out _) ? $"{s.Key} {s.Value}" : s.Value));

    /// <summary>
    /// What a path is called in tables: "optimizer.rate" is "rate", "network.0.dense" is "units of layer 1", any other path is as it is.
    /// </summary>
    internal static string SettingName(string path) => path.Split('.') switch
    {
        ["optimizer", _, ..] and [_, .. var rest] => string.Join(' ', rest),
        ["network", var place, var what] when int.TryParse(place, NumberStyles.None, CultureInfo.InvariantCulture, out int layer) =>
            string.Create(
                CultureInfo.InvariantCulture, $"{what switch { "dense" => "units", "conv" => "filters", _ => what }} of layer {layer + 1}"),
        var parts => string.Join(' ', parts),
    };

    private static string Text(RecipeNode value) =>
        value.Scalar
        ?? (value.Items is { } items ? string.Join('-', items.Select(Text))
            : string.Join(' ', value.Entries!.Select(e =>
                e.Key.Scalar is "kind" or "dense" ? Text(e.Value) : $"{Text(e.Key)} {Text(e.Value)}".TrimEnd())));

    /// <summary>Letters, digits and points, everything else one hyphen.</summary>
    private static string Slug(string text)
    {
        string plain = new([.. text.ToLowerInvariant().Select(c => char.IsAsciiLetterOrDigit(c) || c == '.' ? c : '-')]);
        return string.Join('-', plain.Split('-', StringSplitOptions.RemoveEmptyEntries)).Trim('.');
    }
}
