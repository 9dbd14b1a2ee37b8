namespace Explain.Tests;

/// <summary>
/// Compares output with files in Golden/ that a person has looked at. What differs is written beside the golden as
/// name.received.*; with EXPLAIN_UPDATE_GOLDENS=1 the goldens are rewritten instead (then look at them, and at what git
/// says has changed).
/// </summary>
internal static partial class Golden
{
    private static readonly bool Update = Environment.GetEnvironmentVariable("EXPLAIN_UPDATE_GOLDENS") == "1";

    /// <summary>The folder of this project's sources.</summary>
    internal static readonly string Project = FindProject();

    /// <summary>Where the goldens are.</summary>
    internal static readonly string DefaultFolder = Path.Combine(Project, "Golden");

    /// <summary>Compares a text with Golden/<paramref name="file"/>.</summary>
    public static void MatchText(string file, string text) => MatchText(file, text, DefaultFolder, Update, normalised: text => text);

    private static void MatchText(string file, string text, string folder, bool update, Func<string, string> normalised)
    {
        string golden = Path.Combine(folder, file), received = Received(golden);
        if (update || !File.Exists(golden))
        {
            Missing(golden, update, path => File.WriteAllText(path, text));
            return;
        }
        string[] expected = normalised(File.ReadAllText(golden)).Split('\n'), actual = normalised(text).Split('\n');
        for (int i = 0; i < Math.Max(expected.Length, actual.Length); i++)
        {
            string want = i < expected.Length ? expected[i] : "(end)", got = i < actual.Length ? actual[i] : "(end)";
            if (want == got)
                continue;
            File.WriteAllText(received, text);
            throw new ShouldAssertException(
                $"{file} differs first in line {i + 1}:\n  golden   {Cut(want)}\n  received {Cut(got)}\n{Advice(received)}");
        }
        File.Delete(received);
    }

    private static void Missing(string golden, bool update, Action<string> write)
    {
        string received = Received(golden);
        Directory.CreateDirectory(Path.GetDirectoryName(golden)!);
        write(update ? golden : received);
        if (!update)
            throw new ShouldAssertException($"There is no golden {golden}.\n{Advice(received)}");
        File.Delete(received);
    }

    private static string Received(string golden) => Path.ChangeExtension(golden, ".received" + Path.GetExtension(golden));

    private static string Advice(string received) => $"See {received}; set EXPLAIN_UPDATE_GOLDENS=1 to accept.";

    private static string Cut(string line) => line.Length <= 300 ? line : line[..300] + "…";

    private static string FindProject()
    {
        string name = typeof(Golden).Assembly.GetName().Name + ".csproj";
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, name)))
                return folder.FullName;
        }
        throw new DirectoryNotFoundException($"No folder above {AppContext.BaseDirectory} holds {name}, so the goldens cannot be found.");
    }
}
