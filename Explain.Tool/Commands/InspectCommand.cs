using System.CommandLine;
using Explain.Core;
using Explain.Render;

namespace Explain.Tool;

/// <summary><c>explain inspect</c>: what is in a run, in a folder of runs, or in a file of weights.</summary>
internal static class InspectCommand
{
    // What a script may ask for at once; a file of gigabytes is read better by other means than a line of JSON.
    private const long MostJsonValues = 1_000_000;

    public static Command Create(Terminal terminal)
    {
        var path = new Argument<string>("model") { Description = "Run folder, folder of run folders, or a .safetensors file" };
        var values = new Option<bool>("--values")
        {
            Description = "Print weights and biases as numbers: of a matrix up to " +
                $"{ValueText.MostRows} rows and {ValueText.MostColumns} columns, with a word on what is left out. " +
                $"With --json as lists in lists, whole, of tensors of up to {Numbers.Count(MostJsonValues)} values",
        };
        var json = new Option<bool>("--json") { Description = "Print JSON" };
        var command = new Command(
            "inspect", "Print the layers of a model, statistics of its parameters and, if asked, their values.") { path, values, json };
        command.SetAction(parsed =>
        {
            string given = parsed.GetValue(path)!;
            bool withValues = parsed.GetValue(values), asJson = parsed.GetValue(json);
            if (IsFolderOfRuns(given)) InspectRuns.Print(terminal, given, asJson);
            else if (Directory.Exists(given)) InspectRun(terminal, RunFolder.Open(given), withValues, asJson);
            else InspectFile(terminal, given, withValues, asJson);
        });
        return command;
    }

