namespace Explain.Core;

/// <summary>An analysis and the runs it is of.</summary>
public sealed record AnalysisRequest(Analysis Analysis, IReadOnlyList<RunFolder> Runs);

/// <summary>Where a result came from.</summary>
public enum AnalysisOrigin
{
    /// <summary>It was computed now.</summary>
    Computed,

    /// <summary>It had been computed before and was kept.</summary>
    Kept,

    /// <summary>There is none; <see cref="AnalysisReport.Message"/> says why.</summary>
    None,
}

/// <summary>What came of a request.</summary>
/// <param name="Request">What was asked.</param>
/// <param name="Origin">Where the result came from.</param>
/// <param name="Seconds">How long it took to compute, now or then.</param>
/// <param name="File">The file that keeps it; null where nothing does.</param>
/// <param name="Bytes">Of the file.</param>
/// <param name="Message">Why there is no result; empty where there is one.</param>
public sealed record AnalysisReport(
    AnalysisRequest Request, AnalysisOrigin Origin, double Seconds, string? File, long Bytes, string Message);

/// <summary>How far <see cref="Analyst.Prepare"/> has come.</summary>
/// <param name="Done">Analyses that are ready.</param>
/// <param name="Total">Of so many.</param>
/// <param name="Share">How much of <paramref name="Analysis"/>, which is under way, is done; 1 where it has just ended.</param>
/// <param name="Analysis">The one that was heard of last.</param>
public sealed record AnalysisProgress(int Done, int Total, double Share, Analysis Analysis)
{
    /// <summary>What came of it, where it has just ended; null while it is under way.</summary>
    public AnalysisReport? Ended { get; init; }

    /// <summary>In words: "analyses 3 of 12: t-SNE (layer 1) 40 %".</summary>
    public override string ToString() =>
        $"analyses {Math.Min(Done + 1, Total)} of {Total}: {Analysis.Words}{(Share is > 0 and < 1 ? $" {(int)(100 * Share)} %" : "")}";
}
