namespace Explain.Core.Tests;

public class LandscapeTests
{
    [Fact]
    public void Over_any_plane_a_linear_network_has_an_exactly_quadratic_loss()
    {
        var data = EasyClusters.Make(50);
        var network = Network.Sequential(19).Dense(3).Build(seed: 3);
        var plane = PlaneOf(network);

        var surface = LossSurface.Over(
            plane, network.Describe(), new Readout(Loss.MeanSquaredError, TargetEncoding.OneHot), data, [-2, -1, 0, 1, 3], [-1, 0, 2]);

        double f = surface.Losses[1, 2], fa = surface.Losses[1, 3], fma = surface.Losses[1, 1];
        double linear = (fa - fma) / 2, square = ((fa + fma) / 2) - f; // along the first direction
        surface.Losses[1, 4].ShouldBe(f + (3 * linear) + (9 * square), f * 1e-5);
        surface.Losses[1, 0].ShouldBe(f - (2 * linear) + (4 * square), f * 1e-5);
        for (int i = 0; i < 5; i++)
        {
            // A quadratic's second mixed difference is the same everywhere.
            double mixed = (surface.Losses[2, i] - surface.Losses[1, i] - surface.Losses[2, 2] + f)
                / (2 * (surface.First[i] + (i == 2 ? 1 : 0)));
            double other = (surface.Losses[0, i] - surface.Losses[1, i] - surface.Losses[0, 2] + f)
                / (-1 * (surface.First[i] + (i == 2 ? 1 : 0)));
            mixed.ShouldBe(other, f * 1e-5);
        }
    }

    [Theory]
    [InlineData("dense")]
    [InlineData("conv")]
    [InlineData("batch norm")]
    [InlineData("softmax")]
    public void The_fast_surface_is_that_of_networks_evaluated_one_by_one(string kind)
    {
        var data = EasyClusters.Make(70);
        var network = kind switch
        {
            "dense" => Network.Sequential(19).Dense(8, Activation.Relu).Dense(3).Build(seed: 2),
            "conv" => Network.Sequential(new Shape(1, 19)).Conv2D(4, (1, 3), (1, 1), activation: Activation.Tanh).Flatten().Dense(3)
                .Build(seed: 2),
            "batch norm" => Network.Sequential(19).Dropout().Dense(8).BatchNorm(activation: Activation.Relu).Dense(3).Build(seed: 2),
            _ => Network.Sequential(19).Dense(3, Activation.Softmax).Build(seed: 2),
        };
        if (kind == "conv") data = new Dataset("pictures", data.Inputs, new Shape(1, 19), data.Labels, data.ClassNames);
        for (int i = 0; i < network.State.Length; i++) network.State[i] = 0.5f + (0.1f * i);
        var loss = kind == "softmax" ? Loss.CrossEntropy : Loss.SoftmaxCrossEntropy;
        var readout = new Readout(loss, TargetEncoding.OneHot) { LabelSmoothing = 0.1, ClassWeights = [1, 2, 0.5f] };
        var plane = PlaneOf(network);

        var surface = LossSurface.Over(plane, network.Describe(), readout, data, [-1, 0, 0.5], [-0.5, 0, 2]);

        foreach (int r in Enumerable.Range(0, 3))
        {
            foreach (int c in Enumerable.Range(0, 3))
            {
                for (int i = 0; i < network.ParameterCount; i++)
                    network.Parameters[i] =
                        (float)(plane.Origin.Parameters[i] + (surface.First[c] * plane.First[i]) + (surface.Second[r] * plane.Second[i]));
                surface.Losses[r, c].ShouldBe(Evaluation.Of(network, readout, data).Loss, 2e-5);
            }
        }
    }

    [Fact]
    public void Random_directions_are_as_long_as_the_weights_of_each_filter_and_leave_the_rest_alone()
    {
        var network =
            Network.Sequential(new Shape(6, 6)).Conv2D(5, 3).BatchNorm(activation: Activation.Relu).Flatten().Dense(4).Build(seed: 4);
        network.Layers[0].Weights.Row(2).Clear();
        float[] direction = RandomDirections.Normalised(network, seed: 9, index: 0);
        float[] byLayer = RandomDirections.Normalised(network, seed: 9, index: 0, DirectionScale.Layer);

        foreach (var layer in network.Layers.Where(l => l.HasWeights))
        {
            bool scales = layer.Kind != "batch norm";
            var part = new Matrix(direction, layer.Offset, layer.Weights.Rows, layer.Weights.Columns);
            for (int u = 0; u < part.Rows; u++) Norm(part.Row(u)).ShouldBe(scales ? Norm(layer.Weights.Row(u)) : 0, 1e-5);
            Norm(byLayer.AsSpan(layer.Offset, layer.Weights.Length)).ShouldBe(scales ? Norm(layer.Weights.Span) : 0, 1e-4);
            Norm(direction.AsSpan(layer.Offset + layer.Weights.Length, layer.Bias.Length)).ShouldBe(0);
        }
        RandomDirections.Normalised(network, 9, 0).ShouldBe(direction);
        RandomDirections.Normalised(network, 9, 1).ShouldNotBe(direction);
    }

