using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;

namespace Explain.Rules.Tests;

/// <summary>The checkout that these tests were compiled from.</summary>
internal static class Repository
{
    public static string Root { get; } = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(ThisFile())!, "..", ".."));

    /// <summary>The projects that people use, in the order of their references.</summary>
    public static IReadOnlyList<string> Projects { get; } = ["Explain.Core", "Explain.Render", "Explain.Tool"];

    /// <summary>The platform and all packages, as a compiler is given them.</summary>
    public static IReadOnlyList<PortableExecutableReference> References { get; } =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Select(path => MetadataReference.CreateFromFile(path)),
    ];

    /// <summary>Source files below <paramref name="folder"/>, without build output, with their path from the root.</summary>
    public static IEnumerable<(string Path, string Text)> Sources(string folder, string pattern = "*.cs") =>
        from file in Directory.EnumerateFiles(Path.Combine(Root, folder), pattern, SearchOption.AllDirectories)
        let path = Path.GetRelativePath(Root, file).Replace('\\', '/')
        where !path.Contains("/obj/") && !path.Contains("/bin/")
        orderby path
        select (path, File.ReadAllText(file));

    /// <summary>The text of a file, given its path from the root.</summary>
    public static string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
