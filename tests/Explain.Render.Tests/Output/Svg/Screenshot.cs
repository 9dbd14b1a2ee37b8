using System.Diagnostics;
using System.Globalization;

namespace Explain.Render.Tests;

/// <summary>What Chromium shows of a document that fills its window.</summary>
internal static class Screenshot
{
    public static Bitmap Of(string svg, int width, int height)
    {
        using var folder = new TemporaryFolder();
        string shot = folder["figure.png"];
        string[] arguments =
        [
            "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--force-device-scale-factor=1",
            "--force-color-profile=srgb",
            $"--user-data-dir={folder.Path}",
            string.Create(CultureInfo.InvariantCulture, $"--window-size={width},{height}"),
            $"--screenshot={shot}",
            new Uri(folder.Write("figure.svg", svg)).AbsoluteUri,
        ];
        var start = new ProcessStartInfo(Installed.Chromium!, arguments)
        {
            UseShellExecute = false,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        File.Exists(shot).ShouldBeTrue(error.Result);
        return PngDecoder.Decode(File.ReadAllBytes(shot)).Bitmap;
    }
}
