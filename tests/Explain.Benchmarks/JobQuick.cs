using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Explain.Core;

namespace Explain.Benchmarks;

/// <summary>Whole jobs in one process, for races against the programs in Peers/: one line of figures on standard output.</summary>
internal static class JobQuick
{
    /// <summary>
    /// A recipe without a sink: seconds an epoch and the end of it. Arguments: RECIPE [DATA_FOLDER] [path=value ...].
    /// </summary>
    public static void Train(string[] args)
    {
        var set = args.Skip(1).Where(arg => arg.Contains('=')).Select(arg => arg.Split('=', 2)).Select(pair => KeyValuePair.Create(pair[0], pair[1])).ToArray();
        var recipe = Recipe.Open(args[0], new RecipeOverrides { Set = set });
        var data = RecipeRunner.LoadData(recipe, args.Skip(1).FirstOrDefault(arg => !arg.Contains('=')));
        var result = RecipeRunner.Run(recipe, data);
        var seconds = result.Metrics.Select(row => row.Seconds).Order().ToArray();
        Print($"{recipe.Name} seed {recipe.Seed} epochs {seconds.Length} best {seconds[0]:F4} median {seconds[seconds.Length / 2]:F4} loss {result.Metrics[^1].Loss:F6} accuracy {result.Metrics[^1].Accuracy:F5} peak {Process.GetCurrentProcess().PeakWorkingSet64 >> 20} MiB");
        Print($"  final: {string.Join(", ", result.Outcome.FinalMetrics.Select(metric => string.Create(CultureInfo.InvariantCulture, $"{metric.Key} {metric.Value:F5}")))}");
    }

    /// <summary>
    /// t-SNE of the first MNIST training images after PCA to 50, which are also written for the peer. Arguments: DATA_FOLDER COUNT FILE.npy.
    /// </summary>
    public static void Tsne(string[] args)
    {
        var samples = Mnist.Load(args[0]).Train.Take(int.Parse(args[1], CultureInfo.InvariantCulture)).Inputs;
        var reduced = Pca.Fit(samples, 50).Project(samples);
        WriteNpy(args[2], reduced);
        Core.Tsne.Embed(reduced.RowRange(0, 200), new TsneOptions { Iterations = 20, ExactUpTo = 100 }); // The compiler's work is not the method's.
        Core.Tsne.Embed(reduced.RowRange(0, 200), new TsneOptions { Iterations = 20 });
        var clock = Stopwatch.StartNew();
        var result = Core.Tsne.Embed(reduced, new TsneOptions { PrincipalComponents = 0 });
        Print($"{clock.Elapsed.TotalSeconds:F3} s, KL {result.Divergence:F4}{(result.Exact ? " over all pairs" : "")}");
    }

    /// <summary>The .npy format, version 1.0: magic, length of the header, a Python dictionary padded to 64 bytes, the values.</summary>
    private static void WriteNpy(string path, Matrix matrix)
    {
        string header = $"{{'descr': '<f4', 'fortran_order': False, 'shape': ({matrix.Rows}, {matrix.Columns}), }}";
        header = header.PadRight((((header.Length + 11) / 64) + 1) * 64 - 11) + "\n";
        using var file = File.Create(path);
        file.Write([0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y', 1, 0, (byte)header.Length, (byte)(header.Length >> 8)]);
        file.Write(Encoding.ASCII.GetBytes(header));
        file.Write(MemoryMarshal.AsBytes(matrix.Span));
    }

    private static void Print(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
