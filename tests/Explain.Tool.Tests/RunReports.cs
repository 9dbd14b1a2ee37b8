using Explain.Core;

namespace Explain.Tool.Tests;

/// <summary>What the commands that read runs say.</summary>
public sealed class RunReports : IDisposable
{
    private readonly TemporaryFolder _scratch = new();
    private readonly string _run;

    public RunReports() => _run = SampleRuns.Write(_scratch["relu"], "relu", "relu", "he normal", 0.97);

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public async Task Inspect_prints_layers_counts_and_statistics_of_the_last_weights()
    {
        string text = (await ToolRunner.RunAsync("inspect", _run)).ShouldSucceed().Out;
        text.ShouldContain("relu: relu from he normal");
        text.ShouldContain("finished, 5 of 5 epochs, seed 7");
        text.ShouldContain("832 parameters");
        text.ShouldContain("Parameters after epoch 5");
        text.Split('\n').ShouldContain(line =>
            line.StartsWith("dense1 weights", StringComparison.Ordinal) && line.Contains("[12, 64]") && line.Contains("768"));
    }

    [Fact]
    public async Task Inspect_of_a_weights_file_lists_every_tensor_with_its_true_mean()
    {
        string file = Path.Combine(_run, "snapshots", "00005.safetensors");
        var tensors = Json((await ToolRunner.RunAsync("inspect", file, "--json")).ShouldSucceed().Out)
            .GetProperty("tensors")
            .EnumerateArray()
            .ToList();
        var weights = RunFolder.Open(_run).ReadSnapshot(5).Layers[0].Weights;
        var listed = tensors.Single(tensor => tensor.GetProperty("shape").GetString() == "[12, 64]"
            && Math.Abs(tensor.GetProperty("mean").GetDouble() - weights.Span.ToArray().Average(value => (double)value)) < 1e-9);
        listed.GetProperty("count").GetInt32().ShouldBe(768);
        listed.GetProperty("max").GetDouble().ShouldBe(weights.Span.ToArray().Max(), 1e-9);
    }

    [Fact]
    public async Task Inspect_refuses_what_is_neither_a_run_nor_a_weights_file()
    {
        (await ToolRunner.RunAsync("inspect", _scratch["nowhere"])).ShouldBeRefused("nowhere", "no such file or folder");
        (await ToolRunner.RunAsync("inspect", _scratch.Write("notes.txt", "hello"))).ShouldBeRefused("notes.txt", ".safetensors");
        (await ToolRunner.RunAsync("inspect", Directory.CreateDirectory(_scratch["empty"]).FullName)).ShouldBeRefused("run.json");
        string file = Path.Combine(_run, "snapshots", "00005.safetensors");
        File.WriteAllBytes(_scratch["cut.safetensors"], File.ReadAllBytes(file)[..200]);
        (await ToolRunner.RunAsync("inspect", _scratch["cut.safetensors"])).ShouldBeRefused("cut.safetensors");
    }

    [Fact]
    public async Task Render_writes_the_format_that_the_ending_or_the_option_says()
    {
        (await ToolRunner.RunAsync("render", _run, "--figure", "confusion", "-o", _scratch["a.png"])).ShouldSucceed()
            .Out.ShouldBe($"{_scratch["a.png"]}\n");
        File.ReadAllBytes(_scratch["a.png"])[..4].ShouldBe([0x89, 0x50, 0x4E, 0x47]);
        (await ToolRunner.RunAsync("render", _run, "--figure", "confusion", "--epoch", "2", "-o", _scratch["b.svg"])).ShouldSucceed();
        File.ReadAllText(_scratch["b.svg"]).ShouldContain("<svg");
        (await ToolRunner.RunAsync("render", _run, "--figure", "confusion", "--format", "svg", "-o", _scratch["c.txt"])).ShouldSucceed();
        File.ReadAllText(_scratch["c.txt"]).ShouldContain("<svg");
        File.ReadAllText(_scratch["c.txt"]).ShouldNotBe(File.ReadAllText(_scratch["b.svg"]), "another epoch is another picture");
    }

