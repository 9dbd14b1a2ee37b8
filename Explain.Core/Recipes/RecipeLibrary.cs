using System.Reflection;

namespace Explain.Core;

/// <summary>The recipes that come with the program: those of gallery/recipes, kept inside the assembly.</summary>
public static class RecipeLibrary
{
    private const string Prefix = "recipes/", Suffix = ".yaml";

    /// <summary>Their names, sorted.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        .. typeof(RecipeLibrary).Assembly.GetManifestResourceNames()
            .Where(n => n.StartsWith(Prefix, StringComparison.Ordinal) && n.EndsWith(Suffix, StringComparison.Ordinal))
            .Select(n => n[Prefix.Length..^Suffix.Length])
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>The YAML of one of <see cref="Names"/>.</summary>
    /// <exception cref="InputException">There is none of that name.</exception>
    public static string Read(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(Prefix + name + Suffix)
            ?? throw new InputException($"No recipe '{name}' comes with the program{Core.Names.Hint(name, Names)}");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
