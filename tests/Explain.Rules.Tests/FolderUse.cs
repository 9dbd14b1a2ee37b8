using System.Reflection;
using System.Xml.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Explain.Rules.Tests;

/// <summary>A place in the sources that uses what another file declares, as the compiler binds it.</summary>
internal sealed record FolderUse(string File, int Line, string Name, string DeclaredIn)
{
    private static readonly CSharpParseOptions Parsing = new(LanguageVersion.Latest);

    /// <summary>All of them in the three projects. Comments and the links in them are not looked at.</summary>
    public static IReadOnlyList<FolderUse> All { get; } =
        [.. Compile(Repository.Projects.Select(name => (name, Trees(name)))).SelectMany(Uses)];

    /// <summary>The uses within one project whose sources are given.</summary>
    /// <exception cref="InvalidOperationException">The sources do not compile.</exception>
    public static IEnumerable<FolderUse> Of(params (string Path, string Text)[] sources) =>
        Compile([("Trial", sources.Select(source => Parse(source.Path, source.Text)).ToList())]).SelectMany(Uses);

    public override string ToString() => $"{File}:{Line} uses {Name} of {DeclaredIn}";

    private static List<CSharpCompilation> Compile(IEnumerable<(string Name, List<SyntaxTree> Trees)> projects)
    {
        var references = Repository.References
            .Where(reference => !Repository.Projects.Contains(Path.GetFileNameWithoutExtension(reference.FilePath)))
            .ToList<MetadataReference>();
        var library = new CSharpCompilationOptions(
            OutputKind.DynamicallyLinkedLibrary,
            allowUnsafe: true,
            nullableContextOptions: NullableContextOptions.Enable);
        var compiled = new List<CSharpCompilation>();
        foreach (var (name, trees) in projects)
        {
            bool program = trees.Exists(tree => tree.GetRoot().ChildNodes().OfType<GlobalStatementSyntax>().Any());
            var options = program ? library.WithOutputKind(OutputKind.ConsoleApplication) : library;
            var compilation = CSharpCompilation.Create(name, trees, references, options);
            references.Add(compilation.ToMetadataReference());
            compiled.Add(compilation);
        }
        return compiled;
    }

    private static List<SyntaxTree> Trees(string project)
    {
        var linked = from item in XDocument.Load(Path.Combine(Repository.Root, project, project + ".csproj")).Descendants("Compile")
                     from path in ((string?)item.Attribute("Include") ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries)
                     select path["../".Length..];
        return
        [
            .. Repository.Sources(project).Select(source => Parse(source.Path, source.Text)),
            .. linked.Select(path => Parse(path, Repository.Read(path))),
            .. Generated(project),
        ];
    }

    /// <summary>What the last build wrote below obj. A page's class counts as the page, the rest has no place of its own.</summary>
    private static IEnumerable<SyntaxTree> Generated(string project)
    {
        string configuration = typeof(FolderUse).Assembly.GetCustomAttribute<AssemblyConfigurationAttribute>()!.Configuration;
        string folder = Path.Combine(Repository.Root, project, "obj", configuration, "net10.0");
        var pages = Repository.Sources(project, "*.razor").Select(page => page.Path).ToDictionary(
            path => path[project.Length..].Replace(".razor", "_razor.g.cs", StringComparison.Ordinal));
        // What packing for a platform wrote lies in a folder of that platform beside these, once more.
        return from file in Directory.EnumerateFiles(folder, "*.cs").Concat(
                   Directory.EnumerateFiles(Path.Combine(folder, "generated"), "*.cs", SearchOption.AllDirectories))
               let page = pages.Keys.FirstOrDefault(page => file.Replace('\\', '/').EndsWith(page, StringComparison.Ordinal))
               select Parse(page is null ? "" : pages[page], System.IO.File.ReadAllText(file));
    }

    private static SyntaxTree Parse(string path, string text) => CSharpSyntaxTree.ParseText(text, Parsing, path);

    private static List<FolderUse> Uses(CSharpCompilation compilation) =>
        [.. from tree in compilation.SyntaxTrees.AsParallel().AsOrdered()
            where tree.FilePath.Length > 0
            let model = compilation.GetSemanticModel(tree)
            from node in tree.GetRoot().DescendantNodes()
            where node is SimpleNameSyntax or ImplicitObjectCreationExpressionSyntax
            from symbol in Symbols(model, node)
            let home = Home(symbol, tree)
            where home is not null && home != tree.FilePath
            select new FolderUse(tree.FilePath, tree.GetLineSpan(node.Span).StartLinePosition.Line + 1, Words(symbol), home)];

    /// <summary>What a name or a <c>new()</c> stands for: types (of <c>var</c> the one that it is), members, what is constructed.</summary>
    /// <exception cref="InvalidOperationException">The name stands for nothing: what is not bound would not be counted.</exception>
    private static IEnumerable<ISymbol> Symbols(SemanticModel model, SyntaxNode node)
    {
        var found = model.GetSymbolInfo(node);
        if (found.Symbol is null && found.CandidateSymbols.IsEmpty && node is not IdentifierNameSyntax { Identifier.Text: "nameof" })
            throw new InvalidOperationException($"{model.SyntaxTree.FilePath}: {node} in {node.Parent} is unknown here.");
        return found.Symbol is ITypeSymbol type ? Parts(type) : found.Symbol is { } symbol ? [symbol] : found.CandidateSymbols;
    }

    private static string Words(ISymbol symbol) => symbol.ContainingType is { } type ? type.Name + "." + symbol.Name : symbol.Name;

    private static IEnumerable<ISymbol> Parts(ITypeSymbol type) => type switch
    {
        IArrayTypeSymbol array => Parts(array.ElementType),
        IPointerTypeSymbol pointer => Parts(pointer.PointedAtType),
        INamedTypeSymbol { TypeArguments.Length: > 0 } generic => generic.TypeArguments.SelectMany(Parts).Prepend(generic),
        _ => [type],
    };

    /// <summary>The file that declares a type or a member, null for what is declared elsewhere or within a method.</summary>
    private static string? Home(ISymbol symbol, SyntaxTree user)
    {
        if (symbol is IMethodSymbol { ReducedFrom: { } extension }) symbol = extension;
        if (symbol is IMethodSymbol { AssociatedSymbol: { } property }) symbol = property;
        symbol = symbol.OriginalDefinition;
        if (symbol is (not (INamedTypeSymbol or IMethodSymbol or IPropertySymbol or IFieldSymbol or IEventSymbol))
            or IMethodSymbol { MethodKind: MethodKind.LocalFunction or MethodKind.AnonymousFunction }) return null;
        for (var declared = symbol; declared is not null; declared = declared.ContainingType)
        {
            var files = declared.DeclaringSyntaxReferences.Select(part => part.SyntaxTree.FilePath)
                .Where(path => path.Length > 0)
                .ToList();
            if (files.Count > 0) return files.Contains(user.FilePath) ? user.FilePath : files[0];
        }
        return null;
    }
}
