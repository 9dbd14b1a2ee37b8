using System.Text;

namespace Explain.Tool.Tests;

/// <summary>What <c>explain render</c> writes in each format, and what it refuses.</summary>
public sealed class Rendering : IDisposable
{
    private readonly TemporaryFolder _scratch = new();
    private readonly string _run;

    public Rendering() => _run = SampleRuns.Write(_scratch["run"], "run", "relu", "he normal", 0.9);

    public void Dispose() => _scratch.Dispose();

    [Theory]
    [InlineData("a.png", null, "\u0089PNG")]
    [InlineData("a.svg", null, "<svg")]
    [InlineData("a.pdf", null, "%PDF-1.")]
    [InlineData("a.dat", "pdf", "%PDF-1.")]
    [InlineData("a.png", "svg", "<svg")]
    [InlineData("a.webp", null, "RIFF")]
    [InlineData("a.jpg", null, "\u00FF\u00D8\u00FF")]
    [InlineData("a.jpeg", null, "\u00FF\u00D8\u00FF")]
    public async Task A_figure_is_written_in_the_format_that_is_named_or_meant(string name, string? format, string begin)
    {
        (await Render(name, "confusion", format is null ? [] : ["--format", format])).ShouldSucceed().Out.Trim().ShouldBe(_scratch[name]);
        Encoding.Latin1.GetString(File.ReadAllBytes(_scratch[name])).ShouldStartWith(begin);
    }

    [Fact]
    public async Task An_ending_that_is_no_format_is_refused_and_those_that_are_listed() =>
        (await Render("a.gif", "confusion")).ShouldBeRefused("ends in none of .png, .svg, .pdf, .apng, .webp, .jpeg");

    [Fact]
    public async Task The_width_and_the_scale_set_the_size()
    {
        (await Render("a.svg", "confusion", "--width", "300", "--scale", "2")).ShouldSucceed();
        File.ReadAllText(_scratch["a.svg"]).ShouldContain("width=\"600\"");
        (await Render("b.svg", "confusion", "--width", "100")).ShouldBeRefused("--width is 100; allowed are 200 to 8000 pixels.");
    }

    [Fact]
    public async Task The_theme_for_print_is_black_on_white()
    {
        (await Render("a.svg", "curves", "--theme", "print")).ShouldSucceed();
        File.ReadAllText(_scratch["a.svg"]).ShouldContain("#000000");
    }

    [Fact]
    public async Task A_typeface_is_used_for_this_picture_only_and_one_that_is_missing_is_refused()
    {
        (await Render("c.svg", "confusion")).ShouldSucceed();
        string before = File.ReadAllText(_scratch["c.svg"]);
        before.ShouldContain("font-family=\"'Explain Sans'");
        (await Render("a.svg", "confusion", "--font", "builtin")).ShouldSucceed();
        File.ReadAllText(_scratch["a.svg"]).ShouldBe(before.Replace("--figure confusion", "--figure confusion --font builtin"));
        (await Render("c.svg", "confusion")).ShouldSucceed();
        File.ReadAllText(_scratch["c.svg"]).ShouldBe(before);
        (await Render("b.png", "confusion", "--font", "/no/such.ttf")).ShouldBeRefused("Font '/no/such.ttf' does not exist.");
        (await ToolRunner.RunAsync("gallery", _run, "-o", _scratch["g"], "--font", _scratch.Write("x.ttf", "no font")))
            .ShouldBeRefused("is damaged or not a font");
        File.Exists(_scratch["b.png"]).ShouldBeFalse();
    }

    [Fact]
    public async Task A_figure_without_an_epoch_is_not_animated()
    {
        (await Render("a.apng", "curves")).ShouldBeRefused("The figure 'curves' does not move", "confusion");
        (await Render("a.apng", "confusion", "--epoch", "1")).ShouldBeRefused("leave --epoch out");
        File.Exists(_scratch["a.apng"]).ShouldBeFalse();
    }

    [Fact]
    public async Task A_figure_of_an_epoch_moves_through_all_that_were_kept()
    {
        (await Render("a.apng", "confusion", "--scale", "0.5")).ShouldSucceed();
        Frames(_scratch["a.apng"]).ShouldBe(Explain.Core.RunFolder.Open(_run).SnapshotEpochs.Count);
    }

    [Fact]
    public async Task The_regions_of_a_plane_move_with_the_epochs_and_its_surface_turns_once()
    {
        string run = _scratch["xor"];
        (await ToolRunner.RunAsync("train", "xor-tanh", "--epochs", "3", "-o", run)).ShouldSucceed();
        (await ToolRunner.RunAsync("render", run, "-f", "decision-regions", "-o", _scratch["r.apng"], "--width", "200")).ShouldSucceed();
        Frames(_scratch["r.apng"]).ShouldBe(Explain.Core.RunFolder.Open(run).SnapshotEpochs.Count);
        (await ToolRunner.RunAsync("render", run, "-f", "decision-surface", "-o", _scratch["s.apng"], "--width", "200", "--epoch", "1"))
            .ShouldSucceed();
        Frames(_scratch["s.apng"]).ShouldBe(72);
    }

    /// <summary>How many frames an APNG says it has.</summary>
    private static int Frames(string path)
    {
        byte[] file = File.ReadAllBytes(path);
        int at = file.AsSpan().IndexOf("acTL"u8);
        at.ShouldBeGreaterThan(0, "no animation");
        return System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(at + 4));
    }

    private Task<ToolResult> Render(string name, string figure, params string[] more) =>
        ToolRunner.RunAsync(["render", _run, "-f", figure, "-o", _scratch[name], .. more]);
}
