using Explain.Core;

namespace Explain.Render;

/// <summary>
/// What the pictures of a loss landscape share: heights between limits, and the words about where the plane lies and whose loss it is.
/// </summary>
internal sealed class LandscapeView
{
    private const double LogFrom = 12;
    private const double OverPath = 1.35;
    private const int LogDecades = 6;

    public LandscapeView(IReadOnlyList<RunFolder> runs, LossLandscape landscape, string height)
    {
        Runs = runs;
        Landscape = landscape;
        double[] finite = [.. landscape.Surface.Losses.Cast<double>().Where(double.IsFinite)];
        double[] path = [.. landscape.Paths.SelectMany(p => p.Points).Select(p => p.Loss).Where(double.IsFinite)];
        double[] all = [.. finite, .. path];
        double[] positive = [.. all.Where(v => v > 0)];
        double most = all.Length == 0 ? 1 : all.Max();
        double least = all.Length == 0 ? 0 : all.Min();
        Log = positive.Length > 0 && (height == "log" || (height == "auto" && most / Math.Max(positive.Min(), most * 1e-12) > LogFrom));
        if (Log)
        {
            Limits = new Limits(Math.Max(positive.Min(), most * PortableMath.Pow(10, -LogDecades)), most);
        }
        else
        {
            // Far from the path a loss may be a thousand times what training ever saw: then the surface ends somewhat over the path.
            double start = path.Length == 0 ? most : path.Max();
            double top = height == "auto" || most < 4 * start ? most : OverPath * start;
            Limits = new Limits(least, top);
        }
        if (Limits.Span <= 0) Limits = Limits.OrWidened();
        Clipped = finite.Length == 0 ? 0
            : (double)finite.Count(v => v > Limits.Max * (1 + 1e-9) || v < Limits.Min * (1 - 1e-9)) / landscape.Surface.Losses.Length;
        NotFinite = 1 - ((double)finite.Length / landscape.Surface.Losses.Length);
    }

    public IReadOnlyList<RunFolder> Runs { get; }

    public LossLandscape Landscape { get; }

    /// <summary>Whether heights are logarithms.</summary>
    public bool Log { get; }

    /// <summary>Of the loss itself.</summary>
    public Limits Limits { get; }

    /// <summary>Share of the surface beyond the limits.</summary>
    public double Clipped { get; }

    /// <summary>Share of the surface that has no loss.</summary>
    public double NotFinite { get; }

    /// <summary>Over which the colours are spread: those of <see cref="Height"/>.</summary>
    public Limits Heights => new(Height(Limits.Min), Height(Limits.Max));

    /// <summary>What is coloured and drawn of a loss within the limits: itself, or its decimal logarithm.</summary>
    public double Height(double loss) => !double.IsFinite(loss) ? double.NaN : Log ? Log10(Within(loss)) : Within(loss);

    /// <summary>The loss, moved to the nearer limit where it lies beyond one.</summary>
    public double Within(double loss) => double.IsFinite(loss) ? Math.Clamp(loss, Limits.Min, Limits.Max) : double.NaN;

    /// <summary>Values of equal loss that are drawn as lines.</summary>
    public IReadOnlyList<double> Levels(int count)
    {
        if (!Log) return [.. Contour.Every(Limits, count).Select(c => c.Height)];
        double[][] sets = [[1], [1, 3], [1, 2, 5], [1, 1.5, 2, 3, 5, 7], [1, 1.25, 1.5, 1.75, 2, 2.5, 3, 3.5, 4, 5, 6, 7, 8, 9]];
        double[][] levels = [.. sets.Select(set => Enumerable.Range(-14, 54)
            .SelectMany(e => set.Select(m => m * PortableMath.Pow(10, e)))
            .Where(v => v > Limits.Min && v < Limits.Max)
            .ToArray())];
        return levels.FirstOrDefault(found => found.Length >= 0.7 * count) ?? levels[^1];
    }

    /// <summary>The surface's losses through a function.</summary>
    public double[,] Surface(Func<double, double> value)
    {
        var losses = Landscape.Surface.Losses;
        var result = new double[losses.GetLength(0), losses.GetLength(1)];
        for (int r = 0; r < result.GetLength(0); r++)
        {
            for (int c = 0; c < result.GetLength(1); c++) result[r, c] = value(losses[r, c]);
        }
        return result;
    }

    /// <summary>Name of one of the two axes.</summary>
    public string AxisLabel(bool first)
    {
        if (Landscape.Kind == LandscapePlane.Random) return $"random direction {(first ? 1 : 2)}";
        double share = first ? Landscape.Explained.First : Landscape.Explained.Second;
        return double.IsNaN(share) ? "random direction"
            : $"component {(first ? 1 : 2)} ({NumberFormat.Percent(share, share is > 0.995 or < 0.01 ? 1 : 0)})";
    }

    /// <summary>
    /// Whether the paths lie in the plane so far as to be drawn: across random directions a path is all but perpendicular.
    /// </summary>
    public bool HasPath => Landscape.Kind == LandscapePlane.Path;

    /// <summary>How much of the path's variance the plane holds.</summary>
    public string VarianceWords
    {
        get
        {
            var (first, second) = Landscape.Explained;
            if (!HasPath) return "two random directions, normalised filter by filter";
            if (double.IsNaN(first)) return "two random directions, as the run stood still";
            return double.IsNaN(second) ? "the straight path and one random direction"
                : $"the plane holds {NumberFormat.Percent(first + second)} of the path's variance";
        }
    }

