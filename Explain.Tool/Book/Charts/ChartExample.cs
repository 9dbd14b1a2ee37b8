using System.Text.RegularExpressions;
using Explain.Render;

namespace Explain.Tool;

/// <summary>An example of one kind of chart: what it is for, and a method that draws it from made-up data.</summary>
/// <param name="Name">Short name, that of its pictures.</param>
/// <param name="Title">Heading of its section.</param>
/// <param name="Words">One to three sentences: what it is for and what to beware of.</param>
/// <param name="Draw">Draws it; the page shows the source of this method.</param>
internal sealed partial record ChartExample(string Name, string Title, string Words, Func<Theme, Scene> Draw)
{
    private const int Indent = 4;

    /// <summary>All of them, in the order of the page.</summary>
    public static IReadOnlyList<ChartExample> All { get; } =
    [
        NamedLines.Example, CornerLegend.Example, ErrorBand.Example, GroupedBars.Example, HistogramBars.Example, StepHistograms.Example,
        StackedAreas.Example, Ridgelines.Example, BoxesAndViolins.Example, DensityScatter.Example, Hexagons.Example,
        FilledContours.Example, ClusteredMatrix.Example, ParallelLines.Example, SpecialAxes.Example, LitSurface.Example, PointCloud.Example,
    ];

    /// <summary>
    /// The method as it stands in its file, which travels inside the program: what the page shows is what drew the picture.
    /// </summary>
    public string Source()
    {
        string file = Draw.Method.DeclaringType!.Name + ".cs";
        using var stream = typeof(ChartExample).Assembly.GetManifestResourceStream("charts/" + file)
            ?? throw new InvalidOperationException($"The source {file} is not inside the program.");
        using var reader = new StreamReader(stream);
        string text = reader.ReadToEnd().ReplaceLineEndings("\n");
        var lines = Method().Match(text).Value.TrimEnd().Split('\n').Select(line => line.Length > Indent ? line[Indent..] : "");
        return string.Join('\n', lines).Replace("private static ", "static ", StringComparison.Ordinal);
    }

    [GeneratedRegex(@"^    private static Scene Draw\(.*?^    \}$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Method();
}
