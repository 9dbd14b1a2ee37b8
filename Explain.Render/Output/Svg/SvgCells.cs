using System.Text;

namespace Explain.Render;

/// <summary>
/// A small matrix as rectangles, cells of one colour that lie side by side in one: exact in every program, where an embedded image is
/// smoothed by those that do not know how to leave it.
/// </summary>
internal static class SvgCells
{
    /// <summary>Larger matrices are images: rectangles would make the larger file.</summary>
    public const int Most = 400;

    /// <summary>Whether the image is to be written so: few cells, each to be seen by itself.</summary>
    public static bool Suits(PixelsNode node) => node.Sampling == Sampling.Nearest && node.Columns * node.Rows <= Most
        && node.Columns <= node.Bounds.Width && node.Rows <= node.Bounds.Height;

    /// <summary>Appends one path for each colour, in the order in which the colours first appear.</summary>
    public static void Append(StringBuilder text, PixelsNode node)
    {
        var runs = new Dictionary<Color, List<(int Row, int Start, int End)>>();
        for (int row = 0; row < node.Rows; row++)
        {
            for (int start = 0; start < node.Columns;)
            {
                var color = node.Pixels[(row * node.Columns) + start];
                int end = start + 1;
                while (end < node.Columns && node.Pixels[(row * node.Columns) + end] == color)
                    end++;
                if (color.A > 0)
                {
                    if (!runs.TryGetValue(color, out var list))
                        runs[color] = list = [];
                    list.Add((row, start, end));
                }
                start = end;
            }
        }
        // Each cell belongs to one colour in every pixel: borders are not blended.
        text.Append("<g shape-rendering=\"crispEdges\">");
        foreach (var (color, cells) in runs)
        {
            text.Append("<path fill=\"").Append((color with { A = 255 }).ToString()).Append('"');
            if (color.A < 255)
                text.Append(" fill-opacity=\"").Number(color.A / 255.0).Append('"');
            text.Append(" d=\"");
            foreach (var (row, start, end) in cells)
            {
                long left = X(node, start), right = X(node, end), top = Y(node, row), bottom = Y(node, row + 1);
                text.Append('M').Hundredths(left).Append(' ').Hundredths(top).Append('H').Hundredths(right)
                    .Append('V').Hundredths(bottom).Append('H').Hundredths(left).Append('z');
            }
            text.Append("\"/>");
        }
        text.Append("</g>\n");
    }

    private static long X(PixelsNode node, int column) =>
        SvgNumber.InHundredths(node.Bounds.X + (node.Bounds.Width * column / node.Columns));

    private static long Y(PixelsNode node, int row) => SvgNumber.InHundredths(node.Bounds.Y + (node.Bounds.Height * row / node.Rows));
}
