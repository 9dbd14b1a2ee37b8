using Explain.Core;

namespace Explain.Render;

/// <summary>For two inputs: which class the network gives every point of the plane, behind the samples.</summary>
public sealed class DecisionRegions : IFigure
{
    private const double Side = 420;
    private const int Cells = 210;
    private const double FaintestTint = 0.10;
    private const double StrongestTint = 0.42;
    private readonly FigureRequest _request;

    /// <summary>As the request says.</summary>
    public DecisionRegions(FigureRequest request)
    {
        _request = request;
        request.SnapshotEpoch();
    }

    /// <summary>Of a run at an epoch; the last kept where null.</summary>
    public DecisionRegions(RunFolder run, int? epoch = null)
        : this(new FigureRequest { Runs = [run], Epoch = epoch })
    {
    }

    /// <summary>Its entry in the catalogue.</summary>
    public static FigureKind Kind { get; } = new(
        "decision-regions", "Decision regions", "Which class the network gives every point of the plane, behind the samples.",
        "Markers are samples, their colour the true class. The tint behind them is the class the network would give a point there; the stronger the tint, the clearer the answer, and the line is where it turns. A marker on ground of another colour is a mistake.",
        FigureScope.Epoch, PerLayer: false, [], run => run.Info.Network.InputShape.Size == 2, request => new DecisionRegions(request))
    {
        Beware = "Far from all samples the colours are the network's guess and nothing else, however strong. A sharp border means large weights, not that the network knows better.",
        Program = """
        new DecisionRegions(run).Draw(Theme.Light).SavePng("decision-regions.png");
        """,
        Unmet = run => $"it needs 2 inputs; this run has {run.Info.Network.InputShape.Size}",
    };

    /// <inheritdoc/>
    public Scene Draw(Theme theme)
    {
        var run = _request.Run;
        if (run.Info.Network.InputShape.Size != 2)
            return Page.Missing(theme, _request, Kind.Name, Kind.Title, $"Decision regions need a network of two inputs; this one has {run.Info.Network.InputShape.Size}.");
        if (_request.ReadSnapshot() is not { Layers.Count: > 0 } snapshot)
            return Page.Missing(theme, _request, Kind.Name, Kind.Title, "This run kept no snapshot, so there is no network to ask.");
        var samples = run.Probe.Samples;
        var (x, y) = PlaneScatter.Square(samples);
        var network = snapshot.Restore(run.Info.Network);
        var readout = run.Info.Objective.Readout();
        var names = run.Info.Data.ClassNames;
        var predicted = readout.PredictedClasses(network.Predict(samples.Inputs));
        int right = Enumerable.Range(0, samples.Count).Count(i => predicted[i] == samples.Labels[i]);
        var metrics = run.MetricsAt(snapshot.Epoch);
        string loss = metrics is null ? "" : $" · loss {NumberFormat.Value(metrics.Loss)}";
        string share = samples.Count == 0 ? "" : $" · {NumberFormat.Percent((double)right / samples.Count)} of {samples.Count} samples right";

        var marks = new List<Mark> { new RegionMark(network, readout, x, y) };
        marks.AddRange(PlaneScatter.Classes(samples, names, theme));
        LegendEntry[] legend = [.. names.Select((name, c) => new LegendEntry(name, Categories.At(c, theme), Categories.MarkerAt(c)))];
        double top = Legend.Height(legend, Side, theme.Face) + 6;
        var plot = new Plot
        {
            Bounds = new Rect(0, top, Side, Side),
            Legend = LegendPlace.None,
            X = new Axis { Limits = x, Label = run.FeatureName(0) },
            Y = new Axis { Limits = y, Label = run.FeatureName(1) },
            Marks = marks,
        };
        return new Page
        {
            Theme = theme,
            Subtitle = $"{run.Title()} · {run.EpochWords(snapshot.Epoch)}{loss}{share}",
            BodyWidth = Side,
            BodyHeight = top + Side,
            Body = [.. Legend.Draw(legend, default, Side, theme), plot.Draw(theme)],
            Notes = [network.OutputShape.Size == 1
                ? $"Tint: the output, stronger farther from the line, where it is {NumberFormat.Short(readout.Loss.TakesLogits ? 0.5 : readout.Threshold)}."
                : "Tint: by how much the largest output leads the second; on the line they are equal."],
            Width = _request.Width,
            Info = new SceneInfo
            {
                Title = Kind.Title,
                Caption = $"The class that the network gives each point for {run.FeatureName(0)} from {NumberFormat.Value(x.Min)} to {NumberFormat.Value(x.Max)} and {run.FeatureName(1)} from {NumberFormat.Value(y.Min)} to {NumberFormat.Value(y.Max)}, behind {samples.Count} {run.ProbeWords()} samples. Stronger tints are clearer answers.",
                AltText = $"Plane coloured by predicted class after epoch {snapshot.Epoch}: {right} of {samples.Count} samples lie in the region of their class{(metrics is null ? "" : $", loss {NumberFormat.Value(metrics.Loss)}")}.",
                Description = string.Join(" ", names.Select((name, c) => $"{name}: {Enumerable.Range(0, samples.Count).Count(i => samples.Labels[i] == c && predicted[i] == c)} of {samples.Labels.Count(l => l == c)} samples right.")),
                Table = new DataTable([run.FeatureName(0), run.FeatureName(1), "true class", "predicted class"], [.. Enumerable.Range(0, samples.Count).Select(i => (IReadOnlyList<string>)[NumberFormat.Value(samples.Inputs[i, 0]), NumberFormat.Value(samples.Inputs[i, 1]), names[samples.Labels[i]], names[Math.Min(names.Count - 1, predicted[i])]])]),
                Command = _request.Command(Kind.Name),
            },
        }.ToScene();
    }

