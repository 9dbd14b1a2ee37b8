using System.Collections.Concurrent;
using System.Text;

namespace Explain.Render;

/// <summary>
/// The other faces of the machine, for letters that the chosen one lacks: a run of letters is set in the first face that has them all, or
/// else in the one that goes furthest, and what is left in others. Faces are tried in an order that depends on the names of their files
/// alone: the families that are preferred for pictures, then other sans-serifs, then the rest, bold and slanted ones last. Nothing is
/// looked for before a letter is missing, and of a file only the character map is read until one of its letters is wanted.
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
    private readonly ConcurrentDictionary<string, (FontFileTypeface? Face, int Count)> _runs = new(StringComparer.Ordinal);

    /// <summary>The faces of this machine.</summary>
    public static FontFallback Machine { get; } = new(SystemFonts.Folders());

    /// <summary>
    /// The face for the beginning of a run, and how many of its characters it sets; null and 1 where no face has the first.
    /// </summary>
    public (FontFileTypeface? Face, int Count) For(IReadOnlyList<int> run) => Known(string.Concat(run.Select(char.ConvertFromUtf32)), run);

    /// <summary>How many runs are remembered.</summary>
    public int Remembered => _runs.Count;

    private (FontFileTypeface? Face, int Count) Known(string text, IReadOnlyList<int> run)
    {
        if (_runs.TryGetValue(text, out var known)) return known;
        known = Search(run);
        if (_runs.Count >= MostRuns) _runs.Clear();
        return _runs[text] = known;
    }

    private (FontFileTypeface? Face, int Count) Search(IReadOnlyList<int> run)
    {
        // What a private character looks like is an agreement that other faces know nothing of.
        if (Rune.GetUnicodeCategory(new Rune(run[0])) == System.Globalization.UnicodeCategory.PrivateUse) return (null, 1);
        (FontFileTypeface? Face, int Count) best = (null, 0);
        foreach (var candidate in _candidates.Value)
        {
            int count = candidate.Covers(run);
            if (count > best.Count) best = (candidate.Face, count);
            if (count == run.Count) break;
        }
        return best.Face is null ? (null, 1) : best;
    }

    private static int Rank(string path)
    {
        string name = Path.GetFileNameWithoutExtension(path);
        int preferred = SystemFonts.Preference(name);
        if (preferred >= 0) return preferred;
        bool Has(string part) => name.Contains(part, StringComparison.OrdinalIgnoreCase);
        return 1000 + (Has("Bold") || Has("Italic") || Has("Oblique") ? 4 : 0) + (Has("Mono") ? 2 : 0) + (Has("Sans") ? 0 : 1);
    }

    /// <summary>A file of fonts.</summary>
    private sealed class Candidate(string path)
    {
        private readonly Lazy<CharacterMap?> _characters = new(() => TrueTypeFont.ReadCharacters(path));
        private readonly Lazy<FontFileTypeface?> _face = new(() => Load(path));

        /// <summary>Null where the file turns out to be damaged.</summary>
        public FontFileTypeface? Face => _face.Value;

        /// <summary>How many characters from the first on it has.</summary>
        public int Covers(IReadOnlyList<int> run)
        {
            int count = 0;
            while (count < run.Count && Has(run[count])) count++;
            return count;
        }

        // The map says so, and then the outlines: a font may map letters to nothing, or have bitmaps only.
        private bool Has(int code)
        {
            try
            {
                return _characters.Value?.Glyph(code) > 0 && Face?.Draws(code) == true;
            }
            catch (FontException)
            {
                return false;
            }
        }

        private static FontFileTypeface? Load(string path)
        {
            try
            {
                return FontFileTypeface.Load(path, fallback: null);
            }
            catch (FontException)
            {
                return null;
            }
        }
    }
}
