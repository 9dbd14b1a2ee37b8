using System.Diagnostics;
using System.Globalization;

namespace Explain.Render.Tests;

/// <summary>Chromium, found by EXPLAIN_CHROMIUM or on the PATH.</summary>
internal static class Chromium
{
    /// <summary>The program, or null where the machine has none.</summary>
    public static string? Executable { get; } = Find();

    /// <summary>What the browser shows of a document that fills its window.</summary>
    public static Bitmap Show(string svg, int width, int height)
    {
        string folder = Directory.CreateTempSubdirectory("explain-chromium-").FullName;
        try
        {
            string document = Path.Combine(folder, "figure.svg"), shot = Path.Combine(folder, "figure.png");
            File.WriteAllText(document, svg);
            string size = string.Create(CultureInfo.InvariantCulture, $"--window-size={width},{height}");
            string[] arguments = ["--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--force-device-scale-factor=1", "--force-color-profile=srgb", $"--user-data-dir={folder}", size, $"--screenshot={shot}", new Uri(document).AbsoluteUri];
            using var process = Process.Start(new ProcessStartInfo(Executable!, arguments) { UseShellExecute = false, RedirectStandardError = true, RedirectStandardOutput = true })!;
            var error = process.StandardError.ReadToEndAsync();
            process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            File.Exists(shot).ShouldBeTrue(error.Result);
            return PngDecoder.Decode(File.ReadAllBytes(shot)).Bitmap;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string? Find()
    {
        if (Environment.GetEnvironmentVariable("EXPLAIN_CHROMIUM") is { Length: > 0 } given) return File.Exists(given) ? given : null;
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        string[] names = ["chromium", "chromium-browser", "google-chrome"];
        return folders.SelectMany(_ => names, Path.Combine).FirstOrDefault(File.Exists);
    }
}

/// <summary>A test that needs Chromium, and says so where it cannot run.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ChromiumTheoryAttribute : TheoryAttribute
{
    public ChromiumTheoryAttribute()
    {
        if (Chromium.Executable is null)
            Skip = "NOT RUN: there is no Chromium. Install it (apt-get install chromium) or set EXPLAIN_CHROMIUM to its path.";
    }
}
