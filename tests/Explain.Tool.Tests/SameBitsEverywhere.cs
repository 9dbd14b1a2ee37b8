using Explain.Core;

namespace Explain.Tool.Tests;

/// <summary>
/// A run made by the command verifies with any number of threads and in every vector width that the runtime can be told to use.
/// </summary>
public sealed class SameBitsEverywhere
{
    private const string Common = """
        data: {source: strokes, train: 160, test: 40, validation: 0.1}
        loss: softmax cross-entropy
        optimizer: {kind: adam, rate: 0.002}
        epochs: 2
        batch: 32
        seed: 5
        """;

    // Short: without intrinsics a fused multiply-add is a slow library call.
    private static readonly Dictionary<string, string> Recipes = new()
    {
        ["dense"] = "name: dense\nactivation: tanh\nnetwork:\n  - dense: 24\n  - dense: 16\n    activation: relu\n  - dense: 10\n",
        ["convolutional"] = "name: convolutional\nactivation: relu\naugment: {shift: 2, rotate: 10}\nnetwork:\n  - conv: 4\n    kernel: 5\n"
            + "    stride: 2\n  - batch norm\n  - max pool: 2\n  - conv: 8\n    kernel: 3\n  - average pool: 2\n"
            + "  - dropout: 0.3\n  - dense: 10\n",
    };

    public static TheoryData<string> Names => [.. Recipes.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_run_verifies_with_1_2_and_3_threads_in_every_vector_width(string name)
    {
        using var scratch = new TemporaryFolder();
        string run = scratch["run"];
        (await ToolProcess.RunAsync("", "train", scratch.Write("recipe.yaml", Recipes[name] + Common), "--out", run)).Code.ShouldBe(0);
        string hash = RunFolder.Open(run).WeightsHashes[^1];
        foreach (string width in new[] { "", "EnableAVX512=0", "EnableAVX2=0", "EnableHWIntrinsic=0" })
        {
            foreach (string threads in new[] { "1", "2", "3" })
            {
                var result = await ToolProcess.RunAsync(width, "verify", run, "--threads", threads);
                result.Code.ShouldBe(0, $"{width} {threads}: {result.Error}");
                result.Out.ShouldContain($"all 2 epochs match; weights after epoch 2 {hash}");
            }
        }
    }
}
