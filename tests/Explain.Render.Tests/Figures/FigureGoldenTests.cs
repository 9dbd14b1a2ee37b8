using System.Text;

namespace Explain.Render.Tests;

/// <summary>
/// Every figure of the catalogue, drawn from a small made-up run, as a person has seen it: SVG in the light theme, PNG in the dark one.
/// </summary>
public sealed class FigureGoldenTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("explain-golden-").FullName;

    public static TheoryData<string> Names => [.. FigureCatalog.All.Select(kind => kind.Name)];

    public static TheoryData<string, int?> ConvolutionNames => new()
    {
        { "weight-sheet", 0 },
        { "weight-sheet", 1 },
        { "weight-sheet", 2 },
        { "twelve-panel", null },
        { "model", null },
    };

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [MemberData(nameof(Names))]
    public void Figure_is_as_it_was_seen(string name)
    {
        var figure = Made(name);
        string svg = Encoding.UTF8.GetString(Canvases.Svg.Encode(figure.Draw(Theme.Light)));
        SvgCheck.IsSound(svg, name);
        Golden.MatchSvg($"figure-{name}", svg);
        Golden.MatchPng($"figure-{name}", Canvases.Png.Encode(figure.Draw(Theme.Dark)));
    }

    [Theory]
    [MemberData(nameof(ConvolutionNames))]
    public void Figure_of_a_convolutional_network_is_as_it_was_seen(string name, int? layer) =>
        Golden.MatchSvg(
            $"convolution-{name}{(layer is null ? "" : $"-{layer}")}",
            Encoding.UTF8.GetString(Canvases.Svg.Encode(MadeConvolutional(name, layer).Draw(Theme.Light))));

    /// <summary>The figure as the goldens show it.</summary>
    internal IFigure Made(string name) => FigureCatalog.Find(name).Create(Asked(name));

    /// <summary>What the goldens ask for.</summary>
    internal FigureRequest Asked(string name)
    {
        var kind = FigureCatalog.Find(name);
        // Lines across settings need runs whose settings differ.
        bool differ = name == "runs-parallel";
        SyntheticRun made = differ
            ? new() { Rate = "0.1" }
            : name is "decision-regions" or "decision-contours" or "decision-surface"
                ? new() { Input = Explain.Core.Shape.Vector(2), Units = [6, 3], Classes = ["a", "b", "c"] }
                : new();
        var runs = new List<Explain.Core.RunFolder>
        {
            name == "feature-maps" ? ConvolutionalRun.Write(Path.Combine(_folder, "conv")) : made.Write(Path.Combine(_folder, "relu")),
        };
        if (kind.Scope == FigureScope.Runs)
        {
            runs.Add(new SyntheticRun
            {
                Name = "tanh",
                Title = "Small tanh network",
                Skill = 0.6,
                Activation = differ ? "tanh" : "relu",
                Rate = differ ? "0.03" : null,
            }.Write(Path.Combine(_folder, "tanh")));
            runs.Add(new SyntheticRun
            {
                Name = "sigmoid",
                Title = "Small sigmoid network",
                Skill = 0.58,
                Epochs = 4,
                Kept = [4],
                Activation = differ ? "sigmoid" : "relu",
                Rate = differ ? "0.1" : null,
            }.Write(Path.Combine(_folder, "sigmoid")));
        }
        return new FigureRequest
        {
            Runs = runs,
            Width = 420,
            Options = kind.Options.Any(option => option.Name == "grid") ? new Dictionary<string, string> { ["grid"] = "15" } : [],
        };
    }

    /// <summary>The figure of a convolutional network as the goldens show it.</summary>
    internal IFigure MadeConvolutional(string name, int? layer)
    {
        var run = ConvolutionalRun.Write(Path.Combine(_folder, "conv"));
        return FigureCatalog.Find(name).Create(new FigureRequest { Runs = [run], Layer = layer, Width = 560 });
    }
}
