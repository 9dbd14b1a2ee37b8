namespace Explain.Core;

/// <summary>Every kind of analysis by name.</summary>
public static class AnalysisCatalog
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<AnalysisKind> All { get; } =
    [
        LimitsAnalysis.Kind,
        ActivationsAnalysis.Kind,
        DensitiesAnalysis.Kind,
        SimilarityAnalysis.Kind,
        SpectrumAnalysis.Kind,
        PlaneAnalysis.Kind,
        TsneAnalysis.Kind,
        PcaAnalysis.Kind,
        AttributionAnalysis.Kind,
        LandscapeAnalysis.Kind,
    ];

    /// <summary>The kind called <paramref name="name"/>.</summary>
    /// <exception cref="InputException">There is none; names the nearest.</exception>
    public static AnalysisKind Find(string name) =>
        All.FirstOrDefault(kind => kind.Name == name)
        ?? throw new InputException($"There is no analysis '{name}'{Names.Hint(name, [.. All.Select(kind => kind.Name)])}");
}
