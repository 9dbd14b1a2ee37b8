namespace Explain.Render.Tests;

/// <summary>The scenes behind the goldens, in both themes; a golden that is not among them fails <see cref="ParityTests"/>.</summary>
internal static class GoldenScenes
{
    /// <summary>Names as in Golden/, with the theme or the scale behind a dot where there are several.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        .. FigureCatalog.All.SelectMany(kind => Themed($"figure-{kind.Name}")),
        .. FigureGoldenTests.ConvolutionNames.SelectMany(row => Themed(Convolutional((string)row[0], (int?)row[1]))),
        "marks",
        "trial",
        "trial.larger",
        "trial-paints",
    ];

    /// <summary>Draws them all, with how many device pixels a scene pixel they are to be compared at.</summary>
    public static IEnumerable<(string Name, Scene Scene, double Scale)> Draw()
    {
        foreach (var kind in FigureCatalog.All)
        {
            using var goldens = new FigureGoldenTests();
            var figure = goldens.Made(kind.Name);
            yield return ($"figure-{kind.Name}.light", figure.Draw(Theme.Light), 1);
            yield return ($"figure-{kind.Name}.dark", figure.Draw(Theme.Dark), 1);
        }
        foreach (object?[] row in FigureGoldenTests.ConvolutionNames)
        {
            using var goldens = new FigureGoldenTests();
            var (name, layer) = ((string)row[0]!, (int?)row[1]);
            var figure = goldens.MadeConvolutional(name, layer);
            yield return (Convolutional(name, layer) + ".light", figure.Draw(Theme.Light), 1);
            yield return (Convolutional(name, layer) + ".dark", figure.Draw(Theme.Dark), 1);
        }
        yield return ("marks", Marks.MarkSheetTests.Sheet(), 1);
        yield return ("trial", TrialScene.Make(), 1);
        yield return ("trial.larger", TrialScene.Make(), 1.7);
        yield return ("trial-paints", TrialScene.Paints(), 1);
    }

    private static string Convolutional(string name, int? layer) => $"convolution-{name}{(layer is null ? "" : $"-{layer}")}";

    private static IEnumerable<string> Themed(string name) => [name + ".light", name + ".dark"];
}
