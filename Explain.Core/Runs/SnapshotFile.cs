using System.Globalization;

namespace Explain.Core;

/// <summary>Snapshots and the probe as safetensors files. FORMAT.md lists the names, shapes and units.</summary>
internal static class SnapshotFile
{
    private const string SnapshotFormat = "explain-snapshot 1";
    private const string WeightsHash = "weights_sha256";
    private const string ProbeFormat = "explain-probe 1";

    public static string Name(int epoch) => epoch.ToString("D5", CultureInfo.InvariantCulture) + ".safetensors";

    /// <summary>The epoch that a file name speaks of, or null where it is not a snapshot's.</summary>
    public static int? EpochOf(string path) =>
        int.TryParse(Path.GetFileNameWithoutExtension(path), NumberStyles.None, CultureInfo.InvariantCulture, out int epoch)
            && Path.GetFileName(path) == Name(epoch)
            ? epoch
            : null;

    public static void Write(string path, Snapshot snapshot)
    {
        var writer = new SafetensorsWriter();
        writer.AddMetadata("format", SnapshotFormat);
        writer.AddMetadata("epoch", snapshot.Epoch.ToString(CultureInfo.InvariantCulture));
        writer.AddMetadata("layers", snapshot.Layers.Select(layer => layer.Name));
        if (snapshot.WeightsHash.Length > 0) writer.AddMetadata(WeightsHash, snapshot.WeightsHash);
        foreach (LayerSnapshot layer in snapshot.Layers)
        {
            string prefix = $"layers.{layer.Name}.";
            Add(writer, prefix + "weight", layer.Weights, layer.KernelShape);
            if (layer.Bias.Length > 0) writer.Add(prefix + "bias", layer.Bias, layer.Bias.Length);
            Add(writer, prefix + "update", layer.Update, layer.KernelShape);
            Add(writer, prefix + "gradient", layer.Gradient, layer.KernelShape);
            writer.Add(prefix + "activation_histogram.counts", layer.Activations.Counts, layer.Activations.Counts.Length);
            writer.Add(prefix + "activation_histogram.range", new[] { layer.Activations.Minimum, layer.Activations.Maximum }, 2);
            writer.Add(
                prefix + "mean_activation",
                layer.MeanActivation,
                layer.OutputShape is { } image ? [image.Height, image.Width, image.Channels] : [layer.MeanActivation.Length]);
            Add(writer, prefix + "probe_activation", layer.ProbeActivations, layer.OutputShape);
            if (layer.State.Length == 0) continue;
            writer.Add(prefix + "running_mean", layer.State.AsMemory(0, layer.State.Length / 2), layer.State.Length / 2);
            writer.Add(prefix + "running_variance", layer.State.AsMemory(layer.State.Length / 2), layer.State.Length / 2);
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
            throw new SafetensorsException(
                SafetensorsError.MetadataMissing, path, $"the metadata entry 'epoch' is '{epochText}'; expected a whole number.");
        Matrix outputs = file.Matrix("probe.output", -1, -1);
        return new Snapshot
        {
            Epoch = epoch,
            Layers = [.. file.MetaList("layers").Select(name => ReadLayer(file, name, outputs.Rows))],
            ProbeOutputs = outputs,
            TrainConfusion = ReadConfusion(file, "confusion.train"),
            HeldOutConfusion = ReadConfusion(file, "confusion.held_out"),
            WeightsHash = file.Metadata.GetValueOrDefault(WeightsHash, ""),
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
        return new Probe(
            new Dataset(file.Meta("name"), inputs, new Shape(shape[0], shape[1], shape[2]), labels, classes), file.Meta("source"));
    }

    private static LayerSnapshot ReadLayer(SafetensorsFile file, string name, int probes)
    {
        string prefix = $"layers.{name}.";
        (Matrix weights, Shape? kernel) = ReadRows(file, prefix + "weight", -1, -1);
        (Matrix activations, Shape? image) = ReadRows(file, prefix + "probe_activation", -1, -1);
        // Says what is wrong.
        if (image is null && activations.Rows != probes) activations = file.Matrix(prefix + "probe_activation", probes, -1);
        float[] range = file.Floats(prefix + "activation_histogram.range", 2);
        return new LayerSnapshot
        {
            Name = name,
            Weights = weights,
            Bias = file.Tensors.ContainsKey(prefix + "bias") ? file.Floats(prefix + "bias", weights.Rows) : [],
            Update = ReadRows(file, prefix + "update", weights.Rows, weights.Columns).Rows,
            Gradient = ReadRows(file, prefix + "gradient", weights.Rows, weights.Columns).Rows,
            Activations = new Histogram(range[0], range[1], file.Integers(prefix + "activation_histogram.counts", -1)),
            MeanActivation = image is { } shape ? file.Floats(prefix + "mean_activation", shape.Height, shape.Width, shape.Channels)
                : file.Floats(prefix + "mean_activation", -1),
            ProbeActivations = activations,
            KernelShape = kernel,
            OutputShape = image,
            State = file.Tensors.ContainsKey(prefix + "running_mean")
                ? [
                    .. file.Floats(prefix + "running_mean", -1),
                    .. file.Floats(prefix + "running_variance", file.Tensors[prefix + "running_mean"].Shape[0]),
                ]
                : [],
        };
    }

    /// <summary>Rows that are images stand as [rows, height, width, channels], others as [rows, columns].</summary>
    private static void Add(SafetensorsWriter writer, string name, Matrix rows, Shape? shape)
    {
        if (shape is { } image) writer.Add(name, rows.Memory, rows.Rows, image.Height, image.Width, image.Channels);
        else writer.Add(name, rows);
    }

    private static (Matrix Rows, Shape? Shape) ReadRows(SafetensorsFile file, string name, int rows, int columns)
    {
        if (!file.Tensors.TryGetValue(name, out var tensor) || tensor.Shape is not [int count, int height, int width, int channels])
            return (file.Matrix(name, rows, columns), null);
        var image = new Shape(height, width, channels);
        // Values of another number than expected are told of as of a tensor without the shape.
        if ((columns >= 0 && image.Size != columns) || (rows >= 0 && count != rows)) return (file.Matrix(name, rows, columns), null);
        return (new Matrix(file.Floats(name, count, height, width, channels), 0, count, image.Size), image);
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
            throw new SafetensorsException(
                SafetensorsError.MetadataMissing, path,
                $"the metadata entry 'format' is '{format}'; this version of Explain reads '{expected}'.");
    }
}
