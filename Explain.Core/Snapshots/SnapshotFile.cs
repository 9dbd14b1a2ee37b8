using System.Globalization;

namespace Explain.Core;

/// <summary>Snapshots and the probe as safetensors files. FORMAT.md lists the names, shapes and units.</summary>
internal static class SnapshotFile
{
    private const string SnapshotFormat = "explain-snapshot 1";
    private const string ProbeFormat = "explain-probe 1";

    public static string Name(int epoch) => epoch.ToString("D5", CultureInfo.InvariantCulture) + ".safetensors";

    /// <summary>The epoch that a file name speaks of, or null where it is not a snapshot's.</summary>
    public static int? EpochOf(string path) =>
        int.TryParse(Path.GetFileNameWithoutExtension(path), NumberStyles.None, CultureInfo.InvariantCulture, out int epoch) && Path.GetFileName(path) == Name(epoch) ? epoch : null;

    public static void Write(string path, Snapshot snapshot)
    {
        var writer = new SafetensorsWriter();
        writer.AddMetadata("format", SnapshotFormat);
        writer.AddMetadata("epoch", snapshot.Epoch.ToString(CultureInfo.InvariantCulture));
        writer.AddMetadata("layers", snapshot.Layers.Select(layer => layer.Name));
        foreach (LayerSnapshot layer in snapshot.Layers)
        {
            string prefix = $"layers.{layer.Name}.";
            writer.Add(prefix + "weight", layer.Weights);
            if (layer.Bias.Length > 0) writer.Add(prefix + "bias", layer.Bias, layer.Bias.Length);
            writer.Add(prefix + "update", layer.Update);
            writer.Add(prefix + "gradient", layer.Gradient);
            writer.Add(prefix + "activation_histogram.counts", layer.Activations.Counts, layer.Activations.Counts.Length);
            writer.Add(prefix + "activation_histogram.range", new[] { layer.Activations.Minimum, layer.Activations.Maximum }, 2);
            writer.Add(prefix + "mean_activation", layer.MeanActivation, layer.MeanActivation.Length);
            writer.Add(prefix + "probe_activation", layer.ProbeActivations);
        }
        writer.Add("probe.output", snapshot.ProbeOutputs);
        AddConfusion(writer, "confusion.train", snapshot.TrainConfusion);
        AddConfusion(writer, "confusion.held_out", snapshot.HeldOutConfusion);
        AtomicFile.Write(path, writer.Write);
    }

    public static Snapshot Read(string path)
    {
        SafetensorsFile file = SafetensorsFile.Read(path);
        CheckFormat(file, path, SnapshotFormat);
        string epochText = file.Meta("epoch");
        if (!int.TryParse(epochText, NumberStyles.None, CultureInfo.InvariantCulture, out int epoch))
            throw new SafetensorsException(SafetensorsError.MetadataMissing, path, $"the metadata entry 'epoch' is '{epochText}'; expected a whole number.");
        Matrix outputs = file.Matrix("probe.output", -1, -1);
        return new Snapshot
        {
            Epoch = epoch,
            Layers = [.. file.MetaList("layers").Select(name => ReadLayer(file, name, outputs.Rows))],
            ProbeOutputs = outputs,
            TrainConfusion = ReadConfusion(file, "confusion.train"),
            HeldOutConfusion = ReadConfusion(file, "confusion.held_out"),
        };
    }

    public static void WriteProbe(string path, Probe probe)
    {
        Dataset samples = probe.Samples;
        Shape shape = samples.SampleShape;
        var writer = new SafetensorsWriter();
        writer.AddMetadata("format", ProbeFormat);
        writer.AddMetadata("name", samples.Name);
        writer.AddMetadata("source", probe.Source);
        writer.AddMetadata("class_names", samples.ClassNames);
        writer.Add("probe.input", samples.Inputs);
        writer.Add("probe.label", Array.ConvertAll(samples.Labels, label => (long)label), samples.Count);
        writer.Add("probe.shape", new long[] { shape.Height, shape.Width, shape.Channels }, 3);
        AtomicFile.Write(path, writer.Write);
    }

    public static Probe ReadProbe(string path)
    {
        SafetensorsFile file = SafetensorsFile.Read(path);
        CheckFormat(file, path, ProbeFormat);
        IReadOnlyList<string> classes = file.MetaList("class_names");
        int[] shape = file.Counts("probe.shape", 3);
        Matrix inputs = file.Matrix("probe.input", -1, -1);
        int[] labels = file.Counts("probe.label", inputs.Rows);
        if (shape.Aggregate(1L, (size, n) => size * n) != inputs.Columns)
            throw new InputException($"{path}: probe.input has {inputs.Columns} columns, but probe.shape is {string.Join('×', shape)}.");
        if (labels.Any(label => label >= classes.Count))
            throw new InputException($"{path}: probe.label holds {labels.Max()}, but there are only {classes.Count} class names.");
        return new Probe(new Dataset(file.Meta("name"), inputs, new Shape(shape[0], shape[1], shape[2]), labels, classes), file.Meta("source"));
    }

    private static LayerSnapshot ReadLayer(SafetensorsFile file, string name, int probes)
    {
        string prefix = $"layers.{name}.";
        Matrix weights = file.Matrix(prefix + "weight", -1, -1);
        float[] range = file.Floats(prefix + "activation_histogram.range", 2);
        return new LayerSnapshot
        {
            Name = name,
            Weights = weights,
            Bias = file.Tensors.ContainsKey(prefix + "bias") ? file.Floats(prefix + "bias", weights.Rows) : [],
            Update = file.Matrix(prefix + "update", weights.Rows, weights.Columns),
            Gradient = file.Matrix(prefix + "gradient", weights.Rows, weights.Columns),
            Activations = new Histogram(range[0], range[1], file.Integers(prefix + "activation_histogram.counts", -1)),
            MeanActivation = file.Floats(prefix + "mean_activation", -1),
            ProbeActivations = file.Matrix(prefix + "probe_activation", probes, -1),
        };
    }

    private static void AddConfusion(SafetensorsWriter writer, string name, int[,] counts)
    {
        if (counts.Length == 0) return;
        writer.Add(name, counts.Cast<int>().Select(count => (long)count).ToArray(), counts.GetLength(0), counts.GetLength(1));
    }

    private static int[,] ReadConfusion(SafetensorsFile file, string name)
    {
        if (!file.Tensors.ContainsKey(name)) return new int[0, 0];
        int[] flat = file.Counts(name, -1, -1);
        int rows = file.Tensors[name].Shape[0], columns = file.Tensors[name].Shape[1];
        int[,] counts = new int[rows, columns];
        for (int i = 0; i < flat.Length; i++) counts[i / columns, i % columns] = flat[i];
        return counts;
    }

    private static void CheckFormat(SafetensorsFile file, string path, string expected)
    {
        string format = file.Meta("format");
        if (format != expected)
            throw new SafetensorsException(SafetensorsError.MetadataMissing, path, $"the metadata entry 'format' is '{format}'; this version of Explain reads '{expected}'.");
    }
}
