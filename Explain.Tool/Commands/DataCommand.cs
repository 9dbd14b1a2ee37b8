using System.CommandLine;
using System.Globalization;
using Explain.Core;

namespace Explain.Tool;

/// <summary><c>explain data</c>: what there is to train on.</summary>
internal static class DataCommand
{
    public static Command Create(Terminal terminal) => new("data", "List, describe and write data to train on.")
    {
        List(terminal),
        Info(terminal),
        Make(terminal),
    };

    private static Command List(Terminal terminal)
    {
        var json = new Option<bool>("--json") { Description = "Print JSON" };
        var command = new Command("list", "List the data that can be drawn or read, with their options.") { json };
        command.SetAction(parsed =>
        {
            if (parsed.GetValue(json))
            {
                terminal.WriteJson(DataCatalog.All.Select(source =>
                    new { source.Name, source.Description, source.Samples, source.Classes, Reads = Reads(source), source.Options }));
                return;
            }
            int width = DataCatalog.All.Max(source => source.Name.Length);
            foreach (var source in DataCatalog.All)
            {
                terminal.Out.WriteLine($"{source.Name.PadRight(width)}  {source.Description}");
                foreach (var option in source.Options)
                    terminal.Out.WriteLine($"{"".PadRight(width)}    {option.Name}: {option.Description} (default {option.Default})");
            }
        });
        return command;
    }

    private static Command Info(Terminal terminal)
    {
        var name =
            new Argument<string>("name") { Description = "A name of `explain data list`, a folder with IDX or CSV files, or a CSV file" };
        var set = Settings();
        var json = new Option<bool>("--json") { Description = "Print JSON" };
        var command = new Command("info", "Describe data: sizes, classes, values, fingerprint.") { name, set, json };
        command.SetAction(parsed =>
        {
            var data = Load(parsed.GetValue(name)!, parsed.GetValue(set)!);
            (string Part, Dataset Data)[] parts =
            [
                .. from part in ((string, Dataset?)[])[("training", data.Train), ("validation", data.Validation), ("test", data.Test)]
                                                          where part.Item2 is not null
                                                          select (part.Item1, part.Item2),
            ];
            if (parsed.GetValue(json))
            {
                terminal.WriteJson(parts.Select(part => new
                {
                    part.Part,
                    part.Data.Name,
                    Samples = part.Data.Count,
                    Shape = part.Data.SampleShape.ToString(),
                    Classes = part.Data.ClassNames.Zip(Counts(part.Data), (className, count) => new { Name = className, Samples = count }),
                    Values = ParameterStatistics.Of("inputs", "F32", "", part.Data.Inputs.Span),
                    Fingerprint = part.Data.Fingerprint(),
                }));
                return;
            }
            Print(terminal, data.Train, parts);
        });
        return command;
    }

    private static Command Make(Terminal terminal)
    {
        var name = new Argument<string>("name") { Description = "A name of `explain data list`" };
        var set = Settings();
        var output = new Option<string>(
            "--out", "-o") { Description = "Folder to write to; nothing in it is overwritten", HelpName = "DIR", Required = true };
        var command = new Command(
            "make", "Draw data and write it: images as the four IDX files of MNIST, anything else as CSV.") { name, set, output };
        command.SetAction(async (parsed, cancellation) =>
        {
            var source = DataCatalog.Find(parsed.GetValue(name)!);
            if (source.Input != DataInput.Nothing)
                throw new InputException($"The data '{source.Name}' is read from files, not drawn, so there is nothing to make.");
            string folder = parsed.GetValue(output)!;
            try
            {
                // Drawing much data takes long, and is left to itself where the user will not wait; writing is not left half done.
                var data = await Task.Run(() => Load(source.Name, parsed.GetValue(set)!), cancellation).WaitAsync(cancellation);
                foreach (string file in Writing.To(folder, () => DatasetWriter.Write(data, folder))) terminal.Out.WriteLine(file);
            }
            catch (OperationCanceledException)
            {
                throw new RunFailedException("Cancelled. No data was written.");
            }
        });
        return command;
    }

    private static Option<string[]> Settings() =>
        new("--set") { Description = "Option of the data; may be repeated", HelpName = "NAME=VALUE", DefaultValueFactory = _ => [] };

    // A name of the catalogue comes before a folder of that name; ./name is the folder.
    private static DataSplit Load(string name, string[] settings)
    {
        if (DataCatalog.All.Any(source => source.Name == name))
            return DataCatalog.Load(
                new DataRequest(name) { Options = settings.ToDictionary(setting => Parse(setting).Name, setting => Parse(setting).Value) });
        if (!Directory.Exists(name) && !File.Exists(name))
            throw new InputException(
                $"'{name}' is neither data that explain knows nor a folder "
                    + $"or file{Names.Hint(name, [.. DataCatalog.All.Select(source => source.Name)])}");
        return DataCatalog.Open(name);
    }

    private static (string Name, double Value) Parse(string setting)
    {
        string[] parts = setting.Split('=');
        return parts.Length == 2 && double.TryParse(parts[1], NumberStyles.Float, CultureInfo.InvariantCulture, out double value)
            ? (parts[0], value)
            : throw new InputException($"--set takes NAME=NUMBER, not '{setting}'.");
    }

    private static void Print(Terminal terminal, Dataset train, (string Part, Dataset Data)[] parts)
    {
        terminal.Out.WriteLine($"{train.Name}: samples of shape {train.SampleShape}, {train.ClassCount} classes");
        terminal.Out.WriteLine();
        terminal.Out.Write(TextTable.Format(
            ["part", ">samples", ">mean", ">std", ">min", ">max", "fingerprint"],
            parts.Select(part =>
            {
                var values = ParameterStatistics.Of("inputs", "F32", "", part.Data.Inputs.Span);
                return (IReadOnlyList<string>)
                [
                    part.Part,
                    Numbers.Count(part.Data.Count),
                    Numbers.Short(values.Mean),
                    Numbers.Short(values.Std),
                    ParameterStatistics.Limit(values.Min),
                    ParameterStatistics.Limit(values.Max),
                    part.Data.Fingerprint(),
                ];
            })));
        terminal.Out.WriteLine();
        int[][] counts = [.. parts.Select(part => Counts(part.Data))];
        terminal.Out.Write(TextTable.Format(
            ["class", .. parts.Select(part => $">{part.Part}")],
            train.ClassNames.Select((className, i) =>
                (IReadOnlyList<string>)[className, .. counts.Select(count => Numbers.Count(count[i]))])));
    }

    private static int[] Counts(Dataset data)
    {
        var counts = new int[data.ClassCount];
        foreach (int label in data.Labels) counts[label]++;
        return counts;
    }

    private static string Reads(DataSource source) =>
        source.Input switch { DataInput.Folder => "folder", DataInput.File => "file", _ => "nothing" };
}
