using System.Collections.Concurrent;

namespace Explain.Render;

/// <summary>The built-in font in one weight: draws what <see cref="VectorFontSource"/> describes, each glyph once.</summary>
internal sealed class VectorFace : IFace
{
    private readonly VectorFontSource _source;
    private readonly VectorPen _pen;
    private readonly ConcurrentDictionary<int, Glyph?> _glyphs = new();

    public VectorFace(VectorFontSource source, FontWeight weight)
    {
        _source = source;
        _pen = weight == FontWeight.Bold ? VectorPen.Bold : VectorPen.Regular;
    }

    public Glyph? Find(int codePoint) =>
        _glyphs.GetOrAdd(codePoint, code => Draw(code) is { } glyph ? glyph with { Overlaps = true } : null);

    public double Kern(int left, int right) => _source.Kern(left, right) / VectorPen.Em;

    private Glyph? Draw(int codePoint)
    {
        var path = new PathBuilder();
        if (_source.Drawing(codePoint) is { } drawing)
            return new Glyph(new VectorDrawing(drawing, _pen).Draw(path, 0, 0) / VectorPen.Em, path.Build());
        if (_source.Accented(codePoint) is { } parts)
            return Accented(path, parts.Mark, parts.Base);
        if (_source.Script(codePoint) is { } script)
            return Script(path, script.Scale, script.Raise, script.Base);
        if (_source.Fraction(codePoint) is { } fraction)
            return Fraction(path, fraction.Scale, fraction.Raise, fraction.Above, fraction.Below);
        if (_source.Combining(codePoint) is { } mark)
        {
            // Set over the character before it, which is of middling width.
            var alone = new VectorDrawing(mark, _pen);
            alone.Draw(path, -280 - (alone.Width / 2) - alone.Left, 0);
            return new Glyph(0, path.Build());
        }
        return null;
    }

    private Glyph? Accented(PathBuilder path, string markName, int letter)
    {
        // The letter may be an accented one itself.
        double rise = 0;
        var inner = letter;
        Glyph? under = null;
        while (_source.Accented(inner) is { } parts)
        {
            under ??= Find(letter);
            rise += 190;
            inner = parts.Base;
        }
        if (_source.Drawing(inner) is not { } drawing)
            return null;
        var body = new VectorDrawing(drawing, _pen);
        var mark = new VectorDrawing(_source.Mark(markName), _pen);
        // A mark wider than its letter needs room on both sides.
        double room = under is null ? Math.Max(0, ((mark.Width - body.Width) / 2) - body.Left + 24) : 0;
        double advance = under?.Advance * VectorPen.Em ?? (body.Draw(path, room, 0) + (2 * room));
        bool below = mark.Top() < 100;
        if (!below && body.Top() > 600)
            rise += VectorPen.CapHeight - VectorPen.XHeight;
        mark.Draw(path, ((advance + body.Left - body.Right) / 2) - (mark.Width / 2) - mark.Left, below ? 0 : rise);
        var outline = path.Build();
        if (under is not null)
            outline = new PathData([.. under.Outline.Verbs, .. outline.Verbs], [.. under.Outline.Points, .. outline.Points]);
        return new Glyph(advance / VectorPen.Em, outline);
    }

    private Glyph? Script(PathBuilder path, double scale, double raise, int large) =>
        _source.Drawing(large) is { } drawing ? new Glyph(Small(drawing, scale, 0.84).Draw(path, 0, raise) / VectorPen.Em, path.Build())
            : null;

    private Glyph? Fraction(PathBuilder path, double scale, double raise, int above, int below)
    {
        const int Slash = '\u2044';
        const double Crowded = 0.76;
        if (_source.Drawing(above) is not { } numerator
            || _source.Drawing(Slash) is not { } slash
            || _source.Drawing(below) is not { } denominator)
            return null;
        double advance = Small(numerator, scale, Crowded).Draw(path, 0, raise);
        advance += new VectorDrawing(slash, _pen).Draw(path, advance, 0);
        advance += Small(denominator, scale, Crowded).Draw(path, advance, 0);
        return new Glyph(advance / VectorPen.Em, path.Build());
    }

    // A little lighter than the full size, much heavier than a plain reduction.
    private VectorDrawing Small(string drawing, double scale, double weight) => new(drawing, _pen.Times(weight / scale)) { Scale = scale };
}

/// <summary>What differs between the weights, in units of 1000 to the em.</summary>
internal sealed record VectorPen
{
    public const double Em = 1000;
    public const double CapHeight = 716;
    public const double XHeight = 530;
    public const double Ascender = 752;
    public const double Descender = -206;

    /// <summary>How far round letters pass the lines that flat ones stand on.</summary>
    public const double Overshoot = 11;

    public static VectorPen Regular { get; } =
        new() { HalfStem = 44, HalfBar = 39, Stem = 84, Round = 52, Diagonal = 16, Figure = 572, Gain = 0 };

    public static VectorPen Bold { get; } =
        new() { HalfStem = 72, HalfBar = 60, Stem = 76, Round = 44, Diagonal = 12, Figure = 610, Gain = 0.11 };

    /// <summary>Half the width of an upright stroke.</summary>
    public required double HalfStem { get; init; }

    /// <summary>Half the height of a level stroke: a little less, since level strokes look heavier.</summary>
    public required double HalfBar { get; init; }

    /// <summary>Space beside a straight side.</summary>
    public required double Stem { get; init; }

    /// <summary>Space beside a round side.</summary>
    public required double Round { get; init; }

    /// <summary>Space beside a diagonal side.</summary>
    public required double Diagonal { get; init; }

    /// <summary>Advance of every figure.</summary>
    public required double Figure { get; init; }

    /// <summary>How much wider a letter is than in the regular weight.</summary>
    public required double Gain { get; init; }

    public VectorPen Times(double factor) => this with { HalfStem = HalfStem * factor, HalfBar = HalfBar * factor };
}
