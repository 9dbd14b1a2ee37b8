namespace Explain.Core.Tests;

public sealed class LimitsAnalysisTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Limits_are_the_widest_of_any_kept_epoch()
    {
        RunFolder run = TrainedPlane.Write(_folder["run"]);
        var (computed, read) = TrainedPlane.Twice(new LimitsAnalysis(), run);
        read.Layers.ShouldBe(computed.Layers);
        Snapshot[] snapshots = [.. run.SnapshotEpochs.Select(run.ReadSnapshot)];
        computed.Layers.Count.ShouldBe(snapshots[0].Layers.Count);
        for (int l = 0; l < computed.Layers.Count; l++)
        {
            LayerSnapshot[] epochs = [.. snapshots.Select(s => s.Layers[l])];
            LayerLimits found = computed.Layers[l];
            found.Weight.ShouldBe(epochs.Max(e => Robust(e.Weights.Span.ToArray())));
            found.Update.ShouldBe(epochs.Max(e => Robust(e.Update.Span.ToArray())));
            found.MeanWeight.ShouldBe(epochs.Max(e => Robust(Means(e.Weights))), 1e-6);
            found.MeanUpdate.ShouldBe(epochs.Max(e => Robust(Means(e.Update))), 1e-6);
            found.MeanActivation.ShouldBe(Limits.Of(epochs.SelectMany(e => e.MeanActivation).Select(v => (double)v)));
            found.Activation.Max.ShouldBe(epochs.Max(e => Histograms.Range(e.Activations).Max));
        }
    }

    [Fact]
    public void The_last_numbers_of_a_run_that_diverged_do_not_blank_out_those_before()
    {
        RunFolder kept = TrainedPlane.Write(_folder["run"]),
            diverged = Diverge(TrainedPlane.Write(_folder["diverged"], status: RunStatus.Diverged));
        var analyst = new Analyst();
        double usual = analyst.Get(new LimitsAnalysis(), kept).Layers[0].Weight,
            capped = analyst.Get(new LimitsAnalysis(), diverged).Layers[0].Weight;
        capped.ShouldBeGreaterThan(usual);
        capped.ShouldBeLessThan(15 * usual);
    }

    [Fact]
    public void Limits_of_nothing_are_empty_and_read_back_so()
    {
        LayerLimits none = LayerLimits.None;
        none.Union(new LayerLimits(1, 2, 3, 4, new Limits(-1, 1), default))
            .ShouldBe(new LayerLimits(1, 2, 3, 4, new Limits(-1, 1), default));
        var writer = new SafetensorsWriter();
        new LimitsAnalysis().Write(new RunLimits([none, none with { Activation = new Limits(0, 2) }]), writer);
        using var stream = new MemoryStream();
        writer.Write(stream);
        new LimitsAnalysis().Read(SafetensorsFile.Parse(stream.ToArray(), "limits"))
            .Layers.ShouldBe([none, none with { Activation = new Limits(0, 2) }]);
    }

    // The last snapshot again, its weights a million times as large.
    private static RunFolder Diverge(RunFolder run)
    {
        Snapshot last = run.ReadSnapshot(run.SnapshotEpochs[^1]);
        foreach (ref float weight in last.Layers[0].Weights.Span) weight *= 1e6f;
        SnapshotFile.Write(Path.Combine(run.Path, "snapshots", SnapshotFile.Name(last.Epoch)), last);
        return RunFolder.Open(run.Path);
    }

    // The magnitude below which 99.5 % lie.
    private static double Robust(float[] values)
    {
        float[] sorted = [.. values.Select(Math.Abs).Order()];
        return sorted[Math.Clamp((int)Math.Ceiling(0.995 * sorted.Length) - 1, 0, sorted.Length - 1)];
    }

    private static float[] Means(Matrix weights) =>
        [.. Enumerable.Range(0, weights.Columns).Select(c => (float)Enumerable.Range(0, weights.Rows).Average(r => (double)weights[r, c]))];
}
