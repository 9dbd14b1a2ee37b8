using System.Text;
using Explain.Render;

namespace Explain.Tool;

/// <summary>
/// The guide of charts: a section for every kind with its picture in light, dark and print, and the program that drew it. One Markdown page
/// and its PNGs.
/// </summary>
internal static class ChartBook
{
    /// <summary>The page.</summary>
    public const string Page = "charts.md";

    private const double Scale = 1.5;

    /// <summary>Draws every example.</summary>
    /// <param name="report">Told how many are drawn and which is next.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>The page and its pictures, to be written into one folder.</returns>
    public static (string Text, IReadOnlyList<(string File, byte[] Bytes)> Pictures) Draw(
        Action<int, string> report, CancellationToken cancellation)
    {
        var text = new StringBuilder(Head());
        var pictures = new List<(string, byte[])>();
        for (int i = 0; i < ChartExample.All.Count; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            var example = ChartExample.All[i];
            report(i, example.Name);
            // The same wherever it is made.
            var themes = Theme.All.Select(theme => theme with { Face = Typeface.BuiltIn });
            var scenes = themes.Select(theme => (Theme: theme, Scene: example.Draw(theme))).ToList();
            pictures.AddRange(scenes.Select(drawn => (Picture(example, drawn.Theme), Canvases.Png.Encode(drawn.Scene, Scale))));
            text.Append(Section(example, scenes[0].Scene.Info));
        }
        return (text.ToString(), pictures);
    }

    private static string Picture(ChartExample example, Theme theme) => $"chart-{example.Name}-{theme.Name}.png";

    private static string Head() =>
        $"""
        # Charts

        How to draw your own data: one example of every kind of chart, in the three themes, with the program that drew it. The data are
        made up from formulas and from `CounterRandom`, so every picture can be repeated to the last pixel. For the pictures of training
        runs see [figures]({FigureBook.Page}).

        Each program is one method and needs only

        ```csharp
        using Explain.Core;      // CounterRandom
        using Explain.Render;

        Draw(Theme.Light).SavePng("chart.png");      // or Theme.Dark, Theme.Print; SaveSvg, SavePdf
        ```

        A `Chart` is a plot, or whatever its `Body` draws, with a title, notes, a colour bar where colours need one, and words for those
        who cannot see it. A `Plot` is marks between two axes; the limits come from the data unless an axis fixes them.

        {string.Join(", ", ChartExample.All.Select(example => $"[{example.Title}](#{Anchor(example)})"))}


        """;

    private static string Section(ChartExample example, SceneInfo info)
    {
        var text = new StringBuilder($"## {example.Title}\n\n{example.Words}\n\n");
        text.AppendJoin('\n', Theme.All.Select(theme => $"<a href=\"{Picture(example, theme)}\"><img src=\"{Picture(example, theme)}\" "
            + $"width=\"33%\" alt=\"{FigureBook.Escaped(info.AltText)}\"></a>"));
        return text.Append($"\n\n```csharp\n{example.Source()}\n```\n\n").ToString();
    }

    // As Markdown makes anchors of headings: small letters and digits, spaces as hyphens.
    private static string Anchor(ChartExample example) =>
        string.Concat(example.Title.ToLowerInvariant().Where(c => char.IsAsciiLetterOrDigit(c) || c is ' ' or '-')).Replace(' ', '-');
}