    private static void InspectRun(Terminal terminal, RunFolder run, bool values, bool json)
    {
        var info = run.Info;
        List<NamedTensor> parameters = run.SnapshotEpochs.Count == 0 ? [] : Parameters(run.ReadSnapshot(run.SnapshotEpochs[^1]));
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
                Task = info.Task.ToString(),
                info.Data,
                Loss = info.Objective.Loss.Name,
                Facts = RunFactsText.Of(run).ToDictionary(fact => fact.Label, fact => fact.Words),
                run.Outcome.KeptEpoch,
                run.Outcome.BestEpoch,
                info.Comparison,
                Input = info.Network.InputShape.ToString(),
                Layers = info.Network.Layers.Select(layer => new
                {
                    layer.Name,
                    layer.Kind,
                    Output = layer.OutputShape.ToString(),
                    Activation = layer.Activation.Name,
                    Initializer = layer.Initializer?.Name ?? "",
                    layer.Bias,
                    layer.Parameters,
                    Settings = layer.Settings.ToDictionary(setting => setting.Key, setting => setting.Value),
                }),
                FinalMetrics = run.Outcome.FinalMetrics.ToDictionary(metric => metric.Key, metric => metric.Value),
                SnapshotEpoch = run.SnapshotEpochs.Count == 0 ? (int?)null : run.SnapshotEpochs[^1],
                Parameters = parameters.Select(parameter => Json(parameter, values)),
                WeightsHash = run.WeightsHashes.Count == 0 ? null : run.WeightsHashes[^1],
            });
            return;
        }
        PrintSummary(terminal.Out, run);
        if (parameters.Count == 0) return;
        terminal.Out.WriteLine();
        terminal.Out.WriteLine($"Parameters after epoch {run.SnapshotEpochs[^1]}");
        Print(terminal.Out, parameters, values);
    }

    private static bool IsFolderOfRuns(string path) => Directory.Exists(path) && !File.Exists(Path.Combine(path, "run.json"));

    private static void PrintSummary(TextWriter to, RunFolder run)
    {
        var info = run.Info;
        to.WriteLine($"{info.Name}: {info.Title}");
        foreach (var (label, words) in RunFactsText.Of(run)) to.WriteLine($"{label.PadRight(RunFactsText.LabelWidth)} {words}");
        to.WriteLine();
        to.Write(TextTable.Format(
            ["layer", "kind", "output", "activation", "initialisation", ">parameters"],
            [["input", "", info.Network.InputShape.ToString(), "", "", ""], .. info.Network.Layers.Select(Row)]));
        long trained = info.Network.Layers.Sum(layer => (long)layer.Parameters);
        int kept = Network.FromDescription(info.Network).State.Length;
        to.WriteLine(
            $"{Numbers.Count(trained)} parameters, all trainable, {Numbers.Bytes(sizeof(float) * trained)}" +
            $"{(kept > 0 ? $"; {Numbers.Count(kept)} running means and variances beside them, not trained" : "")}");
    }

    private static IReadOnlyList<string> Row(LayerDescription layer) =>
        [
            layer.Name, LayerWords.Of(layer), layer.OutputShape.ToString(), LayerWords.Activation(layer), layer.Initializer?.Name ?? "",
            Numbers.Count(layer.Parameters),
        ];

    private static void InspectFile(Terminal terminal, string path, bool values, bool json)
    {
        if (!File.Exists(path)) throw new InputException($"{path}: there is no such file or folder.");
        if (!path.EndsWith(".safetensors", StringComparison.OrdinalIgnoreCase))
            throw new InputException($"{path}: not a run folder and not a .safetensors file, which are what can be inspected.");
        var file = SafetensorsFile.Read(path);
        List<NamedTensor> tensors = [.. file.Tensors.Select(pair => new NamedTensor(pair.Key, pair.Value))];
        if (json)
        {
            terminal.WriteJson(new { file.Metadata, Tensors = tensors.Select(tensor => Json(tensor, values)) });
            return;
        }
        foreach (var (key, value) in file.Metadata) terminal.Out.WriteLine($"{key}: {value}");
        if (file.Metadata.Count > 0) terminal.Out.WriteLine();
        Print(terminal.Out, tensors, values);
    }

    private static void Print(TextWriter to, IReadOnlyList<NamedTensor> tensors, bool values)
    {
        List<ParameterStatistics> all = [.. tensors.Select(tensor => ParameterStatistics.Of(tensor.Name, tensor.Tensor))];
        to.Write(TextTable.Format(
            ["tensor", "type", "shape", ">values", ">bytes", ">mean", ">std", ">min", ">max", ">zeros", ">not finite"],
            all.Select(Row)));
        if (all.Count != 1)
        {
            string count = all.Count == 0 ? "no tensors" : $"{Numbers.Count(all.Count)} tensors";
            to.WriteLine($"{count}, {Numbers.Count(all.Sum(each => each.Count))} values, {Numbers.Bytes(all.Sum(each => each.Bytes))}");
        }
        if (!values) return;
        foreach (NamedTensor tensor in tensors)
        {
            to.WriteLine();
            to.WriteLine(
                $"{tensor.Name} {tensor.Tensor.Type} {tensor.Tensor.ShapeText}{(tensor.Words.Length > 0 ? $", {tensor.Words}" : "")}");
            ValueText.Write(to, tensor.Tensor, tensor.ArePictures);
        }
    }

    private static IReadOnlyList<string> Row(ParameterStatistics of) =>
    [
        of.Name,
        of.Type,
        of.Shape,
        Numbers.Count(of.Count),
        Numbers.Count(of.Bytes),
        Numbers.Short(of.Mean),
        Numbers.Short(of.Std),
        ParameterStatistics.Limit(of.Min),
        ParameterStatistics.Limit(of.Max),
        Numbers.Count(of.Zeros),
        Numbers.Count(of.NotFinite),
    ];

    private static ParameterStatistics Json(NamedTensor named, bool values)
    {
        var of = ParameterStatistics.Of(named.Name, named.Tensor);
        if (!values) return of;
        return named.Tensor.Count <= MostJsonValues
            ? of with { Values = ValueText.Nested(named.Tensor), LeftOut = 0 }
            : of with { LeftOut = named.Tensor.Count };
    }

    private static List<NamedTensor> Parameters(Snapshot snapshot)
    {
        var all = new List<NamedTensor>();
        foreach (var layer in snapshot.Layers)
        {
            int[] shape = layer.KernelShape is { } kernel
                ? [layer.Weights.Rows, kernel.Height, kernel.Width, kernel.Channels]
                : [layer.Weights.Rows, layer.Weights.Columns];
            string words = layer.KernelShape is not null ? "filters × height × width × channels"
                : layer.State.Length > 0 ? "a value a channel"
                : "a row a unit, a column an input";
            all.Add(NamedTensor.Of(
                $"{layer.Name} weights", shape, layer.Weights.Span) with { Words = words, ArePictures = layer.KernelShape is not null });
            if (layer.Bias.Length > 0) all.Add(NamedTensor.Of($"{layer.Name} bias", [layer.Bias.Length], layer.Bias));
            if (layer.State.Length == 0) continue;
            int channels = layer.State.Length / 2;
            all.Add(NamedTensor.Of($"{layer.Name} running mean", [channels], layer.State.AsSpan(0, channels)));
            all.Add(NamedTensor.Of($"{layer.Name} running variance", [channels], layer.State.AsSpan(channels)));
        }
        return all;
    }
}
