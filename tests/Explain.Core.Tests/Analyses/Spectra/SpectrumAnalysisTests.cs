namespace Explain.Core.Tests;

public sealed class SpectrumAnalysisTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly RunFolder _run;

    public SpectrumAnalysisTests() => _run = TrainedPlane.Write(_folder["run"]);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Spectra_are_the_singular_values_of_the_weights_at_the_chosen_epochs()
    {
        var (computed, read) = TrainedPlane.Twice(new SpectrumAnalysis { Layer = 2, MostEpochs = 3 }, _run);
        foreach (LayerSpectra found in new[] { computed, read })
        {
            found.Epochs.Select(e => e.Epoch).ShouldBe(KeptSnapshots.Chosen(_run, 3));
            foreach (LayerSpectrum epoch in found.Epochs)
            {
                LayerSnapshot layer = _run.ReadSnapshot(epoch.Epoch).Layers[2];
                found.Layer.ShouldBe(layer.Name);
                epoch.Values.ShouldBe(SingularValues.Of(layer.Weights.Span, layer.Weights.Rows, layer.Weights.Columns));
                // The squares of the singular values add up to those of the weights.
                epoch.Values.Sum(v => v * v).ShouldBe(layer.Weights.Span.ToArray().Sum(w => (double)w * w), 1e-6);
            }
        }
        read.Epochs.Select(e => e.RandomEdge).ShouldBe(computed.Epochs.Select(e => e.RandomEdge));
    }

    [Fact]
    public void The_largest_singular_value_of_random_weights_is_near_the_edge()
    {
        const double Spread = 0.2;
        var weights = new Matrix(150, 90);
        float[] numbers = SingularValuesTests.Numbers(weights.Length, 3);
        for (int i = 0; i < numbers.Length; i++) weights.Span[i] = (float)(Spread * Math.Sqrt(3) * numbers[i]);
        double edge = SpectrumAnalysis.RandomEdge(150, 90, Spread);
        SingularValues.Of(weights.Span, weights.Rows, weights.Columns)[0].ShouldBe(edge, 0.05 * edge);
    }

    [Fact]
    public void A_layer_that_is_not_there_is_refused_in_words()
    {
        Should.Throw<InputException>(() => new Analyst().Get(new SpectrumAnalysis { Layer = 4 }, _run))
            .Message.ShouldContain("there is no layer 4");
        Should.Throw<InputException>(() => new Analyst().Get(new SpectrumAnalysis { Layer = 0, MostEpochs = 1 }, _run))
            .Message.ShouldContain("at least 2 epochs, not of 1");
    }

    [Fact]
    public void A_cancelled_computation_keeps_nothing_and_can_be_asked_for_again()
    {
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        var analyst = new Analyst();
        var analysis = new SpectrumAnalysis { Layer = 0 };
        Should.Throw<OperationCanceledException>(() => analyst.Get(analysis, [_run], null, cancelled.Token));
        analyst.Get(analysis, _run).Epochs.Count.ShouldBe(_run.SnapshotEpochs.Count);
    }
}

/// <summary>The bits of singular values.</summary>
internal sealed class SpectrumProbe : Probe
{
    public override void Run(ProbeHash hash) => hash.Add<double>(SingularValues.Of(SingularValuesTests.Numbers(57 * 41, 3), 57, 41));
}
