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
    /// Scene is reading the snapshot and laying the figure out, png is scene → pixels → file. The picture is 2000 × 2000 pixels: the
    /// figure, with what is over left blank. Arguments: RUN [--times N] [--threads N] [--figure NAME].
    /// </summary>
    public static void Run(string[] args)
    {
        Rows.Threads = int.Parse(Arguments.Option(args, "--threads") ?? $"{Environment.ProcessorCount}", CultureInfo.InvariantCulture);
        int times = int.Parse(Arguments.Option(args, "--times") ?? "25", CultureInfo.InvariantCulture);
        var run = RunFolder.Open(args[0]);
        foreach (string name in Arguments.Option(args, "--figure") is { } one ? [one] : Names)
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
                bytes = Canvases.Png.Encode(figure with { Width = side, Height = side }, scale).Length;
                long end = Stopwatch.GetTimestamp();
                if (i == -4) first = Milliseconds(start, end);
                if (i < 0) continue; // The compiler's work is not the method's.
                (scenes[i], png[i], total[i]) = (Milliseconds(start, made), Milliseconds(made, end), Milliseconds(start, end));
            }
            Stages(name, kind, run, times);
            Arguments.Print(
                $"figure {name} threads {Rows.Threads} scene {Median(scenes):F3} png {Median(png):F3} total {Median(total):F3} first "
                    + $"{first:F1} bytes {bytes}");
        }
    }

    /// <summary>Where the time of the picture goes, stage by stage.</summary>
    private static void Stages(string name, FigureKind kind, RunFolder run, int times)
    {
        uint[]? pixels = null;
        double[] list = new double[times], paint = new double[times], format = new double[times], file = new double[times];
        for (int i = 0; i < times; i++)
        {
            var figure = kind.Create(new FigureRequest { Runs = [run] }).Draw(Theme.Light);
            double side = Math.Max(figure.Width, figure.Height), scale = Side / side;
            figure = figure with { Width = side, Height = side };
            long start = Stopwatch.GetTimestamp();
            var commands = DisplayListBuilder.Build(figure, scale);
            long built = Stopwatch.GetTimestamp();
            var bitmap = RasterCanvas.Paint(commands, pixels);
            long painted = Stopwatch.GetTimestamp();
            commands.Edges.End();
            pixels = bitmap.Pixels;
            var kept = PngFormat.Of(bitmap);
            long known = Stopwatch.GetTimestamp();
            _ = PngEncoder.Compress(bitmap.Pixels, 0, bitmap.Width, bitmap.Width, bitmap.Height, kept, DeflateLevel.Fast);
            long end = Stopwatch.GetTimestamp();
            (list[i], paint[i], format[i], file[i]) = (
                Milliseconds(start, built), Milliseconds(built, painted), Milliseconds(painted, known), Milliseconds(known, end));
        }
        Arguments.Print(
            $"stages {name} list {Median(list):F3} paint {Median(paint):F3} palette {Median(format):F3} compress {Median(file):F3}");
    }

    private static double Milliseconds(long from, long to) => Stopwatch.GetElapsedTime(from, to).TotalMilliseconds;

    private static double Median(double[] values) => values.Order().ElementAt(values.Length / 2);
}
