namespace Explain.Render;

/// <summary>
/// Names under a horizontal axis: wrapped to the room of a category, shortened where that does not do, and left out where they would be
/// crumbs.
/// </summary>
internal sealed record CategoryLabels(IReadOnlyList<IReadOnlyList<string>> Lines, int Every)
{
    // Narrower than this, a name is a letter and three dots.
    private const double LeastWidth = 40;
    private const int MostLines = 3;
    private const double Between = 6;

    /// <summary>Rows of text that the names need.</summary>
    public int Rows => Lines.Select(l => l.Count).DefaultIfEmpty(0).Max();

    /// <summary>Says which names are left out; empty where none is.</summary>
    public string Note => Every == 1 ? "" : $"every {Ordinal(Every)} of {NumberFormat.Count(Lines.Count)} is named";

    /// <summary>Fits the names to categories that are <paramref name="step"/> pixels wide.</summary>
    public static CategoryLabels Fit(IReadOnlyList<string> names, double step, ITypeface face)
    {
        double widest = names.Select(n => face.Measure(n, Typography.Small)).DefaultIfEmpty(0).Max();
        double wanted = Math.Min(widest, LeastWidth) + Between;
        int every = Math.Max(1, (int)Math.Ceiling(wanted / Math.Max(step, 1e-3)));
        double width = (every * step) - Between;
        return new CategoryLabels([.. names.Select((name, i) => i % every == 0 ? Wrapped(name, width, face) : [])], every);
    }

    private static IReadOnlyList<string> Wrapped(string name, double width, ITypeface face)
    {
        bool breaks = name.Split(' ', StringSplitOptions.RemoveEmptyEntries).All(word => face.Measure(word, Typography.Small) <= width);
        if (breaks) return face.Wrap(name, width, Typography.Small, most: MostLines);
        string line = face.Ellipsize(name, width, Typography.Small);
        return line.Length == 0 ? [] : [line];
    }

    private static string Ordinal(int n) => (n % 100 is 11 or 12 or 13 ? 0 : n % 10) switch
    {
        1 => $"{n}st",
        2 => n == 2 ? "second" : $"{n}nd",
        3 => n == 3 ? "third" : $"{n}rd",
        _ => $"{n}th",
    };
}
