using System.Diagnostics;
using System.Globalization;
using Explain.Core;
using Explain.Render;

namespace Explain.Benchmarks;

/// <summary>Figures of a run from its record to a PNG of four million pixels: medians on standard output, a line a figure.</summary>
internal static class FiguresJob
{
    private const double Side = 2000;
    private static readonly string[] Names = ["twelve-panel", "confusion", "curves"];

    /// <summary>
    /// Scene is reading the snapshot and laying the figure out, png is scene → pixels → file. The picture is 2000 × 2000 pixels: the figure, with what is over left blank.
    /// Arguments: RUN [--times N] [--threads N].
    /// </summary>
    public static void Run(string[] args)
    {
        Tiles.Threads = int.Parse(Arguments.Option(args, "--threads") ?? $"{Environment.ProcessorCount}", CultureInfo.InvariantCulture);
        int times = int.Parse(Arguments.Option(args, "--times") ?? "25", CultureInfo.InvariantCulture);
        using var run = RunFolder.Open(args[0]);
        foreach (string name in Names)
        {
            var kind = FigureCatalog.Find(name);
            double[] scenes = new double[times], png = new double[times], total = new double[times];
            double first = 0;
            int bytes = 0;
            for (int i = -4; i < times; i++)
            {
                long start = Stopwatch.GetTimestamp();
                var figure = kind.Create(new FigureRequest { Runs = [run] }).Draw(Theme.Light);
                double side = Math.Max(figure.Width, figure.Height), scale = Side / side;
                long made = Stopwatch.GetTimestamp();
                bytes = Canvases.ManagedPng.Encode(figure with { Width = side, Height = side }, scale).Length;
                long end = Stopwatch.GetTimestamp();
                if (i == -4) first = Milliseconds(start, end);
                if (i < 0) continue; // The compiler's work is not the method's.
                (scenes[i], png[i], total[i]) = (Milliseconds(start, made), Milliseconds(made, end), Milliseconds(start, end));
            }
            Arguments.Print($"figure {name} threads {Tiles.Threads} scene {Median(scenes):F3} png {Median(png):F3} total {Median(total):F3} first {first:F1} bytes {bytes}");
        }
    }

    private static double Milliseconds(long from, long to) => Stopwatch.GetElapsedTime(from, to).TotalMilliseconds;

    private static double Median(double[] values) => values.Order().ElementAt(values.Length / 2);
}
