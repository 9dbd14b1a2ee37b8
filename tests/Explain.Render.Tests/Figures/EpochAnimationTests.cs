using Explain.Core;

namespace Explain.Render.Tests;

public sealed class EpochAnimationTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("explain-epochs-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(null)]
    [InlineData(300.0)]
    public void Every_kept_epoch_is_a_frame_and_nothing_jumps_when_lines_above_it_wrap(double? width)
    {
        // Before training there is no loss in the line under the title, which then needs one line fewer.
        var run = new SyntheticRun
        {
            Title = "A title of just the length that",
            Input = Explain.Core.Shape.Vector(2),
            Units = [5, 2],
            Classes = ["inside", "outside"],
            Epochs = 3,
            Kept = [0, 1, 3],
        }.Write(Path.Combine(_folder, "run"));
        var kind = FigureCatalog.Find("decision-regions");
        var request = new FigureRequest { Runs = [run], Width = width };
        kind.Create(request with { Epoch = 0 }).Draw(Theme.Light)
            .Height.ShouldNotBe(kind.Create(request with { Epoch = 3 }).Draw(Theme.Light).Height, "else this test shows nothing");

        var animation = EpochAnimation.Of(kind, request, Theme.Light);
        animation.Count.ShouldBe(3);
        var frames = Enumerable.Range(0, 3).Select(animation.Frame).ToList();
        frames.Select(frame => (frame.Width, frame.Height)).Distinct().Count().ShouldBe(1);
        double[] heights = [.. frames.Select(frame => Height(frame.Nodes, Transform.Identity, "x1")!.Value)];
        heights[1].ShouldBe(heights[0], 1e-9);
        heights[2].ShouldBe(heights[0], 1e-9);
        animation.ToApng(0.5).AsSpan(1, 3).SequenceEqual("PNG"u8).ShouldBeTrue();
    }

    [Fact]
    public void Figures_without_an_epoch_and_runs_without_a_snapshot_are_refused()
    {
        var run = new SyntheticRun { Kept = [] }.Write(Path.Combine(_folder, "none"));
        var request = new FigureRequest { Runs = [run] };
        Should.Throw<ArgumentException>(() => EpochAnimation.Of(FigureCatalog.Find("curves"), request, Theme.Light))
            .Message.ShouldContain("shows no single epoch");
        Should.Throw<ArgumentException>(() => EpochAnimation.Of(FigureCatalog.Find("confusion"), request, Theme.Light))
            .Message.ShouldContain("has no snapshot");
    }

    private static double? Height(IReadOnlyList<Node> nodes, Transform transform, string text)
    {
        foreach (var node in nodes)
        {
            double? found = node switch
            {
                TextNode line when line.Text == text => transform.Apply(line.Origin).Y,
                GroupNode group => Height(group.Children, transform.Then(group.Transform), text),
                _ => null,
            };
            if (found is not null) return found;
        }
        return null;
    }
}
