using System.Reflection;

namespace Explain.Rules.Tests;

/// <summary>
/// Data → Networks → Training → Runs → Analyses → Figures → Gallery: what may know of what. One assembly and one
/// namespace let everything see everything, so the order is kept here.
/// </summary>
public sealed class Direction
{
    /// <summary>
    /// A folder stands below those that it uses, and uses only those listed beside it. What lies deeper than a listed
    /// folder belongs to it; "Core" alone means the files at its root, "Core/*" everything in it.
    /// </summary>
    private static readonly (string Folder, string[] Uses)[] Allowed =
    [
        ("Core", []),
        ("Core/Numerics", ["Core"]),
        ("Core/Data", ["Core", "Core/Numerics"]),
        ("Core/Networks", ["Core", "Core/Numerics", "Core/Data"]),
        ("Core/Training", ["Core", "Core/Numerics", "Core/Data", "Core/Networks"]),
        ("Core/Runs", ["Core", "Core/Numerics", "Core/Data", "Core/Networks", "Core/Training"]),
        ("Core/Recipes", ["Core", "Core/Data", "Core/Networks", "Core/Training", "Core/Runs"]),
        ("Core/Exchange", ["Core", "Core/Numerics", "Core/Data", "Core/Networks", "Core/Training", "Core/Runs"]),
        ("Core/Analyses", ["Core", "Core/Numerics", "Core/Networks", "Core/Training", "Core/Runs"]),
        ("Core/Analyses/Predictions",
        [
            "Core", "Core/Numerics", "Core/Data", "Core/Networks", "Core/Training", "Core/Runs", "Core/Analyses",
        ]),
        ("Core/Analyses/Attribution",
        [
            "Core", "Core/Numerics", "Core/Data", "Core/Networks", "Core/Training", "Core/Runs", "Core/Analyses",
            "Core/Analyses/Predictions",
        ]),
        ("Core/Analyses/Embedding", ["Core", "Core/Numerics", "Core/Data", "Core/Networks", "Core/Training", "Core/Runs", "Core/Analyses"]),
        ("Core/Analyses/Spectra", ["Core", "Core/Numerics", "Core/Training", "Core/Runs", "Core/Analyses", "Core/Analyses/Embedding"]),
        ("Core/Analyses/Units",
        [
            "Core", "Core/Numerics", "Core/Data", "Core/Networks", "Core/Training", "Core/Runs", "Core/Analyses",
            "Core/Analyses/Embedding",
        ]),
        ("Core/Analyses/Landscapes",
        [
            "Core", "Core/Numerics", "Core/Data", "Core/Networks", "Core/Training", "Core/Runs", "Core/Analyses",
            "Core/Analyses/Embedding",
        ]),
        ("Core/Analyses/Catalog",
        [
            "Core", "Core/Runs", "Core/Analyses", "Core/Analyses/Predictions", "Core/Analyses/Attribution", "Core/Analyses/Embedding",
            "Core/Analyses/Spectra", "Core/Analyses/Units", "Core/Analyses/Landscapes",
        ]),
        ("Render/Scene", []),
        ("Render/Text", ["Render/Scene"]),
        ("Render/Color", ["Core/Numerics", "Render/Scene", "Render/Text"]),
        ("Render/Scales", ["Core/Numerics", "Render/Scene", "Render/Text", "Render/Color"]),
        ("Render/Statistics", ["Core/Numerics", "Render/Scene", "Render/Scales"]),
        ("Render/Marks", ["Core/Numerics", "Render/Scene", "Render/Text", "Render/Color", "Render/Scales", "Render/Statistics"]),
        ("Render/Plots", ["Core/Numerics", "Render/Scene", "Render/Text", "Render/Color", "Render/Scales", "Render/Marks"]),
        ("Render/Spatial", ["Core/Numerics", "Render/Scene", "Render/Text", "Render/Color", "Render/Scales", "Render/Plots"]),
        ("Render/Output/Canvas", ["Core/Numerics", "Render/Scene"]),
        ("Render/Output/Png", ["Render/Scene"]),
        ("Render/Output/Svg", ["Render/Scene", "Render/Text", "Render/Color", "Render/Output/Canvas", "Render/Output/Png"]),
        ("Render/Output/Skia", ["Render/Scene", "Render/Text", "Render/Color", "Render/Output/Canvas", "Render/Output/Png"]),
        ("Render/Output", ["Render/Scene", "Render/Output/Canvas", "Render/Output/Svg", "Render/Output/Skia"]),
        ("Render/Figures",
        [
            "Core", "Core/Numerics", "Core/Data", "Core/Networks", "Core/Training", "Core/Runs", "Core/Analyses",
            "Core/Analyses/Predictions", "Core/Analyses/Attribution", "Core/Analyses/Embedding", "Core/Analyses/Spectra",
            "Core/Analyses/Units", "Core/Analyses/Landscapes", "Render/Scene", "Render/Text", "Render/Color", "Render/Scales",
            "Render/Statistics", "Render/Marks", "Render/Plots", "Render/Spatial",
        ]),
        ("Tool/Printing", ["Core/*"]),
        ("Tool/Gallery", ["Core/*", "Render/Scene", "Render/Text", "Render/Color", "Render/Figures", "Render/Output", "Tool/Printing"]),
        ("Tool/Training", ["Core/*", "Tool/Printing"]),
        ("Tool/Inspection", ["Core/*", "Tool/Printing"]),
        ("Tool/Book", ["Core/*", "Render/*", "Tool/Printing", "Tool/Training"]),
        ("Tool/Commands", ["Core/*", "Render/*", "Tool/Gallery", "Tool/Book", "Tool/Printing", "Tool/Training", "Tool/Inspection"]),
        ("Tool", ["Tool/Commands", "Tool/Printing"]),
    ];

