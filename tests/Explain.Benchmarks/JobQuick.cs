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
    /// A recipe without a sink: seconds from the end of one epoch to the end of the next, with all that is measured in it. Arguments:
    /// RECIPE [DATA_FOLDER] [path=value ...] [--threads N].
    /// </summary>
    public static void Train(string[] args)
    {
        int threads = int.Parse(Arguments.Option(args, "--threads") ?? $"{Environment.ProcessorCount}");
        Rows.Threads = threads;
        var (recipe, data) = Open(args);
        var clock = new EpochClock();
        var result = RecipeRunner.Run(recipe, data, progress: clock);
        var seconds = clock.Seconds.Order().ToArray();
        Arguments.Print(
            $"{recipe.Name} seed {recipe.Seed} threads {threads} epochs {result.Metrics.Count} best {seconds[0]:F4} median "
                + $"{seconds[seconds.Length / 2]:F4} loss {result.Metrics[^1].Loss:F6} accuracy {result.Metrics[^1].Accuracy:F5} peak "
                + $"{Process.GetCurrentProcess().PeakWorkingSet64 >> 20} MiB");
        Arguments.Print("  final: "
            + $"{string.Join(", ", result.Outcome.FinalMetrics.Select(metric => string.Create(
                    CultureInfo.InvariantCulture, $"{metric.Key} {metric.Value:F5}")))}");
    }

    /// <summary>A recipe, by file or name, with its changes, and its data.</summary>
    public static (Recipe Recipe, DataSplit Data) Open(string[] args)
    {
        string[] words = [.. args.Where((word, i) =>
            !word.StartsWith("--", StringComparison.Ordinal) && (i == 0 || !args[i - 1].StartsWith("--", StringComparison.Ordinal)))];
        var set = words.Skip(1).Where(word => word.Contains('=')).Select(word => word.Split('=', 2))
            .Select(pair => KeyValuePair.Create(pair[0], pair[1])).ToArray();
        var recipe = Recipe.Open(words[0], new RecipeOverrides { Set = set });
        return (recipe, RecipeRunner.LoadData(recipe, words.Skip(1).FirstOrDefault(word => !word.Contains('='))));
    }

    /// <summary>
    /// t-SNE of the first MNIST training images after PCA to 50, which are also written for the peer. Arguments: DATA_FOLDER COUNT
    /// FILE.npy.
    /// </summary>
    public static void Tsne(string[] args)
    {
        var samples = Mnist.Load(args[0]).Train.Take(int.Parse(args[1], CultureInfo.InvariantCulture)).Inputs;
        var reduced = Pca.Fit(samples, 50).Project(samples);
        WriteNpy(args[2], reduced);
        // The compiler's work is not the method's.
        Core.Tsne.Embed(reduced.RowRange(0, 200), new TsneOptions { Iterations = 20, ExactUpTo = 100 });
        Core.Tsne.Embed(reduced.RowRange(0, 200), new TsneOptions { Iterations = 20 });
        var clock = Stopwatch.StartNew();
        var result = Core.Tsne.Embed(reduced, new TsneOptions { PrincipalComponents = 0 });
        Arguments.Print($"{clock.Elapsed.TotalSeconds:F3} s, KL {result.Divergence:F4}{(result.Exact ? " over all pairs" : "")}");
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
}
