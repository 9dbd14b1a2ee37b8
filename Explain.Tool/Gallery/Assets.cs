using System.Reflection;

namespace Explain.Tool;

/// <summary>Files that travel inside the tool: the pages' styles and scripts.</summary>
internal static class Assets
{
    private static readonly Assembly Assembly = typeof(Assets).Assembly;

    /// <summary>Names of all files below <paramref name="folder"/>, e.g. "assets/explain.css".</summary>
    public static IReadOnlyList<string> Names(string folder) =>
        [.. Assembly.GetManifestResourceNames().Where(name => name.StartsWith(folder + "/", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)];

    /// <summary>The content of one of them.</summary>
    public static byte[] Read(string name)
    {
        using var stream = Assembly.GetManifestResourceStream(name)
            ?? throw new ArgumentException($"The tool holds no file '{name}'.", nameof(name));
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
