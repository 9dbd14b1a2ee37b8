using Explain.Core;

namespace Explain.Tool.Tests;

/// <summary>A gallery is there as a whole or not at all.</summary>
public sealed class GalleryFolders
{
    [Fact]
    public async Task A_folder_that_is_not_a_gallery_is_left_alone()
    {
        using var scratch = new TemporaryFolder();
        string runs = SampleRuns.Four(scratch.Path);
        Directory.CreateDirectory(scratch["thesis"]);
        scratch.Write("thesis/chapter1.txt", "precious");
        var result = await ToolRunner.RunAsync("gallery", runs, "--out", scratch["thesis"]);
        result.ShouldBeRefused("thesis", "not a gallery", "--out");
        Directory.EnumerateFileSystemEntries(scratch["thesis"]).Count().ShouldBe(1);
        Entries(scratch).ShouldBe(["runs", "thesis"]);
    }

    [Fact]
    public async Task An_older_gallery_is_replaced()
    {
        using var scratch = new TemporaryFolder();
        string runs = SampleRuns.Four(scratch.Path);
        (await ToolRunner.RunAsync("gallery", runs, "--out", scratch["g"], "--title", "First")).ShouldSucceed();
        (await ToolRunner.RunAsync("gallery", Path.Combine(runs, "relu-he"), "--out", scratch["g"], "--title", "Second")).ShouldSucceed();
        File.ReadAllText(scratch["g/index.html"]).ShouldContain("<title>Second</title>");
        File.Exists(scratch["g/runs/tanh-he.html"]).ShouldBeFalse();
        Entries(scratch).ShouldBe(["g", "runs"]);
    }

    [Fact]
    public async Task A_build_that_fails_leaves_the_older_gallery_and_nothing_of_its_own()
    {
        using var scratch = new TemporaryFolder();
        string runs = SampleRuns.Four(scratch.Path);
        (await ToolRunner.RunAsync("gallery", runs, "--out", scratch["g"], "--title", "First")).ShouldSucceed();
        string snapshot = Directory.EnumerateFiles(Path.Combine(runs, "tanh-he", "snapshots")).Order(StringComparer.Ordinal).Last();
        File.WriteAllBytes(snapshot, File.ReadAllBytes(snapshot)[..^100]);
        (await ToolRunner.RunAsync("gallery", runs, "--out", scratch["g"], "--title", "Second"))
            .ShouldBeRefused(Path.GetFileName(snapshot));
        File.ReadAllText(scratch["g/index.html"]).ShouldContain("<title>First</title>");
        Entries(scratch).ShouldBe(["g", "runs"]);
    }

    [Fact]
    public async Task A_cancelled_build_leaves_nothing()
    {
        using var scratch = new TemporaryFolder();
        var runs = RunFolder.OpenAll(SampleRuns.Four(scratch.Path));
        using var stop = new CancellationTokenSource();
        await Should.ThrowAsync<OperationCanceledException>(() => GalleryBuilder.BuildAsync(
            runs,
            new GalleryOptions("t", "auto", scratch["g"]),
            new GalleryProgress((_, _, words) =>
            {
                if (words.StartsWith("3 of ", StringComparison.Ordinal)) stop.Cancel();
            }),
            stop.Token));
        Entries(scratch).ShouldBe(["runs"]);
    }

    private static IEnumerable<string?> Entries(TemporaryFolder scratch) =>
        Directory.EnumerateFileSystemEntries(scratch.Path).Select(Path.GetFileName).Order(StringComparer.Ordinal);
}
