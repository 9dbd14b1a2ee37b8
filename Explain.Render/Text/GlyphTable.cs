namespace Explain.Render;

/// <summary>The tables "loca" and "glyf": outlines of quadratic curves, simple and composite.</summary>
internal sealed class GlyphTable(FontData loca, FontData glyf, bool longOffsets, int glyphs)
{
    // Deeper or wider nesting than any real font has: a composite that contains itself.
    private const int MaxDepth = 8;
    private const int MaxComponents = 256;

    /// <summary>The outline in shares of the em, y downwards. Empty for a space.</summary>
    public PathData Outline(int glyph, double unitsPerEm)
    {
        var points = new List<GlyphPoint>();
        int components = 0;
        Read(glyph, points, 0, ref components);
        var path = new PathBuilder();
        int start = 0;
        for (int i = 0; i < points.Count; i++)
        {
            if (!points[i].Last)
                continue;
            Contour(path, points.GetRange(start, i + 1 - start), 1 / unitsPerEm);
            start = i + 1;
        }
        return path.Build();
    }

    private void Read(int glyph, List<GlyphPoint> points, int depth, ref int components)
    {
        if (glyph < 0 || glyph >= glyphs)
            throw glyf.Damaged($"glyph {glyph} of {glyphs} is asked for");
        if (depth > MaxDepth || components > MaxComponents)
            throw glyf.Damaged("a composite glyph contains itself");
        long from = longOffsets ? loca.UInt32(4L * glyph) : 2L * loca.UInt16(2L * glyph);
        long to = longOffsets ? loca.UInt32((4L * glyph) + 4) : 2L * loca.UInt16((2L * glyph) + 2);
        if (to <= from)
            return;
        var data = glyf.Table("glyf", from, to - from);
        int contours = data.Int16(0);
        if (contours >= 0)
            Simple(data, contours, points);
        else
            Composite(data, points, depth, ref components);
    }

    private static void Simple(FontData data, int contours, List<GlyphPoint> points)
    {
        if (contours == 0)
            return;
        int count = data.UInt16(10 + (2 * (contours - 1))) + 1;
        long at = 10 + (2L * contours);
        at += 2 + data.UInt16(at); // instructions for grid fitting, not needed
        var flags = new byte[count];
        for (int i = 0; i < count;)
        {
            byte flag = data.Byte(at++);
            int repeat = (flag & 8) != 0 ? data.Byte(at++) : 0;
            for (; repeat >= 0 && i < count; repeat--)
                flags[i++] = flag;
        }
        var xs = Coordinates(data, flags, ref at, 2, 16);
        var ys = Coordinates(data, flags, ref at, 4, 32);
        int first = points.Count;
        for (int i = 0; i < count; i++)
            points.Add(new GlyphPoint(xs[i], ys[i], (flags[i] & 1) != 0, false));
        for (int c = 0; c < contours; c++)
        {
            int last = data.UInt16(10 + (2 * c));
            if (last >= count)
                throw data.Damaged($"a contour ends at point {last} of {count}");
            points[first + last] = points[first + last] with { Last = true };
        }
    }

    private static double[] Coordinates(FontData data, byte[] flags, ref long at, int isByte, int sameOrPositive)
    {
        var values = new double[flags.Length];
        int value = 0;
        for (int i = 0; i < flags.Length; i++)
        {
            bool same = (flags[i] & sameOrPositive) != 0;
            if ((flags[i] & isByte) != 0)
            {
                int step = data.Byte(at++);
                value += same ? step : -step;
            }
            else if (!same)
            {
                value += data.Int16(at);
                at += 2;
            }
            values[i] = value;
        }
        return values;
    }

    private void Composite(FontData data, List<GlyphPoint> points, int depth, ref int components)
    {
        long at = 10;
        int flags;
        do
        {
            components++;
            flags = data.UInt16(at);
            int glyph = data.UInt16(at + 2);
            at += 4;
            bool words = (flags & 1) != 0, offsets = (flags & 2) != 0;
            int arg1 = words ? (offsets ? data.Int16(at) : data.UInt16(at)) : (offsets ? (sbyte)data.Byte(at) : data.Byte(at));
            int arg2 = words ? (offsets ? data.Int16(at + 2) : data.UInt16(at + 2))
                : (offsets ? (sbyte)data.Byte(at + 1) : data.Byte(at + 1));
            at += words ? 4 : 2;
            double a = 1, b = 0, c = 0, d = 1;
            if ((flags & 0x08) != 0)
            {
                a = d = Fixed(data, ref at);
            }
            else if ((flags & 0x40) != 0)
            {
                a = Fixed(data, ref at);
                d = Fixed(data, ref at);
            }
            else if ((flags & 0x80) != 0)
            {
                a = Fixed(data, ref at);
                b = Fixed(data, ref at);
                c = Fixed(data, ref at);
                d = Fixed(data, ref at);
            }
            var part = new List<GlyphPoint>();
            Read(glyph, part, depth + 1, ref components);
            for (int i = 0; i < part.Count; i++)
                part[i] = part[i] with { X = (a * part[i].X) + (c * part[i].Y), Y = (b * part[i].X) + (d * part[i].Y) };
            double dx = arg1, dy = arg2;
            if (!offsets)
            {
                // The part is moved so that its point arg2 falls on the whole's point arg1.
                if (arg1 >= points.Count || arg2 >= part.Count)
                    throw data.Damaged($"a component is tied to point {arg1} of {points.Count}");
                (dx, dy) = (points[arg1].X - part[arg2].X, points[arg1].Y - part[arg2].Y);
            }
            foreach (var p in part)
                points.Add(p with { X = p.X + dx, Y = p.Y + dy });
        }
        while ((flags & 0x20) != 0);
    }

    private static double Fixed(FontData data, ref long at)
    {
        double value = data.Int16(at) / 16384.0;
        at += 2;
        return value;
    }

    // Between two control points lies an implied point of the curve, half-way.
    private static void Contour(PathBuilder path, List<GlyphPoint> contour, double scale)
    {
        if (contour.Count < 2)
            return;
        int first = contour.FindIndex(p => p.On);
        var start = first >= 0 ? contour[first] : Between(contour[0], contour[^1]);
        path.MoveTo(start.X * scale, -start.Y * scale);
        GlyphPoint? control = null;
        int begin = first >= 0 ? first + 1 : 0, count = first >= 0 ? contour.Count - 1 : contour.Count;
        for (int i = 0; i <= count; i++)
        {
            var p = i == count ? start with { On = true } : contour[(begin + i) % contour.Count];
            if (control is { } q)
            {
                var end = p.On ? p : Between(q, p);
                path.QuadTo(q.X * scale, -q.Y * scale, end.X * scale, -end.Y * scale);
                control = p.On ? null : p;
            }
            else if (p.On)
            {
                path.LineTo(p.X * scale, -p.Y * scale);
            }
            else
            {
                control = p;
            }
        }
        path.Close();
    }

    private static GlyphPoint Between(GlyphPoint a, GlyphPoint b) => new((a.X + b.X) / 2, (a.Y + b.Y) / 2, true, false);

    private readonly record struct GlyphPoint(double X, double Y, bool On, bool Last);
}
