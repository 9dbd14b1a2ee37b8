using Explain.Core;

namespace Explain.Render;

/// <summary>The first samples of each class as the network sees them.</summary>
public sealed class DataSamples(FigureRequest request) : Figure(Kind, request)
{
    private const double Tile = 56;
    private const double Gap = 6;
    private const double Width = 680;
    private const int MostClasses = 20;
    private const int MostAcross = 10;

    /// <summary>Its entry in the catalogue.</summary>
    public static FigureKind Kind { get; } = new(
        "data-samples", "The data", "Some samples of each class, as the network sees them.",
        "Each row, or with two inputs each colour and shape, is a class. Look for what the samples of a class share and what would tell it "
            + "from its neighbours: the network has to find the same from numbers alone.",
        FigureScope.Run, PerLayer: false, [], _ => true, request => new DataSamples(request))
    {
        Beware = "These are a few samples of each class as the network gets them, after normalisation. They say nothing about rare ones: "
            + "mislabelled and odd samples are seldom among the first.",
        Program = """
        new DataSamples(run).Draw(Theme.Light).SavePng("data-samples.png");
        """,
    };

    /// <inheritdoc/>
    public override Scene Draw(Theme theme)
    {
        var run = Run;
        var probe = run.Probe;
        if (probe.Samples.Count == 0)
            return Missing(theme, "This run recorded no probe samples.");
        var pictures = new SamplePictures(run, theme);
        string[] names = [.. probe.Samples.ClassNames.Take(MostClasses)];
        double labels = Math.Min(120, names.Max(n => theme.Face.Measure(n, Typography.Label, FontWeight.Bold))) + 12;
        int across = Math.Min(MostAcross, (int)((Width - labels + Gap) / (Tile + Gap)));
        var counts = new int[probe.Samples.ClassCount];
        foreach (int label in probe.Samples.Labels) counts[label]++;
        var nodes = new List<Node>();
        double y = 0;
        for (int c = 0; c < names.Length; c++)
        {
            int[] chosen = [.. Enumerable.Range(0, probe.Samples.Count).Where(i => probe.Samples.Labels[i] == c).Take(across)];
            if (chosen.Length == 0) continue;
            nodes.Add(new TextNode(
                theme.Face.Ellipsize(names[c], labels - 12, Typography.Label, FontWeight.Bold),
                new Point(0, theme.Face.Centered(y + (Tile / 2), Typography.Label)),
                Typography.Label,
                theme.Foreground,
                Weight: FontWeight.Bold));
            for (int k = 0; k < chosen.Length; k++)
                nodes.Add(new GroupNode([.. pictures.Draw(chosen[k], new Rect(labels + (k * (Tile + Gap)), y, Tile, Tile))])
                {
                    Label = $"{names[c]}, sample {chosen[k]}",
                });
            y += Tile + Gap;
        }
        // As wide as the longest row, but room for the title.
        double width = Math.Max(
            420, labels + (Enumerable.Range(0, names.Length).Max(c => Math.Min(across, counts[c])) * (Tile + Gap)) - Gap);
        if (PlaneScatter.Fits(probe.Samples))
        {
            (nodes, y) = PlaneScatter.Draw(run, null, theme);
            (y, width) = (y + Gap, PlaneScatter.Width);
        }
        var data = run.Info.Data;
        string range = $"Values from {NumberFormat.Value(pictures.Limits.Min)} to "
            + $"{NumberFormat.Value(pictures.Limits.Max)}{(data.Normalisation.Length > 0 ? $", normalised: {data.Normalisation}" : "")}.";
        return new Page
        {
            Theme = theme,
            Subtitle = $"{RequestExtensions.Isolated(data.Name)} · {NumberFormat.Count(data.Train)} training samples "
                + $"of {data.ClassNames.Count} classes · shape {run.Info.Network.InputShape}",
            BodyWidth = width,
            BodyHeight = Math.Max(Tile, y - Gap),
            Body = nodes,
            Notes = names.Length < probe.Samples.ClassCount && !PlaneScatter.Fits(probe.Samples)
                ? [$"The first {MostClasses} of {probe.Samples.ClassCount} classes."]
                : [],
            Width = Request.Width,
            Info = new SceneInfo
            {
                Title = Kind.Title,
                Caption = $"Samples of {data.Name} from the {run.ProbeWords()} data. {range}",
                AltText = $"Samples of {data.ClassNames.Count} classes of {data.Name}; {NumberFormat.Count(probe.Samples.Count)} were put "
                    + $"aside as a probe, from {counts.Min()} to {counts.Max()} a class.",
                Description = range,
                Table = new DataTable(
                    ["class", "probe samples"],
                    [.. probe.Samples.ClassNames.Select((name, c) => (IReadOnlyList<string>)[name, $"{counts[c]}"])]),
                Command = Command,
            },
        }.ToScene();
    }
}
