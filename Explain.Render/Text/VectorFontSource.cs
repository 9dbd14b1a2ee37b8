using System.Globalization;
using System.Text;

namespace Explain.Render;

/// <summary>
/// The drawings of the built-in font, read from VectorFont.txt, whose head explains the notation. Entries are kept as text and
/// drawn when asked for.
/// </summary>
internal sealed class VectorFontSource
{
    private readonly Dictionary<int, string> _glyphs = [];
    private readonly Dictionary<string, string> _marks = [];
    private readonly Dictionary<int, string> _combining = [];
    private readonly Dictionary<int, int> _same = [];
    private readonly Dictionary<int, (string Mark, int Base)> _accented = [];
    private readonly Dictionary<int, (double Scale, double Raise, int Base)> _scripts = [];
    private readonly Dictionary<int, (double Scale, double Raise, int Above, int Below)> _fractions = [];
    private readonly Dictionary<(int Left, int Right), double> _kerning = [];

    public VectorFontSource(string text)
    {
        int number = 0;
        foreach (var line in text.Split('\n'))
        {
            number++;
            var trimmed = line.Trim();
            if (trimmed.Length == 0 || trimmed.StartsWith("//", StringComparison.Ordinal))
                continue;
            try
            {
                Read(trimmed);
            }
            catch (Exception e) when (e is FormatException or IndexOutOfRangeException or ArgumentException)
            {
                throw new FormatException($"VectorFont.txt, line {number}: {e.Message}", e);
            }
        }
    }

    /// <summary>The font that comes with the program.</summary>
    public static Lazy<VectorFontSource> BuiltIn { get; } = new(() =>
    {
        using var stream = typeof(VectorFontSource).Assembly.GetManifestResourceStream("VectorFont.txt")!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return new VectorFontSource(reader.ReadToEnd());
    });

    /// <summary>Every code point that has a drawing.</summary>
    public IEnumerable<int> CodePoints =>
        _glyphs.Keys.Concat(_same.Keys).Concat(_accented.Keys).Concat(_scripts.Keys).Concat(_fractions.Keys).Concat(_combining.Keys);

    /// <summary>The drawing of a code point; null where there is none or it is made from others.</summary>
    public string? Drawing(int codePoint) =>
        _glyphs.GetValueOrDefault(codePoint) ?? (_same.TryGetValue(codePoint, out int other) ? Drawing(other) : null);

    /// <summary>The mark and the letter under it that make an accented letter.</summary>
    public (string Mark, int Base)? Accented(int codePoint) => _accented.TryGetValue(codePoint, out var parts) ? parts : null;

    /// <summary>The character that a superscript or subscript is a small copy of.</summary>
    public (double Scale, double Raise, int Base)? Script(int codePoint) => _scripts.TryGetValue(codePoint, out var script) ? script : null;

    /// <summary>The two figures, made small, that stand about the slash of a fraction.</summary>
    public (double Scale, double Raise, int Above, int Below)? Fraction(int codePoint) =>
        _fractions.TryGetValue(codePoint, out var fraction) ? fraction : null;

    /// <summary>The drawing of a mark, by its name.</summary>
    public string Mark(string name) => _marks[name];

    /// <summary>The drawing of a combining mark; null for anything else.</summary>
    public string? Combining(int codePoint) => _combining.TryGetValue(codePoint, out var name) ? _marks[name] : null;

    /// <summary>Units to add between two neighbours. Accented letters are spaced like the letters under them.</summary>
    public double Kern(int left, int right) => _kerning.GetValueOrDefault((Plain(left), Plain(right)));

    private int Plain(int codePoint)
    {
        if (_accented.TryGetValue(codePoint, out var parts))
            return Plain(parts.Base);
        return _same.TryGetValue(codePoint, out int other) ? other : codePoint;
    }

    private void Read(string line)
    {
        var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        switch (words[0])
        {
            case "mark":
                _marks[words[1]] = string.Join(' ', words[3..]);
                _combining[int.Parse(words[2], NumberStyles.HexNumber, CultureInfo.InvariantCulture)] = words[1];
                break;
            case "with":
                foreach (var (accented, plain) in words[2..].Select(Pair))
                    _accented.Add(accented, (words[1], plain));
                break;
            case "same":
                foreach (var (copy, original) in words[1..].Select(Pair))
                    _same.Add(copy, original);
                break;
            case "script":
                foreach (var (small, large) in words[3..].Select(Pair))
                    _scripts.Add(small, (Number(words[1]), Number(words[2]), large));
                break;
            case "fraction":
                foreach (string word in words[3..])
                {
                    var (fraction, above, below) = Triple(word);
                    _fractions.Add(fraction, (Number(words[1]), Number(words[2]), above, below));
                }
                break;
            case "kern":
                foreach (var left in words[1].EnumerateRunes())
                {
                    foreach (var right in words[2].EnumerateRunes())
                        _kerning[(left.Value, right.Value)] = Number(words[3]);
                }
                break;
            default:
                int codePoint = words[0] == "space" ? ' ' : Single(words[0]);
                _glyphs.Add(codePoint, string.Join(' ', words[1..]));
                break;
        }
    }

    private static double Number(string word) => double.Parse(word, CultureInfo.InvariantCulture);

    private static int Single(string word)
    {
        var runes = word.EnumerateRunes().ToArray();
        return runes.Length == 1 ? runes[0].Value : throw new FormatException($"\"{word}\" is neither a keyword nor a single character");
    }

    private static (int First, int Second) Pair(string word)
    {
        var runes = word.EnumerateRunes().ToArray();
        return runes.Length == 2 ? (runes[0].Value, runes[1].Value) : throw new FormatException($"\"{word}\" is not two characters");
    }

    private static (int First, int Second, int Third) Triple(string word)
    {
        var runes = word.EnumerateRunes().ToArray();
        return runes.Length == 3 ? (runes[0].Value, runes[1].Value, runes[2].Value)
            : throw new FormatException($"\"{word}\" is not three characters");
    }
}
