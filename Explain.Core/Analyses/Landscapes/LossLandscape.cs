namespace Explain.Core;

/// <summary>
/// The loss around a training: over a plane in the space of the parameters, with the path that training took (Li, Xu, Taylor, Studer and
/// Goldstein, "Visualizing the loss landscape of neural nets", 2018). A plane is two of perhaps a million directions: what looks like a
/// wall may have a way around it. How much of the path the plane holds is therefore part of the result.
/// </summary>
public sealed record LossLandscape
{
    /// <summary>Multiply-adds that a landscape may cost where nobody says how many samples it is of: some seconds of two cores.</summary>
    public const long UsualWork = 1L << 37;

    private const int FewestSamples = 64;
    private const int FineGrid = 41;
    private const int CoarseGrid = 25;
    private const double Margin = 0.3;
    private const double NarrowestSide = 0.6;

    /// <summary>Shares of variance below it are rounding: the products behind them are in float32.</summary>
    private const double Rounding = 1e-6;

    /// <summary>What plane.</summary>
    public required LandscapePlane Kind { get; init; }

    /// <summary>Share of the kept epochs' variance along each direction; NaN for directions that do not come from it.</summary>
    public required (double First, double Second) Explained { get; init; }

    /// <summary>The loss over the plane.</summary>
    public required LossSurface Surface { get; init; }

    /// <summary>One path a run, at its true loss on the same samples.</summary>
    public required IReadOnlyList<TrainingPath> Paths { get; init; }

    /// <summary>How many samples it is the loss of.</summary>
    public required int Samples { get; init; }

    /// <summary>
    /// Whether the network normalises by batch: over the whole surface with the running means and variances of the plane's origin, on the
    /// path with those of each epoch.
    /// </summary>
    public required bool HasRunningState { get; init; }

    /// <summary>Why runs cannot share a plane, in a sentence; null where they can.</summary>
    public static string? Misfit(IReadOnlyList<RunFolder> runs)
    {
        var first = runs[0].Info.Network;
        foreach (var run in runs.Skip(1))
        {
            var other = run.Info.Network;
            var (one, two) = (runs[0].Info.Objective, run.Info.Objective);
            bool same = first.InputShape == other.InputShape && one.Loss.Name == two.Loss.Name && one.Targets == two.Targets
                && first.Layers.Count == other.Layers.Count
                && first.Layers.Zip(other.Layers).All(pair => pair.First.Kind == pair.Second.Kind
                    && pair.First.OutputShape == pair.Second.OutputShape && pair.First.Activation.Name == pair.Second.Activation.Name
                    && pair.First.Parameters == pair.Second.Parameters && pair.First.Settings.SequenceEqual(pair.Second.Settings));
            if (same) continue;
            // Runs of one recipe with a setting changed share its name.
            bool named = run.Info.Name != runs[0].Info.Name;
            return $"One plane holds runs of one architecture, activation and loss; the network of '{(named ? run.Info.Name : run.Path)}' "
                + $"differs from that of '{(named ? runs[0].Info.Name : runs[0].Path)}'.";
        }
        return null;
    }

