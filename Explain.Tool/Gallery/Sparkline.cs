using System.Text;

namespace Explain.Tool;

/// <summary>A curve without axes, as an SVG path in a box of given size.</summary>
internal static class Sparkline
{
    /// <summary>The path through <paramref name="values"/>, evenly spaced from left to right; breaks where a value is not finite.</summary>
    /// <param name="values">In order.</param>
    /// <param name="low">The value at the bottom.</param>
    /// <param name="high">The value at the top.</param>
    /// <param name="width">Width of the box.</param>
    /// <param name="height">Height of the box.</param>
    public static string Path(IReadOnlyList<double> values, double low, double high, double width, double height)
    {
        const double Margin = 1.5;
        double range = high > low ? high - low : 1;
        var path = new StringBuilder();
        bool pen = false;
        for (int i = 0; i < values.Count; i++)
        {
            if (!double.IsFinite(values[i]))
            {
                pen = false;
                continue;
            }
            double x = values.Count == 1 ? width / 2 : width * i / (values.Count - 1);
            double share = Math.Clamp((values[i] - low) / range, 0, 1);
            double y = Margin + ((1 - share) * (height - (2 * Margin)));
            path.Append(pen ? 'L' : 'M').Append(x.ToString("0.#")).Append(' ').Append(y.ToString("0.#"));
            pen = true;
        }
        return path.ToString();
    }

    /// <summary>Losses on a log scale, so that late progress shows; zero and below are cut to the smallest positive value given.</summary>
    public static IReadOnlyList<double> Log(IEnumerable<double> losses) =>
        [.. losses.Select(loss => PortableMath.Log10(Math.Max(loss, 1e-12)))];
}
