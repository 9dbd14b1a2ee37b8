using System.Collections.Concurrent;

namespace Explain.Render;

/// <summary>
/// A family in two weights, of whose lines the last thousands are remembered. Letters that it lacks come from other fonts of the machine.
/// Where it has no bold font, the regular glyphs are thickened.
/// </summary>
public sealed class Typeface : ITypeface
{
    /// <summary>
    /// The environment variable that names the typeface where nothing else does: "builtin", "system" or the path of a font file.
    /// </summary>
    public const string Variable = "EXPLAIN_FONT";

    // Layout measures a line several times before it is drawn, and the next epoch's figure has nearly the same lines.
    private const int MostLines = 4096;
    private const int LongestLine = 256;

    private static readonly Lazy<Typeface> Embedded = new(() => new Typeface(
        new FontFamily(ReadEmbedded("Regular"), new Lazy<ShapingFont?>(() => ReadEmbedded("Bold"))), FontFallback.Machine));

    private static readonly Lazy<ITypeface> System = new(() => SystemFonts.Find() ?? BuiltIn);
    private static ITypeface? _default;

    private readonly ShapingFont _regular;
    private readonly TextShaper _shaper;
    private readonly ConcurrentDictionary<(string Text, FontWeight Weight), ShapedText> _lines = new();

    internal Typeface(FontFamily family, FontFallback? fallback)
    {
        _regular = family.Regular;
        _shaper = new TextShaper(family, fallback);
    }

    /// <summary>The typeface that comes with the program: a picture is laid out alike on every machine.</summary>
    public static ITypeface BuiltIn => Embedded.Value;

    /// <summary>
    /// What <see cref="Variable"/> says, else the built-in one: found when it is first asked for, and the same from then on.
    /// </summary>
    /// <exception cref="FontException">The font file that the variable names is missing, damaged, or not a font.</exception>
    public static ITypeface Default => _default ??= Load(null);

    /// <inheritdoc/>
    public string Family => _regular.Program.Family;

    /// <inheritdoc/>
    public double CapHeight => _regular.CapHeight;

    /// <inheritdoc/>
    public (double Ascent, double Descent) LineMetrics => _regular.LineMetrics;

    /// <summary>The typeface a user asked for.</summary>
    /// <param name="name">
    /// "builtin"; "system": the best sans-serif of the machine, or the built-in one where there is none; or the path of a font file
    /// (.ttf, .otf, .ttc, .otc), whose bold companion is taken from the same folder where there is one. Null or empty: what the environment
    /// variable <see cref="Variable"/> says, else "builtin".
    /// </param>
    /// <exception cref="FontException">The font file is missing, damaged, or not a font.</exception>
    public static ITypeface Load(string? name)
    {
        if (string.IsNullOrEmpty(name))
            name = Environment.GetEnvironmentVariable(Variable);
        return name switch
        {
            null or "" or "builtin" => BuiltIn,
            "system" => System.Value,
            _ => new Typeface(FontFiles.Load(name), FontFallback.Machine),
        };
    }

    /// <inheritdoc/>
    public ShapedText Shape(string text, FontWeight weight = FontWeight.Regular)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (_lines.TryGetValue((text, weight), out var line))
            return line;
        line = _shaper.Shape(text, weight);
        if (text.Length <= LongestLine)
        {
            if (_lines.Count >= MostLines)
                _lines.Clear();
            _lines[(text, weight)] = line;
        }
        return line;
    }

    private static ShapingFont ReadEmbedded(string weight)
    {
        using var stream = typeof(Typeface).Assembly.GetManifestResourceStream($"fonts/{weight}.ttf")!;
        byte[] bytes = GC.AllocateUninitializedArray<byte>((int)stream.Length, pinned: true);
        stream.ReadExactly(bytes);
        return ShapingFont.ReadPinned(bytes, $"built-in {weight}")[0];
    }
}
