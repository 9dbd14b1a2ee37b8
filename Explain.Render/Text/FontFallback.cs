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
    private readonly ConcurrentDictionary<string, (ShapingFont? Font, int Count)> _runs = new(StringComparer.Ordinal);

    /// <summary>The fonts of this machine.</summary>
    public static FontFallback Machine { get; } = new(SystemFonts.Folders());

    /// <summary>
    /// The font for the beginning of a run of characters, each with its marks, and how many of them it sets; null and 1 where no font has
    /// the first.
    /// </summary>
    public (ShapingFont? Font, int Count) For(IReadOnlyList<string> run) => Known(string.Concat(run), run);

    /// <summary>How many runs are remembered.</summary>
    public int Remembered => _runs.Count;

    private (ShapingFont? Font, int Count) Known(string text, IReadOnlyList<string> run)
    {
        if (_runs.TryGetValue(text, out var known)) return known;
        known = Search(run);
        if (_runs.Count >= MostRuns) _runs.Clear();
        return _runs[text] = known;
    }

    private (ShapingFont? Font, int Count) Search(IReadOnlyList<string> run)
    {
        // What a private character looks like is an agreement that other fonts know nothing of.
        if (Rune.GetUnicodeCategory(Rune.GetRuneAt(run[0], 0)) == UnicodeCategory.PrivateUse) return (null, 1);
        (ShapingFont? Font, int Count) best = (null, 0);
        foreach (var candidate in _candidates.Value)
        {
            var (font, count) = candidate.Covers(run);
            if (count > best.Count) best = (font, count);
            if (count == run.Count) break;
        }
        return best.Font is null ? (null, 1) : best;
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
        private readonly Lazy<ShapingFont?> _font = new(() => Load(path));

        /// <summary>The font, and how many characters from the first on it has; none where the file turns out to be damaged.</summary>
        public (ShapingFont? Font, int Count) Covers(IReadOnlyList<string> run)
        {
            int count = 0;
            while (count < run.Count && _font.Value is { } font && TextShaper.Covers(font, run[count])) count++;
            return (_font.Value, count);
        }

        private static ShapingFont? Load(string path)
        {
            try
            {
                var fonts = ShapingFont.ReadFile(path);
                return fonts.FirstOrDefault(f => f is { IsBold: false, IsItalic: false }) ?? fonts[0];
            }
            catch (FontException)
            {
                return null;
            }
        }
    }
}
