using Explain.Core;

namespace Explain.Tool.Tests;

/// <summary>Runs the tool in this process and keeps what it said.</summary>
internal static class ToolRunner
{
    public static async Task<ToolResult> RunAsync(params string[] arguments)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        int code = await CommandLine.RunAsync(arguments, new Terminal(output, error, ProgressStyle.Silent));
        return new ToolResult(code, output.ToString(), error.ToString());
    }
}

/// <summary>What a command said and how it ended.</summary>
internal sealed record ToolResult(int Code, string Out, string Error)
{
    /// <summary>Fails unless the command did its work and complained of nothing.</summary>
    public ToolResult ShouldSucceed()
    {
        Error.ShouldBe("");
        Code.ShouldBe(0, Out);
        return this;
    }

    /// <summary>Fails unless the command line or an input was refused, in one line that holds all of <paramref name="parts"/>.</summary>
    public void ShouldBeRefused(params string[] parts)
    {
        Code.ShouldBe(2, Error);
        Out.ShouldBe("");
        Error.ShouldStartWith("error: ");
        Error.ShouldNotContain("   at ");
        foreach (string part in parts) Error.ShouldContain(part);
    }
}
