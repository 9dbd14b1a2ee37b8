namespace Explain.Core.Tests;

public sealed class PlaneAnalysisTests : IDisposable
{
    private const int Across = 9;
    private readonly TemporaryFolder _folder = new();
    private readonly RunFolder _run;

    public PlaneAnalysisTests() => _run = TrainedPlane.Write(_folder["run"]);

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(PlanePoints.Corners)]
    [InlineData(PlanePoints.Middles)]
    public void Each_point_has_the_answer_that_the_network_gives_when_asked_alone(PlanePoints points)
    {
        int epoch = _run.SnapshotEpochs[1];
        var (computed, read) = TrainedPlane.Twice(new PlaneAnalysis { Epoch = epoch, Across = Across, Points = points }, _run);
        Network network = _run.ReadSnapshot(epoch).Restore(_run.Info.Network);
        foreach (PlaneAnswers found in new[] { computed, read })
        {
            found.Plane.ShouldBe(PlaneLimits.About(_run.Probe.Samples));
            found.AtSamples.Span.ToArray().ShouldBe(network.Predict(_run.Probe.Samples.Inputs).Span.ToArray());
            for (int row = 0; row < Across; row++)
            {
                for (int column = 0; column < Across; column++)
                {
                    double u = points == PlanePoints.Corners ? column / (Across - 1.0) : (column + 0.5) / Across;
                    double v = points == PlanePoints.Corners ? row / (Across - 1.0) : 1 - ((row + 0.5) / Across);
                    var (x, y) = found.Plane;
                    Matrix alone = network.Predict(new Matrix([(float)(x.Min + (u * x.Span)), (float)(y.Min + (v * y.Span))], 0, 1, 2));
                    found.Outputs.Row((row * Across) + column).ToArray().ShouldBe(alone.Row(0).ToArray(), 1e-4);
                }
            }
        }
    }

    [Fact]
    public void The_plane_is_a_square_about_the_samples()
    {
        var samples = new Dataset("s", new Matrix([0f, 0f, 4f, 1f], 0, 2, 2), Shape.Vector(2), [0, 1], ["a", "b"]);
        var (x, y) = PlaneLimits.About(samples);
        x.Span.ShouldBe(y.Span, 1e-12);
        ((x.Min + x.Max) / 2, (y.Min + y.Max) / 2).ShouldBe((2, 0.5));
        x.Span.ShouldBe(4.8, 1e-12);
    }

    [Fact]
    public void A_plane_that_cannot_be_asked_is_refused_in_words()
    {
        Should.Throw<InputException>(() => new Analyst().Get(new PlaneAnalysis { Epoch = 1, Across = 1 }, _run))
            .Message.ShouldContain("2 × 2 points at least");
        using var folder = new TemporaryFolder();
        using (RunWriter run = RunWriter.Create(folder["wide"]))
            new Trainer(Network.Sequential(19).Dense(3).Build(), Loss.SoftmaxCrossEntropy, new Adam())
                .Fit(new DataSplit(EasyClusters.Make(20)), epochs: 1, sink: run);
        Should.Throw<InputException>(() => new Analyst().Get(new PlaneAnalysis { Epoch = 1, Across = 3 }, RunFolder.Open(folder["wide"])))
            .Message.ShouldContain("two inputs; this one has 19");
    }
}
