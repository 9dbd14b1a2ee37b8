using Explain.Core;

namespace Explain.Render;

/// <summary>What a layer's channels answer to some samples: its activations as pictures, one a channel, beside the sample.</summary>
public sealed class FeatureMaps(FigureRequest request, int? layer = null, int? epoch = null)
    : SnapshotFigure(Kind, request, "there are no activations to show", layer, epoch, DefaultLayer(request.Run))
{
    private const double Width = 680;
    private const double LeastWidth = 420;
    private const double Picture = 84;
    private const double Gap = 16;
    private const double Head = 18;
    private const int MostMaps = 64;
    private const int LongestRow = 16;
    private static readonly FigureOption SamplesOption = new(
        "samples", "1|2|3|4|5|6|8|10", "5",
        "How many probe samples: the first of each class, in the order of the classes, then the second of each.");
    private static readonly FigureOption PooledOption = new(
        "pooled", "no|yes", "no", "Whether to show what is left after the pooling that follows the layer.");
    private readonly int _samples = int.Parse(request.Option(SamplesOption), System.Globalization.CultureInfo.InvariantCulture);
    private readonly bool _pooled = request.Option(PooledOption) == "yes";
    private readonly IReadOnlyList<LayerLimits> _limits = request.SharedLimits();

    /// <summary>Its entry in the catalogue.</summary>
    public static FigureKind Kind { get; } = new(
        "feature-maps", "Feature maps", "What each channel of a convolution answers to some samples, as pictures.",
        "Each row begins with a sample; beside it stand the layer's answers to it, a picture for each channel, "
            + "strongly coloured where the channel found what its filter looks for. Compare the same place in every row: "
            + "a channel that stays blank for every sample may be dead, one that answers to a single class knows it already.",
        FigureScope.Epoch, PerLayer: true, [SamplesOption, PooledOption], run => DefaultLayer(run) >= 0 && run.SnapshotEpochs.Count > 0,
        request => new FeatureMaps(request))
    {
        Needs = request => request.NeedsLimits(),
        Beware = "The colour limits are those of the layer, so a channel of small values looks blank although it may matter. "
            + "What lights up for a sample is not yet what decided the answer.",
        Program = """
        new FeatureMaps(run, layer: 0).Draw(Theme.Light).SavePng("feature-maps.png");
        """,
        AppliesToLayer = (run, index) => HasMaps(Weighted(run).ElementAtOrDefault(index)),
        Unmet = run => run.SnapshotEpochs.Count == 0 ? "it needs a snapshot of the run; this run kept none"
            : "it needs a layer whose outputs are pictures, such as a convolution; this run has none",
    };

    private protected override Scene Draw(Theme theme, Snapshot snapshot)
    {
        var run = Run;
        if (DefaultLayer(run) < 0) return Missing(theme, "No layer of this network has pictures as outputs; convolutions have.");
        if (!HasMaps(Weighted(run)[Layer]))
            return Missing(
                theme, $"The outputs of {snapshot.Layers[Layer].Name} are a plain list; only those of convolutions are pictures.");
        if (run.Probe.Samples.Count == 0) return Missing(theme, "This run recorded no probe samples.");
        var network = snapshot.Restore(run.Info.Network);
        int place = network.Layers.ToList().FindIndex(l => l.Name == snapshot.Layers[Layer].Name),
            shown = _pooled ? PoolAfter(network, place) : place;
        if (shown < 0) return Missing(theme, $"No pooling follows {network.Layers[place].Name}.");

        int[] samples = Chosen(run.Probe.Samples);
        var shape = network.Layers[shown].OutputShape;
        var maps = network.Activations(run.Probe.Samples.Select(samples).Inputs)[shown];
        var limits = _limits[Layer].Activation;
        bool signed = limits is { IsEmpty: false, Min: < 0 };
        var scale = signed ? ColorScale.Diverging(theme, limits.Symmetric().Max)
            : ColorScale.Sequential(theme, limits.IsEmpty ? 1 : limits.Max);
        var (nodes, width, height) = Rows(run, samples, maps, shape, scale, theme);
        double clipped = scale.Clipped(maps.Span);
        nodes.AddRange(ColorBar.Draw(scale, new Point(0, height + 14), 160, theme, "activation", clipped));
        int count = Math.Min(shape.Channels, MostMaps), dark = Enumerable.Range(0, shape.Channels).Count(c => Largest(maps, shape, c) <= 0);
        string name = network.Layers[shown].Name,
            finding = $"{(dark == 0 ? "every channel" : $"{shape.Channels - dark} of {shape.Channels} channels")} "
                + $"answer{(dark == 0 ? "s" : "")} to at least one of these samples";
        return new Page
        {
            Theme = theme,
            Subtitle = $"{run.Title()} · {run.EpochWords(snapshot.Epoch)} · {name}, "
                + $"{shape.Channels} maps of {shape.Height}×{shape.Width} · {finding}",
            BodyWidth = Math.Max(LeastWidth, width),
            BodyHeight = height + 14 + ColorBar.Height,
            Body = nodes,
            Notes = count < shape.Channels ? [$"The first {count} of {shape.Channels} maps."] : [],
            Width = Request.Width,
            Info = new SceneInfo
            {
                Title = $"Feature maps of {name}",
                Caption = $"Activations of {name} for {samples.Length} {run.ProbeWords()} samples, "
                    + $"one picture for each of {count} channels, row by row. "
                    + $"Colours from {NumberFormat.Value(scale.Limits.Min)} to {NumberFormat.Value(scale.Limits.Max)} at every kept epoch; "
                    + $"{NumberFormat.Percent(clipped)} of the values lie beyond.",
                AltText = $"{samples.Length} samples, each beside {count} small pictures of what the channels of {name} answer to it after "
                    + $"epoch {snapshot.Epoch}; {finding}.",
                Description = string.Join(
                    " ",
                    samples.Select((s, k) => $"{ClassOf(run, s)}: mean activation {NumberFormat.Value(Moments.Of(maps.Row(k)).Mean)}.")),
                Table = Table(run, samples, maps, shape),
                Command = Command,
            },
        }.ToScene();
    }

    private static (List<Node> Nodes, double Width, double Height) Rows(
        RunFolder run, int[] samples, Matrix maps, Shape shape, ColorScale scale, Theme theme)
    {
        int count = Math.Min(shape.Channels, MostMaps);
        int across = count <= 8 ? count
            : Enumerable.Range(8, LongestRow - 7)
                .OrderBy(n => (count + n - 1) / n * n - count)
                .ThenBy(n => Math.Abs(n - (count <= 24 ? 8 : 16)))
                .First();
        var empty =
            new Mosaic { Tiles = new ReadOnlyMemory<float>[count], TileRows = shape.Height, TileColumns = shape.Width, Across = across };
        double cell = Mosaic.CellSize(empty.Columns, Width - Picture - Gap, Math.Max(1, Math.Round(160.0 / shape.Height) / 2));
        double rowHeight = Math.Max(Picture, empty.Rows * cell) + Head + Gap;
        var pictures = new SamplePictures(run, theme);
        var nodes = new List<Node>();
        for (int k = 0; k < samples.Length; k++)
        {
            double y = k * rowHeight;
            string name = ClassOf(run, samples[k]);
            int row = k;
            var tiles = Enumerable.Range(0, count).Select(c => (ReadOnlyMemory<float>)UnitImages.Channel(maps.Row(row), shape, c)).ToList();
            var nodesOf = new List<Node>
            {
                new TextNode(
                    theme.Face.Ellipsize(name, Picture, Typography.Label, FontWeight.Bold),
                    new Point(0, y + Typography.Label),
                    Typography.Label,
                    theme.Foreground,
                    Weight: FontWeight.Bold),
            };
            nodesOf.AddRange(pictures.Draw(samples[k], new Rect(0, y + Head, Picture, Picture)));
            nodesOf.Add((empty with { Tiles = tiles }).Draw(scale, new Point(Picture + Gap, y + Head), cell));
            nodes.Add(new GroupNode(nodesOf) { Label = $"{name}: {count} maps" });
        }
        return (nodes, Picture + Gap + (empty.Columns * cell), (samples.Length * rowHeight) - Gap);
    }

    // One of each class shows most; the same ones at every epoch and in every layer.
    private int[] Chosen(Dataset probe)
    {
        var seen = new int[probe.ClassCount];
        int[] turn = [.. probe.Labels.Select(label => seen[label]++)];
        return [.. Enumerable.Range(0, probe.Count).OrderBy(i => turn[i]).ThenBy(i => probe.Labels[i]).Take(_samples)];
    }

    private static DataTable Table(RunFolder run, int[] samples, Matrix maps, Shape shape) => new(
        ["channel", .. samples.Select(s => $"mean for {ClassOf(run, s)}")],
        [.. Enumerable.Range(0, shape.Channels).Select(c => (IReadOnlyList<string>)
        [
            $"{c}",
            .. samples.Select((_, k) => NumberFormat.Value(Moments.Of(UnitImages.Channel(maps.Row(k), shape, c)).Mean)),
        ])]);

    private static double Largest(Matrix maps, Shape shape, int channel)
    {
        double largest = double.NegativeInfinity;
        for (int n = 0; n < maps.Rows; n++)
        {
            foreach (float v in UnitImages.Channel(maps.Row(n), shape, channel)) largest = Math.Max(largest, Math.Abs(v));
        }
        return largest;
    }

    private static string ClassOf(RunFolder run, int sample) => run.Probe.Samples.ClassNames[run.Probe.Samples.Labels[sample]];

    // Normalisation and dropout may stand between a convolution and its pooling.
    private static int PoolAfter(Network network, int place)
    {
        for (int l = place + 1; l < network.Layers.Count; l++)
        {
            if (network.Layers[l].Kind is "max pool" or "average pool") return l;
            if (network.Layers[l].Kind is not ("batch norm" or "dropout")) return -1;
        }
        return -1;
    }

    private static bool HasMaps(LayerDescription? layer) => layer is { OutputShape.IsImage: true };

    private static List<LayerDescription> Weighted(RunFolder run) => [.. run.Info.Network.Layers.Where(l => l.Parameters > 0)];

    private static int DefaultLayer(RunFolder run) => Weighted(run).FindIndex(HasMaps);
}
