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
        TrainingPace.Kind,
        LayerPanels.Kind,
        ClassScores.Kind,
        Samples.Kind,
        ConfidenceByClass.Kind,
        DecisionRegions.Kind,
        DecisionSurface.Kind,
        DecisionContours.Kind,
        WeightSheet.Kind,
        WeightDistributions.Kind,
        WeightChanges.Kind,
        UnitSimilarity.Kind,
        FeatureMaps.Kind,
        ActivationHistograms.Kind,
        HistogramLandscape.Kind,
        WeightSpectrum.Kind,
        ActivationRidges.Kind,
        TsneFigure.Kind,
        TsneSpace.Kind,
        Why.Kind,
        LossLandscapeFigure.Kind,
        LossContours.Kind,
        UpdateSheet.Kind,
        UpdateCurves.MagnitudeKind,
        UpdateCurves.RatioKind,
        ModelDiagram.Kind,
        NetworkSpace.Kind,
        DataSamples.Kind,
        RunsCurves.AccuracyKind,
        RunsCurves.LossKind,
        RunsSpread.Kind,
        RunsTable.Kind,
        FinalAccuracy.Kind,
        LossLandscapeFigure.RunsKind,
        RunsParallel.Kind,
    ];

    /// <summary>The figure called <paramref name="name"/>.</summary>
    /// <exception cref="InputException">There is none; names the nearest.</exception>
    public static FigureKind Find(string name) =>
        All.FirstOrDefault(kind => kind.Name == name)
        ?? throw new InputException($"There is no figure '{name}'{Names.Hint(name, [.. All.Select(kind => kind.Name)])}");
}
