using Explain.Core;

namespace Explain.Render.Tests;

/// <summary>Whatever a run recorded, a draw returns a picture whose text and numbers are in order.</summary>
public sealed class OddDataTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("explain-odd-").FullName;

    public static TheoryData<string> Cases => [.. Runs.Keys];

    private static Dictionary<string, SyntheticRun> Runs { get; } = new()
    {
        ["ordinary"] = new(),
        ["one epoch"] = new() { Epochs = 1, Kept = [0, 1] },
        ["no epoch at all"] = new() { Epochs = 0, Kept = [] },
        ["only the start"] = new() { Epochs = 0, Kept = [0] },
        ["no snapshot"] = new() { Kept = [] },
        ["no validation"] = new() { Validation = false },
        ["no biases"] = new() { Bias = false },
        ["one layer"] = new() { Units = [4] },
        ["seven layers"] = new() { Units = [17, 16, 13, 12, 11, 5, 4] },
        ["a huge layer"] = new() { Input = new(36, 36), Units = [420, 4], Epochs = 1, Kept = [1] },
        ["plain vectors"] = new() { Input = Shape.Vector(2), Units = [5, 2], Classes = ["inside", "outside"] },
        ["colour images"] = new() { Input = new(8, 8, 3) },
        ["one output"] = new() { Input = Shape.Vector(2), Units = [5, 1], Classes = ["no", "yes"], Loss = "binary cross-entropy" },
        ["no class"] = new() { Classes = ["only"], Units = [3, 1] },
        ["many classes"] = new() { Classes = [.. Enumerable.Range(0, 60).Select(i => $"class {i}")], Units = [8, 60], Probes = 60 },
        ["long names"] = new()
        {
            Name = new string('n', 90),
            Title = string.Join(' ', Enumerable.Repeat("a very long title", 14)),
            Classes = ["the first of four long class names", "the second of them", "thethirdwithoutanyspaceatallinit", "4"],
        },
        ["a class never predicted"] = new() { NeverPredicted = 2 },
        ["everything zero"] = new() { Everything = 0 },
        ["everything equal"] = new() { Everything = 0.5f },
        ["everything NaN"] = new() { Everything = float.NaN, Status = RunStatus.Diverged },
        ["everything infinite"] = new() { Everything = float.PositiveInfinity, Status = RunStatus.Diverged },
        ["huge numbers"] = new() { Everything = 3e37f, Status = RunStatus.Diverged },
        ["one probe"] = new() { Probes = 1 },
        ["no probe"] = new() { Probes = 0 },
    };

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [MemberData(nameof(Cases))]
    public void Every_figure_draws(string name)
    {
        var run = Runs[name].Write(Path.Combine(_folder, "run"));
        foreach (var kind in FigureCatalog.All.Where(kind => kind.Applies(run)))
        {
            foreach (var theme in Theme.All)
            {
                var scene = kind.Create(new FigureRequest { Runs = [run] }).Draw(theme);
                SceneCheck.IsSound(scene, $"{kind.Name} of '{name}'");
            }
        }
    }

    [Fact]
    public void Many_runs_with_equal_curves_keep_their_labels_apart()
    {
        RunFolder[] runs = [.. Enumerable.Range(0, 30).Select(i =>
            new SyntheticRun { Name = $"run-{i}", Units = [4], Skill = i % 3 == 0 ? 1 : 0.1 * i }.Write(Path.Combine(_folder, $"{i}")))];
        foreach (var kind in FigureCatalog.All.Where(kind => kind.Scope == FigureScope.Runs))
        {
            foreach (int count in new[] { 1, 2, 12, 30 })
                SceneCheck.IsSound(
                    kind.Create(new FigureRequest { Runs = runs[..count] }).Draw(Theme.Light), $"{kind.Name} of {count} runs");
        }
    }

    [Fact]
    public void Runs_of_different_sizes_share_limits_and_draw()
    {
        var small = new SyntheticRun { Units = [4] }.Write(Path.Combine(_folder, "small"));
        var large = new SyntheticRun { Units = [30, 20, 4] }.Write(Path.Combine(_folder, "large"));
        foreach (var kind in FigureCatalog.All.Where(kind => kind.Scope != FigureScope.Runs))
            SceneCheck.IsSound(kind.Create(new FigureRequest { Runs = [large], SharedWith = [small, large] }).Draw(Theme.Dark), kind.Name);
    }

    [Theory]
    [InlineData(200)]
    [InlineData(731)]
    [InlineData(4000)]
    public void Any_width_keeps_the_proportions(double width)
    {
        var run = new SyntheticRun().Write(Path.Combine(_folder, "run"));
        foreach (var kind in FigureCatalog.All)
        {
            var own = kind.Create(new FigureRequest { Runs = [run] }).Draw(Theme.Light);
            var scaled = kind.Create(new FigureRequest { Runs = [run], Width = width }).Draw(Theme.Light);
            scaled.Width.ShouldBe(width, 1e-6);
            (scaled.Height / scaled.Width).ShouldBe(own.Height / own.Width, 1.01 / width);
            SceneCheck.IsSound(scaled, $"{kind.Name} at {width}");
        }
    }

    [Fact]
    public void An_epoch_or_layer_that_is_not_there_is_a_clear_error()
    {
        var run = new SyntheticRun().Write(Path.Combine(_folder, "run"));
        Should.Throw<InputException>(() => new WeightSheet(run, epoch: 2)).Message.ShouldContain("Kept are 0, 1, 3, 6");
        Should.Throw<InputException>(() => new WeightSheet(run, layer: 3)).Message.ShouldContain("no layer 3");
        Should.Throw<InputException>(() =>
            new ConfusionFigure(new FigureRequest { Runs = [run], Options = new Dictionary<string, string> { ["normalise"] = "rows" } }))
            .Message.ShouldContain("true, predicted, all, none");
        Should.Throw<InputException>(() => FigureCatalog.Find("confusoin")).Message.ShouldContain("'confusion'");
        new WeightSheet(run, layer: -1).Draw(Theme.Light).Info.Title.ShouldBe("Weights of dense3");
    }
}
