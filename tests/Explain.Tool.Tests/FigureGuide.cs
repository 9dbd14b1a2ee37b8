using Explain.Render;

namespace Explain.Tool.Tests;

/// <summary>docs/figures has what the catalogue has.</summary>
public sealed class FigureGuide
{
    private static string Docs => Path.Combine(Repository(), "docs", "figures");

    [Fact]
    public void Every_figure_has_a_section_with_two_pictures()
    {
        string guide = File.ReadAllText(Path.Combine(Docs, "README.md"));
        foreach (var kind in FigureCatalog.All)
        {
            guide.ShouldContain($"\n## {kind.Name}\n");
            guide.ShouldContain($"--figure {kind.Name} ");
            guide.ShouldContain(kind.HowToRead);
            guide.ShouldContain(kind.Beware);
            foreach (string theme in new[] { "light", "dark" })
                File.Exists(Path.Combine(Docs, $"{kind.Name}-{theme}.png")).ShouldBeTrue(kind.Name);
        }
    }

    private static string Repository()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Explain.sln"))) return folder.FullName;
        }
        throw new DirectoryNotFoundException("No folder above the tests holds Explain.sln.");
    }
}
