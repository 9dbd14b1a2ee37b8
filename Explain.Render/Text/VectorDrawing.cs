using System.Globalization;

namespace Explain.Render;

/// <summary>One entry of VectorFont.txt drawn with one pen. The notation is explained at the head of that file.</summary>
internal sealed class VectorDrawing
{
    private readonly string[] _words;
    private readonly VectorPen _pen;
    private readonly double _regularWidth;

    public VectorDrawing(string entry, VectorPen pen)
    {
        var words = entry.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        int at = 2;
        if (words.Length > 2 && words[2][0] == '*' && words[2].Length > 1)
        {
            pen = pen.Times(Number(words[2][1..]));
            at = 3;
        }
        _pen = pen;
        if (words[0] == "p")
        {
            Width = 2 * pen.HalfStem;
            _regularWidth = 2 * VectorPen.Regular.HalfStem;
        }
        else
        {
            _regularWidth = Number(words[0]);
            Width = _regularWidth * (1 + pen.Gain);
        }
        (Left, Right) = Sides(words[1]);
        _words = words[at..];
    }

    /// <summary>Width of the ink.</summary>
    public double Width { get; }

    /// <summary>Space before the ink.</summary>
    public double Left { get; }

    /// <summary>Space after the ink.</summary>
    public double Right { get; }

    /// <summary>Size relative to full-size characters.</summary>
    public double Scale { get; init; } = 1;

    /// <summary>Adds the outline in shares of the em, y downwards, moved by (dx, dy) units; gives the advance in units.</summary>
    public double Draw(PathBuilder path, double dx, double dy)
    {
        Point Place(Point p) => new(((((p.X + Left) * Scale) + dx) / VectorPen.Em), -((p.Y * Scale) + dy) / VectorPen.Em);
        foreach (var stroke in Strokes())
            SkeletonStroker.Draw(path, stroke, _pen.HalfStem, _pen.HalfBar, Place);
        foreach (var (centre, radius) in Dots())
            Circle(path, centre, radius, Place);
        return (Left + Width + Right) * Scale;
    }

    /// <summary>Highest point of the skeleton.</summary>
    public double Top()
    {
        double top = double.MinValue;
        foreach (var stroke in Strokes())
        {
            foreach (var piece in stroke.Pieces)
                top = Math.Max(top, Math.Max(piece.P0.Y, piece.P3.Y));
        }
        foreach (var (centre, _) in Dots())
            top = Math.Max(top, centre.Y);
        return top;
    }

    private (double Left, double Right) Sides(string word)
    {
        if (word == "T")
            return ((_pen.Figure - Width) / 2, (_pen.Figure - Width) / 2);
        if (word.Contains(','))
        {
            var parts = word.Split(',');
            return (Number(parts[0]), Number(parts[1]));
        }
        return word.Length == 2 ? (Side(word[0]), Side(word[1])) : throw new FormatException($"\"{word}\" is not two sides");
    }

    private double Side(char c) => c switch
    {
        '|' => _pen.Stem,
        '(' => _pen.Round,
        '/' => _pen.Diagonal,
        _ => throw new FormatException($"'{c}' is not a side: | straight, ( round, / diagonal"),
    };

    private IEnumerable<(Point Centre, double Radius)> Dots()
    {
        for (int i = 0; i < _words.Length; i++)
        {
            if (_words[i][0] == '@')
                yield return (Position(_words[i][1..], out _), Number(_words[i + 1]) * _pen.HalfStem);
        }
    }

    private List<SkeletonStroke> Strokes()
    {
        var strokes = new List<SkeletonStroke>();
        var pieces = new List<SkeletonPiece>();
        var at = default(Point);
        bool started = false, closed = false, filled = false, startLevel = false, endLevel = false;

        void Finish()
        {
            if (pieces.Count > 0)
                strokes.Add(new(
                    [.. pieces], closed, startLevel ? PenEnd.Level : PenEnd.Square, endLevel ? PenEnd.Level : PenEnd.Square, filled));
            pieces.Clear();
            started = closed = false;
        }

        for (int i = 0; i < _words.Length; i++)
        {
            string word = _words[i];
            if (word == "/")
            {
                Finish();
            }
            else if (word == "z")
            {
                if (Distance(at, pieces[0].P0) > 1e-6)
                    pieces.Add(SkeletonPiece.Line(at, pieces[0].P0));
                closed = true;
            }
            else if (word[0] == '@')
            {
                Finish();
                i++;
            }
            else if (!started)
            {
                filled = word[0] == '#';
                at = Position(word.TrimStart('#'), out startLevel);
                started = true;
            }
            else
            {
                var piece = Piece(at, ref i, out endLevel);
                if (pieces.Count == 0 && piece.P0 != at)
                    startLevel = false;
                pieces.Add(piece);
                at = piece.P3;
            }
        }
        Finish();
        return strokes;
    }

