namespace Explain.Tool.Tests;

/// <summary>What a command needs to start: what draws is loaded only where something is drawn.</summary>
public sealed class StartUp
{
    [Fact]
    public async Task Help_comes_without_the_libraries_that_draw()
    {
        using var scratch = new TemporaryFolder();
        string program = Path.GetDirectoryName(typeof(CommandLine).Assembly.Location)!;
        foreach (string file in Directory.EnumerateFiles(program, "*.dll"))
        {
            string name = Path.GetFileName(file);
            if (!name.StartsWith("SkiaSharp", StringComparison.Ordinal) && !name.StartsWith("HarfBuzzSharp", StringComparison.Ordinal))
                File.Copy(file, Path.Combine(scratch.Path, name));
        }
        // Without the list of dependencies beside it, which would miss them, the program takes what lies in its folder.
        string configuration = Path.ChangeExtension(Path.GetFileName(typeof(CommandLine).Assembly.Location), ".runtimeconfig.json");
        File.Copy(Path.Combine(program, configuration), Path.Combine(scratch.Path, configuration));

        (await ToolProcess.RunInAsync(scratch.Path, "--help")).ShouldSucceed().Out.ShouldContain("render");
        (await ToolProcess.RunInAsync(scratch.Path, "render", "--help")).ShouldSucceed().Out.ShouldContain("--figure");
        (await ToolProcess.RunInAsync(scratch.Path, "render", "nowhere", "--figure", "curves", "-o", "x.png")).Error
            .ShouldContain("HarfBuzzSharp", customMessage: "drawing does need them");
    }
}
