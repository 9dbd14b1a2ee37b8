namespace Explain.Core;

/// <summary>Names in messages: lists, and the one that was probably meant.</summary>
public static class Names
{
    /// <summary>"'a', 'b' and 'c'"; at most twelve, then how many more.</summary>
    public static string List(IReadOnlyCollection<string> names)
    {
        const int Most = 12;
        var quoted = names.Select(n => $"'{n}'").ToList();
        if (quoted.Count > Most) return $"{string.Join(", ", quoted.Take(Most))} and {quoted.Count - Most} more";
        return quoted.Count < 2 ? string.Concat(quoted) : $"{string.Join(", ", quoted.SkipLast(1))} and {quoted[^1]}";
    }

    /// <summary>The names of things.</summary>
    public static IReadOnlyCollection<string> Of<T>(IEnumerable<T> things, Func<T, string> name) => [.. things.Select(name)];

    /// <summary>The allowed name nearest to <paramref name="wrong"/>, or null where none is near enough to be meant.</summary>
    public static string? Nearest(string wrong, IEnumerable<string> allowed)
    {
        string? nearest = null;
        int least = int.MaxValue;
        foreach (string name in allowed)
        {
            int distance = Distance(wrong.ToLowerInvariant(), name.ToLowerInvariant());
            if (distance >= least) continue;
            least = distance;
            nearest = name;
        }
        return least <= Math.Max(1, wrong.Length / 3) ? nearest : null;
    }

    /// <summary>"; did you mean 'x'?" or "; allowed are 'x', 'y' and 'z'." — the end of a message about an unknown name.</summary>
    public static string Hint(string wrong, IReadOnlyCollection<string> allowed) =>
        Nearest(wrong, allowed) is { } name ? $"; did you mean '{name}'?"
            : $"; allowed {(allowed.Count == 1 ? "is" : "are")} {List(allowed)}.";

    /// <summary>Edits (insert, delete, replace, swap of neighbours) from one word to the other (Damerau, 1964, restricted).</summary>
    private static int Distance(string a, string b)
    {
        var d = new int[a.Length + 1, b.Length + 1];
        for (int i = 0; i <= a.Length; i++) d[i, 0] = i;
        for (int j = 0; j <= b.Length; j++) d[0, j] = j;
        for (int i = 1; i <= a.Length; i++)
        {
            for (int j = 1; j <= b.Length; j++)
            {
                int replaced = d[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                d[i, j] = Math.Min(replaced, 1 + Math.Min(d[i - 1, j], d[i, j - 1]));
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                    d[i, j] = Math.Min(d[i, j], d[i - 2, j - 2] + 1);
            }
        }
        return d[a.Length, b.Length];
    }
}