    /// <summary>The network's answers as a tinted ground.</summary>
    private sealed record RegionMark(Network Network, Readout Readout, Limits X, Limits Y) : Mark
    {
        public override IEnumerable<Node> Draw(PlotArea area)
        {
            var inputs = new Matrix(Cells * Cells, 2);
            for (int i = 0; i < inputs.Rows; i++)
            {
                inputs[i, 0] = (float)(X.Min + (X.Span * ((i % Cells) + 0.5) / Cells));
                inputs[i, 1] = (float)(Y.Max - (Y.Span * ((i / Cells) + 0.5) / Cells));
            }
            var outputs = Network.Predict(inputs);
            var scores = Readout.Scores(outputs);
            var pixels = new Color[inputs.Rows];
            int[] classes = Readout.PredictedClasses(outputs);
            for (int i = 0; i < pixels.Length; i++)
            {
                int predicted = classes[i];
                double clearness = Clearness(scores.Row(i), outputs.Row(i));
                pixels[i] = Oklab.Mix(area.Theme.Background, Categories.At(predicted, area.Theme), FaintestTint + ((StrongestTint - FaintestTint) * clearness));
            }
            return [new PixelsNode(Cells, Cells, pixels, area.Bounds, Sampling.Bilinear), Boundary(outputs, classes, area)];
        }

        // Marching along the grid of cells: between neighbours of different classes the border crosses where their answers balance; a square of four has two, three or four such crossings.
        private PathNode Boundary(Matrix outputs, int[] classes, PlotArea area)
        {
            var places = new Dictionary<int, Point>();
            var segments = new List<(int From, int To)>();
            double cell = area.Bounds.Width / Cells, height = area.Bounds.Height / Cells;
            for (int row = 0; row + 1 < Cells; row++)
            {
                for (int column = 0; column + 1 < Cells; column++)
                {
                    int at = (row * Cells) + column;
                    if (classes[at] == classes[at + 1] && classes[at] == classes[at + Cells] && classes[at] == classes[at + Cells + 1]) continue;
                    var crossings = new List<int>();
                    foreach (var (i, j) in new[] { (at, at + 1), (at + 1, at + Cells + 1), (at + Cells, at + Cells + 1), (at, at + Cells) })
                    {
                        if (classes[i] == classes[j]) continue;
                        // A number for each edge of the grid, so that squares side by side share it: even for the edge to the right of a cell's middle, odd for the one below.
                        int edge = (2 * i) + (j == i + 1 ? 0 : 1);
                        double t = Crossing(outputs.Row(i), outputs.Row(j), classes[i], classes[j]);
                        places[edge] = new Point(area.Bounds.X + (cell * ((i % Cells) + 0.5 + (j == i + 1 ? t : 0))), area.Bounds.Y + (height * ((i / Cells) + 0.5 + (j == i + 1 ? 0 : t))));
                        crossings.Add(edge);
                    }
                    if (crossings.Count == 2)
                    {
                        segments.Add((crossings[0], crossings[1]));
                        continue;
                    }
                    // Two classes in one square are parted by one line; three meet in its middle, as do the corners of a saddle.
                    int middle = -1 - at;
                    places[middle] = new Point(crossings.Average(p => places[p].X), crossings.Average(p => places[p].Y));
                    segments.AddRange(crossings.Select(edge => (edge, middle)));
                }
            }
            var path = new PathBuilder();
            foreach (var line in SegmentChains.Of(segments))
            {
                path.MoveTo(places[line[0]].X, places[line[0]].Y);
                foreach (int place in line.Skip(1))
                    path.LineTo(places[place].X, places[place].Y);
            }
            return new PathNode(path.Build(), Stroke: new Stroke(area.Theme.Foreground.WithAlpha(0.75), 1, [], LineCap.Round, LineJoin.Round));
        }

        private double Crossing(ReadOnlySpan<float> from, ReadOnlySpan<float> to, int first, int second)
        {
            double start = from.Length == 1 ? from[0] - Readout.Threshold : from[first] - from[second];
            double end = to.Length == 1 ? to[0] - Readout.Threshold : to[first] - to[second];
            double t = start / (start - end);
            return double.IsFinite(t) ? Math.Clamp(t, 0, 1) : 0.5;
        }

        // 0 on the border between two classes, 1 where one answer leaves no doubt.
        private double Clearness(ReadOnlySpan<float> scores, ReadOnlySpan<float> outputs)
        {
            double clear;
            if (outputs.Length == 1)
            {
                clear = Math.Abs((Readout.Loss.TakesLogits ? scores[0] - 0.5 : outputs[0] - Readout.Threshold) * (Readout.Targets == TargetEncoding.PlusMinusOne ? 1 : 2));
            }
            else
            {
                double first = double.NegativeInfinity, second = double.NegativeInfinity;
                foreach (float score in scores)
                {
                    if (score > first) (first, second) = (score, first);
                    else if (score > second) second = score;
                }
                clear = first - second;
            }
            return double.IsFinite(clear) ? Math.Clamp(clear, 0, 1) : 0;
        }
    }
}
