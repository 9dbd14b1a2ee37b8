using System.Text;

namespace Explain.Render;

/// <summary>
/// Path data for the <c>d</c> attribute, short: relative commands, h and v where a line runs along an axis, no letter twice in a row. Every
/// point is rounded where it lies and the steps are differences of the rounded points, so that no error grows along a path.
/// </summary>
internal sealed class SvgPath
{
    private readonly StringBuilder _text;
    private (long X, long Y) _start;
    private (long X, long Y) _current;
    private char _last = ' ';

    private readonly Point _origin;

    private SvgPath(StringBuilder text, Point origin)
    {
        _text = text;
        _origin = origin;
    }

    /// <summary>Appends the outline, in coordinates from <paramref name="origin"/>.</summary>
    public static StringBuilder Append(StringBuilder text, PathData data, Point origin = default)
    {
        new SvgPath(text, origin).Write(FinitePath.Of(data));
        return text;
    }

    private void Write(PathData data)
    {
        int next = 0;
        foreach (var verb in data.Verbs)
        {
            switch (verb)
            {
                case PathVerb.Move:
                    Steps(next == 0 ? 'M' : 'm', data.Points, next, 1);
                    _start = _current;
                    next++;
                    break;
                case PathVerb.Line:
                    Line(data.Points[next++]);
                    break;
                case PathVerb.Quad:
                    Steps('q', data.Points, next, 2);
                    next += 2;
                    break;
                case PathVerb.Cubic:
                    Steps('c', data.Points, next, 3);
                    next += 3;
                    break;
                default:
                    _text.Append('z');
                    _last = 'z';
                    _current = _start;
                    break;
            }
        }
    }

    private void Line(Point point)
    {
        var (x, y) = Rounded(point);
        var (dx, dy) = (x - _current.X, y - _current.Y);
        Command(dy == 0 ? 'h' : dx == 0 ? 'v' : 'l');
        if (dy == 0)
            Number(dx);
        else if (dx == 0)
            Number(dy);
        else
            Number(dx).Number(dy);
        _current = (x, y);
    }

    /// <summary>A command of <paramref name="count"/> points, each relative to the point before the command.</summary>
    private void Steps(char letter, IReadOnlyList<Point> points, int first, int count)
    {
        Command(letter);
        var from = _current;
        for (int i = 0; i < count; i++)
        {
            _current = Rounded(points[first + i]);
            Number(_current.X - from.X).Number(_current.Y - from.Y);
        }
    }

    /// <summary>The letter, or nothing where the same command goes on.</summary>
    private void Command(char letter)
    {
        // A second pair after m would be a line.
        if (letter != _last || letter is 'm')
            _text.Append(letter);
        _last = letter;
    }

    private SvgPath Number(long hundredths)
    {
        // A minus sign parts two numbers as well as a space does.
        if (hundredths >= 0 && char.IsAsciiDigit(_text[^1]))
            _text.Append(' ');
        _text.Hundredths(hundredths);
        return this;
    }

    private (long X, long Y) Rounded(Point p) => (SvgNumber.InHundredths(p.X - _origin.X), SvgNumber.InHundredths(p.Y - _origin.Y));
}
