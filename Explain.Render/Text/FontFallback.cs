using System.Collections.Concurrent;
using System.Globalization;
using System.Text;

namespace Explain.Render;

/// <summary>
/// The other fonts of the machine, for letters that the chosen one lacks: a run of letters is set in the first font that has them all, or
/// else in the one that goes furthest, and what is left in others. Fonts are tried in an order that depends on the names of their files
/// alone: the families that are preferred for pictures, then other sans-serifs, then the rest, bold and slanted ones last. Nothing is
/// looked for before a letter is missing, and files are mapped into memory, not read.
/// </summary>
internal sealed class FontFallback(IReadOnlyList<string> folders)
{
    /// <summary>As many runs are remembered.</summary>
    public const int MostRuns = 4096;

    private readonly Lazy<IReadOnlyList<Candidate>> _candidates = new(() => [.. SystemFonts.Files(folders)
        .OrderBy(path => Rank(path))
        .ThenBy(Path.GetFileName, StringComparer.Ordinal)
        .ThenBy(path => path, StringComparer.Ordinal)
        .Select(path => new Candidate(path))]);
    private readonly ConcurrentDictionary<string, (FontFamily? Family, int Count)> _runs = new(StringComparer.Ordinal);

    /// <summary>The fonts of this machine.</summary>
    public static FontFallback Machine { get; } = new(SystemFonts.Folders());

    /// <summary>
    /// The family for the beginning of a run of characters, each with its marks, and how many of them it sets; null and 1 where none has
    /// the first.
    /// </summary>
    public (FontFamily? Family, int Count) For(IReadOnlyList<string> run) => Known(string.Concat(run), run);

    /// <summary>How many runs are remembered.</summary>
    public int Remembered => _runs.Count;

    private (FontFamily? Family, int Count) Known(string text, IReadOnlyList<string> run)
    {
        if (_runs.TryGetValue(text, out var known)) return known;
        known = Search(run);
        if (_runs.Count >= MostRuns) _runs.Clear();
        return _runs[text] = known;
    }

    private (FontFamily? Family, int Count) Search(IReadOnlyList<string> run)
    {
        // What a private character looks like is an agreement that other fonts know nothing of.
        if (Rune.GetUnicodeCategory(Rune.GetRuneAt(run[0], 0)) == UnicodeCategory.PrivateUse) return (null, 1);
        (FontFamily? Family, int Count) best = (null, 0);
        foreach (var candidate in _candidates.Value)
        {
            var (family, count) = candidate.Covers(run);
            if (count > best.Count) best = (family, count);
            if (count == run.Count) break;
        }
        return best.Family is null ? (null, 1) : best;
    }

    private static int Rank(string path)
    {
        string name = Path.GetFileNameWithoutExtension(path);
        int preferred = SystemFonts.Preference(name);
        if (preferred >= 0) return preferred;
        bool Has(string part) => name.Contains(part, StringComparison.OrdinalIgnoreCase);
        return 1000 + (Has("Emoji") || Has("Color") ? 8 : 0) + (Has("Bold") || Has("Italic") || Has("Oblique") ? 4 : 0)
            + (Has("Mono") ? 2 : 0) + (Has("Sans") ? 0 : 1);
    }

    /// <summary>A file of fonts.</summary>
    private sealed class Candidate(string path)
    {
        private readonly Lazy<FontFamily?> _family = new(() => Load(path));

        /// <summary>The family, and how many characters from the first on it has; none where the file turns out to be damaged.</summary>
        public (FontFamily? Family, int Count) Covers(IReadOnlyList<string> run)
        {
            int count = 0;
            while (count < run.Count && _family.Value is { } family && family.Covers(run[count])) count++;
            return (_family.Value, count);
        }

        private static FontFamily? Load(string path)
        {
            try
            {
                return FontFiles.Family(path);
            }
            catch (FontException)
            {
                return null;
            }
        }
    }
}
