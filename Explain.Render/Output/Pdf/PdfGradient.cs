using System.Text;

namespace Explain.Render;

/// <summary>
/// Gradients as axial and radial shadings (ISO 32000-1:2008, 8.7.4.5), their stops as exponential functions of exponent 1 stitched together
/// (7.10).
/// </summary>
internal static class PdfGradient
{
    /// <summary>Adds the shading.</summary>
    /// <param name="file">Where to.</param>
    /// <param name="gradient">One with an extent.</param>
    /// <param name="ofAlpha">Whether it gives the alpha of the stops as grey instead of their colours.</param>
    /// <returns>The number of its object.</returns>
    public static int Add(PdfFile file, GradientPaint gradient, bool ofAlpha)
    {
        var text = new StringBuilder();
        string space = ofAlpha ? "/DeviceGray" : "/DeviceRGB";
        if (gradient is LinearGradient line)
            text.Append($"<< /ShadingType 2 /ColorSpace {space} /Coords [ ").Real(line.From.X).Real(line.From.Y).Real(line.To.X)
                .Real(line.To.Y);
        else if (gradient is RadialGradient disc)
            text.Append($"<< /ShadingType 3 /ColorSpace {space} /Coords [ ").Real(disc.Center.X).Real(disc.Center.Y).Real(0)
                .Real(disc.Center.X).Real(disc.Center.Y).Real(disc.Radius);
        text.Append("] /Extend [true true] /Function ");
        Function(text, Segments(gradient.Ordered()), ofAlpha);
        return file.Add(text.Append(" >>").ToString());
    }

    /// <summary>From 0 to 1 without a gap; a sudden change of colour lies between two segments.</summary>
    private static List<(GradientStop From, GradientStop To)> Segments(IReadOnlyList<GradientStop> stops)
    {
        GradientStop[] all = [stops[0] with { Offset = 0 }, .. stops, stops[^1] with { Offset = 1 }];
        var segments = new List<(GradientStop, GradientStop)>();
        for (int i = 1; i < all.Length; i++)
        {
            // What is closer than numbers are written is sudden.
            if (all[i].Offset - all[i - 1].Offset > 0.0005)
                segments.Add((all[i - 1], all[i]));
        }
        return segments;
    }

    private static void Function(StringBuilder text, List<(GradientStop From, GradientStop To)> segments, bool ofAlpha)
    {
        if (segments.Count == 1)
        {
            Segment(text, segments[0], ofAlpha);
            return;
        }
        text.Append("<< /FunctionType 3 /Domain [0 1] /Functions [ ");
        foreach (var segment in segments)
            Segment(text, segment, ofAlpha);
        text.Append(" ] /Bounds [ ");
        foreach (var segment in segments.Take(segments.Count - 1))
            text.Real(segment.To.Offset);
        text.Append("] /Encode [ ").Insert(text.Length, "0 1 ", segments.Count).Append("] >>");
    }

    private static void Segment(StringBuilder text, (GradientStop From, GradientStop To) segment, bool ofAlpha)
    {
        text.Append("<< /FunctionType 2 /Domain [0 1] /N 1 /C0 [ ");
        Value(text, segment.From.Color, ofAlpha);
        text.Append("] /C1 [ ");
        Value(text, segment.To.Color, ofAlpha);
        text.Append("] >> ");
    }

    private static void Value(StringBuilder text, Color color, bool ofAlpha)
    {
        if (ofAlpha)
            text.Real(color.A / 255.0);
        else
            text.Channels(color);
    }
}
