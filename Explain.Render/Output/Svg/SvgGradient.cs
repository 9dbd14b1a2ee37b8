using System.Text;

namespace Explain.Render;

/// <summary>Gradients as elements, in the coordinates of the path.</summary>
internal static class SvgGradient
{
    /// <summary>The element without an id: the same text for gradients that look the same.</summary>
    public static string Of(GradientPaint gradient)
    {
        var text = new StringBuilder();
        if (gradient is LinearGradient line)
        {
            text.Append("<linearGradient gradientUnits=\"userSpaceOnUse\"");
            Attribute(text, "x1", line.From.X);
            Attribute(text, "y1", line.From.Y);
            Attribute(text, "x2", line.To.X);
            Attribute(text, "y2", line.To.Y);
        }
        else if (gradient is RadialGradient disc)
        {
            text.Append("<radialGradient gradientUnits=\"userSpaceOnUse\"");
            Attribute(text, "cx", disc.Center.X);
            Attribute(text, "cy", disc.Center.Y);
            Attribute(text, "r", disc.Radius);
        }
        text.Append('>');
        foreach (var stop in gradient.Ordered())
        {
            text.Append("<stop offset=\"").Append(stop.Offset.ToString("0.####", System.Globalization.CultureInfo.InvariantCulture))
                .Append("\" stop-color=\"").Append((stop.Color with { A = 255 }).ToString()).Append('"');
            if (stop.Color.A < 255)
                Attribute(text, "stop-opacity", stop.Color.A / 255.0);
            text.Append("/>");
        }
        return text.Append(gradient is LinearGradient ? "</linearGradient>" : "</radialGradient>").ToString();
    }

    private static void Attribute(StringBuilder text, string name, double value) =>
        text.Append(' ').Append(name).Append("=\"").Number(value).Append('"');
}
