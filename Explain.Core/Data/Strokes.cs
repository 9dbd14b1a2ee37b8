namespace Explain.Core;

/// <summary>
/// Handwritten-looking digits, drawn procedurally: a way of writing the digit is chosen, the points of its strokes are moved about, the
/// curve through them is slanted, stretched, turned and bent, fitted into 20×20 pixels as the images of MNIST are, and drawn by a round pen
/// whose width varies along the stroke. Sample i depends on nothing but (seed, part, i).
/// </summary>
public static class Strokes
{
    /// <summary>Pixels a side.</summary>
    public const int Size = 28;

    private const double Box = 20; // The longer side of a digit, in pixels, before it is made a little smaller.
    private const int BlockSize = 64;

    /// <summary>Draws both parts; pixels are multiples of 1/255 in 0 … 1.</summary>
    /// <param name="seed">Of everything.</param>
    /// <param name="train">Number of training samples.</param>
    /// <param name="test">Number of test samples, 0 for none.</param>
    public static DataSplit Draw(ulong seed = 0, int train = 60000, int test = 10000) =>
        new(Draw(seed, "train", train), Test: test == 0 ? null : Draw(seed, "test", test));

    private static Dataset Draw(ulong seed, string part, int count)
    {
        var inputs = new Matrix(count, Size * Size);
        var labels = new int[count];
        Rows.For(count, BlockSize, new Operation(seed, $"strokes/{part}", inputs, labels));
        return new Dataset("strokes", inputs, new Shape(Size, Size), labels, [.. Enumerable.Range(0, 10).Select(d => $"{d}")]);
    }

    private readonly struct Operation(ulong seed, string purpose, Matrix inputs, int[] labels) : IRowOperation
    {
        public void Invoke(int first, int count)
        {
            var pen = new StrokePen(Size);
            for (int i = first; i < first + count; i++)
            {
                // 256 blocks of four numbers for each sample, of which it uses fewer.
                var random = new CounterRandom(seed, purpose, (ulong)i << 8);
                labels[i] = random.NextInt32(10);
                DrawDigit(random, Choose(random, StrokeGlyphs.Digits[labels[i]]), pen);
                pen.Finish(0.86 + (0.14 * random.NextDouble()), inputs.Row(i));
            }
        }
    }

    private static StrokeGlyph Choose(CounterRandom random, IReadOnlyList<StrokeGlyph> ways)
    {
        double total = 0;
        foreach (var way in ways) total += way.Weight;
        double at = total * random.NextDouble();
        foreach (var way in ways)
        {
            at -= way.Weight;
            if (at < 0) return way;
        }
        return ways[^1];
    }

    private static void DrawDigit(CounterRandom random, StrokeGlyph glyph, StrokePen pen)
    {
        var hand = new Hand(random);
        var strokes = new List<List<(double X, double Y)>>();
        foreach (var stroke in glyph.Strokes)
        {
            double dx = 2.5 * random.NextNormal(), dy = 2.5 * random.NextNormal();
            var line = new List<(double X, double Y)>();
            foreach (var piece in stroke)
            {
                var points = new (double X, double Y)[piece.Count];
                for (int p = 0; p < points.Length; p++)
                    points[p] = (
                        piece[p].X + dx + (hand.Unsteadiness * random.NextNormal()),
                        piece[p].Y + dy + (hand.Unsteadiness * random.NextNormal()));
                if (line.Count > 0) points[0] = line[^1];
                StrokeCurve.Flatten(points, line);
            }
            strokes.Add(line);
        }

        double left = double.MaxValue, top = double.MaxValue, right = double.MinValue, bottom = double.MinValue;
        double massX = 0, massY = 0, mass = 0;
        foreach (var line in strokes)
        {
            for (int p = 0; p < line.Count; p++)
            {
                var (x, y) = line[p] = hand.Transform(line[p]);
                left = Math.Min(left, x);
                right = Math.Max(right, x);
                top = Math.Min(top, y);
                bottom = Math.Max(bottom, y);
                if (p == 0) continue;
                var (x0, y0) = line[p - 1];
                double length = Math.Sqrt(((x - x0) * (x - x0)) + ((y - y0) * (y - y0)));
                massX += length * (x + x0) / 2;
                massY += length * (y + y0) / 2;
                mass += length;
            }
        }

        // As MNIST was made: fitted into a box of 20 pixels, pen included, then the centre of mass put in the middle.
        double size = Box * (0.84 + (0.16 * random.NextDouble())), width = hand.PenRadius;
        double scale = (size - (2 * width)) / Math.Max(right - left, bottom - top);
        double centreX = (Size / 2.0) + (0.7 * random.NextNormal()), centreY = (Size / 2.0) + (0.7 * random.NextNormal());
        foreach (var line in strokes)
        {
            for (int p = 0; p < line.Count; p++)
                line[p] = (centreX + (scale * (line[p].X - (massX / mass))), centreY + (scale * (line[p].Y - (massY / mass))));
            pen.Draw(line, width, hand.PressureAmplitude, hand.PressurePhase, hand.PressureFrequency);
        }
    }

