using System.Text;

namespace Explain.Render.Tests;

/// <summary>Every figure of the catalogue, drawn from a small made-up run, as a person has seen it: SVG in the light theme, PNG in the dark one.</summary>
public sealed class FigureGoldenTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("explain-golden-").FullName;

    public static TheoryData<string> Names => [.. FigureCatalog.All.Select(kind => kind.Name)];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [MemberData(nameof(Names))]
    public void Figure_is_as_it_was_seen(string name)
    {
        var kind = FigureCatalog.Find(name);
        SyntheticRun made = name is "decision-regions" or "decision-contours" or "decision-surface" ? new() { Input = Explain.Core.Shape.Vector(2), Units = [6, 3], Classes = ["a", "b", "c"] } : new();
        var runs = new List<Explain.Core.RunFolder> { name == "feature-maps" ? ConvolutionalRun.Write(Path.Combine(_folder, "conv")) : made.Write(Path.Combine(_folder, "relu")) };
        if (kind.Scope == FigureScope.Runs)
        {
            runs.Add(new SyntheticRun { Name = "tanh", Title = "Small tanh network", Skill = 0.6 }.Write(Path.Combine(_folder, "tanh")));
            runs.Add(new SyntheticRun { Name = "sigmoid", Title = "Small sigmoid network", Skill = 0.58, Epochs = 4, Kept = [4] }.Write(Path.Combine(_folder, "sigmoid")));
        }
        var figure = kind.Create(new FigureRequest { Runs = runs, Width = 420, Options = kind.Options.Any(option => option.Name == "grid") ? new Dictionary<string, string> { ["grid"] = "15" } : [] });
        Golden.MatchSvg($"figure-{name}", Encoding.UTF8.GetString(Canvases.Svg.Encode(figure.Draw(Theme.Light))));
        Golden.MatchPng($"figure-{name}", Canvases.ManagedPng.Encode(figure.Draw(Theme.Dark)));
    }

    [Theory]
    [InlineData("weight-sheet", 0)]
    [InlineData("weight-sheet", 1)]
    [InlineData("weight-sheet", 2)]
    [InlineData("twelve-panel", null)]
    [InlineData("model", null)]
    public void Figure_of_a_convolutional_network_is_as_it_was_seen(string name, int? layer)
    {
        var run = ConvolutionalRun.Write(Path.Combine(_folder, "conv"));
        var scene = FigureCatalog.Find(name).Create(new FigureRequest { Runs = [run], Layer = layer, Width = 560 }).Draw(Theme.Light);
        Golden.MatchSvg($"convolution-{name}{(layer is null ? "" : $"-{layer}")}", Encoding.UTF8.GetString(Canvases.Svg.Encode(scene)));
    }
}
