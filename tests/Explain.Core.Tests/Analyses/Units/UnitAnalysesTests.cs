namespace Explain.Core.Tests;

/// <summary>What is found of a run's units, against the same found the plain way.</summary>
public sealed class UnitAnalysesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly RunFolder _run;

    public UnitAnalysesTests() => _run = TrainedPlane.Write(_folder["run"]);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_history_of_activations_is_that_of_the_snapshots()
    {
        var (computed, read) = TrainedPlane.Twice(new ActivationsAnalysis(), _run);
        foreach (ActivationHistory history in new[] { computed, read })
        {
            history.Epochs.Select(e => e.Epoch).ShouldBe(_run.SnapshotEpochs);
            foreach (EpochActivations epoch in history.Epochs)
            {
                foreach (var (found, layer) in epoch.Layers.Zip(_run.ReadSnapshot(epoch.Epoch).Layers))
                {
                    (found.Name, found.Activations.Minimum, found.Activations.Maximum)
                        .ShouldBe((layer.Name, layer.Activations.Minimum, layer.Activations.Maximum));
                    found.Activations.Counts.ShouldBe(layer.Activations.Counts);
                }
            }
        }
    }

    [Theory]
    [InlineData(UnitVectors.Weights)]
    [InlineData(UnitVectors.Activations)]
    public void Cosines_are_those_of_all_pairs_and_the_tree_is_theirs(UnitVectors of)
    {
        int epoch = _run.SnapshotEpochs[^1];
        var (computed, read) = TrainedPlane.Twice(new SimilarityAnalysis { Layer = 0, Epoch = epoch, Of = of }, _run);
        LayerSnapshot layer = _run.ReadSnapshot(epoch).Layers[0];
        int n = layer.Weights.Rows;
        var distances = new double[n * n];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
            {
                double expected = Cosine(Vector(i), Vector(j));
                if (double.IsNaN(expected)) computed.Cosines[i, j].ShouldBe(float.NaN);
                else ((double)computed.Cosines[i, j]).ShouldBe(expected, 1e-6);
                distances[(i * n) + j] = float.IsFinite(computed.Cosines[i, j]) ? Math.Max(0, 1.0 - computed.Cosines[i, j]) : 1;
            }
        }
        ClusterTree tree = ClusterTree.Of(distances, n);
        foreach (UnitSimilarities found in new[] { computed, read })
        {
            found.Layer.ShouldBe(layer.Name);
            found.Tree!.Order.ShouldBe(tree.Order);
            found.Tree.Merges.ShouldBe(tree.Merges);
        }
        read.Cosines.Span.ToArray().ShouldBe(computed.Cosines.Span.ToArray());

        double[] Vector(int unit) => of == UnitVectors.Weights
            ? [.. layer.Weights.Row(unit).ToArray().Select(w => (double)w)]
            : [.. Enumerable.Range(0, layer.ProbeActivations.Rows).Select(sample => (double)layer.ProbeActivations[sample, unit])];

        static double Cosine(double[] a, double[] b) => a.Zip(b, (x, y) => x * y).Sum() / Math.Sqrt(a.Sum(x => x * x) * b.Sum(y => y * y));
    }

    [Fact]
    public void Units_that_cannot_be_compared_are_refused_in_words()
    {
        int epoch = _run.SnapshotEpochs[^1];
        Should.Throw<InputException>(() => Get(9)).Message.ShouldContain("there is no layer 9");
        Should.Throw<InputException>(() => new Analyst().Get(new DensitiesAnalysis { Epoch = 77 }, _run))
            .Message.ShouldContain("there is no snapshot of epoch 77");
        using var folder = new TemporaryFolder();
        Network one = Network.Sequential(2).Dense(1).Build();
        using (RunWriter run = RunWriter.Create(folder["one"]))
            new Trainer(one, Loss.BinaryCrossEntropyOnLogits, new Adam()).Fit(Datasets.Xor(), epochs: 1, sink: run);
        Should.Throw<InputException>(() =>
            new Analyst().Get(new SimilarityAnalysis { Layer = 0, Epoch = 1 }, RunFolder.Open(folder["one"])))
            .Message.ShouldContain("at least 2 are needed");

        object Get(int layer) => new Analyst().Get(new SimilarityAnalysis { Layer = layer, Epoch = epoch }, _run);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(0.3)]
    public void Densities_are_of_the_weights_within_the_limit(double? within)
    {
        int epoch = _run.SnapshotEpochs[^1];
        var (computed, read) = TrainedPlane.Twice(new DensitiesAnalysis { Epoch = epoch, Within = within }, _run);
        foreach (WeightDensities found in new[] { computed, read })
        {
            foreach (var (density, layer) in found.Layers.Zip(_run.ReadSnapshot(epoch).Layers))
            {
                float[] all = layer.Weights.Span.ToArray(), inside = [.. all.Where(w => within is null || Math.Abs(w) <= within)];
                (density.Name, density.Count, density.Beyond).ShouldBe((layer.Name, all.Length, all.Length - inside.Length));
                density.Moments.Mean.ShouldBe(all.Average(w => (double)w), 1e-6);
                density.Moments.Deviation.ShouldBe(Math.Sqrt(all.Average(w => Math.Pow(w - all.Average(v => (double)v), 2))), 1e-6);
                KernelDensity expected = KernelDensity.Of(inside);
                density.Density.Heights.ShouldBe(expected.Heights);
                (density.Density.Minimum, density.Density.Maximum, density.Density.Bandwidth)
                    .ShouldBe((expected.Minimum, expected.Maximum, expected.Bandwidth));
                BoxSummary? box = BoxSummary.Of(inside);
                (density.Box?.Count, density.Box?.LowWhisker, density.Box?.Median, density.Box?.HighWhisker)
                    .ShouldBe((box?.Count, box?.LowWhisker, box?.Median, box?.HighWhisker));
            }
        }
    }

    [Fact]
    public void Means_over_units_are_those_added_up_one_by_one()
    {
        var weights = new Matrix(5, 19);
        for (int i = 0; i < weights.Length; i++) weights.Span[i] = (i * 37 % 101) - 50;
        float[] means = UnitMeans.Of(weights);
        for (int c = 0; c < weights.Columns; c++) means[c].ShouldBe((float)(Enumerable.Range(0, 5).Sum(r => (double)weights[r, c]) / 5));
    }

    [Fact]
    public void Moments_and_magnitudes_leave_out_what_is_not_finite()
    {
        Moments.Of([1, float.NaN, 3, float.PositiveInfinity]).ShouldBe(new Moments(2, 1));
        Moments.Of([1, 3]).ShouldBe(new Moments(2, 1));
        double.IsNaN(Moments.Of([]).Mean).ShouldBeTrue();
        Moments.MeanMagnitude([-1, float.NaN, 3]).ShouldBe(2);
        Moments.MeanMagnitude([]).ShouldBe(0);
    }

    [Theory]
    [InlineData(2, new[] { 0, 9 })]
    [InlineData(4, new[] { 0, 3, 6, 9 })]
    [InlineData(10, new[] { 0, 1, 2, 3, 4, 5, 6, 7, 8, 9 })]
    public void Epochs_are_chosen_evenly_with_the_first_and_the_last(int most, int[] expected)
    {
        RunFolder run = TrainedPlane.Write(_folder["long"], epochs: 9);
        run.SnapshotEpochs.ShouldBe([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
        KeptSnapshots.Chosen(run, most).ShouldBe(expected);
    }
}