    [Fact]
    public void Every_folder_uses_only_those_before_it()
    {
        var offenders = from use in Crossing
                        where Place(use.To) > Place(use.From) || !May(use.From, use.To)
                        group use.Use by (use.From, use.To) into uses
                        select $"{uses.Key.From} uses {uses.Key.To} {uses.Count()} times: {string.Join("; ", uses.Take(3))}";
        offenders.ShouldBeEmpty();
    }

    [Fact]
    public void Every_allowed_use_is_made()
    {
        var made = Crossing.Select(use => (use.From, use.To)).ToHashSet();
        var idle = from row in Allowed
                   from other in row.Uses
                   where !made.Any(use => use.From == row.Folder && Covers(other, use.To))
                   select $"{row.Folder} does not use {other}: take it off its list.";
        idle.ShouldBeEmpty();
    }

    [Fact]
    public void Every_folder_has_its_place()
    {
        var folders = Repository.Projects.SelectMany(project => Repository.Sources(project))
            .Select(source => Folder(source.Path)).Distinct().ToList();
        folders.Where(folder => Row(folder) is null).ShouldBeEmpty("They stand nowhere in the table.");
        var rows = folders.Select(Row).ToHashSet();
        Allowed.Select(row => row.Folder).Where(folder => !rows.Contains(folder)).ShouldBeEmpty("The table has folders that are gone.");
    }

    [Fact]
    public void A_use_is_what_the_compiler_binds_and_nothing_else()
    {
        const string holder = "namespace N; public class Holder { public Datum It { get; init; } = new(1); "
            + "public static Datum New() => new(2); }";
        const string data = """
            namespace N;
            public record Datum(int Size);
            public enum Kind { One }
            public static class Extensions { public static int Twice(this int x) => 2 * x; }
            """;
        Uses("Datum? D;").ShouldBe(["Datum"]);
        Uses("int F(Holder h) => h.It.Size;").ShouldBe(["Datum.Size"]);
        Uses("void F() { var x = Holder.New(); }").ShouldBe(["Datum"]);
        Uses("int F() => 2.Twice();").ShouldBe(["Extensions.Twice"]);
        Uses("Holder F() => new() { It = new(1) };").ShouldBe(["Datum..ctor"]);
        Uses("string F(int Datum) => $\"{nameof(Datum)}\"; /* Datum */").ShouldBeEmpty();
        Uses("string Kind => \"Kind\"; string F() => Kind;").ShouldBeEmpty();

        IEnumerable<string> Uses(string members) =>
            from use in FolderUse.Of(
                ("A/Data.cs", data), ("B/Holder.cs", holder), ("C/User.cs", $"namespace N; class User {{ {members} }}"))
            where use.File == "C/User.cs" && use.DeclaredIn == "A/Data.cs"
            select use.Name;
    }

    [Fact]
    public void Core_knows_nothing_of_drawing_or_of_the_tool()
    {
        References("Explain.Core").ShouldNotContain("Explain.Render");
        References("Explain.Core").ShouldNotContain("Explain.Tool");
        References("Explain.Render").ShouldNotContain("Explain.Tool");
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

    /// <summary>Uses from one row of the table to another.</summary>
    private static IEnumerable<(FolderUse Use, string From, string To)> Crossing =>
        from use in FolderUse.All
        let @from = Row(Folder(use.File))
        let to = Row(Folder(use.DeclaredIn))
        where @from is not null && to is not null && @from != to
        select (use, @from, to);

    private static int Place(string folder) => Array.FindIndex(Allowed, row => row.Folder == folder);

    private static string[] Of(string folder) => Array.Find(Allowed, row => row.Folder == folder).Uses;

    private static bool May(string from, string to) => Of(from).Any(allowed => Covers(allowed, to));

    private static bool Covers(string allowed, string folder) =>
        allowed.EndsWith("/*", StringComparison.Ordinal)
            ? (folder + "/").StartsWith(allowed[..^1], StringComparison.Ordinal)
            : folder == allowed;

    private static string Folder(string path) => path["Explain.".Length..path.LastIndexOf('/')];

    /// <summary>The row that a folder belongs to: the deepest that holds it. That of a root holds only its own files.</summary>
    private static string? Row(string folder) =>
        Allowed.Select(row => row.Folder)
            .Where(row => folder == row || (row.Contains('/') && folder.StartsWith(row + "/", StringComparison.Ordinal)))
            .MaxBy(row => row.Length);

    private static IEnumerable<string?> References(string assembly) =>
        Assembly.Load(assembly).GetReferencedAssemblies().Select(reference => reference.Name);
}
