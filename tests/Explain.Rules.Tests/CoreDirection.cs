using System.Text.RegularExpressions;

namespace Explain.Rules.Tests;

/// <summary>
/// Which folder of Explain.Core may use types of which other. One assembly and one namespace let everything see everything, so the order is kept here: a folder
/// uses only those listed beside it. The files at the root (errors, names in messages, whole files) serve all.
/// </summary>
public sealed partial class CoreDirection
{
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Numerics"] = [],
        ["Data"] = ["Numerics"],
        ["Networks"] = ["Numerics", "Data"],
        ["Runs"] = ["Numerics", "Data", "Networks"],
        ["Training"] = ["Numerics", "Data", "Networks", "Runs"],
        ["Analyses"] = ["Numerics", "Runs"],
        ["Analyses/Embedding"] = ["Numerics", "Data", "Networks", "Runs", "Analyses"],
        ["Analyses/Predictions"] = ["Numerics", "Data", "Networks", "Runs"],
        ["Analyses/Attribution"] = ["Numerics", "Data", "Networks", "Runs", "Analyses", "Analyses/Predictions"],
        ["Recipes"] = ["Data", "Networks", "Runs", "Training"],
        ["Analyses/Landscapes"] = ["Numerics", "Data", "Networks", "Runs", "Training", "Analyses", "Analyses/Embedding", "Recipes"],
        ["Analyses/Catalog"] = ["Runs", "Analyses", "Analyses/Embedding", "Analyses/Attribution", "Analyses/Landscapes"],
    };

    [Fact]
    public void Every_folder_of_Core_uses_only_those_before_it()
    {
        var files = Files();
        var home = Homes(files);
        var offenders = from file in files
                        from name in TypeNames(file.Code).Where(home.ContainsKey).Distinct()
                        where home[name] != file.Folder && !Allowed[file.Folder].Contains(home[name])
                        select $"{file.Path} uses {name} of {home[name]}; {file.Folder} may use {string.Join(", ", Allowed[file.Folder])}";
        offenders.ShouldBeEmpty();
    }

    [Fact]
    public void Every_allowed_use_is_made()
    {
        var files = Files();
        var home = Homes(files);
        foreach (var (folder, others) in Allowed)
        {
            var used = files.Where(file => file.Folder == folder).SelectMany(file => TypeNames(file.Code)).Where(home.ContainsKey).Select(name => home[name]).ToHashSet();
            others.Where(other => !used.Contains(other)).ShouldBeEmpty($"{folder} does not use them: take them off its list.");
        }
    }

    [Fact]
    public void Every_folder_of_Core_has_its_place()
    {
        Files().Select(file => file.Folder).Distinct().Order().ShouldBe(Allowed.Keys.Order());
    }

    [Fact]
    public void Uses_of_a_type_are_told_from_members_of_its_name()
    {
        TypeNames("A x = new B(C.D(), e: 1) { F = G };").ShouldBe(["A", "B", "C", "G"]);
        TypeNames("public H I { get; init; } public J K => L(typeof(M));").ShouldBe(["H", "J", "M"]);
        TypeNames("double N, O P").ShouldBe(["O", "P"]);
        TypeNames(Code("""
            /// <see cref="N"/>
            O p; // Q
            string r = "S";
            """)).ShouldBe(["O"]);
    }

    /// <summary>Sources below a folder of Core, without comments and string literals.</summary>
    private static List<(string Path, string Folder, string Code)> Files() =>
        [.. from source in Repository.Sources("Explain.Core")
            let parts = source.Path.Split('/')
            where parts.Length > 2
            select (source.Path, string.Join('/', parts[1..^1]), Code(source.Text))];

    /// <summary>The folder of every type declared at the top level of a file.</summary>
    private static Dictionary<string, string> Homes(List<(string Path, string Folder, string Code)> files)
    {
        var homes = new Dictionary<string, string>();
        foreach (var (_, folder, code) in files)
        {
            foreach (Match declaration in Declaration().Matches(code)) homes[declaration.Groups["name"].Value] = folder;
        }
        return homes;
    }

    private static string Code(string text) => Literal().Replace(Comment().Replace(text, ""), "\"\"");

    /// <summary>
    /// Words that may name a type: not members after a dot, not what is declared or assigned (after a built-in type, or followed by a brace with accessors, an arrow, one equals sign), not
    /// named arguments, and nothing called like a method unless it is constructed.
    /// </summary>
    private static IEnumerable<string> TypeNames(string code) =>
        from Match word in Word().Matches(code)
        where !word.Groups["call"].Success || word.Groups["new"].Success
        select word.Groups["name"].Value;

    [GeneratedRegex(@"^(?:[a-z]+ )*(?:class|struct|interface|enum|record) (?<name>\w+)", RegexOptions.Multiline)]
    private static partial Regex Declaration();

    [GeneratedRegex(@"(?<new>\bnew )?(?<![\w.]|\b(?:bool|int|long|float|double|string) )(?<name>[A-Z]\w*)\b(?!\s*(?:=(?!=)|\{ (?:get|init|set)\b|=>|:(?!:)))(?<call>\s*\()?")]
    private static partial Regex Word();

    [GeneratedRegex("//[^\n]*")]
    private static partial Regex Comment();

    [GeneratedRegex("\"(?:\\\\.|[^\"\\\\\n])*\"")]
    private static partial Regex Literal();
}
