using System.Diagnostics;
using Explain.Core;
using ScottPlot;

namespace Explain.Benchmarks;

/// <summary>
/// What a user of C# would take else: ScottPlot draws the twelve panels of a run, nine matrices with colour bars and three charts of
/// curves, as a PNG of 2000 × 2000 pixels: median on standard output.
/// </summary>
internal static class ScottPlotJob
{
    private const int Side = 2000;
    private const int Rows = 3;
    private const int Columns = 4;
    private const int Warm = 3;

    /// <summary>
    /// Means, histograms and the like are made before the clock starts; within it the plots are made, drawn and encoded. Arguments: RUN
    /// [--times N] [--out FILE].
    /// </summary>
    public static void Run(string[] args)
    {
        int times = int.Parse(Arguments.Option(args, "--times") ?? "15", System.Globalization.CultureInfo.InvariantCulture);
        var run = RunFolder.Open(args[0]);
        var (matrices, curves) = Data(run);
        var total = new double[times];
        byte[] file = [];
        for (int i = -Warm; i < times; i++)
        {
            long start = Stopwatch.GetTimestamp();
            file = Sheet(matrices, curves);
            if (i >= 0)
                total[i] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        }
        if (Arguments.Option(args, "--out") is { } path)
            File.WriteAllBytes(path, file);
        Arguments.Print($"scottplot total {total.Order().ElementAt(times / 2):F3} bytes {file.Length}");
    }

    private static byte[] Sheet(List<double[,]> matrices, List<List<double[]>> curves)
    {
        var sheet = new Multiplot { Layout = new ScottPlot.MultiplotLayouts.Grid(Rows, Columns) };
        sheet.AddPlots(Rows * Columns);
        for (int row = 0; row < Rows; row++)
        {
            for (int column = 0; column < Columns; column++)
            {
                var plot = sheet.GetPlot((row * Columns) + column);
                if (column < Columns - 1)
                {
                    var map = plot.Add.Heatmap(matrices[(row * (Columns - 1)) + column]);
                    map.Colormap = new ScottPlot.Colormaps.Viridis();
                    plot.Add.ColorBar(map);
                    plot.Title($"matrix {column + 1} of row {row + 1}");
                }
                else
                {
                    foreach (double[] curve in curves[row])
                        plot.Add.Signal(curve);
                    plot.Title($"curves of row {row + 1}");
                    plot.XLabel("epoch");
                }
            }
        }
        return sheet.Render(Side, Side).GetImageBytes(ImageFormat.Png);
    }

    private static (List<double[,]> Matrices, List<List<double[]>> Curves) Data(RunFolder run)
    {
        var snapshot = run.ReadSnapshot(run.SnapshotEpochs[^1]);
        var layers = snapshot.Layers.Where(layer => layer.Weights.Columns > 0).Take(Columns - 1).ToList();
        var matrices = new List<double[,]>();
        for (int row = 0; row < Rows; row++)
        {
            foreach (var layer in layers)
                matrices.Add(Square(layer.Weights.Span, row));
        }
        var curves = Enumerable.Range(0, Rows)
            .Select(row => Enumerable.Range(0, Rows).Select(k => run.Metrics.Select(m => m.Loss / (1 + row + k)).ToArray()).ToList())
            .ToList();
        return (matrices, curves);
    }

    // As many cells as a picture of the sheet has.
    private static double[,] Square(ReadOnlySpan<float> values, int offset)
    {
        int side = Math.Min(28, (int)Math.Sqrt(values.Length));
        var square = new double[side, side];
        for (int i = 0; i < side * side; i++)
            square[i / side, i % side] = values[(i + (offset * 7)) % values.Length];
        return square;
    }
}
