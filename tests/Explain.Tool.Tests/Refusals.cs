namespace Explain.Tool.Tests;

/// <summary>What a command says where it cannot write, or is asked for what there is not.</summary>
public sealed class Refusals : IDisposable
{
    private readonly TemporaryFolder _scratch = new();
    private readonly string _run;
    private readonly string _file;

    public Refusals()
    {
        _run = SampleRuns.Write(_scratch["run"], "run", "relu", "he normal", 0.9);
        _file = _scratch.Write("file", "here");
    }

    public void Dispose() => _scratch.Dispose();

    [Theory]
    [InlineData("render RUN -f confusion -o FILE/x.png")]
    [InlineData("gallery RUN -o FILE/x.png")]
    [InlineData("data make moons -o FILE/x.png")]
    [InlineData("train circles --epochs 1 -o FILE/x.png")]
    public async Task A_file_in_the_place_of_a_folder_is_named_and_no_file_of_ours(string line)
    {
        var result = await ToolRunner.RunAsync(line.Split(' ').Select(word => word.Replace("RUN", _run).Replace("FILE", _file)).ToArray());
        result.ShouldBeRefused($"'{_file}/x.png' cannot be written: '{_file}' is a file, not a folder.");
        result.Error.TrimEnd().ShouldNotContain("\n");
        Directory.EnumerateFileSystemEntries(_scratch.Path).Select(Path.GetFileName).Order().ShouldBe(["file", "run"]);
    }

    [Theory]
    [InlineData("gallery", "RUN", "--theme", "blue")]
    [InlineData("render", "RUN", "-f", "confusion", "-o", "x.png", "--theme", "blue")]
    public async Task A_theme_that_there_is_not_is_refused_in_one_sentence(params string[] arguments)
    {
        var result = await ToolRunner.RunAsync([.. arguments.Select(word => word == "RUN" ? _run : word)]);
        result.ShouldBeRefused();
        result.Error.Trim().ShouldBe(
            arguments[0] == "render" ? "error: --theme takes light, dark or print, not 'blue'."
                : "error: --theme takes light or dark, not 'blue'.");
    }

    [Fact]
    public async Task A_figure_that_does_not_apply_says_why() =>
        (await ToolRunner.RunAsync("render", _run, "-f", "decision-regions", "-o", _scratch["x.png"]))
            .ShouldBeRefused("it needs 2 inputs; this run has 64.");

    [Fact]
    public async Task A_cancelled_gallery_says_that_none_was_written_and_leaves_nothing()
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        using var output = new StringWriter();
        using var error = new StringWriter();
        int code = await CommandLine.RunAsync(
            ["gallery", _run, "-o", _scratch["g"]], new Terminal(output, error, ProgressStyle.Silent), cancelled.Token);
        code.ShouldBe(CommandLine.Failed);
        error.ToString().ShouldContain("No gallery was written");
        Directory.EnumerateFileSystemEntries(_scratch.Path).Select(Path.GetFileName).Order().ShouldBe(["file", "run"]);
    }

    [Fact]
    public async Task A_folder_that_make_wrote_can_be_described()
    {
        (await ToolRunner.RunAsync("data", "make", "moons", "-o", _scratch["m"])).ShouldSucceed();
        string text = (await ToolRunner.RunAsync("data", "info", _scratch["m"])).ShouldSucceed().Out;
        text.ShouldStartWith("moons: samples of shape 2, 2 classes");
    }
}
