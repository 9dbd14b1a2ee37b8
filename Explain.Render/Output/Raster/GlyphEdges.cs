using System.Runtime.CompilerServices;

namespace Explain.Render;

/// <summary>
/// The edges of a glyph at the origin under one linear map. Letters are most of the outlines of a chart and the same few come again and
/// again, so each is flattened once for every size and direction, and then only moved. The last few forms of a glyph are kept as long as
/// the glyph.
/// </summary>
internal sealed class GlyphEdges
{
    private const int MostForms = 8;
    private static readonly ConditionalWeakTable<Glyph, Forms> Kept = [];
    private readonly Edge[] _edges;

    private GlyphEdges(Glyph glyph, in Transform map)
    {
        var contours = new Contours();
        Flattener.Flatten(glyph.Outline, map, Flattener.Tolerance, contours);
        var edges = new EdgeList();
        edges.Add(contours, Bounds.Everything);
        _edges = edges.Span.ToArray();
        edges.End();
        Overlaps = glyph.Overlaps || IsPossible(contours);
        Bounds = Bounds.Of(_edges);
    }

    /// <summary>In the order of the outline; relative to the glyph's origin.</summary>
    public ReadOnlySpan<Edge> Span => _edges;

    /// <summary>Around all edges.</summary>
    public Bounds Bounds { get; }

    /// <summary>
    /// Whether parts of the glyph may overlap, as pen strokes, copies and accents that touch their letters do, so that only the union of
    /// them may be filled.
    /// </summary>
    public bool Overlaps { get; }

    /// <summary>
    /// Those of <paramref name="glyph"/> under the linear part of <paramref name="map"/>, from ems to device pixels. May be called from
    /// several threads.
    /// </summary>
    public static GlyphEdges Of(Glyph glyph, in Transform map)
    {
        var forms = Kept.GetValue(glyph, static _ => new Forms());
        var key = (map.A, map.B, map.C, map.D);
        foreach (var (known, edges) in forms.Recent)
        {
            if (known == key)
                return edges;
        }
        var made = new GlyphEdges(glyph, new Transform(map.A, map.B, map.C, map.D, 0, 0));
        var recent = forms.Recent;
        // Two threads may lose each other's form; it is then made again.
        forms.Recent = [(key, made), .. recent.AsSpan(0, Math.Min(recent.Length, MostForms - 1))];
        return made;
    }

    // Two contours that turn the same way and share some of their boxes. The inside of a ring turns the other way.
    private static bool IsPossible(Contours contours)
    {
        for (int i = 1; i < contours.Count; i++)
        {
            var (box, turn) = Box(contours.Points(i));
            for (int k = 0; k < i; k++)
            {
                var (other, otherTurn) = Box(contours.Points(k));
                if (turn == otherTurn && !box.Intersect(other).IsEmpty)
                    return true;
            }
        }
        return false;
    }

    private static (Bounds Box, int Turn) Box(ReadOnlySpan<Point> points)
    {
        var box = Bounds.Nothing;
        double area = 0;
        var from = points[^1];
        foreach (var to in points)
        {
            box = box.Union(new Bounds(to.X, to.Y, to.X, to.Y));
            area += (from.X * to.Y) - (to.X * from.Y);
            from = to;
        }
        return (box, Math.Sign(area));
    }

    private sealed class Forms
    {
        public ((double A, double B, double C, double D) Map, GlyphEdges Edges)[] Recent { get; set; } = [];
    }
}