    // The piece that begins at word i: a position (a line to it) or a letter for the kind of curve, then positions.
    private SkeletonPiece Piece(Point from, ref int i, out bool level)
    {
        string word = _words[i];
        if (word.Contains(','))
            return SkeletonPiece.Line(from, Position(word, out level));
        var (kind, tension, begin, end) = Curve(word);
        if (kind == 'c')
        {
            Point p1 = Position(_words[++i], out _), p2 = Position(_words[++i], out _), p3 = Position(_words[++i], out level);
            return SkeletonPiece.Curve(from, p1, p2, p3).Part(begin, end);
        }
        var to = Position(_words[++i], out level);
        level &= end == 1;
        double dx = (to.X - from.X) * tension, dy = (to.Y - from.Y) * tension;
        var curve = kind switch
        {
            'h' => SkeletonPiece.Curve(from, from.Offset(dx, 0), to.Offset(0, -dy), to),
            'v' => SkeletonPiece.Curve(from, from.Offset(0, dy), to.Offset(-dx, 0), to),
            's' => SkeletonPiece.Curve(from, from.Offset(dx, 0), to.Offset(-dx, 0), to),
            't' => SkeletonPiece.Curve(from, from.Offset(0, dy), to.Offset(0, -dy), to),
            _ => throw new FormatException($"\"{word}\" is neither a position nor one of h, v, s, t, c"),
        };
        return curve.Part(begin, end);
    }

    // "h", "h.6" (tension), "h20-" (without its first 20 %), "h-70" (only its first 70 %).
    private static (char Kind, double Tension, double Begin, double End) Curve(string word)
    {
        // Between a circle (0.5523) and a square (1): grotesque bowls are a little fuller than circles.
        double tension = word[0] is 's' or 't' ? 0.62 : 0.575, begin = 0, end = 1;
        string rest = word[1..];
        int dash = rest.IndexOf('-');
        if (dash == 0)
            end = Number(rest[1..]) / 100;
        else if (dash > 0)
            begin = Number(rest[..dash]) / 100;
        else if (rest.Length > 0)
            tension = Number(rest);
        return (word[0], tension, begin, end);
    }

    private Point Position(string word, out bool level)
    {
        var parts = word.Split(',');
        if (parts.Length != 2)
            throw new FormatException($"\"{word}\" is not a position");
        return new Point(X(parts[0]), Y(parts[1], out level));
    }

    private double X(string word)
    {
        double h = _pen.HalfStem;
        switch (word[0])
        {
            case 'l': return h + Rest(word, 1);
            case 'r': return Width - h + Rest(word, 1);
            case 'm': return (Width / 2) + Rest(word, 1);
            case 'L': return Rest(word, 1);
            case 'R': return Width + Rest(word, 1);
        }
        // A place given for the regular weight keeps its share of the way between the outer stems.
        double regular = VectorPen.Regular.HalfStem, inner = _regularWidth - (2 * regular);
        double stretch = inner > 1 ? (Width - (2 * h)) / inner : 1;
        return h + ((Number(word) - regular) * stretch);
    }

    private double Y(string word, out bool level)
    {
        level = false;
        if (!char.IsAsciiLetter(word[0]))
            return Number(word);
        double line = char.ToLowerInvariant(word[0]) switch
        {
            'b' => 0,
            'x' => VectorPen.XHeight,
            'c' => VectorPen.CapHeight,
            'a' => VectorPen.Ascender,
            'd' => VectorPen.Descender,
            _ => throw new FormatException($"\"{word}\" is not a line: b, x, c, a or d"),
        };
        int rest = 1;
        if (char.IsAsciiLetterLower(word[0]))
        {
            level = true;
        }
        else
        {
            bool top = line > 0;
            line += top ? -_pen.HalfBar : _pen.HalfBar;
            if (word.Length > 1 && word[1] == '\'')
            {
                line += top ? VectorPen.Overshoot : -VectorPen.Overshoot;
                rest = 2;
            }
        }
        return line + Rest(word, rest);
    }

    private static double Rest(string word, int from) => from < word.Length ? Number(word[from..]) : 0;

    private static double Number(string word) => double.Parse(word, NumberStyles.Float, CultureInfo.InvariantCulture);

    private static double Distance(Point a, Point b) => Math.Abs(a.X - b.X) + Math.Abs(a.Y - b.Y);

    private static void Circle(PathBuilder path, Point c, double r, Func<Point, Point> place)
    {
        double k = r * 0.5523;
        Point P(double x, double y) => place(new Point(c.X + x, c.Y + y));
        void Quarter(double x1, double y1, double x2, double y2, double x3, double y3)
        {
            Point a = P(x1, y1), b = P(x2, y2), e = P(x3, y3);
            path.CubicTo(a.X, a.Y, b.X, b.Y, e.X, e.Y);
        }
        var start = P(r, 0);
        path.MoveTo(start.X, start.Y);
        Quarter(r, k, k, r, 0, r);
        Quarter(-k, r, -r, k, -r, 0);
        Quarter(-r, -k, -k, -r, 0, -r);
        Quarter(k, -r, r, -k, r, 0);
        path.Close();
    }
}
