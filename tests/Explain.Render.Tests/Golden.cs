using System.Security.Cryptography;
using System.Text.RegularExpressions;

namespace Explain.Render.Tests;

/// <summary>
/// Compares output with files in Golden/ that a person has looked at. What differs is written beside the golden as name.received.*; with
/// EXPLAIN_UPDATE_GOLDENS=1 the goldens are rewritten instead (then look at them, and at what git says has changed).
/// </summary>
internal static partial class Golden
{
    private static readonly bool Update = Environment.GetEnvironmentVariable("EXPLAIN_UPDATE_GOLDENS") == "1";

    /// <summary>The folder of this project's sources.</summary>
    internal static readonly string Project = FindProject();

    /// <summary>Where the goldens are.</summary>
    internal static readonly string DefaultFolder = Path.Combine(Project, "Golden");

    /// <summary>Compares a document with Golden/name.svg: all text, and the pixels of embedded images (their compression may differ between versions of .NET).</summary>
    public static void MatchSvg(string name, string svg) => MatchSvg(name, svg, DefaultFolder, Update);

    /// <summary>Compares a PNG file with Golden/name.png by decoded pixels, which must all be equal.</summary>
    public static void MatchPng(string name, byte[] png) => MatchPng(name, png, DefaultFolder, Update);

    internal static void MatchSvg(string name, string svg, string folder, bool update)
    {
        string golden = Path.Combine(folder, name + ".svg"), received = Path.Combine(folder, name + ".received.svg");
        if (update || !File.Exists(golden))
        {
            Missing(golden, received, update, path => File.WriteAllText(path, svg));
            return;
        }
        string[] expected = Normalised(File.ReadAllText(golden)).Split('\n'), actual = Normalised(svg).Split('\n');
        for (int i = 0; i < Math.Max(expected.Length, actual.Length); i++)
        {
            string want = i < expected.Length ? expected[i] : "(end)", got = i < actual.Length ? actual[i] : "(end)";
            if (want == got)
                continue;
            File.WriteAllText(received, svg);
            throw new ShouldAssertException($"{name}.svg differs first in line {i + 1}:\n  golden   {Cut(want)}\n  received {Cut(got)}\nSee {received}; set EXPLAIN_UPDATE_GOLDENS=1 to accept.");
        }
        File.Delete(received);
    }

    internal static void MatchPng(string name, byte[] png, string folder, bool update)
    {
        string golden = Path.Combine(folder, name + ".png"), received = Path.Combine(folder, name + ".received.png");
        if (update || !File.Exists(golden))
        {
            Missing(golden, received, update, path => File.WriteAllBytes(path, png));
            return;
        }
        var difference = Difference(PngDecoder.Decode(File.ReadAllBytes(golden)).Bitmap, PngDecoder.Decode(png).Bitmap);
        if (difference is not null)
        {
            File.WriteAllBytes(received, png);
            throw new ShouldAssertException($"{name}.png: {difference}\nSee {received}; set EXPLAIN_UPDATE_GOLDENS=1 to accept.");
        }
        File.Delete(received);
    }

    private static void Missing(string golden, string received, bool update, Action<string> write)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(golden)!);
        write(update ? golden : received);
        if (update)
            File.Delete(received);
        else
            throw new ShouldAssertException($"There is no golden {golden}.\nSee {received}; set EXPLAIN_UPDATE_GOLDENS=1 to accept.");
    }

    /// <summary>How many pixels differ, where, and how much; null where none does.</summary>
    private static string? Difference(Bitmap golden, Bitmap received)
    {
        if (golden.Width != received.Width || golden.Height != received.Height)
            return $"the golden has {golden.Width} × {golden.Height} pixels, received {received.Width} × {received.Height}.";
        int count = 0, left = int.MaxValue, top = int.MaxValue, right = 0, bottom = 0;
        string first = "";
        for (int y = 0; y < golden.Height; y++)
        {
            for (int x = 0; x < golden.Width; x++)
            {
                if (golden[x, y] == received[x, y])
                    continue;
                if (count++ == 0)
                    first = $"at ({x}, {y}) golden {golden[x, y]}, received {received[x, y]}";
                (left, top, right, bottom) = (Math.Min(left, x), Math.Min(top, y), Math.Max(right, x), Math.Max(bottom, y));
            }
        }
        return count == 0 ? null : $"{count} of {golden.Width * golden.Height} pixels differ, all within x {left}–{right}, y {top}–{bottom}; first {first}.";
    }

    private static string Normalised(string svg) =>
        EmbeddedPng().Replace(svg.ReplaceLineEndings("\n"), match =>
        {
            var bitmap = PngDecoder.Decode(Convert.FromBase64String(match.Groups["data"].Value)).Bitmap;
            var bytes = new byte[4 * bitmap.Width * bitmap.Height];
            int at = 0;
            for (int y = 0; y < bitmap.Height; y++)
            {
                for (int x = 0; x < bitmap.Width; x++)
                {
                    var c = bitmap[x, y];
                    (bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]) = (c.R, c.G, c.B, c.A);
                    at += 4;
                }
            }
            return $"{bitmap.Width} × {bitmap.Height} pixels, SHA-256 {Convert.ToHexStringLower(SHA256.HashData(bytes))}";
        });

    private static string Cut(string line) => line.Length <= 300 ? line : line[..300] + "…";

    private static string FindProject()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Explain.Render.Tests.csproj")))
                return folder.FullName;
        }
        throw new DirectoryNotFoundException($"No folder above {AppContext.BaseDirectory} holds Explain.Render.Tests.csproj, so the goldens cannot be found.");
    }

    [GeneratedRegex("data:image/png;base64,(?<data>[A-Za-z0-9+/=]+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex EmbeddedPng();
}
