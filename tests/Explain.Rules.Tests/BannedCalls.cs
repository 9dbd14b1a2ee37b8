using System.Collections.Immutable;
using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace Explain.Rules.Tests;

/// <summary>
/// build/BannedSymbols*.txt, which BannedApiAnalyzers holds the sources to: a line that names nothing bans nothing, and
/// what nobody listed is allowed. So both are looked at here.
/// </summary>
public sealed partial class BannedCalls
{
    private const string Mathematics = "build/BannedSymbols.Mathematics.txt";

    private static readonly string[] Files = ["build/BannedSymbols.txt", "build/BannedSymbols.Libraries.txt", Mathematics];

    private static readonly Lazy<CSharpCompilation> Platform = new(() => Compile(""));

    [Fact]
    public void Every_banned_symbol_exists_and_says_why()
    {
        foreach (string line in Files.SelectMany(Lines))
        {
            string[] parts = line.Split(';', 2);
            DocumentationCommentId.GetSymbolsForDeclarationId(parts[0], Platform.Value).ShouldNotBeEmpty($"{parts[0]} names nothing.");
            parts.Length.ShouldBe(2, $"{line} has no reason.");
        }
    }

    /// <summary>
    /// "The same bytes on every machine": nothing that decides a bit calls what differs between machines. Square roots,
    /// rounding and fused multiply-adds are exact by IEEE 754 and therefore the same everywhere. Estimates, and the vectors'
    /// own functions built on them, depend on the processor.
    /// </summary>
    [Fact]
    public void The_whole_mathematical_library_of_the_platform_is_banned()
    {
        var banned = Lines(Mathematics).Select(line => line.Split(';')[0]).ToHashSet();
        var missing = from type in Types(Platform.Value.GlobalNamespace)
                      where type.DeclaredAccessibility == Accessibility.Public && Numeric(type)
                      from method in type.GetMembers().OfType<IMethodSymbol>()
                      where method is { DeclaredAccessibility: Accessibility.Public, IsStatic: true }
                      where PlatformFunction().IsMatch(method.Name)
                      let id = method.GetDocumentationCommentId()
                      where !banned.Contains(id)
                      orderby id
                      select $"{id};PortableMath or VectorMath has it for every machine alike";
        string.Join('\n', missing).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("double y = Math.Log10(x);", true)]
    [InlineData("var y = new[] { x }.Select(Math.Exp);", true)]
    [InlineData("double y = MathF . Pow(2, 2);", true)]
    [InlineData("var y = double.SinCos(x);", true)]
    [InlineData("var y = float.RootN(1, 3);", true)]
    [InlineData("var y = Vector256.Exp(Vector256.Create(x));", true)]
    [InlineData("var y = Math.ReciprocalSqrtEstimate(x);", true)]
    [InlineData("var y = Log10(x);", true)]
    [InlineData("var y = Other.Log10(x);", true)]
    [InlineData("T F<T>(T t) where T : IExponentialFunctions<T> => T.Exp(t);", true)]
    [InlineData("Parallel.For(0, 1, _ => { });", true)]
    [InlineData("var y = new[] { x }.AsParallel();", true)]
    [InlineData("new Thread(() => { }).Start();", true)]
    [InlineData("ThreadPool.QueueUserWorkItem(_ => { });", true)]
    [InlineData("var y = Random.Shared.NextDouble();", true)]
    [InlineData("var y = DateTime.Now;", true)]
    [InlineData("var y = \"\".GetHashCode();", true)]
    [InlineData("Console.WriteLine(x);", true)]
    [InlineData("Environment.Exit(0);", true)]
    [InlineData("double y = Math.Sqrt(x);", false)]
    [InlineData("double y = Math.FusedMultiplyAdd(x, x, x);", false)]
    [InlineData("double y = Mine.Log10(x); // Math.Log10(x)", false)]
    [InlineData("int y = int.Log2(2);", false)]
    [InlineData("Thread.SpinWait(2);", false)]
    public async Task A_banned_call_is_told_from_others_of_its_name(string code, bool isBanned)
    {
        var program = Compile($$"""
            using System; using System.Linq; using System.Numerics; using System.Runtime.Intrinsics;
            using System.Threading; using System.Threading.Tasks;
            using static System.Math; using Other = System.Math;
            static class Mine { public static double Log10(double x) => x; }
            static class Program { static void Main() { double x = 1; {{code}}
            } }
            """);
        program.GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).ShouldBeEmpty();
        var lists = new AnalyzerOptions([.. Files.Select(file => (AdditionalText)new BannedList(file))]);
        var found = await program.WithAnalyzers([Analyzer()], lists).GetAnalyzerDiagnosticsAsync();
        found.Any(diagnostic => diagnostic.Id == "RS0030").ShouldBe(isBanned, string.Join('\n', found));
    }

    private static DiagnosticAnalyzer Analyzer()
    {
        string package = typeof(BannedCalls).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(attribute => attribute.Key == "BannedApiAnalyzers").Value!;
        string folder = Path.Combine(package, "analyzers", "dotnet", "cs");
#pragma warning disable S3885 // An analyser is no reference of this project: it has a path and no name that Load would know.
        _ = Assembly.LoadFrom(Path.Combine(folder, "Microsoft.CodeAnalysis.BannedApiAnalyzers.dll"));
        var analyzers = Assembly.LoadFrom(Path.Combine(folder, "Microsoft.CodeAnalysis.CSharp.BannedApiAnalyzers.dll"));
#pragma warning restore S3885
        var analyzer = analyzers.GetTypes().Single(type => type.Name == "CSharpSymbolIsBannedAnalyzer");
        return (DiagnosticAnalyzer)Activator.CreateInstance(analyzer)!;
    }

    private static CSharpCompilation Compile(string program) =>
        CSharpCompilation.Create(
            "program",
            [CSharpSyntaxTree.ParseText(program)],
            Repository.References,
            new CSharpCompilationOptions(OutputKind.ConsoleApplication));

    private static IEnumerable<string> Lines(string file) =>
        Repository.Read(file).Split('\n').Where(line => line.Length > 0 && !line.StartsWith("//", StringComparison.Ordinal));

    private static bool Numeric(INamedTypeSymbol type)
    {
        string space = type.ContainingNamespace.ToDisplayString();
        return space switch
        {
            "System" => type.Name is "Math" or "MathF" or "Double" or "Single" or "Half",
            // Whole numbers are exact.
            "System.Numerics" => type.Name is not ("BigInteger" or "BitOperations"),
            _ => space.StartsWith("System.Runtime.Intrinsics", StringComparison.Ordinal),
        };
    }

    private static IEnumerable<INamedTypeSymbol> Types(INamespaceOrTypeSymbol within) =>
        within.GetMembers().OfType<INamespaceOrTypeSymbol>()
            .SelectMany(member => member is INamedTypeSymbol type ? Types(member).Prepend(type) : Types(member));

    [GeneratedRegex(
        "^(?:Log(?:P1|2|10|2P1|10P1)?|Exp(?:2|10|M1|2M1|10M1)?|Pow|Cbrt|RootN|Hypot"
        + "|A?(?:Sin|Cos|Tan)(?:h|Pi)?|SinCos(?:Pi)?|Atan2(?:Pi)?|.*Estimate|Reciprocal.*)$")]
    private static partial Regex PlatformFunction();

    /// <summary>A list as the compiler hands it to analysers.</summary>
    private sealed class BannedList(string path) : AdditionalText
    {
        public override string Path => path;

        public override SourceText GetText(CancellationToken cancellationToken = default) => SourceText.From(Repository.Read(path));
    }
}