    [Fact]
    public void Projection_finds_a_point_of_the_plane_and_the_distance_of_one_beside_it()
    {
        var plane = new ParameterPlane(new NetworkValues([1, 1, 1], []), [1, 1, 0], [0, 2, 0]); // not orthogonal
        var (a, b, distance) = plane.Project([3, 7, 5]); // 1 + 2·1, 1 + 2·1 + 2·2, off by 4
        a.ShouldBe(2, 1e-12);
        b.ShouldBe(2, 1e-12);
        distance.ShouldBe(4, 1e-12);
        new ParameterPlane(new NetworkValues([0], []), [0], [0]).Project([2]).ShouldBe((0, 0, 2));
    }

    [Fact]
    public void A_trained_runs_path_ends_at_the_origin_at_its_own_loss_and_its_variance_is_that_of_its_components()
    {
        using var folder = new TemporaryFolder();
        var (run, data) = Train(folder["run"], seed: 2, snapshots: 9);

        var landscape = LossLandscape.Of([run], new LandscapeOptions { Grid = 5, Data = data });

        var path = landscape.Paths[0];
        path.Points.Select(p => p.Epoch).ShouldBe(run.SnapshotEpochs);
        (path.Points[^1].A, path.Points[^1].B, path.Points[^1].Distance).ShouldBe((0, 0, 0));
        double[][] all = [.. run.SnapshotEpochs.Select(e =>
            Array.ConvertAll(run.ReadSnapshot(e).Restore(run.Info.Network).Parameters.ToArray(), v => (double)v))];
        var (first, second) = NaiveShares(all);
        landscape.Explained.First.ShouldBe(first, 1e-4);
        landscape.Explained.Second.ShouldBe(second, 1e-4);
        foreach (var (point, index) in path.Points.Select((p, i) => (p, i)))
        {
            double step = Math.Sqrt(all[index].Zip(all[^1]).Sum(pair => (pair.First - pair.Second) * (pair.First - pair.Second)));
            Math.Sqrt((point.A * point.A) + (point.B * point.B) + (point.Distance * point.Distance)).ShouldBe(step, 1e-4);
            point.Loss.ShouldBe(
                Evaluation.Of(run.ReadSnapshot(point.Epoch).Restore(run.Info.Network), run.Info.Objective.Readout(), data).Loss);
            landscape.Surface.First[0].ShouldBeLessThan(point.A);
            landscape.Surface.First[^1].ShouldBeGreaterThan(point.A);
        }
    }

    [Fact]
    public void Any_number_of_threads_gives_the_same_bits()
    {
        using var folder = new TemporaryFolder();
        var (run, _) = Train(folder["run"], seed: 2, snapshots: 5);
        int before = Rows.Threads;
        var found = new List<double[]>();
        try
        {
            foreach (int threads in new[] { 1, 2, 3 })
            {
                Rows.Threads = threads;
                foreach (var plane in new[] { LandscapePlane.Path, LandscapePlane.Random })
                    found.Add([.. LossLandscape.Of([run], new LandscapeOptions { Grid = 7, Plane = plane }).Surface.Losses.Cast<double>()]);
            }
        }
        finally
        {
            Rows.Threads = before;
        }
        for (int i = 2; i < found.Count; i++) found[i].ShouldBe(found[i - 2]);
        found[0].ShouldNotBe(found[1]);
    }

