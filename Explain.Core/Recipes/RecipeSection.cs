using System.Globalization;

namespace Explain.Core;

/// <summary>
/// One mapping of a recipe with its typed values. What is wrong is noted, and the default stands in, so that reading goes on.
/// </summary>
internal sealed class RecipeSection
{
    private readonly RecipeNode _node;
    private readonly RecipeProblems _problems;

    /// <summary>Notes what is no mapping, keys that come twice, and keys that are not allowed.</summary>
    /// <param name="node">The mapping.</param>
    /// <param name="what">What it is, for messages, e.g. "the optimizer".</param>
    /// <param name="allowed">Its keys.</param>
    /// <param name="problems">Where to note.</param>
    public RecipeSection(RecipeNode node, string what, IReadOnlyCollection<string> allowed, RecipeProblems problems)
    {
        _node = node;
        _problems = problems;
        if (node.Entries is null)
        {
            problems.Add(node, $"{what} is {node.What}; a mapping with the keys {Names.List(allowed)} is expected");
            return;
        }
        var seen = new Dictionary<string, RecipeNode>(StringComparer.Ordinal);
        foreach (var (key, _) in node.Entries)
        {
            if (key.Scalar is not { } name) problems.Add(key, $"a key of {what} is {key.What}; keys are words");
            else if (!allowed.Contains(name)) problems.Add(key, $"unknown key '{name}'{Names.Hint(name, allowed)}");
            else if (!seen.TryAdd(name, key)) problems.Add(key, $"the key '{name}' comes twice; it stands on {seen[name].Where} already");
        }
    }

    /// <summary>The mapping itself, for messages.</summary>
    public RecipeNode Node => _node;

    /// <summary>The value of a key, or null.</summary>
    public RecipeNode? this[string key] => _node[key];

    /// <summary>Notes a problem of a key, or of the whole mapping where the key is missing.</summary>
    public void Problem(string key, string message) => _problems.Add(this[key] ?? _node, message);

    /// <summary>A text.</summary>
    public string Text(string key, string standard)
    {
        if (this[key] is not { } value) return standard;
        if (value.Scalar is { } text) return text;
        _problems.Add(value, $"'{key}' is {value.What}; a text is expected");
        return standard;
    }

    /// <summary>A text that must be there.</summary>
    public string Required(string key, string example)
    {
        if (this[key] is null) _problems.Add(_node, $"'{key}' is missing, e.g. '{key}: {example}'");
        return Text(key, "");
    }

    /// <summary>true or false.</summary>
    public bool Flag(string key, bool standard)
    {
        if (this[key] is not { } value) return standard;
        if (value is { Scalar: "true" or "false", Quoted: false }) return value.Scalar == "true";
        _problems.Add(value, $"'{key}' is {value.What}; allowed are true and false");
        return standard;
    }

    /// <summary>A number in a range.</summary>
    public double Number(string key, double standard, double minimum, double maximum, bool whole = false) =>
        this[key] is { } value ? NumberOf(value, key, minimum, maximum, whole) ?? standard : standard;

    /// <summary>A whole number in a range.</summary>
    public int Integer(string key, int standard, int minimum, int maximum) => (int)Number(key, standard, minimum, maximum, whole: true);

    /// <summary>A list of numbers in a range; null where it is none or has a problem.</summary>
    public List<double>? Numbers(string key, double minimum, double maximum)
    {
        if (this[key] is not { } value) return null;
        if (value.Items is null)
        {
            _problems.Add(value, $"'{key}' is {value.What}; a list of numbers from {minimum} to {maximum} is expected");
            return null;
        }
        var numbers = value.Items.ConvertAll(item => NumberOf(item, key, minimum, maximum, whole: false));
        return numbers.Contains(null) ? null : numbers.ConvertAll(n => n!.Value);
    }

    /// <summary>One of some words, as its place among them.</summary>
    public int Choice(string key, int standard, IReadOnlyList<string> words)
    {
        if (this[key] is not { } value) return standard;
        for (int w = 0; w < words.Count; w++)
        {
            if (value.Scalar == words[w]) return w;
        }
        _problems.Add(
            value, $"'{key}' is {value.What}{(value.Scalar is { } text ? Names.Hint(text, words) : $"; allowed are {Names.List(words)}")}");
        return standard;
    }

    /// <summary>A member of a family that is found by name, such as an activation.</summary>
    public T Kind<T>(string key, T standard, Func<string, T> parse, IReadOnlyList<string> names)
    {
        if (this[key] is not { } value) return standard;
        if (value.Scalar is not { } text)
        {
            _problems.Add(value, $"'{key}' is {value.What}; allowed are {Names.List(names)}");
            return standard;
        }
        try
        {
            return parse(text);
        }
        catch (InputException e)
        {
            string name = text.Split('(')[0].Trim();
            _problems.Add(
                value,
                names.Contains(name, StringComparer.OrdinalIgnoreCase) ? e.Message : $"'{key}' is '{text}'{Names.Hint(name, names)}");
            return standard;
        }
    }

    /// <summary>The number that a scalar is, or null and a noted problem.</summary>
    private double? NumberOf(RecipeNode value, string key, double minimum, double maximum, bool whole)
    {
        string allowed = double.IsInfinity(minimum) && double.IsInfinity(maximum) ? $"a {(whole ? "whole " : "")}number is expected"
            : $"allowed are {(whole ? "integers" : "numbers")} from {minimum} to {maximum}";
        if (value.Scalar is { } text && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number)
            && double.IsFinite(number)
            && number >= minimum && number <= maximum && (!whole || number == Math.Floor(number)))
        {
            return number;
        }
        _problems.Add(value, $"'{key}' is {value.What.Trim('\'')}; {allowed}");
        return null;
    }
}
