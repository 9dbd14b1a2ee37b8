using Explain.Core;

namespace Explain.Render;

/// <summary>What figures ask a request, with errors a user understands.</summary>
internal static class RequestExtensions
{
    /// <summary>The epoch to draw, or null where the run kept no snapshot.</summary>
    /// <exception cref="InputException">The epoch asked for has no snapshot.</exception>
    public static int? SnapshotEpoch(this FigureRequest request)
    {
        var kept = request.Run.SnapshotEpochs;
        if (request.Epoch is { } epoch && !kept.Contains(epoch))
            throw new InputException(
                $"{request.Run.Path}: epoch {epoch} has no snapshot. Kept are {(kept.Count == 0 ? "none" : string.Join(", ", kept))}.");
        return kept.Count == 0 ? null : request.Epoch ?? kept[^1];
    }

    /// <summary>The snapshot to draw, or null where the run kept none.</summary>
    public static Snapshot? ReadSnapshot(this FigureRequest request) =>
        request.SnapshotEpoch() is { } epoch ? request.Run.ReadSnapshot(epoch) : null;

    /// <summary>The index of the layer to draw among <paramref name="count"/>.</summary>
    /// <exception cref="InputException">There is no such layer.</exception>
    public static int LayerIndex(this FigureRequest request, int count, int fallback)
    {
        int asked = request.Layer ?? fallback;
        int index = asked < 0 ? asked + count : asked;
        if (count > 0 && (index < 0 || index >= count))
            throw new InputException(
                $"{request.Run.Path}: there is no layer {asked}. The network has {count} with weights: "
                    + $"0 to {count - 1}, or −1 for the last.");
        return index;
    }

    /// <summary>The value of an option, one of those that its kind allows.</summary>
    /// <exception cref="InputException">The value is not allowed.</exception>
    public static string Option(this FigureRequest request, FigureOption option)
    {
        string value = request.Options.GetValueOrDefault(option.Name, option.Default);
        return option.Allowed.Split('|').Contains(value)
            ? value
            : throw new InputException(
                $"Option '{option.Name}' is '{value}'; allowed are {option.Allowed.Replace("|", ", ", StringComparison.Ordinal)}.");
    }

    /// <summary>The runs whose limits the picture shares.</summary>
    public static IEnumerable<RunFolder> Sharing(this FigureRequest request) => request.SharedWith.Concat(request.Runs).Distinct();

    /// <summary>
    /// The limits of a layer, by index among those with weights, over all kept epochs of all runs that the picture shares limits with.
    /// </summary>
    public static LayerLimits SharedLimits(this FigureRequest request, int layer) =>
        request.Sharing()
            .Select(run => request.Analyst.Get(new LimitsAnalysis(), run).Layers.ElementAtOrDefault(layer))
            .OfType<LayerLimits>()
            .Aggregate(LayerLimits.None, (a, b) => a.Union(b));

    /// <summary>The same of each layer.</summary>
    public static IReadOnlyList<LayerLimits> SharedLimits(this FigureRequest request) =>
        [.. Enumerable.Range(0, request.Run.SnapshotLayerCount()).Select(request.SharedLimits)];

    /// <summary>What <see cref="SharedLimits(FigureRequest, int)"/> needs.</summary>
    public static IEnumerable<AnalysisRequest> NeedsLimits(this FigureRequest request) =>
        request.Sharing().Select(run => new AnalysisRequest(new LimitsAnalysis(), [run]));

    /// <summary>The need of one result of the request's run.</summary>
    public static AnalysisRequest Needs(this FigureRequest request, Analysis analysis) => new(analysis, [request.Run]);

    /// <summary>The result of an analysis of the request's run; null, with the reason, where there is none.</summary>
    public static TResult? Result<TResult>(this FigureRequest request, Analysis<TResult> analysis, out string why)
        where TResult : class
    {
        try
        {
            why = "";
            return request.Analyst.Get(analysis, request.Run);
        }
        catch (InputException e)
        {
            why = e.Message;
            return null;
        }
    }

    /// <summary>The metrics of the epoch, or null (epoch 0 has none).</summary>
    public static EpochMetrics? MetricsAt(this RunFolder run, int epoch) =>
        epoch >= 1 && epoch <= run.Metrics.Count ? run.Metrics[epoch - 1] : null;

    /// <summary>The snapshot before the given epoch, from which its updates count; null for the first.</summary>
    public static int? EpochBefore(this RunFolder run, int epoch) =>
        run.SnapshotEpochs.Where(e => e < epoch).Select(e => (int?)e).LastOrDefault();

    /// <summary>The run's title for use within a sentence.</summary>
    public static string Title(this RunFolder run) => Isolated(run.Info.Title);

    /// <summary>
    /// A name for use within a sentence: one that is written from right to left must not turn what stands around it, so it is isolated (UAX
    /// #9).
    /// </summary>
    public static string Isolated(string name) => BidirectionalText.IsNeeded(name) ? $"\u2068{name}\u2069" : name;

    /// <summary>Which samples the probe holds, as one says it: "validation", "test", "training".</summary>
    public static string ProbeWords(this RunFolder run) => run.Probe.Source == "train" ? "training" : run.Probe.Source;

    /// <summary>What an input of the network is called: as the data names it, or x1, x2, … where they do not.</summary>
    public static string FeatureName(this RunFolder run, int feature) =>
        run.Info.Data.FeatureNames is { } names && feature < names.Count && !string.IsNullOrWhiteSpace(names[feature]) ? names[feature]
            : $"x{feature + 1}";

    /// <summary>Number of layers with weights.</summary>
    public static int SnapshotLayerCount(this RunFolder run) => run.Info.Network.Layers.Count(l => l.Parameters > 0);

    /// <summary>"epoch 3 of 20", "before training".</summary>
    public static string EpochWords(this RunFolder run, int epoch) =>
        epoch == 0 ? "before training" : $"epoch {epoch} of {Math.Max(run.Info.Epochs, epoch)}";

    /// <summary>The command that draws the picture again.</summary>
    public static string Command(this FigureRequest request, string figure)
    {
        var words = new List<string> { "explain", "render" };
        words.AddRange(request.Runs.Select(run => Quoted(Relative(run.Path))));
        words.Add("--figure");
        words.Add(figure);
        if (request.Epoch is { } epoch) words.Add($"--epoch {epoch}");
        if (request.Layer is { } layer) words.Add($"--layer {layer}");
        words.AddRange(request.Options.OrderBy(o => o.Key, StringComparer.Ordinal).Select(o => $"--set {o.Key}={Quoted(o.Value)}"));
        words.Add($"-o {figure}.png");
        return string.Join(' ', words);
    }

    // A picture travels further than the folder tree it was made in: nothing above the working directory is named.
    private static string Relative(string path)
    {
        string full = Path.GetFullPath(path);
        string relative = Path.GetRelativePath(Directory.GetCurrentDirectory(), full);
        return relative.StartsWith("..", StringComparison.Ordinal) || Path.IsPathRooted(relative)
            ? Path.GetFileName(Path.TrimEndingDirectorySeparator(full))
            : relative.Replace('\\', '/');
    }

    private static string Quoted(string text) =>
        text.Length > 0 && text.All(c => char.IsLetterOrDigit(c) || "-_./=+".Contains(c, StringComparison.Ordinal)) ? text : $"\"{text}\"";
}
