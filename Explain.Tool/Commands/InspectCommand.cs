using System.CommandLine;
using System.Runtime.InteropServices;
using Explain.Core;
using Explain.Render;

namespace Explain.Tool;

/// <summary><c>explain inspect</c>: what is in a run or in a file of weights.</summary>
internal static class InspectCommand
{
    public static Command Create(Terminal terminal)
    {
        var path = new Argument<string>("model") { Description = "Run folder, or a .safetensors file" };
        var json = new Option<bool>("--json") { Description = "Print JSON" };
        var command = new Command("inspect", "Print the layers of a model and statistics of its parameters.") { path, json };
        command.SetAction(parsed =>
        {
            string given = parsed.GetValue(path)!;
            if (Directory.Exists(given)) InspectRun(terminal, RunFolder.Open(given), parsed.GetValue(json));
            else InspectFile(terminal, given, parsed.GetValue(json));
        });
        return command;
    }

    private static void InspectRun(Terminal terminal, RunFolder run, bool json)
    {
        var info = run.Info;
        var parameters = run.SnapshotEpochs.Count == 0 ? [] : Parameters(run.ReadSnapshot(run.SnapshotEpochs[^1]));
        if (json)
        {
            terminal.WriteJson(new
            {
                info.Name,
                info.Title,
                info.Seed,
                Status = Numbers.Status(run.Outcome.Status),
                run.Outcome.Message,
                Epochs = run.Outcome.EpochsDone,
                info.Data,
                Loss = info.Objective.Loss.Name,
                Input = info.Network.InputShape.ToString(),
                Layers = info.Network.Layers.Select(layer => new { layer.Name, layer.Kind, Output = layer.OutputShape.ToString(), Activation = layer.Activation.Name, Initializer = layer.Initializer?.Name ?? "", layer.Bias, layer.Parameters, Settings = layer.Settings.ToDictionary(setting => setting.Key, setting => setting.Value) }),
                FinalMetrics = run.Outcome.FinalMetrics.ToDictionary(metric => metric.Key, metric => metric.Value),
                SnapshotEpoch = run.SnapshotEpochs.Count == 0 ? (int?)null : run.SnapshotEpochs[^1],
                Parameters = parameters,
                WeightsHash = run.WeightsHashes.Count == 0 ? null : run.WeightsHashes[^1],
            });
            return;
        }
        var to = terminal.Out;
        to.WriteLine($"{info.Name}: {info.Title}");
        to.WriteLine($"data    {info.Data.Name}, {Numbers.Count(info.Data.Train)} training, {Numbers.Count(info.Data.Validation)} validation, {Numbers.Count(info.Data.Test)} test samples");
        to.WriteLine($"run     {Numbers.Status(run.Outcome.Status)}, {run.Outcome.EpochsDone} of {info.Epochs} epochs, seed {info.Seed}{(run.Outcome.Message.Length > 0 ? $". {run.Outcome.Message}" : "")}");
        if (run.Outcome.FinalMetrics.Count > 0)
            to.WriteLine($"final   {string.Join(", ", run.Outcome.FinalMetrics.Select(metric => $"{metric.Key} {Numbers.Plain(Numbers.Metric(metric.Key, metric.Value))}"))}");
        if (run.WeightsHashes.Count > 0) to.WriteLine($"weights {run.WeightsHashes[^1]} (SHA-256 after epoch {run.WeightsHashes.Count})");
        to.WriteLine();
        to.Write(TextTable.Format(
            ["layer", "kind", "output", "activation", "initialisation", ">parameters"],
            [["input", "", info.Network.InputShape.ToString(), "", "", ""], .. info.Network.Layers.Select(Row)]));
        int kept = Network.FromDescription(info.Network).State.Length;
        to.WriteLine($"{Numbers.Count(info.Network.Layers.Sum(layer => (long)layer.Parameters))} parameters, all trainable{(kept > 0 ? $"; {Numbers.Count(kept)} running means and variances beside them" : "")}; loss: {info.Objective.Loss}");
        if (parameters.Count == 0) return;
        to.WriteLine();
        to.WriteLine($"Parameters after epoch {run.SnapshotEpochs[^1]}");
        Print(terminal, parameters);
    }

    private static IReadOnlyList<string> Row(LayerDescription layer) =>
        [layer.Name, LayerWords.Of(layer), layer.OutputShape.ToString(), LayerWords.Activation(layer), layer.Initializer?.Name ?? "", Numbers.Count(layer.Parameters)];

    private static void InspectFile(Terminal terminal, string path, bool json)
    {
        if (!File.Exists(path)) throw new InputException($"{path}: there is no such file or folder.");
        if (!path.EndsWith(".safetensors", StringComparison.OrdinalIgnoreCase))
            throw new InputException($"{path}: not a run folder and not a .safetensors file, which are what can be inspected.");
        var file = SafetensorsFile.Read(path);
        List<ParameterStatistics> parameters = [.. file.Tensors.Select(pair => Statistics(pair.Key, pair.Value))];
        if (json)
        {
            terminal.WriteJson(new { file.Metadata, Tensors = parameters });
            return;
        }
        foreach (var (key, value) in file.Metadata) terminal.Out.WriteLine($"{key}: {value}");
        if (file.Metadata.Count > 0) terminal.Out.WriteLine();
        Print(terminal, parameters);
    }

    private static void Print(Terminal terminal, IEnumerable<ParameterStatistics> parameters) =>
        terminal.Out.Write(TextTable.Format(
            ["tensor", "type", "shape", ">values", ">mean", ">std", ">min", ">max", ">zeros", ">not finite"],
            parameters.Select(p => (IReadOnlyList<string>)
                [p.Name, p.Type, p.Shape, Numbers.Count(p.Count), Numbers.Short(p.Mean), Numbers.Short(p.Std), Numbers.Short(p.Min), Numbers.Short(p.Max), Numbers.Count(p.Zeros), Numbers.Count(p.NotFinite)])));

    private static List<ParameterStatistics> Parameters(Snapshot snapshot)
    {
        var all = new List<ParameterStatistics>();
        foreach (var layer in snapshot.Layers)
        {
            all.Add(ParameterStatistics.Of($"{layer.Name} weights", "F32", layer.KernelShape is { } kernel ? $"[{layer.Weights.Rows}, {kernel.Height}, {kernel.Width}, {kernel.Channels}]" : $"[{layer.Weights.Rows}, {layer.Weights.Columns}]", layer.Weights.Span));
            if (layer.Bias.Length > 0) all.Add(ParameterStatistics.Of($"{layer.Name} bias", "F32", $"[{layer.Bias.Length}]", layer.Bias));
            if (layer.State.Length == 0) continue;
            int channels = layer.State.Length / 2;
            all.Add(ParameterStatistics.Of($"{layer.Name} running mean", "F32", $"[{channels}]", layer.State.AsSpan(0, channels)));
            all.Add(ParameterStatistics.Of($"{layer.Name} running variance", "F32", $"[{channels}]", layer.State.AsSpan(channels)));
        }
        return all;
    }

    private static ParameterStatistics Statistics(string name, SafetensorsTensor tensor)
    {
        float[] values = tensor.Type switch
        {
            "F32" => MemoryMarshal.Cast<byte, float>(tensor.Data.Span).ToArray(),
            "I64" => Array.ConvertAll(MemoryMarshal.Cast<byte, long>(tensor.Data.Span).ToArray(), value => (float)value),
            _ => [],
        };
        return ParameterStatistics.Of(name, tensor.Type, tensor.ShapeText, values);
    }
}
