using Explain.Core;

namespace Explain.Tool.Tests;

/// <summary>What <c>data</c> lists, describes and writes.</summary>
public sealed class DataReports : IDisposable
{
    private readonly TemporaryFolder _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public async Task List_names_everything_that_a_recipe_can_use()
    {
        string text = (await ToolRunner.RunAsync("data", "list")).ShouldSucceed().Out;
        foreach (var source in DataCatalog.All) text.ShouldContain(source.Name);
        var json = System.Text.Json.JsonDocument.Parse((await ToolRunner.RunAsync("data", "list", "--json")).ShouldSucceed().Out);
        json.RootElement.GetArrayLength().ShouldBe(DataCatalog.All.Count);
    }

    [Fact]
    public async Task Info_counts_classes_and_prints_the_fingerprint()
    {
        string text = (await ToolRunner.RunAsync("data", "info", "moons", "--set", "n=25")).ShouldSucceed().Out;
        text.ShouldContain("samples of shape 2, 2 classes");
        text.ShouldContain(Datasets.Moons(25).Train.Fingerprint());
        text.Split('\n')
            .ShouldContain(line => line.StartsWith("upper", StringComparison.Ordinal) && line.EndsWith("25", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_make_writes_info_reads_back_the_same()
    {
        (await ToolRunner.RunAsync("data", "make", "strokes", "--set", "train=50", "--set", "test=20", "-o", _scratch["d"])).ShouldSucceed()
            .Out.Trim().Split('\n').Length.ShouldBe(4);
        string written = (await ToolRunner.RunAsync("data", "info", _scratch["d"])).ShouldSucceed().Out;
        string drawn = (await ToolRunner.RunAsync("data", "info", "strokes", "--set", "train=50", "--set", "test=20")).ShouldSucceed().Out;
        written[written.IndexOf('\n')..].ShouldBe(drawn[drawn.IndexOf('\n')..]);
    }

    [Fact]
    public async Task Make_overwrites_nothing()
    {
        (await ToolRunner.RunAsync("data", "make", "xor", "-o", _scratch["d"])).ShouldSucceed();
        (await ToolRunner.RunAsync("data", "make", "xor", "-o", _scratch["d"])).ShouldBeRefused("xor.csv", "not overwritten");
    }

    [Theory]
    [InlineData("did you mean 'moons'?", "info", "moon")]
    [InlineData("'m' is", "info", "moons", "--set", "m=3")]
    [InlineData("NAME=NUMBER, not 'n=many'", "info", "moons", "--set", "n=many")]
    [InlineData("read from files", "make", "mnist", "-o", "x")]
    public async Task A_mistake_is_refused(string message, params string[] arguments) =>
        (await ToolRunner.RunAsync(["data", .. arguments])).ShouldBeRefused(message.Replace("'m' is", "no option 'm'"));
}
