using System.CommandLine;
using Explain.Core;
using Explain.Render;

namespace Explain.Tool;

/// <summary><c>explain render</c>: one figure to one file.</summary>
internal static class RenderCommand
{
    public static Command Create(Terminal terminal)
    {
        var paths = new Argument<string[]>("run")
        {
            Description = "Run folder; several for figures that show several runs",
            Arity = ArgumentArity.OneOrMore,
        };
        var figure = new Option<string>(
            "--figure", "-f") { Description = "What to draw; `explain figures` lists the names", HelpName = "NAME", Required = true };
        var epoch =
            new Option<string>("--epoch") { Description = "Epoch with a snapshot", HelpName = "N|last", DefaultValueFactory = _ => "last" };
        var layer = Usage.Number("--layer", null, "Layer among those with weights: 0 is the first, -1 the last", "L");
        var format = Usage.Choice(
            "--format",
            "File format; without it, by the ending of the file's name. An apng moves: a figure in space turns once, "
                + "in 72 frames and 7.2 seconds; another shows each kept epoch, 4 a second, and stays 2 seconds longer at the last",
            PictureFormat.All);
        var scale = new Option<double>(
            "--scale") { Description = "Pixels of the file per pixel of the figure", HelpName = "S", DefaultValueFactory = _ => 1 };
        var width = new Option<double?>("--width")
        {
            Description = "Width of the figure in pixels, 200 to 8000, before --scale; the height follows",
            HelpName = "PIXELS",
        };
        var theme = Usage.Choice("--theme", "Colours", [.. Theme.All.Select(each => each.Name)]);
        theme.DefaultValueFactory = _ => "light";
        var set = new Option<string[]>(
            "--set") { Description = "Option of the figure; may be repeated", HelpName = "NAME=VALUE", DefaultValueFactory = _ => [] };
        var font = Usage.Font();
        var threads = Usage.Threads();
        var output = new Option<string>("--out", "-o") { Description = "File to write", HelpName = "FILE", Required = true };
        var command = new Command(
            "render", "Draw one figure of a run to a file; figures of an epoch, and those that turn, also to an animation.")
        {
            paths, figure, epoch, layer, format, scale, width, theme, font, threads, set, output,
        };
        command.SetAction((parsed, cancellation) => Usage.WithThreadsAsync(parsed.GetValue(threads), async () =>
        {
            var face = Typeface.Load(parsed.GetValue(font));
            string file = parsed.GetValue(output)!;
            var kind = FigureCatalog.Find(parsed.GetValue(figure)!);
            if (!kind.TakesEpoch && parsed.GetResult(epoch) is { Implicit: false })
                throw Refused(kind, "--epoch", FigureCatalog.All.Where(other => other.TakesEpoch));
            if (!kind.TakesLayer && parsed.GetResult(layer) is { Implicit: false })
                throw Refused(kind, "--layer", FigureCatalog.All.Where(other => other.TakesLayer));
            string chosen = PictureFormat.Of(file, parsed.GetValue(format));
            if (Directory.Exists(file)) throw new InputException($"'{file}' is a folder; name a file to write.");
            double pixels = parsed.GetValue(scale);
            if (!(pixels > 0 && pixels <= 16)) throw new InputException($"--scale is {pixels}; allowed is more than 0 and at most 16.");
            if (parsed.GetValue(width) is { } asked && !(asked >= 200 && asked <= 8000))
                throw new InputException($"--width is {asked}; allowed are 200 to 8000 pixels.");
            var runs = RunArguments.Open(parsed.GetValue(paths)!);
            if (kind.Scope != FigureScope.Runs && runs.Count > 1)
                throw new InputException(
                    $"The figure '{kind.Name}' shows one run, but {runs.Count} were given; name one of them, e.g. {runs[0].Path}.");
            if (runs.FirstOrDefault(run => !kind.Applies(run)) is { } bare)
                throw new InputException($"The figure '{kind.Name}' does not apply to {bare.Path}: {kind.Unmet(bare)}.");
            if (kind.AppliesTogether(runs) is { } apart)
                throw new InputException($"The figure '{kind.Name}' does not apply to these runs: {apart}.");
            var request = new FigureRequest
            {
                Runs = runs,
                Epoch = Epoch(runs[0], parsed.GetValue(epoch)!),
                Layer = Layer(runs[0], parsed.GetValue(layer)),
                Width = parsed.GetValue(width),
                Density = PictureFormat.IsBitmap(chosen) ? pixels : Math.Max(pixels, 2),
                Options = Options(kind, parsed.GetValue(set)!),
            };
            var colors = Theme.All.First(each => each.Name == parsed.GetValue(theme)) with { Face = face };
            terminal.Out.WriteLine(await Writing.ToAsync(file, () => terminal.TrackAsync($"Drawing {kind.Name}", report => Task.Run(
                () =>
                {
                    var preparing = new Preparing(report);
                    request.Analyst.Prepare(kind.Needs(request), preparing, cancellation);
                    report(1, 1, "");
                    if (chosen == "apng") PictureFormat.Animate(kind, request, colors, preparing, cancellation).SaveApng(file, pixels);
                    else kind.Create(request).Draw(colors).Save(file, chosen, pixels);
                    return file;
                },
                cancellation))));
        }));
        return command;
    }

    private static InputException Refused(FigureKind kind, string option, IEnumerable<FigureKind> takers) =>
        new(
            $"The figure '{kind.Name}' takes no {option}; leave it out. "
                + $"Those that take it are {string.Join(", ", takers.Select(other => other.Name))}.");

    private static int? Epoch(RunFolder run, string text)
    {
        if (text == "last") return null;
        string kept = run.SnapshotEpochs.Count == 0 ? "the run has no snapshot"
            : $"the run has snapshots of {string.Join(", ", run.SnapshotEpochs)}";
        if (!int.TryParse(text, out int epoch)) throw new InputException($"--epoch takes a number or 'last', not '{text}'; {kept}.");
        return run.SnapshotEpochs.Contains(epoch) ? epoch
            : throw new InputException($"{run.Path} has no snapshot of epoch {epoch}; {kept}.");
    }

    private static int? Layer(RunFolder run, int? layer)
    {
        if (layer is not { } index) return null;
        int count = run.Info.Network.Layers.Count(l => l.Parameters > 0);
        return index >= -count && index < count ? index
            : throw new InputException(
                $"--layer is {index}, but the run has {count} layers with weights; allowed are 0 to {count - 1} and -1 to -{count}.");
    }

    private static Dictionary<string, string> Options(FigureKind kind, string[] settings)
    {
        var options = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string setting in settings)
        {
            int equals = setting.IndexOf('=');
            if (equals < 1) throw new InputException($"--set takes NAME=VALUE, not '{setting}'.");
            string name = setting[..equals];
            string[] known = [.. kind.Options.Select(option => option.Name)];
            if (!known.Contains(name))
                throw new InputException(
                    $"The figure '{kind.Name}' has no option '{name}'{(known.Length == 0 ? "; it has none." : Names.Hint(name, known))}");
            options[name] = setting[(equals + 1)..];
        }
        return options;
    }

    private sealed class Preparing(Action<double, double, string> report) : IProgress<AnalysisProgress>
    {
        public void Report(AnalysisProgress value) =>
            report(value.Done + (value.Ended is null ? value.Share : 0), value.Total, value.ToString());
    }
}
