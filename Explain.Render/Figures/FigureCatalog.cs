using Explain.Core;

namespace Explain.Render;

/// <summary>Every figure by name, in the order in which a run's page shows them.</summary>
public static class FigureCatalog
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<FigureKind> All { get; } =
    [
        TwelvePanelSheet.Kind,
        Curves.Kind,
        ConfusionFigure.Kind,
        Samples.Kind,
        DecisionRegions.Kind,
        WeightSheet.Kind,
        FeatureMaps.Kind,
        ActivationHistograms.Kind,
        TsneFigure.Kind,
        Why.Kind,
        UpdateSheet.Kind,
        UpdateCurves.MagnitudeKind,
        UpdateCurves.RatioKind,
        ModelDiagram.Kind,
        DataSamples.Kind,
        RunsCurves.AccuracyKind,
        RunsCurves.LossKind,
        FinalAccuracy.Kind,
    ];

    /// <summary>The figure called <paramref name="name"/>.</summary>
    /// <exception cref="InputException">There is none; names the nearest.</exception>
    public static FigureKind Find(string name) =>
        All.FirstOrDefault(kind => kind.Name == name)
        ?? throw new InputException($"There is no figure '{name}'{Names.Hint(name, [.. All.Select(kind => kind.Name)])}");
}