    /// <summary>How one sample is written: what is the same for all its strokes.</summary>
    private sealed class Hand
    {
        private const int Waves = 3;
        private readonly double _xx, _xy, _yx, _yy;
        private readonly (double Kx, double Ky, double Phase, double Ax, double Ay)[] _waves = new (
            double, double, double, double, double)[Waves];

        public Hand(CounterRandom random)
        {
            double stretch = 1 + (0.2 * Bounded(random)), slant = 0.12 + (0.25 * Bounded(random));
            var (sin, cos) = PortableMath.SinCos(0.11 * Bounded(random));
            // Rotation · shear · stretch; y points down, so a lean to the right moves low points to the left.
            (_xx, _xy, _yx, _yy) = (cos * stretch, (-cos * slant) - sin, sin * stretch, (-sin * slant) + cos);
            for (int w = 0; w < Waves; w++)
            {
                // Waves of 90 to 250 units bend the digit without breaking it.
                double length = 90 + (160 * random.NextDouble());
                var (s, c) = PortableMath.SinCos(2 * Math.PI * random.NextDouble());
                double k = 2 * Math.PI / length;
                _waves[w] = (k * c, k * s, 2 * Math.PI * random.NextDouble(), 4 * Bounded(random), 4 * Bounded(random));
            }
            Unsteadiness = 1.5 + (4 * random.NextDouble());
            // A broad pen would fill a narrow digit.
            PenRadius = Math.Min(1, 0.4 + (0.6 * stretch)) * (0.85 + (0.85 * random.NextDouble()));
            PressureAmplitude = 0.22 * random.NextDouble();
            PressurePhase = 2 * Math.PI * random.NextDouble();
            PressureFrequency = 0.15 + (0.25 * random.NextDouble());
        }

        /// <summary>Standard deviation of the points, in units of the glyph.</summary>
        public double Unsteadiness { get; }

        /// <summary>Mean radius of the pen, in pixels.</summary>
        public double PenRadius { get; }

        /// <summary>Relative variation of the radius along the stroke.</summary>
        public double PressureAmplitude { get; }

        /// <summary>Where in its variation the stroke begins.</summary>
        public double PressurePhase { get; }

        /// <summary>Radians of the variation for a pixel of the way.</summary>
        public double PressureFrequency { get; }

        /// <summary>A normal number without its tails: what lies beyond two standard deviations nobody could read.</summary>
        private static double Bounded(CounterRandom random) => Math.Clamp(random.NextNormal(), -2, 2);

        public (double X, double Y) Transform((double X, double Y) point)
        {
            var (x, y) = point;
            foreach (var (kx, ky, phase, ax, ay) in _waves)
            {
                double wave = PortableMath.SinCos((kx * point.X) + (ky * point.Y) + phase).Sin;
                x += ax * wave;
                y += ay * wave;
            }
            return ((_xx * x) + (_xy * y), (_yx * x) + (_yy * y));
        }
    }
}
