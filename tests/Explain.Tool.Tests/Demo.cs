using Explain.Core;

namespace Explain.Tool.Tests;

/// <summary>The first command that a newcomer runs.</summary>
public sealed class Demo
{
    [Fact]
    public async Task The_quick_demo_trains_nine_runs_and_prints_the_path_of_their_gallery_last()
    {
        using var scratch = new TemporaryFolder();
        var result = (await ToolRunner.RunAsync("demo", "--quick", "--out", scratch["demo"])).ShouldSucceed();
        string index = result.Out.TrimEnd().Split('\n')[^1];
        index.ShouldBe(scratch["demo/gallery/index.html"]);
        File.ReadAllText(index).ShouldContain("<h1>");
        var runs = RunFolder.OpenAll(scratch["demo/runs"]);
        runs.Count.ShouldBe(9);
        foreach (var run in runs) File.Exists(scratch[$"demo/gallery/runs/{run.Info.Name}.html"]).ShouldBeTrue(run.Info.Name);
        (await ToolRunner.RunAsync("demo", "--quick", "--out", scratch["demo"])).ShouldBeRefused("there is a run already", "--force");
    }
}
