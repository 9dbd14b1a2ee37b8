using Explain.Core;

namespace Explain.Tool.Tests;

/// <summary>Two runs that must be the same to the bit, but for times.</summary>
internal static class SameRuns
{
    /// <summary>Fails unless metrics, hashes, outcome and every snapshot agree.</summary>
    public static void ShouldBeTheSame(string path, string expected)
    {
        RunFolder mine = RunFolder.Open(path), its = RunFolder.Open(expected);
        mine.WeightsHashes.ShouldBe(its.WeightsHashes);
        MetricsTable my = MetricsTable.Of(mine.Metrics), other = MetricsTable.Of(its.Metrics);
        foreach (string column in other.Columns.Where(name => name != "seconds")) my[column].ShouldBe(other[column], column);
        mine.Outcome.FinalMetrics.ShouldBe(its.Outcome.FinalMetrics);
        (mine.Outcome with { FinalMetrics = [] }).ShouldBe(its.Outcome with { FinalMetrics = [] });
        mine.SnapshotEpochs.ShouldBe(its.SnapshotEpochs);
        foreach (string file in Directory.GetFiles(Path.Combine(expected, "snapshots")))
            File.ReadAllBytes(Path.Combine(path, "snapshots", Path.GetFileName(file))).ShouldBe(File.ReadAllBytes(file), file);
    }
}
