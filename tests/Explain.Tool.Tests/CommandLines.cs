namespace Explain.Tool.Tests;

/// <summary>What the tool makes of command lines: help, mistakes and exit codes.</summary>
public sealed class CommandLines
{
    [Theory]
    [InlineData("explain")]
    [InlineData("demo")]
    [InlineData("train")]
    [InlineData("verify")]
    [InlineData("gallery")]
    [InlineData("render")]
    [InlineData("figures")]
    [InlineData("analyse")]
    [InlineData("inspect")]
    [InlineData("export")]
    [InlineData("data")]
    [InlineData("data make")]
    public async Task Help_is_as_reviewed(string command)
    {
        string[] arguments = command == "explain" ? ["--help"] : [.. command.Split(' '), "--help"];
        var result = (await ToolRunner.RunAsync(arguments)).ShouldSucceed();
        Golden.MatchText($"help-{command.Replace(' ', '-')}.txt", result.Out);
    }

    [Fact]
    public async Task Without_a_command_the_help_is_shown() =>
        (await ToolRunner.RunAsync()).ShouldSucceed().Out.ShouldBe((await ToolRunner.RunAsync("--help")).Out);

    [Theory]
    [InlineData("tarin recipe.yaml", "`explain` has no command 'tarin'; did you mean 'train'?")]
    [InlineData(
        "paint",
        "`explain` has no command 'paint'; allowed are 'demo', 'train', 'verify', 'gallery', 'render', 'analyse', 'figures', "
            + "'inspect', 'export' and 'data'.")]
    [InlineData("data lits", "`explain data` has no command 'lits'; did you mean 'list'?")]
    [InlineData("data", "`explain data` needs a command: 'list', 'info' and 'make'.")]
    [InlineData("train --epoch 3 xor-tanh", "`explain train` has no option '--epoch'; did you mean '--epochs'?")]
    [InlineData("train xor-tanh --thread 3", "`explain train` has no option '--thread'; did you mean '--threads'?")]
    [InlineData("train", "`explain train` needs recipe; its usage is `explain train RECIPE`.")]
    [InlineData("inspect a b", "`explain inspect` does not know what to do with 'b'; its usage is `explain inspect MODEL`.")]
    [InlineData("train xor-tanh --epochs ten", "--epochs takes a whole number from 1; 'ten' is not one.")]
    [InlineData("train xor-tanh --epochs 0", "--epochs takes a whole number from 1; '0' is not one.")]
    [InlineData("train xor-tanh --seed -1", "--seed takes a whole number from 0; '-1' is not one.")]
    [InlineData("train xor-tanh --set rate", "--set takes PATH=VALUE")]
    [InlineData("gallery runs --theme pink", "pink")]
    [InlineData("demo --out /nowhere --force --resume", "--force begins anew and --resume goes on; only one of them can be given.")]
    [InlineData("render run -o x.png", "--figure")]
    public async Task A_mistake_is_named_with_what_was_probably_meant(string line, string message) =>
        (await ToolRunner.RunAsync(line.Split(' '))).ShouldBeRefused(message);

    [Fact]
    public async Task Only_verbose_shows_where_an_error_comes_from()
    {
        (await ToolRunner.RunAsync("inspect", "/nowhere")).ShouldBeRefused("/nowhere");
        var verbose = await ToolRunner.RunAsync("inspect", "/nowhere", "--verbose");
        verbose.Code.ShouldBe(2);
        verbose.Error.ShouldContain("   at ");
    }

    [Fact]
    public async Task The_version_is_printed() => (await ToolRunner.RunAsync("--version")).ShouldSucceed().Out.Trim().ShouldNotBeEmpty();
}
