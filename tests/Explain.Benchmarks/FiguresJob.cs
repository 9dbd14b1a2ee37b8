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
        double[] paint = new double[times], file = new double[times];
        for (int i = 0; i < times; i++)
        {
            var figure = kind.Create(new FigureRequest { Runs = [run] }).Draw(Theme.Light);
            double side = Math.Max(figure.Width, figure.Height), scale = Side / side;
            figure = figure with { Width = side, Height = side };
            long start = Stopwatch.GetTimestamp();
            var bitmap = BitmapCanvas.Render(figure, scale);
            long painted = Stopwatch.GetTimestamp();
            _ = PngFile.Encode(bitmap.Pixels, bitmap.Width, bitmap.Height, opaque: true, PngMetadata.Of(figure.Info, scale), PngFile.Quick);
            long end = Stopwatch.GetTimestamp();
            (paint[i], file[i]) = (Milliseconds(start, painted), Milliseconds(painted, end));
        }
        Arguments.Print($"stages {name} paint {Median(paint):F3} file {Median(file):F3}");
    }

    /// <summary>
    /// A hundred pictures of three figures by turns, 2000 × 2000 pixels each, as a gallery draws them: several side by side. Arguments: RUN
    /// [--threads N].
    /// </summary>
    public static void Hundred(string[] args)
    {
        Rows.Threads = int.Parse(Arguments.Option(args, "--threads") ?? $"{Environment.ProcessorCount}", CultureInfo.InvariantCulture);
        var run = RunFolder.Open(args[0]);
        // The compiler's work is not the method's.
        Rows.For(6, 1, new DrawOne(run));
        long start = Stopwatch.GetTimestamp();
        Rows.For(100, 1, new DrawOne(run));
        Arguments.Print($"hundred threads {Rows.Threads} total {Milliseconds(start, Stopwatch.GetTimestamp()):F0}");
    }

    private readonly struct DrawOne(RunFolder run) : IRowOperation
    {
        public void Invoke(int first, int count)
        {
            for (int i = first; i < first + count; i++)
            {
                var figure = FigureCatalog.Find(Names[i % Names.Length]).Create(new FigureRequest { Runs = [run] }).Draw(Theme.Light);
                double side = Math.Max(figure.Width, figure.Height);
                _ = Canvases.Png.Encode(figure with { Width = side, Height = side }, Side / side);
            }
        }
    }

    private static double Milliseconds(long from, long to) => Stopwatch.GetElapsedTime(from, to).TotalMilliseconds;

    private static double Median(double[] values) => values.Order().ElementAt(values.Length / 2);
}
