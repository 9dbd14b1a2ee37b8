using System.Text;

namespace Explain.Tool;

/// <summary>A table for a terminal: aligned columns, two spaces between them, no lines.</summary>
internal static class TextTable
{
    /// <summary>
    /// Lays out <paramref name="rows"/> under <paramref name="columns"/>; a column whose name begins with "&gt;" is set to the right.
    /// </summary>
    public static string Format(IReadOnlyList<string> columns, IEnumerable<IReadOnlyList<string>> rows)
    {
        bool[] right = [.. columns.Select(column => column.StartsWith('>'))];
        List<IReadOnlyList<string>> lines = [[.. columns.Select(column => column.TrimStart('>'))], .. rows];
        int[] widths = [.. columns.Select((_, i) => lines.Max(line => line[i].Length))];
        var text = new StringBuilder();
        foreach (var line in lines)
        {
            var cells = line.Select((cell, i) => right[i] ? cell.PadLeft(widths[i]) : cell.PadRight(widths[i]));
            text.Append(string.Join("  ", cells).TrimEnd()).Append('\n');
        }
        return text.ToString();
    }
}
