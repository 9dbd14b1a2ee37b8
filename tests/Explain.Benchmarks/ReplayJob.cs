using System.Diagnostics;
using System.Globalization;
using Explain.Core;
using Explain.Render;
using Explain.Render.Tests;

namespace Explain.Benchmarks;

/// <summary>
/// The twelve-panel sheet at 2000 × 2000 pixels, drawn and encoded by the managed rasteriser and written as JSON for Skia to replay:
/// medians on standard output.
/// </summary>
internal static class ReplayJob
{
    private const double Side = 2000;

    /// <summary>
    /// Raster is scene → pixels, with text set, outlines flattened and strokes expanded; encode is pixels → PNG. Arguments: RUN FILE.json
    /// [--times N] [--threads N].
    /// </summary>
    public static void Run(string[] args)
    {
        Rows.Threads = int.Parse(Arguments.Option(args, "--threads") ?? $"{Environment.ProcessorCount}", CultureInfo.InvariantCulture);
        int times = int.Parse(Arguments.Option(args, "--times") ?? "20", CultureInfo.InvariantCulture);
        var run = RunFolder.Open(args[0]);
        var sheet = new TwelvePanelSheet(run).Draw(Theme.Light);
        double side = Math.Max(sheet.Width, sheet.Height), scale = Side / side;
        var scene = sheet with { Width = side, Height = side };
        SceneJson.Write(scene, scale, args[1]);
        double[] raster = new double[times], encode = new double[times], total = new double[times];
        int bytes = 0;
        for (int i = -3; i < times; i++)
        {
            long start = Stopwatch.GetTimestamp();
            var bitmap = BitmapCanvas.Render(scene, scale);
            long drawn = Stopwatch.GetTimestamp();
            bytes = PngEncoder.Encode(bitmap, PngMetadata.Of(scene.Info, scale)).Length;
            long end = Stopwatch.GetTimestamp();
            if (i < 0) continue; // The compiler's work is not the method's.
            (raster[i], encode[i], total[i]) = (Milliseconds(start, drawn), Milliseconds(drawn, end), Milliseconds(start, end));
        }
        Arguments.Print(
            $"threads {Rows.Threads} raster {Median(raster):F3} encode {Median(encode):F3} total {Median(total):F3} bytes {bytes}");
    }

    private static double Milliseconds(long from, long to) => Stopwatch.GetElapsedTime(from, to).TotalMilliseconds;

    private static double Median(double[] values) => values.Order().ElementAt(values.Length / 2);
}