    [Fact]
    public async Task Render_scales_the_pixels()
    {
        (await ToolRunner.RunAsync("render", _run, "--figure", "confusion", "-o", _scratch["1.png"])).ShouldSucceed();
        (await ToolRunner.RunAsync("render", _run, "--figure", "confusion", "--scale", "2", "-o", _scratch["2.png"])).ShouldSucceed();
        Width(_scratch["2.png"]).ShouldBe(2 * Width(_scratch["1.png"]));
    }

    [Theory]
    [InlineData("no such figure", "--figure", "confusio", "-o", "x.png")]
    [InlineData("ends in none of .png, .svg", "--figure", "confusion", "-o", "x.bmp")]
    [InlineData(
        "no snapshot of epoch 77; the run has snapshots of 0, 1, 2, 3, 4, 5", "--figure", "confusion", "--epoch", "77", "-o", "x.png")]
    [InlineData("takes a number or 'last', not 'first'", "--figure", "confusion", "--epoch", "first", "-o", "x.png")]
    [InlineData("The figure 'curves' takes no --epoch; leave it out.", "--figure", "curves", "--epoch", "last", "-o", "x.png")]
    [InlineData(
        "The figure 'confusion' takes no --layer; leave it out. Those that take it are weight-sheet, ",
        "--figure",
        "confusion",
        "--layer",
        "0",
        "-o",
        "x.png")]
    [InlineData("--layer is 2, but the run has 2 layers", "--figure", "weight-sheet", "--layer", "2", "-o", "x.png")]
    [InlineData("--layer takes a whole number; 'x' is not one.", "--figure", "weight-sheet", "--layer", "x", "-o", "x.png")]
    [InlineData("--scale is 0", "--figure", "confusion", "--scale", "0", "-o", "x.png")]
    [InlineData("no option 'normalize'; did you mean 'normalise'?", "--figure", "confusion", "--set", "normalize=all", "-o", "x.png")]
    [InlineData("NAME=VALUE, not 'normalise'", "--figure", "confusion", "--set", "normalise", "-o", "x.png")]
    public async Task Render_refuses_what_it_cannot_draw_and_writes_nothing(string message, params string[] arguments)
    {
        string[] full =
            [.. arguments.Select(argument => argument.StartsWith("x.", StringComparison.Ordinal) ? _scratch[argument] : argument)];
        (await ToolRunner.RunAsync(["render", _run, .. full])).ShouldBeRefused(message.Replace("no such figure", "no figure 'confusio'"));
        Directory.EnumerateFileSystemEntries(_scratch.Path).Select(Path.GetFileName).ShouldBe(["relu"]);
    }

    [Fact]
    public async Task Runs_that_one_picture_cannot_show_together_are_refused()
    {
        string tanh = SampleRuns.Write(_scratch["tanh"], "tanh", "tanh", "he normal", 0.9);
        (await ToolRunner.RunAsync("render", _run, tanh, "--figure", "runs-landscape", "-o", _scratch["x.png"]))
            .ShouldBeRefused("'runs-landscape' does not apply to these runs: one plane holds runs of one architecture", "'tanh'");
        File.Exists(_scratch["x.png"]).ShouldBeFalse();
    }

    [Fact]
    public async Task Figures_lists_every_figure_with_its_options()
    {
        string text = (await ToolRunner.RunAsync("figures")).ShouldSucceed().Out;
        foreach (var kind in Render.FigureCatalog.All) text.ShouldContain($"{kind.Name} ");
        text.ShouldContain("--set normalise=true|predicted|all|none");
        var json = Json((await ToolRunner.RunAsync("figures", "--json")).ShouldSucceed().Out);
        json.EnumerateArray().Select(kind => kind.GetProperty("name").GetString())
            .ShouldBe(Render.FigureCatalog.All.Select(kind => kind.Name));
    }

    private static System.Text.Json.JsonElement Json(string text) => System.Text.Json.JsonDocument.Parse(text).RootElement;

    private static int Width(string png) => System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(File.ReadAllBytes(png).AsSpan(16));
}
