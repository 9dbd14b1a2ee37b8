using System.Text.Json;
using Explain.Core;

namespace Explain.Tool.Tests;

/// <summary>`explain analyse`, and what a gallery does with results that are kept.</summary>
public sealed class Analysing : IDisposable
{
    private readonly TemporaryFolder _scratch = new();
    private readonly string _runs;

    public Analysing()
    {
        _runs = _scratch["runs"];
        SampleRuns.Write(Path.Combine(_runs, "relu-he"), "relu-he", "relu", "he normal", quality: 0.97);
        SampleRuns.Write(Path.Combine(_runs, "tanh-he"), "tanh-he", "tanh", "he normal", quality: 0.9);
    }

    private string One => Path.Combine(_runs, "relu-he");

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public async Task A_gallery_that_is_drawn_a_second_time_computes_no_analysis_and_is_the_same()
    {
        var first = new Analyst();
        await GalleryBuilder.BuildAsync(
            RunFolder.OpenAll(_runs), new GalleryOptions("t", "auto", _scratch["a"]), first, new GalleryProgress(), default);
        first.Computed.ShouldBeGreaterThan(10);
        var second = new Analyst();
        await GalleryBuilder.BuildAsync(
            RunFolder.OpenAll(_runs), new GalleryOptions("t", "auto", _scratch["b"]), second, new GalleryProgress(), default);
        second.Computed.ShouldBe(0);
        second.Read.ShouldBe(first.Computed);
        Contents(_scratch["b"]).ShouldBe(Contents(_scratch["a"]));
        Directory.EnumerateFiles(_runs, "*.tmp", SearchOption.AllDirectories).ShouldBeEmpty();
    }

    [Fact]
    public async Task All_that_a_gallery_needs_is_made_ahead()
    {
        (await ToolRunner.RunAsync("analyse", _runs)).ShouldSucceed();
        var analyst = new Analyst();
        await GalleryBuilder.BuildAsync(
            RunFolder.OpenAll(_runs), new GalleryOptions("t", "auto", _scratch["g"]), analyst, new GalleryProgress(), default);
        analyst.Computed.ShouldBe(0);
    }

    [Fact]
    public async Task Runs_whose_folders_cannot_be_written_to_are_drawn_all_the_same()
    {
        // A file in the place of the folder stops everybody, whatever his rights.
        foreach (var run in RunFolder.OpenAll(_runs)) File.WriteAllText(Path.Combine(run.Path, "analysis"), "");
        (await ToolRunner.RunAsync("gallery", _runs, "-o", _scratch["g"])).ShouldSucceed();
        (await ToolRunner.RunAsync("analyse", One, "pca")).ShouldSucceed().Out.ShouldContain("not kept: ");
    }

    [Fact]
    public async Task A_gallery_tells_of_its_analyses_and_then_of_its_pictures()
    {
        var told = new List<(double Done, double Total, string Words)>();
        var progress = new GalleryProgress((done, total, words) =>
        {
            lock (told) told.Add((done, total, words));
        });
        await GalleryBuilder.BuildAsync([RunFolder.Open(One)], new GalleryOptions("t", "auto", _scratch["g"]), progress);
        string[] words = [.. told.Select(one => one.Words)];
        words[0].ShouldStartWith("analyses 1 of ");
        words.ShouldContain(word =>
            word.Contains(": t-SNE (layer 0) ", StringComparison.Ordinal) && word.EndsWith(" %", StringComparison.Ordinal));
        words[^1].ShouldMatch("^[0-9]+ of [0-9]+ pictures$");
        told.ShouldAllBe(one => one.Done <= one.Total);
        told[^1].Done.ShouldBe(told[^1].Total);
    }

    [Fact]
    public async Task It_says_what_was_computed_and_what_was_kept_already()
    {
        var first = (await ToolRunner.RunAsync("analyse", One, "tsne", "pca", "--threads", "1")).ShouldSucceed();
        string[] lines = first.Out.TrimEnd().Split('\n');
        lines.Length.ShouldBe(4);
        lines[0].Split("  ", StringSplitOptions.RemoveEmptyEntries).Select(word => word.Trim())
            .ShouldBe(["analysis", "options", "result", "seconds", "size", "file"]);
        lines[1..].ShouldAllBe(line =>
            line.Contains("  computed  ", StringComparison.Ordinal) && line.Contains(" kB  ", StringComparison.Ordinal));
        string second = (await ToolRunner.RunAsync("analyse", One, "tsne", "landscape")).ShouldSucceed().Out;
        second.Split('\n').Count(line => line.Contains("kept already", StringComparison.Ordinal)).ShouldBe(2);
        second.Split('\n').Count(line => line.Contains("  computed  ", StringComparison.Ordinal)).ShouldBe(1);
        using var json = JsonDocument.Parse((await ToolRunner.RunAsync("analyse", One, "pca", "--json")).ShouldSucceed().Out);
        var entry = json.RootElement.EnumerateArray().ShouldHaveSingleItem();
        entry.GetProperty("origin").GetString().ShouldBe("kept already");
        entry.GetProperty("options").GetProperty("layer").GetString().ShouldBe("0");
        new FileInfo(entry.GetProperty("file").GetString()!).Length.ShouldBe(entry.GetProperty("bytes").GetInt64());
    }

