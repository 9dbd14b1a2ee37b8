namespace Explain.Core;

/// <summary>The loss around the training of a run, or of several runs of one architecture in one plane.</summary>
public sealed record LandscapeAnalysis : Analysis<LossLandscape>
{
    private const string ProbeData = "probe";

    /// <summary>Its entry in the catalogue.</summary>
    public static AnalysisKind Kind { get; } = new(
        "landscape",
        "The loss over a plane through the network's parameters, with the path that training took.",
        run => run.SnapshotEpochs.Count == 0 ? [] : [new LandscapeAnalysis()],
        options => new LandscapeAnalysis
        {
            Landscape = new LandscapeOptions
            {
                Plane = One<LandscapePlane>(options, "plane"),
                Span = options.Number("span"),
                Grid = options.Text("grid") == "auto" ? null : options.Whole("grid"),
                Seed = ulong.TryParse(options.Text("seed"), out ulong seed) ? seed
                    : throw new InputException($"The seed is '{options.Text("seed")}'."),
                Scale = One<DirectionScale>(options, "scale"),
                Samples = options.Text("samples") == "auto" ? null : options.Whole("samples"),
                Data = options.Text("data") == ProbeData
                    ? null
                    : throw new InputException("It is of samples that a program handed in, so only that program can tell whether it fits."),
            },
        });

    /// <summary>How.</summary>
    public LandscapeOptions Landscape { get; init; } = new();

    /// <inheritdoc/>
    public override string Name => Kind.Name;

    /// <inheritdoc/>
    public override int Version => 1;

    /// <inheritdoc/>
    public override string Words => Landscape.Plane == LandscapePlane.Path ? "loss landscape" : "loss landscape (random directions)";

    /// <inheritdoc/>
    public override IReadOnlyList<KeyValuePair<string, string>> Options =>
    [
        new("plane", Word(Landscape.Plane)),
        new("span", Text(Landscape.Span)),
        new("grid", Landscape.Grid is { } grid ? $"{grid}" : "auto"),
        new("seed", $"{Landscape.Seed}"),
        new("scale", Word(Landscape.Scale)),
        new("samples", Landscape.Samples is { } samples ? $"{samples}" : "auto"),
        new("data", Landscape.Data?.Fingerprint() ?? ProbeData),
    ];

    /// <inheritdoc/>
    protected internal override LossLandscape Compute(AnalysisContext context)
    {
        try
        {
            return LossLandscape.Of(context.Runs, Landscape, context.Progress, context.Cancellation);
        }
        catch (ArgumentException e)
        {
            throw new InputException(e.Message, e);
        }
    }

    /// <inheritdoc/>
    protected internal override void Write(LossLandscape result, SafetensorsWriter file)
    {
        file.AddMetadata("plane", Word(result.Kind));
        file.AddMetadata("running_state", result.HasRunningState ? "true" : "false");
        file.Add("samples", new long[] { result.Samples }, 1);
        file.Add("explained", new[] { result.Explained.First, result.Explained.Second }, 2);
        file.Add("first", result.Surface.First.ToArray(), result.Surface.First.Count);
        file.Add("second", result.Surface.Second.ToArray(), result.Surface.Second.Count);
        file.Add("losses", result.Surface.Losses.Cast<double>().ToArray(), result.Surface.Second.Count, result.Surface.First.Count);
        file.Add("omitted", result.Paths.Select(path => (long)path.Omitted).ToArray(), result.Paths.Count);
        for (int r = 0; r < result.Paths.Count; r++)
        {
            IReadOnlyList<PathPoint> points = result.Paths[r].Points;
            file.Add($"path.{r}.epoch", points.Select(point => (long)point.Epoch).ToArray(), points.Count);
            file.Add(
                $"path.{r}.point",
                points.SelectMany(point => new[] { point.A, point.B, point.Distance, point.Loss }).ToArray(),
                points.Count,
                4);
        }
    }

    /// <inheritdoc/>
    protected internal override LossLandscape Read(SafetensorsFile file)
    {
        double[] explained = file.Doubles("explained", 2), first = file.Doubles("first", -1), second = file.Doubles("second", -1);
        double[] losses = file.Doubles("losses", second.Length, first.Length);
        int[] omitted = file.Counts("omitted", -1);
        var grid = new double[second.Length, first.Length];
        Buffer.BlockCopy(losses, 0, grid, 0, losses.Length * sizeof(double));
        return new LossLandscape
        {
            Kind = file.Meta("plane") == Word(LandscapePlane.Random) ? LandscapePlane.Random : LandscapePlane.Path,
            Explained = (explained[0], explained[1]),
            Surface = new LossSurface(first, second, grid),
            Paths = [.. omitted.Select((count, r) => new TrainingPath(Path(r), count))],
            Samples = file.Counts("samples", 1)[0],
            HasRunningState = file.Meta("running_state") == "true",
        };

        PathPoint[] Path(int r)
        {
            int[] epochs = file.Counts($"path.{r}.epoch", -1);
            double[] points = file.Doubles($"path.{r}.point", epochs.Length, 4);
            return [.. epochs.Select((epoch, i) =>
                new PathPoint(epoch, points[4 * i], points[(4 * i) + 1], points[(4 * i) + 2], points[(4 * i) + 3]))];
        }
    }

    private static string Word<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();

    private static T One<T>(AnalysisOptions options, string name)
        where T : struct, Enum =>
        Enum.GetValues<T>().Where(value => Word(value) == options.Text(name)).Select(value => (T?)value).FirstOrDefault()
        ?? throw new InputException(
            $"The option '{name}' of a kept analysis is '{options.Text(name)}'; "
                + $"expected one of {Names.List([.. Enum.GetValues<T>().Select(Word)])}.");
}
