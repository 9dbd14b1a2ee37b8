using System.Reflection;
using System.Text.RegularExpressions;

namespace Explain.Rules.Tests;

/// <summary>Data → Networks → Training → Snapshots → Figures → Gallery: what may know of what.</summary>
public sealed partial class Direction
{
    [Fact]
    public void Core_knows_nothing_of_drawing_or_of_the_tool()
    {
        References("Explain.Core").ShouldNotContain("Explain.Render");
        References("Explain.Core").ShouldNotContain("Explain.Tool");
        References("Explain.Render").ShouldNotContain("Explain.Tool");
    }

    [Fact]
    public void In_Render_only_the_figures_name_Core()
    {
        var offenders = from source in Repository.Sources("Explain.Render")
                        where !source.Path.Contains("/Figures/") && source.Text.Contains("Explain.Core", StringComparison.Ordinal)
                        select source.Path;
        offenders.ShouldBeEmpty();
    }

    [Fact]
    public void Parallel_loops_have_one_door()
    {
        const string Door = "Explain.Core/Numerics/RowTeam.cs";
        var offenders = from folder in (string[])["Explain.Core", "Explain.Render"]
                        from source in Repository.Sources(folder)
                        where source.Path != Door && ParallelCall().IsMatch(source.Text)
                        select source.Path;
        offenders.ShouldBeEmpty();
    }

    [Fact]
    public void Each_assembly_has_one_flat_namespace()
    {
        foreach (string name in (string[])["Explain.Core", "Explain.Render"])
        {
            var strays = from type in Assembly.Load(name).GetExportedTypes() where type.Namespace != name select type.FullName;
            strays.ShouldBeEmpty();
        }
    }

    private static IEnumerable<string?> References(string assembly) => Assembly.Load(assembly).GetReferencedAssemblies().Select(reference => reference.Name);

    [GeneratedRegex(@"\bParallel\s*\.\s*(For|ForEach|Invoke)\w*\s*[<(]|\.AsParallel\(\)")]
    private static partial Regex ParallelCall();
}
