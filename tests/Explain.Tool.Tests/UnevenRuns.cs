using System.Text.Json.Nodes;
using AngleSharp.Html.Parser;
using Explain.Core;

namespace Explain.Tool.Tests;

/// <summary>A gallery of runs that share a name, were killed or tie.</summary>
public sealed class UnevenRuns : IDisposable
{
    private readonly TemporaryFolder _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public async Task Runs_of_one_name_are_called_by_their_folders()
    {
        SampleRuns.Write(_scratch["runs/slow"], "same", "relu", "he normal", 0.9);
        SampleRuns.Write(_scratch["runs/fast"], "same", "relu", "he normal", 0.95);
        SampleRuns.Write(_scratch["runs/third"], "other", "tanh", "he normal", 0.97);
        string page = await GalleryAsync();
        var names = new HtmlParser().ParseDocument(page).QuerySelectorAll("table.runs tbody th").Select(cell => cell.TextContent);
        names.ShouldBe(["other", "fast", "slow"]);
        Findings(page).ShouldContain("slow did worst");
        File.ReadAllText(Directory.EnumerateFiles(_scratch["g/figures/all/runs-accuracy"], "*.light.svg").Single()).ShouldContain(">slow<");
        File.Exists(_scratch["g/runs/slow.html"]).ShouldBeTrue();
    }

    [Fact]
    public async Task A_killed_run_shows_its_last_whole_epoch_and_says_so()
    {
        string killed = SampleRuns.Write(_scratch["runs/killed"], "killed", "relu", "he normal", 0.9);
        string file = Path.Combine(killed, "run.json");
        var document = JsonNode.Parse(File.ReadAllText(file))!;
        document["outcome"]!["status"] = "Running";
        document["outcome"]!["finalMetrics"] = new JsonObject();
        File.WriteAllText(file, document.ToJsonString());
        var last = RunFolder.Open(killed).Metrics[^1];
        string page = await GalleryAsync();
        page.ShouldContain($"{100 * last.ValidationAccuracy:0.00}");
        page.ShouldContain("last epoch");
        new HtmlParser().ParseDocument(page).QuerySelectorAll(".findings li").ShouldNotBeEmpty();
        new HtmlParser().ParseDocument(File.ReadAllText(_scratch["g/runs/killed.html"])).QuerySelector(".findings")!
            .TextContent.ShouldContain("Its last whole epoch had train loss");
    }

    [Fact]
    public async Task Runs_that_did_equally_badly_tie_for_worst()
    {
        SampleRuns.Write(_scratch["runs/a"], "a", "relu", "he normal", 0.9);
        SampleRuns.Write(_scratch["runs/b"], "b", "relu", "he normal", 0.9);
        SampleRuns.Write(_scratch["runs/c"], "c", "tanh", "he normal", 0.97);
        Findings(await GalleryAsync()).ShouldContain("a and b did worst alike");
    }

    [Fact]
    public void A_diverged_run_comes_to_its_last_finite_epoch_and_not_to_what_was_measured_after_it()
    {
        var run = RunFolder.Open(SampleRuns.Write(_scratch["runs/d"], "d", "tanh", "normal(1)", 0.6, diverges: true));
        var results = RunResults.Of(run.Outcome, run.Metrics);
        results.OfLastEpoch.ShouldBeTrue();
        results.Final("train accuracy").ShouldBe(run.Metrics[1].Accuracy);
        results.Final("test accuracy").ShouldBe(double.NaN);
    }

    private static string Findings(string page) =>
        string.Join(' ', new HtmlParser().ParseDocument(page).QuerySelector(".findings")!.TextContent.Split(
            (char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private async Task<string> GalleryAsync()
    {
        (await ToolRunner.RunAsync("gallery", _scratch["runs"], "-o", _scratch["g"])).ShouldSucceed();
        return File.ReadAllText(_scratch["g/index.html"]);
    }
}
