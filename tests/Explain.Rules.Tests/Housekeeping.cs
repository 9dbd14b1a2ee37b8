using System.Text.RegularExpressions;

namespace Explain.Rules.Tests;

/// <summary>What a reader may rely on in every file.</summary>
public sealed partial class Housekeeping
{
    private const int MostLines = 600;

    /// <summary>As .editorconfig has it.</summary>
    private const int MostColumns = 140;

    private static readonly string[] Folders = ["Explain.Core", "Explain.Render", "Explain.Tool", "tests"];

    [Fact]
    public void Every_suppression_says_why()
    {
        var offenders = from folder in Folders
                        from source in Repository.Sources(folder)
                        from line in source.Text.Split('\n')
                        where line.TrimStart().StartsWith("#pragma warning disable", StringComparison.Ordinal)
                            && !line.Contains("//", StringComparison.Ordinal)
                        select $"{source.Path}: {line.Trim()}";
        offenders.ShouldBeEmpty();
    }

    [Fact]
    public void No_source_file_is_too_long_to_read()
    {
        var offenders = from folder in Folders
                        from source in Repository.Sources(folder)
                        let lines = source.Text.Count(c => c == '\n')
                        where lines > MostLines
                        select $"{source.Path}: {lines} lines, at most {MostLines}";
        offenders.ShouldBeEmpty();
    }

    [Fact]
    public void Lines_end_at_140_columns()
    {
        string[] patterns = ["*.cs", "*.razor", "*.css", "*.js"];
        var offenders = from folder in Folders.Append("gallery/assets")
                        from pattern in patterns
                        from source in Repository.Sources(folder, pattern)
                        where !source.Path.Contains("/node_modules/", StringComparison.Ordinal)
                        from line in source.Text.Split('\n').Select((text, index) => (Text: text.TrimEnd('\r'), Number: index + 1))
                        where line.Text.Length > MostColumns
                        select $"{source.Path}:{line.Number} has {line.Text.Length} columns, at most {MostColumns}";
        offenders.ShouldBeEmpty();
    }

    [Fact]
    public void Nothing_is_left_unfinished()
    {
        var offenders = from folder in Folders
                        from source in Repository.Sources(folder)
                        where !source.Path.EndsWith("/Housekeeping.cs", StringComparison.Ordinal) && Unfinished().IsMatch(source.Text)
                        select source.Path;
        offenders.ShouldBeEmpty();
    }

    [Fact]
    public void Relative_links_in_documents_lead_somewhere()
    {
        var documents = Directory.EnumerateFiles(Repository.Root, "*.md").Select(Path.GetFullPath)
            .Concat(((string[])["docs", "Explain.Core", "Explain.Render", "Explain.Tool", "gallery"])
                .Where(folder => Directory.Exists(Path.Combine(Repository.Root, folder)))
                .SelectMany(folder => Repository.Sources(folder, "*.md")).Select(source => Path.Combine(Repository.Root, source.Path)));
        var broken = from document in documents
                     from Match link in Link().Matches(File.ReadAllText(document))
                     let target = link.Groups[1].Value.Split('#')[0]
                     where target.Length > 0 && !target.Contains(':')
                     let path = Path.Combine(Path.GetDirectoryName(document)!, target)
                     where !File.Exists(path) && !Directory.Exists(path)
                     select $"{Path.GetRelativePath(Repository.Root, document)}: {target}";
        broken.ShouldBeEmpty();
    }

    [GeneratedRegex(@"NotImplementedException|\bTODO\b|\bFIXME\b|\bHACK\b")]
    private static partial Regex Unfinished();

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();
}
