using System.Globalization;

namespace Explain.Core;

/// <summary>A <see cref="TrainingState"/> as a safetensors file. FORMAT.md lists the names, shapes and units.</summary>
internal static class CheckpointFile
{
    public const string Name = "checkpoint.safetensors";
    private const string Format = "explain-checkpoint 2";

    public static void Write(string path, TrainingState state)
    {
        var writer = new SafetensorsWriter();
        AddValues(writer, "network", state.Network);
        foreach ((string name, float[] values) in state.Optimizer.Buffers) writer.Add($"optimizer.{name}", values, values.Length);
        writer.Add("optimizer.counters", state.Optimizer.Counters, state.Optimizer.Counters.Length);
        writer.Add("last_loss", new[] { state.LastLoss }, 1);
        writer.Add("snapshot.parameters", state.SnapshotParameters, state.SnapshotParameters.Length);
        if (state.UnderWay is { } underWay) AddUnderWay(writer, underWay);
        AddBest(writer, "best", state.Best);
        AddBest(writer, "patience", state.Patience);
        writer.AddMetadata("format", Format);
        writer.AddMetadata("epoch", Text(state.Epoch));
        writer.AddMetadata("step", Text(state.Step));
        writer.AddMetadata("epochs", Text(state.Epochs));
        writer.AddMetadata("snapshot_epoch", Text(state.SnapshotEpoch));
        writer.AddMetadata("settings", state.Settings.SelectMany(setting => new[] { setting.Key, setting.Value }));
        writer.AddMetadata("optimizer_buffers", state.Optimizer.Buffers.Select(buffer => buffer.Key));
        writer.AddMetadata("measured_layers", (state.UnderWay?.Activations ?? []).Select(layer => layer.Layer));
        writer.AddMetadata(SafetensorsChecksum.Key, writer.Checksum());
        AtomicFile.Write(path, writer.Write);
    }

    public static TrainingState Read(string path)
    {
        var file = SafetensorsFile.Read(path);
        string format = file.Meta("format");
        if (format != Format)
            throw new SafetensorsException(
                SafetensorsError.MetadataMissing, path,
                $"the metadata entry 'format' is '{format}'; this version of Explain reads '{Format}'.");
        if (file.Meta(SafetensorsChecksum.Key) != file.Checksum())
            throw new SafetensorsException(
                SafetensorsError.ValueOutOfRange, path,
                "names, numbers or values are not those that were written: their SHA-256 differs from the one in the metadata.");
        int step = Number(file, path, "step", 0);
        return new TrainingState
        {
            Epoch = Number(file, path, "epoch", 0),
            Step = step,
            Epochs = Number(file, path, "epochs", 1),
            Settings = ReadSettings(file, path),
            Network = ReadValues(file, "network"),
            Optimizer = new OptimizerState(
                [.. file.MetaList("optimizer_buffers")
                    .Select(name => new KeyValuePair<string, float[]>(name, file.Floats($"optimizer.{name}", -1)))],
                file.Doubles("optimizer.counters", -1)),
            LastLoss = file.Doubles("last_loss", 1)[0],
            UnderWay = step == 0 ? null : ReadUnderWay(file),
            Best = ReadBest(file, "best"),
            Patience = ReadBest(file, "patience"),
            SnapshotEpoch = Number(file, path, "snapshot_epoch", -1),
            SnapshotParameters = file.Floats("snapshot.parameters", -1),
        };
    }

    private static KeyValuePair<string, string>[] ReadSettings(SafetensorsFile file, string path)
    {
        IReadOnlyList<string> texts = file.MetaList("settings");
        return texts.Count % 2 == 0
            ? [.. texts.Chunk(2).Select(pair => new KeyValuePair<string, string>(pair[0], pair[1]))]
            : throw new SafetensorsException(
                SafetensorsError.MetadataMissing, path,
                $"the metadata entry 'settings' has {texts.Count} texts; expected names and values by turns.");
    }

    private static void AddUnderWay(SafetensorsWriter writer, EpochUnderWay underWay)
    {
        writer.Add("epoch.sums", new[] { underWay.LossSum, underWay.Seconds }, 2);
        writer.Add("epoch.hits", new[] { underWay.Hits }, 1);
        AddValues(writer, "before", underWay.Before);
        foreach (var layer in underWay.Activations)
        {
            writer.Add($"activations.{layer.Layer}.sums", new[] { layer.Sum, layer.SumOfSquares }, 2);
            writer.Add($"activations.{layer.Layer}.counts", new[] { layer.Count, layer.Flat }, 2);
            writer.Add($"activations.{layer.Layer}.slopes", layer.Slopes, layer.Slopes.Length);
        }
    }

    private static EpochUnderWay ReadUnderWay(SafetensorsFile file)
    {
        double[] sums = file.Doubles("epoch.sums", 2);
        return new EpochUnderWay(
            sums[0],
            file.Integers("epoch.hits", 1)[0],
            sums[1],
            [.. file.MetaList("measured_layers").Select(Activations)],
            ReadValues(file, "before"));

        ActivationTotals Activations(string layer)
        {
            double[] totals = file.Doubles($"activations.{layer}.sums", 2);
            long[] counts = file.Integers($"activations.{layer}.counts", 2);
            return new ActivationTotals(layer, counts[0], totals[0], totals[1], counts[1], file.Floats($"activations.{layer}.slopes", -1));
        }
    }

    private static void AddBest(SafetensorsWriter writer, string name, BestEpoch? best)
    {
        if (best is null) return;
        writer.Add($"{name}.epoch", new long[] { best.Epoch }, 1);
        writer.Add($"{name}.value", new[] { best.Value }, 1);
        if (best.Network is { } network) AddValues(writer, name, network);
    }

    private static BestEpoch? ReadBest(SafetensorsFile file, string name) => file.Tensors.ContainsKey($"{name}.epoch")
        ? new BestEpoch(
            file.Counts($"{name}.epoch", 1)[0],
            file.Doubles($"{name}.value", 1)[0],
            file.Tensors.ContainsKey($"{name}.parameters") ? ReadValues(file, name) : null)
        : null;

    private static void AddValues(SafetensorsWriter writer, string name, NetworkValues values)
    {
        writer.Add($"{name}.parameters", values.Parameters, values.Parameters.Length);
        writer.Add($"{name}.state", values.State, values.State.Length);
    }

    private static NetworkValues ReadValues(SafetensorsFile file, string name) =>
        new(file.Floats($"{name}.parameters", -1), file.Floats($"{name}.state", -1));

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static int Number(SafetensorsFile file, string path, string key, int minimum)
    {
        string text = file.Meta(key);
        return int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value) && value >= minimum
            ? value
            : throw new SafetensorsException(
                SafetensorsError.MetadataMissing, path, $"the metadata entry '{key}' is '{text}'; expected a whole number from {minimum}.");
    }
}