    [Fact]
    public void Several_runs_share_a_plane_and_others_are_refused()
    {
        using var folder = new TemporaryFolder();
        var (one, data) = Train(folder["one"], seed: 2, snapshots: 5);
        var (two, _) = Train(folder["two"], seed: 3, snapshots: 5);
        var (wide, _) = Train(folder["wide"], seed: 3, snapshots: 5, units: 7);

        var landscape = LossLandscape.Of([one, two], new LandscapeOptions { Grid = 5 });

        landscape.Paths.Count.ShouldBe(2);
        (landscape.Paths[0].Points[^1].A + landscape.Paths[1].Points[^1].A).ShouldBe(0, 1e-4); // the origin is the mean of the ends
        (landscape.Explained.First + landscape.Explained.Second).ShouldBeGreaterThan(0.5);
        Should.Throw<InputException>(() => LossLandscape.Of([one, wide])).Message.ShouldContain("one architecture");
        Should.Throw<ArgumentException>(() => LossLandscape.Of([one], new LandscapeOptions { Grid = 2 }))
            .Message.ShouldContain("Grid is 2; allowed are 3 to 401");
        Should.Throw<ArgumentException>(() => LossLandscape.Of([one], new LandscapeOptions { Span = 0 }))
            .Message.ShouldContain("Span is 0");
        LossLandscape.Of([one], new LandscapeOptions { Grid = 3, Data = data, Samples = 10 }).Samples.ShouldBe(10);
    }

    [Fact]
    public void A_run_that_stood_still_or_went_straight_has_a_plane_all_the_same()
    {
        using var folder = new TemporaryFolder();
        foreach (float rate in new[] { 0f, 0.1f })
        {
            var (run, _) = Train(folder[$"rate-{rate}"], seed: 2, snapshots: 2, rate: rate, epochs: 1);
            var landscape = LossLandscape.Of([run], new LandscapeOptions { Grid = 5 });
            double.IsNaN(landscape.Explained.First).ShouldBe(rate == 0);
            double.IsNaN(landscape.Explained.Second).ShouldBeTrue();
            landscape.Surface.Losses.Cast<double>().Distinct().Count().ShouldBeGreaterThan(20);
        }
    }

    [Fact]
    public void A_cancelled_landscape_stops()
    {
        using var folder = new TemporaryFolder();
        var (run, _) = Train(folder["run"], seed: 2, snapshots: 3);
        using var source = new CancellationTokenSource();
        source.Cancel();
        Should.Throw<OperationCanceledException>(() => LossLandscape.Of([run], cancellation: source.Token));
    }

    private static (RunFolder Run, Dataset Data) Train(
        string path, ulong seed, int snapshots, int units = 6, float rate = 0.1f, int epochs = 20)
    {
        var data = EasyClusters.Make(60);
        using (var run = RunWriter.Create(path, snapshotBudget: snapshots))
            new Trainer(
                Network.Sequential(19).Dense(units, Activation.Tanh).Dense(3).Build(seed),
                Loss.SoftmaxCrossEntropy,
                new GradientDescent(rate)).Fit(new DataSplit(data, data), epochs, sink: run);
        return (RunFolder.Open(path), data);
    }

    private static ParameterPlane PlaneOf(Network network) => new(
        new NetworkValues(network.Parameters.ToArray(), network.State.ToArray()), RandomDirections.Normalised(network, 5, 0),
        RandomDirections.Normalised(network, 5, 1));

    private static double Norm(ReadOnlySpan<float> values) => Math.Sqrt(values.ToArray().Sum(v => (double)v * v));

    /// <summary>Shares of the two largest eigenvalues of the samples' inner products, by power iteration with deflation.</summary>
    private static (double First, double Second) NaiveShares(double[][] samples)
    {
        int n = samples.Length, features = samples[0].Length;
        double[] mean = [.. Enumerable.Range(0, features).Select(f => samples.Average(s => s[f]))];
        var gram = new double[n, n];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
                gram[i, j] = Enumerable.Range(0, features).Sum(f => (samples[i][f] - mean[f]) * (samples[j][f] - mean[f]));
        }
        double total = Enumerable.Range(0, n).Sum(i => gram[i, i]);
        double first = Largest(), second = Largest();
        return (first / total, second / total);

        double Largest()
        {
            double[] vector = [.. Enumerable.Range(0, n).Select(i => 1.0 + i)];
            double value = 0;
            for (int step = 0; step < 5000; step++)
            {
                double[] next = [.. Enumerable.Range(0, n).Select(i => Enumerable.Range(0, n).Sum(j => gram[i, j] * vector[j]))];
                value = Math.Sqrt(next.Sum(v => v * v));
                vector = [.. next.Select(v => v / value)];
            }
            for (int i = 0; i < n; i++)
            {
                for (int j = 0; j < n; j++) gram[i, j] -= value * vector[i] * vector[j];
            }
            return value;
        }
    }
}
