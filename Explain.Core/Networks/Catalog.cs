using System.Globalization;

namespace Explain.Core;

/// <summary>One number that a kind takes, e.g. the slope of "leaky relu".</summary>
/// <param name="Name">As written in recipes.</param>
/// <param name="Default">The value where none is given.</param>
/// <param name="Minimum">The smallest value allowed.</param>
/// <param name="Maximum">The largest value allowed.</param>
public sealed record KindParameter(
    string Name, double Default, double Minimum = double.NegativeInfinity, double Maximum = double.PositiveInfinity)
{
    /// <summary>Whether only whole numbers are allowed.</summary>
    public bool Whole { get; init; }

    /// <summary>Whether it must be given; there is no default then, and <see cref="Default"/> is not a number.</summary>
    public bool Required { get; init; }
}

/// <summary>One member of a closed family, e.g. the activation "leaky relu".</summary>
/// <param name="Name">As written in recipes, lower case.</param>
/// <param name="Summary">One line for lists.</param>
/// <param name="Parameters">The numbers it takes, in the order in which they stand between brackets.</param>
/// <param name="Create">Makes one from as many valid numbers as there are parameters.</param>
public sealed record Kind<T>(string Name, string Summary, IReadOnlyList<KindParameter> Parameters, Func<double[], T> Create)
{
    /// <summary>"leaky relu(slope = 0.01)", or the name alone where the kind takes no number.</summary>
    public string Signature => Parameters.Count == 0
        ? Name
        : $"{Name}({string.Join(", ", Parameters.Select(p => string.Create(CultureInfo.InvariantCulture, $"{p.Name} = {p.Default:R}")))})";
}

/// <summary>A closed family of small types that are found by name: activations, losses, initialisers, optimisers, schedules.</summary>
/// <param name="family">What a member is called in messages, e.g. "activation".</param>
/// <param name="kinds">All members.</param>
public sealed class Catalog<T>(string family, IReadOnlyList<Kind<T>> kinds)
{
    /// <summary>All members, in the order of lists.</summary>
    public IReadOnlyList<Kind<T>> Kinds { get; } = kinds;

    /// <summary>Their names.</summary>
    public IReadOnlyList<string> Names { get; } = [.. kinds.Select(k => k.Name)];

    /// <summary>
    /// Reads "name", "name(1, 2)" or "name(first = 1, second = 2)", in the order of the parameters; numbers left out at the end keep their
    /// defaults.
    /// </summary>
    /// <exception cref="InputException">
    /// The name is unknown, there are too many numbers, or one is malformed or lies outside what is allowed.
    /// </exception>
    public T Parse(string text)
    {
        var (kind, values) = Take(text);
        return kind.Create(values);
    }

    /// <summary>The kind that a text names and its numbers, as many as it has parameters; see <see cref="Parse"/>.</summary>
    /// <exception cref="InputException">As for <see cref="Parse"/>.</exception>
    internal (Kind<T> Kind, double[] Values) Take(string text)
    {
        string normal = Normalise(text);
        if (Exact(normal) is { } exact) return (exact, [.. exact.Parameters.Select(p => p.Default)]);

        int open = normal.IndexOf('(');
        if (open < 0 || !normal.EndsWith(')')) throw Unknown(text);
        var kind = Exact(normal[..open]) ?? throw Unknown(text);
        string inner = normal[(open + 1)..^1];
        string[] parts = inner.Length == 0 ? [] : inner.Split(',');
        if (parts.Length > kind.Parameters.Count)
            throw new InputException(
                $"The {family} '{text}' has {parts.Length} numbers in brackets; {kind.Signature} takes at most {kind.Parameters.Count}.");
        var values = new double[kind.Parameters.Count];
        for (int i = 0; i < values.Length; i++)
            values[i] = i < parts.Length ? ReadNumber(kind, kind.Parameters[i], parts[i]) : kind.Parameters[i].Default;
        return (kind, values);
    }

    /// <summary>
    /// Makes the kind called <paramref name="name"/> with the given numbers by parameter name; those left out keep their defaults.
    /// </summary>
    /// <exception cref="InputException">The name or a parameter is unknown, or a number lies outside what is allowed.</exception>
    public T Create(string name, IReadOnlyDictionary<string, double> settings)
    {
        var kind = Find(name);
        foreach (string key in settings.Keys)
        {
            if (!kind.Parameters.Any(p => p.Name == key))
                throw new InputException($"The {family} '{kind.Name}' has no setting '{key}'"
                    + $"{(kind.Parameters.Count == 0
                            ? "; it has none."
                            : Explain.Core.Names.Hint(key, [.. kind.Parameters.Select(p => p.Name)]))}");
        }
        return kind.Create(
            [.. kind.Parameters.Select(p => Check(kind, p, settings.TryGetValue(p.Name, out double value) ? value : p.Default))]);
    }

    /// <summary>The kind called <paramref name="name"/>.</summary>
    /// <exception cref="InputException">There is none.</exception>
    public Kind<T> Find(string name) => Exact(Normalise(name)) ?? throw Unknown(name);

    /// <summary>Case, blanks and the signs for root and product do not matter: "normal / √fan-in" is "normal/sqrt(fan-in)".</summary>
    private static string Normalise(string text)
    {
        string plain = text.Trim().ToLowerInvariant().Replace('·', '*').Replace('×', '*').Replace('−', '-').Replace('_', ' ');
        int root;
        while ((root = plain.IndexOf('√')) >= 0)
        {
            string rest = plain[(root + 1)..];
            plain = plain[..root] + "sqrt" + (rest.StartsWith('(') ? rest : $"({rest})");
        }
        var words = plain.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
        return string.Join(' ', words).Replace(" /", "/").Replace("/ ", "/").Replace(" *", "*").Replace("* ", "*").Replace(" (", "(")
            .Replace("( ", "(").Replace(" )", ")").Replace(", ", ",");
    }

    private Kind<T>? Exact(string normal) => Kinds.FirstOrDefault(k => Normalise(k.Name) == normal);

    private double ReadNumber(Kind<T> kind, KindParameter parameter, string text)
    {
        int equals = text.IndexOf('=');
        string number = text[(equals + 1)..];
        if (equals >= 0 && text[..equals].Trim() != parameter.Name)
            throw new InputException(
                $"'{text.Trim()}' stands where the {family} {kind.Signature} has {parameter.Name}; numbers are given in this order.");
        if (!double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out double value))
            throw new InputException($"'{text.Trim()}' is not a number: {parameter.Name} of the {family} {kind.Signature}.");
        return Check(kind, parameter, value);
    }

    private double Check(Kind<T> kind, KindParameter parameter, double value)
    {
        if (double.IsNaN(value) && double.IsNaN(parameter.Default)) return value; // Left out, and the kind has a rule of its own for that.
        if (double.IsNaN(value) || value < parameter.Minimum || value > parameter.Maximum)
            throw new InputException(
                $"{parameter.Name} of the {family} '{kind.Name}' is {value:R}; "
                    + $"allowed are values from {parameter.Minimum:R} to {parameter.Maximum:R}.");
        return value;
    }

    private InputException Unknown(string text) => new($"There is no {family} '{text}'{Explain.Core.Names.Hint(text, Names)}");
}
