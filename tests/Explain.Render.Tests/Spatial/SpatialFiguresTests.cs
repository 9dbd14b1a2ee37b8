using Explain.Core;

namespace Explain.Render.Tests;

/// <summary>What the figures in space compute, and how they turn.</summary>
public sealed class SpatialFiguresTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("explain-space-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Singular_values_of_a_diagonal_matrix_are_its_magnitudes()
    {
        var weights = new Matrix(3, 5);
        (weights[0, 0], weights[1, 1], weights[2, 2]) = (1, -4, 2);
        SingularValues.Of(weights.Span, weights.Rows, weights.Columns).ShouldBe([4, 2, 1], 1e-9);
        weights[0, 3] = float.NaN;
        SingularValues.Of(weights.Span, weights.Rows, weights.Columns).ShouldAllBe(v => double.IsNaN(v));
    }

    [Theory]
    [InlineData("decision-surface")]
    [InlineData("histogram-landscape")]
    [InlineData("weight-spectrum")]
    public void Figures_turn_with_every_frame_of_one_size(string name)
    {
        var run = new SyntheticRun { Input = Shape.Vector(2), Units = [6, 3], Classes = ["a", "b", "c"] }
            .Write(Path.Combine(_folder, "run"));
        var figure =
            FigureCatalog.Find(name).Create(new FigureRequest { Runs = [run], Density = 0.5 }).ShouldBeAssignableTo<IAnimatedFigure>()!;
        var animation = figure.Animate(Theme.Light);
        animation.Count.ShouldBe(72);
        var frames = new[] { 0, 17, 40, 71 }.Select(animation.Frame).ToArray();
        frames.Select(f => (f.Width, f.Height)).Distinct().ShouldHaveSingleItem();
        foreach (var frame in frames)
            SceneCheck.IsSound(frame, name);
    }

    [Theory]
    [InlineData("azimuth", "north")]
    [InlineData("elevation", "91")]
    [InlineData("projection", "fisheye")]
    public void A_camera_that_cannot_be_is_a_clear_error(string option, string value)
    {
        var run = new SyntheticRun().Write(Path.Combine(_folder, "run"));
        Should.Throw<InputException>(() =>
            new WeightSpectrum(new FigureRequest { Runs = [run], Options = new Dictionary<string, string> { [option] = value } }))
            .Message.ShouldContain($"'{value}'");
    }
}
