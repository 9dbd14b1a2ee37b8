using System.Globalization;

namespace Explain.Core;

/// <summary>
/// One way of writing a digit: strokes of the pen, each a list of smooth pieces, each a list of points that the pen goes through.
/// </summary>
/// <param name="Weight">How often people write it so, relative to the other ways.</param>
/// <param name="Strokes">
/// Stroke → piece → points. Where one piece ends and the next begins, at the same point, the pen turns a corner.
/// </param>
internal sealed record StrokeGlyph(double Weight, IReadOnlyList<IReadOnlyList<IReadOnlyList<StrokePoint>>> Strokes);

/// <summary>A point of a glyph: x to the right, y downwards, the digit 100 units high.</summary>
internal readonly record struct StrokePoint(double X, double Y);

/// <summary>The ways of writing the ten digits that <see cref="Strokes"/> starts from.</summary>
internal static class StrokeGlyphs
{
    /// <summary>Digit → ways of writing it.</summary>
    public static IReadOnlyList<IReadOnlyList<StrokeGlyph>> Digits { get; } =
    [
        [
            Parse(3, "35,0 12,14 0,50 12,86 35,100 58,86 68,50 56,12 34,1"),
            Parse(2, "50,6 24,4 5,34 4,68 24,97 50,92 66,54 58,16 34,6"),
            Parse(2, "29,0 10,20 4,55 13,90 29,100 44,88 51,50 44,14 27,2"),
            Parse(1, "24,10 4,40 6,78 28,99 54,88 68,56 60,18 38,2 16,14"),
            Parse(1, "46,-4 40,6 14,12 0,48 10,88 36,100 60,82 64,42 48,10 34,4"),
        ],
        [
            Parse(5, "30,0 30,50 30,100"),
            Parse(2, "33,0 28,50 31,100"),
            Parse(2, "12,22 32,0 / 32,50 31,100"),
            Parse(1, "13,20 32,0 / 32,50 32,98 | 6,100 58,99"),
        ],
        [
            Parse(3, "4,22 14,4 38,0 58,14 54,38 32,66 3,97 / 34,96 66,97"),
            Parse(3, "4,20 20,2 46,0 60,18 52,44 30,72 10,94 1,86 12,78 32,88 48,97 68,90"),
            Parse(2, "2,14 30,0 56,10 52,36 24,72 1,99 / 30,96 64,100"),
            Parse(2, "6,26 10,8 34,0 56,14 50,44 26,78 4,95 / 24,88 44,98 68,88"),
        ],
        [
            Parse(3, "4,12 24,0 50,4 57,24 44,42 22,48 / 48,54 62,74 50,94 24,100 0,90"),
            Parse(2, "4,3 56,2 / 26,40 / 50,46 62,68 48,94 22,100 0,90"),
            Parse(2, "8,8 34,0 55,16 45,38 27,47 47,53 62,74 45,97 18,100 0,88"),
            Parse(2, "6,12 30,0 55,10 53,32 36,45 23,48 25,42 40,46 60,64 57,87 32,100 2,90"),
        ],
        [
            Parse(3, "14,2 4,54 / 36,53 66,50 | 52,6 48,54 45,100"),
            Parse(2, "8,4 4,30 12,50 34,52 54,40 | 58,0 54,50 50,100"),
            Parse(1, "66,66 2,66 / 48,0 / 47,50 46,100"),
            Parse(2, "20,0 3,56 / 36,52 68,49 | 44,24 42,60 38,100"),
            Parse(2, "10,6 4,36 16,54 40,48 56,34 60,2 / 56,50 52,100"),
        ],
        [
            Parse(3, "12,3 8,42 / 30,36 56,46 62,70 48,94 22,100 0,91 | 12,3 36,2 62,0"),
            Parse(2, "60,2 14,3 / 8,44 / 34,37 60,54 58,84 32,100 0,92"),
            Parse(2, "60,3 30,2 14,14 12,36 36,47 58,62 56,88 30,100 2,92"),
            Parse(1, "14,10 10,46 / 34,40 58,56 54,86 26,100 2,90 | 16,8 40,6 68,2"),
        ],
        [
            Parse(3, "46,0 20,20 4,56 8,88 32,100 56,90 58,68 38,55 16,63 6,80"),
            Parse(2, "54,2 24,34 3,72 14,97 40,98 56,80 44,62 20,64 5,82"),
            Parse(1, "56,9 42,0 16,18 2,56 10,92 36,100 58,84 54,63 30,56 8,74"),
            Parse(2, "30,0 12,30 2,70 14,98 36,96 46,77 32,64 7,80"),
        ],
        [
            Parse(4, "2,5 32,5 62,4 / 38,50 24,100"),
            Parse(2, "2,5 62,4 / 40,50 26,100 | 16,52 56,48"),
            Parse(2, "4,18 5,3 / 34,5 64,4 / 42,46 30,100"),
            Parse(2, "0,13 20,3 44,8 64,2 / 46,40 34,100"),
        ],
        [
            Parse(3, "52,12 30,0 8,14 16,38 44,54 60,76 44,98 18,98 2,80 16,58 46,40 57,20 49,9"),
            Parse(1, "32,47 10,32 12,8 34,0 54,10 53,34 32,47 8,62 2,82 20,100 46,100 62,82 54,60 33,48"),
            Parse(2, "58,5 30,0 8,16 20,40 48,58 58,80 38,100 10,94 6,72 30,50 59,5"),
            Parse(2, "40,8 24,0 8,16 14,38 34,54 44,78 28,99 8,94 2,76 14,56 36,38 44,18 36,4"),
        ],
        [
            Parse(3, "56,14 34,0 10,10 4,36 22,50 46,40 57,15 / 56,50 50,100"),
            Parse(2, "56,16 36,0 10,12 6,38 28,50 50,36 57,13 / 60,50 48,88 24,100 6,92"),
            Parse(2, "54,22 38,1 14,6 2,30 18,49 42,42 55,18 54,40 52,70 52,100"),
            Parse(2, "52,8 24,2 4,24 14,46 40,40 54,6 / 44,52 34,100"),
        ],
    ];

    /// <summary>Points "x,y" apart by spaces; "/" is a corner at the point before it, "|" lifts the pen.</summary>
    private static StrokeGlyph Parse(double weight, string text)
    {
        var strokes = new List<IReadOnlyList<IReadOnlyList<StrokePoint>>>();
        foreach (string stroke in text.Split('|'))
        {
            var pieces = new List<IReadOnlyList<StrokePoint>>();
            foreach (string piece in stroke.Split('/'))
            {
                var points = new List<StrokePoint>();
                if (pieces.Count > 0) points.Add(pieces[^1][^1]);
                foreach (string point in piece.Split(' ', StringSplitOptions.RemoveEmptyEntries))
                {
                    string[] xy = point.Split(',');
                    points.Add(new StrokePoint(
                        double.Parse(xy[0], CultureInfo.InvariantCulture), double.Parse(xy[1], CultureInfo.InvariantCulture)));
                }
                pieces.Add(points);
            }
            strokes.Add(pieces);
        }
        return new StrokeGlyph(weight, strokes);
    }
}
