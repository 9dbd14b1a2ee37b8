
namespace Explain.Render;

/// <summary>
/// A typeface from font files, one face for each weight. Where there is no bold file, the regular outlines are thickened.
/// </summary>
public sealed class FontFileTypeface : GlyphTypeface
{
    private readonly TrueTypeFont _regular;
    private readonly IFace _bold;

    /// <summary>A typeface of one or two faces.</summary>
    /// <param name="regular">Its regular face.</param>
    /// <param name="bold">Its bold face, if there is one.</param>
    /// <param name="fallback">Where letters come from that it lacks.</param>
    internal FontFileTypeface(TrueTypeFont regular, TrueTypeFont? bold, FontFallback? fallback = null)
    {
        _regular = regular;
        Fallback = fallback;
        _bold = bold as IFace ?? new ThickenedFace(regular);
    }

    /// <inheritdoc/>
    public override string Family => _regular.Family;

    /// <inheritdoc/>
    public override double CapHeight => _regular.CapHeight;

    /// <inheritdoc/>
    public override (double Ascent, double Descent) LineMetrics => _regular.LineMetrics;

    /// <summary>
    /// Reads a font file (.ttf, .ttc, or .otf with TrueType outlines), and its bold companion from the same folder where there is one.
    /// Letters that it lacks are taken from the other fonts of the machine.
    /// </summary>
    /// <exception cref="FontException">The file is missing, damaged, or of a kind that is not supported.</exception>
    public static FontFileTypeface Load(string path) => Load(path, FontFallback.Machine);

    internal static FontFileTypeface Load(string path, FontFallback? fallback)
    {
        if (Directory.Exists(path))
            throw new FontException($"Font '{path}' is a folder. Give the path of a .ttf or .ttc file in it, \"system\" or \"builtin\".");
        if (!File.Exists(path))
            throw new FontException($"Font '{path}' does not exist. Give the path of a .ttf or .ttc file, \"system\" or \"builtin\".");
        var faces = TrueTypeFont.ReadFile(path);
        var regular = faces.FirstOrDefault(f => f is { IsBold: false, IsItalic: false }) ?? faces[0];
        return new FontFileTypeface(regular, faces.FirstOrDefault(f => IsBoldOf(f, regular)) ?? Companion(path, regular), fallback);
    }

    /// <summary>Whether the regular face itself has an outline for a character.</summary>
    internal bool Draws(int codePoint) => _regular.Find(codePoint) is { Outline.Points.Count: > 0 };

    private protected override FontFallback? Fallback { get; }

    private protected override IFace Face(FontWeight weight) => weight == FontWeight.Bold ? _bold : _regular;

    internal static bool IsBoldOf(TrueTypeFont bold, TrueTypeFont regular) =>
        bold.IsBold && !ReferenceEquals(bold, regular) && bold.IsItalic == regular.IsItalic && bold.Family == regular.Family;

    private static TrueTypeFont? Companion(string path, TrueTypeFont regular)
    {
        string folder = Path.GetDirectoryName(Path.GetFullPath(path))!, stem = Path.GetFileNameWithoutExtension(path),
            kind = Path.GetExtension(path);
        foreach (var name in (string[])[stem.Replace("Regular", "Bold"), stem + "-Bold", stem + "bd", stem + "b", stem + " Bold"])
        {
            string candidate = Path.Combine(folder, name + kind);
            if (name == stem || !File.Exists(candidate))
                continue;
            try
            {
                if (TrueTypeFont.ReadFile(candidate).FirstOrDefault(f => IsBoldOf(f, regular)) is { } bold)
                    return bold;
            }
            catch (FontException)
            {
                // A damaged companion: the regular face, thickened, stands in.
            }
        }
        return null;
    }

    // Three copies side by side: by the non-zero rule their union.
    private sealed class ThickenedFace(TrueTypeFont regular) : IFace
    {
        private const double Shift = 0.016;
        private readonly System.Collections.Concurrent.ConcurrentDictionary<int, Glyph?> _glyphs = new();

        public double Kern(int left, int right) => regular.Kern(left, right);

        public Glyph? Find(int codePoint) => _glyphs.GetOrAdd(codePoint, code =>
        {
            if (regular.Find(code) is not { } plain)
                return null;
            var verbs = new List<PathVerb>();
            var points = new List<Point>();
            for (int copy = 0; copy < 3; copy++)
            {
                verbs.AddRange(plain.Outline.Verbs);
                foreach (var p in plain.Outline.Points)
                    points.Add(p.Offset(copy * Shift, 0));
            }
            return new Glyph(plain.Advance + (2 * Shift), new PathData(verbs, points)) { Overlaps = true };
        });
    }
}
