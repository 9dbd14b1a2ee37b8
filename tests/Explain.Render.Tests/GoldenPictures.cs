using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Explain.Render;
using Explain.Render.Tests;

namespace Explain.Tests;

/// <summary>Goldens that are pictures.</summary>
internal static partial class Golden
{
    /// <summary>
    /// Compares a document with Golden/name.svg: all text, and the pixels of embedded images (their compression may differ between versions
    /// of .NET).
    /// </summary>
    public static void MatchSvg(string name, string svg) => MatchSvg(name, svg, DefaultFolder, Update);

    /// <summary>
    /// Compares a PNG file with Golden/name.png by decoded pixels. They are the same for one version of Skia on one kind of processor;
    /// elsewhere rounding differs, so a channel may be off by <see cref="Rounding"/> anywhere and by more in a few pixels.
    /// </summary>
    public static void MatchPng(string name, byte[] png) => MatchPng(name, png, DefaultFolder, Update);

    /// <summary>What a channel may be off by, of 255.</summary>
    private const int Rounding = 3;

    /// <summary>Share of the pixels that may be off by more.</summary>
    private const double MostBeyond = 1e-4;

    internal static void MatchSvg(string name, string svg, string folder, bool update) =>
        MatchText(name + ".svg", svg, folder, update, Normalised);

    internal static void MatchPng(string name, byte[] png, string folder, bool update)
    {
        string golden = Path.Combine(folder, name + ".png"), received = Received(golden);
        if (update || !File.Exists(golden))
        {
            Missing(golden, update, path => File.WriteAllBytes(path, png));
            return;
        }
        var (expected, drawn) = (PngDecoder.Decode(File.ReadAllBytes(golden)).Bitmap, PngDecoder.Decode(png).Bitmap);
        string heat = Path.ChangeExtension(received, ".difference.png");
        if (Difference(expected, drawn) is { } difference)
        {
            File.WriteAllBytes(received, png);
            if ((expected.Width, expected.Height) == (drawn.Width, drawn.Height))
                File.WriteAllBytes(heat, PictureDifference.Heat(expected, drawn));
            throw new ShouldAssertException($"{name}.png: {difference}\n{Advice(received)}");
        }
        File.Delete(received);
        File.Delete(heat);
    }

    /// <summary>How many pixels differ, where, and how much; null where none does by more than is allowed.</summary>
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
                if (PictureDifference.Pixel(Bitmap.Pack(golden[x, y]), Bitmap.Pack(received[x, y])) <= Rounding)
                    continue;
                if (count++ == 0)
                    first = $"at ({x}, {y}) golden {golden[x, y]}, received {received[x, y]}";
                (left, top, right, bottom) = (Math.Min(left, x), Math.Min(top, y), Math.Max(right, x), Math.Max(bottom, y));
            }
        }
        return count <= MostBeyond * golden.Width * golden.Height ? null
            : $"{count} of {golden.Width * golden.Height} pixels differ, all within x {left}–{right}, y {top}–{bottom}; first {first}.";
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

    [GeneratedRegex("data:image/png;base64,(?<data>[A-Za-z0-9+/=]+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex EmbeddedPng();
}
