using Explain.Core;

namespace Explain.Render;

/// <summary>For two inputs: which class the network gives every point of the plane, behind the samples.</summary>
public sealed class DecisionRegions(FigureRequest request, int? epoch = null)
    : PlaneFigure(Kind, request, epoch, "Decision regions need", Cells, PlanePoints.Middles)
{
    private const int Cells = PlaneAnalysis.PixelsAcross;
    private const double FaintestTint = 0.10;
    private const double StrongestTint = 0.42;

    /// <summary>Its entry in the catalogue.</summary>
    public static FigureKind Kind { get; } = new(
        "decision-regions", "Decision regions", "Which class the network gives every point of the plane, behind the samples.",
        "Markers are samples, their colour the true class. The tint behind them is the class the network would give a point there; "
            + "the stronger the tint, the clearer the answer, and the line is where it turns. "
            + "A marker on ground of another colour is a mistake.",
        FigureScope.Epoch, PerLayer: false, [], HasPlane, request => new DecisionRegions(request))
    {
        Beware = "Far from all samples the colours are the network's guess and nothing else, however strong. "
            + "A sharp border means large weights, not that the network knows better.",
        Program = """
        new DecisionRegions(run).Draw(Theme.Light).SavePng("decision-regions.png");
        """,
        Unmet = NoPlane,
        Needs = request => PlaneNeeds(request, Cells, PlanePoints.Middles),
    };

    private protected override Scene Draw(Theme theme, PlaneAnswers answers)
    {
        var readout = Readout;
        int[] predicted = readout.PredictedClasses(answers.AtSamples);
        var metrics = Run.MetricsAt(Epoch!.Value);
        string loss = metrics is null ? "" : $" · loss {NumberFormat.Value(metrics.Loss)}";
        string note = answers.Outputs.Columns == 1
            ? "Tint: the output, stronger farther from the line, "
                + $"where it is {NumberFormat.Short(readout.Loss.TakesLogits ? 0.5 : readout.Threshold)}."
            : "Tint: by how much the largest output leads the second; on the line they are equal.";
        var info = new SceneInfo
        {
            Title = Kind.Title,
            Caption = $"The class that the network gives each point for {PlaneWords(answers.Plane, " and ")}, "
                + $"behind {Samples.Count} {Run.ProbeWords()} samples. Stronger tints are clearer answers.",
            AltText = $"Plane coloured by predicted class after epoch {Epoch}: {Right(predicted)} of {Samples.Count} samples lie "
                + $"in the region of their class{(metrics is null ? "" : $", loss {NumberFormat.Value(metrics.Loss)}")}.",
            Description = RightByClass(predicted),
            Table = Table(predicted),
            Command = Command,
        };
        return PlanePage(theme, answers.Plane, [new RegionMark(answers.Outputs, readout)], loss + RightWords(predicted), note, info);
    }

    private DataTable Table(int[] predicted) => new(
        [Run.FeatureName(0), Run.FeatureName(1), "true class", "predicted class"],
        [.. Enumerable.Range(0, Samples.Count).Select(i => (IReadOnlyList<string>)
        [
            NumberFormat.Value(Samples.Inputs[i, 0]), NumberFormat.Value(Samples.Inputs[i, 1]), Names[Samples.Labels[i]],
            Names[Math.Min(Names.Count - 1, predicted[i])],
        ])]);

    /// <summary>The network's answers as a tinted ground.</summary>
    private sealed record RegionMark(Matrix Outputs, Readout Readout) : Mark
    {
        public override IEnumerable<Node> Draw(PlotArea area)
        {
            var scores = Readout.Scores(Outputs);
            var pixels = new Color[Outputs.Rows];
            int[] classes = Readout.PredictedClasses(Outputs);
            for (int i = 0; i < pixels.Length; i++)
            {
                int predicted = classes[i];
                double clearness = Clearness(scores.Row(i), Outputs.Row(i));
                pixels[i] = Oklab.Mix(
                    area.Theme.Background,
                    Categories.At(predicted, area.Theme),
                    FaintestTint + ((StrongestTint - FaintestTint) * clearness));
            }
            return [new PixelsNode(Cells, Cells, pixels, area.Bounds, Sampling.Bilinear), Boundary(classes, area)];
        }

        // Marching along the grid of cells: between neighbours of different classes the border crosses where their answers balance; a
        // square of four has two, three or four such crossings.
        private PathNode Boundary(int[] classes, PlotArea area)
        {
            var places = new Dictionary<int, Point>();
            var segments = new List<(int From, int To)>();
            double cell = area.Bounds.Width / Cells, height = area.Bounds.Height / Cells;
            for (int row = 0; row + 1 < Cells; row++)
            {
                for (int column = 0; column + 1 < Cells; column++)
                {
                    int at = (row * Cells) + column;
                    if (classes[at] == classes[at + 1] && classes[at] == classes[at + Cells] && classes[at] == classes[at + Cells + 1])
                        continue;
                    var crossings = new List<int>();
                    foreach (var (i, j) in new[] { (at, at + 1), (at + 1, at + Cells + 1), (at + Cells, at + Cells + 1), (at, at + Cells) })
                    {
                        if (classes[i] == classes[j]) continue;
                        // A number for each edge of the grid, so that squares side by side share it: even for the edge to the right of a
                        // cell's middle, odd for the one below.
                        int edge = (2 * i) + (j == i + 1 ? 0 : 1);
                        double t = Crossing(Outputs.Row(i), Outputs.Row(j), classes[i], classes[j]);
                        places[edge] = new Point(
                            area.Bounds.X + (cell * ((i % Cells) + 0.5 + (j == i + 1 ? t : 0))),
                            area.Bounds.Y + (height * ((i / Cells) + 0.5 + (j == i + 1 ? 0 : t))));
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
            return new PathNode(
                path.Build(), Stroke: new Stroke(area.Theme.Foreground.WithAlpha(0.75), 1, [], LineCap.Round, LineJoin.Round));
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
            double clear = outputs.Length == 1
                ? Math.Abs(
                    (Readout.Loss.TakesLogits ? scores[0] - 0.5 : outputs[0] - Readout.Threshold)
                        * (Readout.Targets == TargetEncoding.PlusMinusOne ? 1 : 2))
                : Lead(scores);
            return double.IsFinite(clear) ? Math.Clamp(clear, 0, 1) : 0;
        }
    }
}