    /// <summary>
    /// Computes it for one run, or for several of the same architecture in one plane: of their kept epochs' principal components, through
    /// the mean of their ends. (The ends of two or three runs that started apart lie near such a plane, those of many need not.)
    /// </summary>
    /// <param name="runs">The runs; the first one's network, loss and probe are used.</param>
    /// <param name="options">How.</param>
    /// <param name="progress">Told the share that is done, from several threads.</param>
    /// <param name="cancellation">Stops between two networks.</param>
    /// <exception cref="InputException">
    /// The runs have different networks, or no kept epoch has finite parameters, or there are no samples.
    /// </exception>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static LossLandscape Of(
        IReadOnlyList<RunFolder> runs, LandscapeOptions? options = null, IProgress<double>? progress = null,
        CancellationToken cancellation = default)
    {
        options ??= new LandscapeOptions();
        options.Check();
        options = options with
        {
            Grid = options.Grid
                ?? (LossSurface.Work(runs[0].Info.Network, FineGrid * FineGrid) * FewestSamples > UsualWork ? CoarseGrid : FineGrid),
        };
        if (Misfit(runs) is { } misfit) throw new InputException(misfit);
        var description = runs[0].Info.Network;
        var data = Chosen(options, runs[0], description);
        if (data.Count == 0)
            throw new InputException($"{runs[0].Path}: the run recorded no probe samples, so there is nothing to take the loss of.");
        int outputs = description.Layers[^1].OutputShape.Size;
        if (runs[0].Info.Objective.Targets == TargetEncoding.OneHot ? data.Labels.Any(label => label >= outputs) : outputs != 1)
            throw new InputException(
                $"{runs[0].Path}: the network's {outputs} output{(outputs == 1 ? "" : "s")} do not fit the {data.ClassCount} classes "
                    + "of the samples, so they have no loss.");
        var kept = runs.Select(run => TrainingPath.Read(run, cancellation)).ToArray();
        if (kept.Any(path => path.Count == 0))
            throw new InputException(
                $"{runs[kept.ToList().FindIndex(path => path.Count == 0)].Path}: no kept epoch of the run has finite parameters.");

        var objective = runs[0].Info.Objective;
        if (objective.Unrecorded is { } unrecorded)
            throw new InputException($"{runs[0].Path}: the loss of this run cannot be measured again: {unrecorded}.");
        var readout = objective.Readout();
        var (plane, explained) = Span(kept, description, options);
        TrainingPath[] paths = [.. kept.Select((path, r) =>
            TrainingPath.Of(path, runs[r].SnapshotEpochs.Count - path.Count, plane, description, readout, data, cancellation))];
        var (first, second) = Window(paths, options, options.Grid.Value);
        return new LossLandscape
        {
            Kind = options.Plane,
            Explained = explained,
            Surface = LossSurface.Over(plane, description, readout, data, first, second, progress, cancellation),
            Paths = paths,
            Samples = data.Count,
            HasRunningState = plane.Origin.State.Length > 0,
        };
    }

    private static Dataset Chosen(LandscapeOptions options, RunFolder run, NetworkDescription network)
    {
        var data = options.Data ?? run.Probe.Samples;
        long work = LossSurface.Work(network, options.Grid!.Value * options.Grid.Value);
        int most = options.Samples ?? (int)Math.Clamp(UsualWork / Math.Max(1, work), FewestSamples, int.MaxValue);
        return data.Count <= most ? data : data.Select([.. Enumerable.Range(0, most).Select(i => (int)((long)i * data.Count / most))]);
    }

    private static (ParameterPlane Plane, (double First, double Second) Explained) Span(
        IReadOnlyList<(int Epoch, NetworkValues Values)>[] kept, NetworkDescription description, LandscapeOptions options)
    {
        var ends = kept.Select(path => path[^1].Values).ToArray();
        var origin = ends.Length == 1 ? ends[0] : Mean(ends);
        var network = Network.FromDescription(description);
        origin.CopyTo(network);
        if (options.Plane == LandscapePlane.Random)
            return (new ParameterPlane(origin, Draw(0), Draw(1)), (double.NaN, double.NaN));

        var all = kept.SelectMany(path => path).Select(k => k.Values.Parameters).ToArray();
        var samples = new Matrix(all.Length, all[0].Length);
        for (int i = 0; i < all.Length; i++) all[i].CopyTo(samples.Row(i));
        var pca = Pca.Fit(samples, 2);
        double[] shares = [.. pca.Variances.Select(v => pca.TotalVariance > 0 ? v / pca.TotalVariance : 0)];
        // A run that went straight, or nowhere, leaves directions open: random ones take their place.
        bool moved = shares[0] > 0, turned = shares.Length > 1 && shares[1] > Rounding;
        float[] first = moved ? pca.Components.Row(0).ToArray() : Draw(0);
        float[] second = turned ? pca.Components.Row(1).ToArray() : Across(Draw(1), first);
        return (new ParameterPlane(origin, first, second), (moved ? shares[0] : double.NaN, turned ? shares[1] : double.NaN));

        float[] Draw(int index) => RandomDirections.Normalised(network, options.Seed, index, options.Scale);
    }

    private static NetworkValues Mean(NetworkValues[] ends)
    {
        var mean = ends[0].Copy();
        for (int i = 0; i < mean.Parameters.Length; i++) mean.Parameters[i] = (float)ends.Average(end => (double)end.Parameters[i]);
        for (int i = 0; i < mean.State.Length; i++) mean.State[i] = (float)ends.Average(end => (double)end.State[i]);
        return mean;
    }

    /// <summary>What of a direction is orthogonal to another, as long as that.</summary>
    private static float[] Across(float[] direction, float[] other)
    {
        double product = 0, square = 0, left = 0;
        for (int i = 0; i < direction.Length; i++)
        {
            product += (double)direction[i] * other[i];
            square += (double)other[i] * other[i];
        }
        double factor = square > 0 ? product / square : 0;
        double[] rest = [.. direction.Select((value, i) => value - (factor * other[i]))];
        foreach (double value in rest) left += value * value;
        double length = left > 0 ? Math.Sqrt((square > 0 ? square : left) / left) : 0;
        return Array.ConvertAll(rest, value => (float)(value * length));
    }

    /// <summary>
    /// The coordinates of the grid. Over a path: what it covers and a margin, the shorter side at least 0.6 of the longer; −0.8 … 0.8 where
    /// a run stood still.
    /// </summary>
    private static (double[] First, double[] Second) Window(TrainingPath[] paths, LandscapeOptions options, int grid)
    {
        if (options.Plane == LandscapePlane.Random)
            return (Steps(-options.Span, options.Span, grid), Steps(-options.Span, options.Span, grid));
        var points = paths.SelectMany(path => path.Points).ToArray();
        double a0 = points.Min(p => p.A), a1 = points.Max(p => p.A), b0 = points.Min(p => p.B), b1 = points.Max(p => p.B);
        double longer = Math.Max(a1 - a0, b1 - b0);
        if (!(longer > 0)) longer = 1;
        double halfA = Math.Max(a1 - a0, NarrowestSide * longer) * (0.5 + Margin) * options.Span,
            halfB = Math.Max(b1 - b0, NarrowestSide * longer) * (0.5 + Margin) * options.Span;
        double a = (a0 + a1) / 2, b = (b0 + b1) / 2;
        return (Steps(a - halfA, a + halfA, grid), Steps(b - halfB, b + halfB, grid));
    }

    private static double[] Steps(double from, double to, int count) =>
        [.. Enumerable.Range(0, count).Select(i => from + ((to - from) * i / (count - 1)))];
}