    [Fact]
    public async Task A_list_tells_what_is_kept_and_what_no_longer_fits_and_computes_nothing()
    {
        (await ToolRunner.RunAsync("analyse", _runs, "--list")).ShouldSucceed().Out.ShouldBe("Nothing is kept.\n");
        (await ToolRunner.RunAsync("analyse", _runs, "pca")).ShouldSucceed();
        (await ToolRunner.RunAsync("analyse", _runs, "--list")).ShouldSucceed().Out.Split('\n')
            .Count(line => line.EndsWith("  fits", StringComparison.Ordinal)).ShouldBe(4, "one of each of two layers of two runs");
        File.Delete(Path.Combine(One, "snapshots", "00002.safetensors"));
        string list = (await ToolRunner.RunAsync("analyse", _runs, "--list")).ShouldSucceed().Out;
        list.Split('\n').Where(line => line.Contains("relu-he", StringComparison.Ordinal)).Select(line => line.Split("  ")[^1].Trim())
            .ShouldBe(["not used: the run has changed since", "not used: the run has changed since"]);
        list.Split('\n').Where(line => line.Contains("tanh-he", StringComparison.Ordinal)).Select(line => line.Split("  ")[^1].Trim())
            .ShouldBe(["fits", "fits"]);
        using var json = JsonDocument.Parse((await ToolRunner.RunAsync("analyse", _runs, "--list", "--json")).ShouldSucceed().Out);
        json.RootElement.EnumerateArray().Select(entry => entry.GetProperty("fits").GetBoolean()).ShouldBe([false, false, true, true]);
    }

    [Fact]
    public async Task Clearing_deletes_what_is_kept_and_nothing_else()
    {
        string[] before = [.. Directory.EnumerateFileSystemEntries(One).Order(StringComparer.Ordinal)];
        (await ToolRunner.RunAsync("analyse", One, "pca", "attribution")).ShouldSucceed();
        int kept = Directory.GetFiles(Path.Combine(One, "analysis")).Length;
        (await ToolRunner.RunAsync("analyse", One, "--clear")).ShouldSucceed().Out.ShouldStartWith($"Deleted {kept} analyses of 1 run, ");
        Directory.EnumerateFileSystemEntries(One).Order(StringComparer.Ordinal).ShouldBe(before);
    }

    [Fact]
    public async Task Wrong_words_are_refused_with_what_was_probably_meant()
    {
        (await ToolRunner.RunAsync("analyse", One, "tnse")).ShouldBeRefused("no analysis 'tnse'", "did you mean 'tsne'?");
        (await ToolRunner.RunAsync("analyse", _scratch["nowhere"])).ShouldBeRefused("nowhere", "no such folder");
        (await ToolRunner.RunAsync("analyse", One, "--list", "--clear")).ShouldBeRefused("only one of them");
        (await ToolRunner.RunAsync("analyse", One, "pca", "--clear")).ShouldBeRefused("--clear takes runs alone", "'pca'");
        Directory.Exists(Path.Combine(One, "analysis")).ShouldBeFalse();
    }

    [Fact]
    public async Task A_cancelled_one_keeps_what_was_finished()
    {
        using var stop = new CancellationTokenSource();
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        await stop.CancelAsync();
        int code = await CommandLine.RunAsync(["analyse", One], new Terminal(output, error, ProgressStyle.Silent), stop.Token);
        code.ShouldBe(CommandLine.Failed);
        error.ToString().ShouldContain("Cancelled. What was finished is kept: 0 of ");
        Directory.Exists(Path.Combine(One, "analysis")).ShouldBeFalse();
    }

    [Fact]
    public async Task The_number_of_threads_changes_no_picture()
    {
        int before = Rows.Threads;
        (await ToolRunner.RunAsync("gallery", One, "-o", _scratch["a"], "--threads", "1")).ShouldSucceed();
        (await ToolRunner.RunAsync("analyse", One, "--clear")).ShouldSucceed();
        (await ToolRunner.RunAsync("gallery", One, "-o", _scratch["b"], "--threads", "3")).ShouldSucceed();
        Contents(_scratch["b"]).ShouldBe(Contents(_scratch["a"]));
        (await ToolRunner.RunAsync("render", One, "--figure", "tsne", "-o", _scratch["one.svg"], "--threads", "1")).ShouldSucceed();
        Rows.Threads.ShouldBe(before);
    }

    private static List<string> Contents(string folder) =>
    [
        .. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            .Select(file => $"{Path.GetRelativePath(folder, file)} "
                + $"{Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(file)))}"),
    ];
}
