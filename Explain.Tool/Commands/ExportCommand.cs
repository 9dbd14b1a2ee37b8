using System.CommandLine;
using Explain.Core;

namespace Explain.Tool;

/// <summary><c>explain export</c>: runs to files that other programs read.</summary>
internal static class ExportCommand
{
    public static Command Create(Terminal terminal)
    {
        var paths =
            new Argument<string[]>("run") { Description = "Run folders, or folders of run folders", Arity = ArgumentArity.OneOrMore };
        var format = Usage.Choice(
            "--to",
            "File format; without it, by the ending of the file's name. csv: every metric of every epoch in one long table (run, "
                + "the settings that differ, epoch, "
                + "metric, layer, value), and in a second file, PATH-runs.csv, one row a run. npz and safetensors: "
                + "metrics and the weights of every kept epoch as "
                + "arrays, e.g. metrics/loss and snapshots/00012/layers.dense1.weight; of several runs with the run's name in front",
            [.. RunExport.Formats]);
        var output = new Option<string>("--out", "-o") { Description = "File to write", HelpName = "PATH", Required = true };
        var force = new Option<bool>("--force") { Description = "Replace files that are there already" };
        var command = new Command(
            "export", "Write the metrics and weights of runs for spreadsheets, NumPy and others.") { paths, format, output, force };
        command.SetAction(parsed =>
        {
            string path = parsed.GetValue(output)!;
            string to = parsed.GetValue(format) ?? FormatOf(path);
            var runs = RunArguments.Open(parsed.GetValue(paths)!);
            var files = terminal.Watch($"Exporting {(runs.Count == 1 ? runs[0].Info.Name : $"{runs.Count} runs")}", () =>
                Writing.To(path, () => RunExport.Write(runs, to, path, parsed.GetValue(force))));
            foreach (string file in files) terminal.Out.WriteLine(file);
        });
        return command;
    }

    private static string FormatOf(string path)
    {
        string ending = Path.GetExtension(path).TrimStart('.').ToLowerInvariant();
        return RunExport.Formats.Contains(ending)
            ? ending
            : throw new InputException($"'{path}' ends in none of .{string.Join(", .", RunExport.Formats)}; say the format with --to.");
    }
}
