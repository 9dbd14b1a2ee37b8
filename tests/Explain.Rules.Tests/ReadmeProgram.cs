using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Explain.Rules.Tests;

/// <summary>The program in the README is one that a reader can type in.</summary>
public sealed partial class ReadmeProgram
{
    [Fact]
    public void Compiles()
    {
        string readme = File.ReadAllText(Path.Combine(Repository.Root, "README.md"));
        string program = "using System;\n" + CSharpBlock().Match(readme).Groups["program"].Value;
        program.ShouldContain("new Trainer(");
        var references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Select(path => MetadataReference.CreateFromFile(path));
        var compilation = CSharpCompilation.Create("readme", [CSharpSyntaxTree.ParseText(program)], references, new CSharpCompilationOptions(OutputKind.ConsoleApplication));
        var errors = compilation.GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).Select(diagnostic => diagnostic.ToString());
        errors.ShouldBeEmpty();
    }

    [GeneratedRegex("```csharp\n(?<program>.*?)```", RegexOptions.Singleline)]
    private static partial Regex CSharpBlock();
}
