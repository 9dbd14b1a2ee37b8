using System.Reflection;
using System.Text.RegularExpressions;
using Explain.Render;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Explain.Rules.Tests;

/// <summary>The programs in documents are ones that a reader can type in.</summary>
public sealed partial class Programs
{
    public static TheoryData<string> Figures => [.. FigureCatalog.All.Select(kind => kind.Name)];

    [Fact]
    public void That_of_the_readme_compiles()
    {
        string readme = File.ReadAllText(Path.Combine(Repository.Root, "README.md"));
        string program = CSharpBlock().Match(readme).Groups["program"].Value;
        program.ShouldContain("new Trainer(");
        Errors(program).ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Figures))]
    public void That_of_a_figure_compiles_and_saves_it(string name)
    {
        var kind = FigureCatalog.Find(name);
        kind.Program.ShouldContain(".Save", customMessage: $"{name} has no program that saves it.");
        Errors($"""
            using Explain.Core;
            using Explain.Render;

            var run = RunFolder.Open("runs/strokes");
            var runs = RunFolder.OpenAll("runs/comparison");
            {kind.Program}
            """).ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Figures))]
    public void A_figure_says_how_it_is_read_and_what_to_beware_of(string name)
    {
        var kind = FigureCatalog.Find(name);
        foreach (string text in new[] { kind.Summary, kind.HowToRead, kind.Beware })
        {
            text.Length.ShouldBeGreaterThan(20);
            ".?".ShouldContain(text[^1]);
        }
    }

    [Fact]
    public void Core_and_render_share_no_public_name()
    {
        static IEnumerable<string> Names(string assembly) =>
            Assembly.Load(assembly).GetExportedTypes().Where(type => !type.IsNested).Select(type => type.Name);
        Names("Explain.Core").Intersect(Names("Explain.Render")).ShouldBeEmpty("A program that uses both would have to spell them out.");
    }

    private static IEnumerable<string> Errors(string program)
    {
        var compilation = CSharpCompilation.Create(
            "program",
            [CSharpSyntaxTree.ParseText("using System;\n" + program)],
            Repository.References,
            new CSharpCompilationOptions(OutputKind.ConsoleApplication));
        return compilation.GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)
            .Select(diagnostic => diagnostic.ToString());
    }

    [GeneratedRegex("```csharp\n(?<program>.*?)```", RegexOptions.Singleline)]
    private static partial Regex CSharpBlock();
}