    /// <summary>Whose loss it is, and how it differs from the one that was recorded in training.</summary>
    public string SampleWords
    {
        get
        {
            var run = Runs[0];
            bool part = Landscape.Samples < run.Probe.Samples.Count;
            string words = $"Mean loss of {Landscape.Samples}{(part ? $" of the {run.Probe.Samples.Count}" : "")} {run.ProbeWords()} "
                + "samples kept in the run, not of all its training data";
            var end = Landscape.Paths[0].Points[^1];
            if (run.MetricsAt(end.Epoch) is { } metrics && double.IsFinite(metrics.Loss) && double.IsFinite(end.Loss))
            {
                string here = NumberFormat.Value(end.Loss), recorded = NumberFormat.Value(metrics.Loss);
                words += here == recorded ? $": after epoch {end.Epoch} it is {here}, as the recorded training loss"
                    : $": after epoch {end.Epoch} it is {here}, while the recorded training loss is {recorded}";
            }
            return words + ".";
        }
    }

    /// <summary>Limits, and what lies beyond them.</summary>
    public string LimitWords
    {
        get
        {
            string words =
                $"Heights from {NumberFormat.Value(Limits.Min)} to {NumberFormat.Value(Limits.Max)}{(Log ? ", logarithmic" : "")}";
            words += Clipped > 0 ? $"; {NumberFormat.Percent(Clipped)} of the surface lies beyond and is cut off" : "";
            return words + (NotFinite > 0 ? $"; {NumberFormat.Percent(NotFinite)} has no finite loss and is left open." : ".");
        }
    }

    /// <summary>How far the kept epochs are from the plane, and what else is not as it seems.</summary>
    /// <param name="fromAbove">Whether the path is drawn on the plane and not at its loss.</param>
    public string DistanceWords(bool fromAbove = false)
    {
        string state = Landscape.HasRunningState
            ? " Batch normalisation uses the last epoch's running statistics all over the surface, each epoch's own on the path."
            : "";
        int omitted = Landscape.Paths.Sum(p => p.Omitted);
        if (omitted > 0)
            state += $" {omitted} kept epoch{(omitted == 1 ? " has" : "s have")} parameters that are not finite "
                + $"and {(omitted == 1 ? "is" : "are")} left out.";
        var points = Landscape.Paths.SelectMany(p => p.Points).ToArray();
        if (points.Length < 2) return state.TrimStart();
        if (!HasPath)
        {
            var start = Landscape.Paths[0].Points[0];
            return "The path of training is not drawn: it is all but perpendicular to these directions (the first kept epoch lies "
                + $"{NumberFormat.Value(start.Distance)} from the plane).{state}";
        }
        var farthest = points.MaxBy(p => p.Distance)!;
        string far = $"its epochs lie up to {NumberFormat.Value(farthest.Distance)} from the plane (epoch {farthest.Epoch})";
        return fromAbove ? $"The path is laid onto the plane; {far}.{state}"
            : $"The path is drawn at its true loss; {far}, so it need not touch the surface; dashed where the surface hides it.{state}";
    }

    /// <summary>The finding in one sentence.</summary>
    public string Finding
    {
        get
        {
            var path = Landscape.Paths[0].Points;
            if (Runs.Count > 1)
            {
                var labels = RunLabels.Of(Runs);
                var ends = Landscape.Paths.Select((p, i) => (Label: labels[i], p.Points[^1].Loss)).OrderBy(e => e.Loss).ToArray();
                return $"of {Runs.Count} runs {ends[0].Label} ends lowest, at a loss of {NumberFormat.Value(ends[0].Loss)}, "
                    + $"and {ends[^1].Label} highest, at {NumberFormat.Value(ends[^1].Loss)}";
            }
            double lowest = Landscape.Surface.Losses.Cast<double>().Where(double.IsFinite).DefaultIfEmpty(double.NaN).Min();
            string fall = path.Count > 1
                ? $"from {NumberFormat.Value(path[0].Loss)} at epoch {path[0].Epoch} the loss comes to {NumberFormat.Value(path[^1].Loss)} "
                    + $"at epoch {path[^1].Epoch}"
                : $"the loss at epoch {path[^1].Epoch} is {NumberFormat.Value(path[^1].Loss)}";
            return $"{fall}; the lowest point of the plane has {NumberFormat.Value(lowest)}";
        }
    }

    /// <summary>The kept epochs of all paths, at most 500.</summary>
    public DataTable Table()
    {
        const int Most = 500;
        var labels = RunLabels.Of(Runs);
        var rows = Landscape.Paths.SelectMany((path, r) => path.Points.Select(p => (IReadOnlyList<string>)
        [
            labels[r], $"{p.Epoch}", NumberFormat.Value(p.A), NumberFormat.Value(p.B), NumberFormat.Value(p.Distance),
            NumberFormat.Value(p.Loss, 4),
        ]));
        return new DataTable(
            ["run", "epoch", "along direction 1", "along direction 2", "distance from the plane", "loss"], [.. rows.Take(Most)]);
    }

    /// <summary>
    /// The epochs of a path that are named: the first, the last, and a few between that are far from those named already.
    /// </summary>
    public static IReadOnlyList<PathPoint> Named(TrainingPath path, double apart, int most)
    {
        var points = path.Points;
        if (points.Count == 0) return [];
        var named = new List<PathPoint> { points[0] };
        if (points.Count > 1) named.Add(points[^1]);
        foreach (var p in points)
        {
            if (named.Count >= most) break;
            if (named.All(n => Math.Abs(n.A - p.A) + Math.Abs(n.B - p.B) > apart)) named.Add(p);
        }
        return named;
    }

    private static double Log10(double value) => PortableMath.Log10(value);
}
