using Explain.Core;

namespace Explain.Render;

/// <summary>Each weight of a layer before training against the same weight now.</summary>
public sealed class WeightChanges(FigureRequest request, int? layer = null, int? epoch = null)
    : SnapshotFigure(Kind, request, "there are no weights to compare", layer, epoch)
{
    private const double Side = 400;
    private const double Beyond = 1.35;
    private const int FewPoints = 800;
    private readonly IReadOnlyList<LayerLimits> _limits = request.SharedLimits();

    /// <summary>Its entry in the catalogue.</summary>
    public static FigureKind Kind { get; } = new(
        "weight-changes", "How far each weight moved", "Each weight of a layer before training against the same weight now.",
        "Each weight is a point: to the right what it was at the first kept epoch, upwards what it is now. "
            + "On the dashed diagonal nothing changed. A cloud that hugs the diagonal has learned little; "
            + "one that is tilted towards the horizontal has forgotten where it began. Where points are many, colours say how many.",
        FigureScope.Epoch, PerLayer: true, [], _ => true, request => new WeightChanges(request))
    {
        Needs = request => request.NeedsLimits(),
        Beware = "Colours are logarithmic: a darker hexagon may hold a hundred times as many weights. "
            + "A weight that moved and came back stands on the diagonal as one that never moved.",
        Program = """
        var figure = new WeightChanges(run, layer: 0);
        figure.Draw(Theme.Light).SavePng("weight-changes.png");
        """,
    };

    private protected override Scene Draw(Theme theme, Snapshot snapshot)
    {
        var run = Run;
        var first = run.ReadSnapshot(run.SnapshotEpochs[0]);
        float[] before = first.Layers[Layer].Weights.Span.ToArray(), after = snapshot.Layers[Layer].Weights.Span.ToArray();
        double limit = _limits[Layer].Weight * Beyond;
        if (!(limit > 0) || limit > 1e30 || !before.Zip(after).Any(p => float.IsFinite(p.First) && float.IsFinite(p.Second)))
            return Missing(
                theme,
                limit > 0 ? "No weight of this layer has a finite value that could be drawn."
                    : "All weights of this layer are zero at every kept epoch.");
        var limits = new Limits(-limit, limit);
        bool few = before.Length <= FewPoints;
        var hexagons =
            new HexbinMark { Points = few ? [] : [.. before.Zip(after, (a, b) => new Point(a, b))], Width = 7, Name = "weights" };
        var plot = new Plot
        {
            Bounds = new Rect(0, 0, Side, Side),
            X = new Axis { Limits = limits, Label = first.Epoch == 0 ? "weight before training" : $"weight after epoch {first.Epoch}" },
            Y = new Axis { Limits = limits, Label = $"weight after epoch {snapshot.Epoch}" },
            Marks =
            [
                few ? new DensityMark { X = before, Y = after, Color = Categories.At(0, theme), Name = "weights" } : hexagons,
                new LineMark { Points = [new(-limit, -limit), new(limit, limit)], Color = theme.Muted, Width = 1, Dashes = [4, 3] },
            ],
        };
        var drawn = plot.Draw(theme);
        double correlation = Correlation(before, after);
        var (_, spread) = Moments.Of([.. after.Zip(before, (a, b) => a - b)]);
        int beyond = before.Zip(after).Count(p => Math.Abs(p.First) > limit || Math.Abs(p.Second) > limit);
        string finding = $"correlation {(double.IsFinite(correlation) ? NumberFormat.Fixed(correlation, 2) : "n/a")} with the start, "
            + $"changes of {NumberFormat.Value(spread, 2)} (σ)";
        var bar = few ? []
            : CountBar.Draw(
                hexagons.MostInBin(plot.AreaIn(theme)), new Point(0, Side + 8), 160, theme, "weights in a hexagon, logarithmic colours")
                .ToArray();
        string name = snapshot.Layers[Layer].Name;
        return new Page
        {
            Theme = theme,
            Subtitle = $"{run.Title()} · {run.EpochWords(snapshot.Epoch)} · {finding}",
            BodyWidth = Side,
            BodyHeight = Side + (bar.Length > 0 ? 8 + ColorBar.Height : 0),
            Body = [drawn, .. bar],
            Notes = beyond > 0 ? [$"{NumberFormat.Count(beyond)} of {NumberFormat.Count(before.Length)} weights lie beyond the axes."] : [],
            Width = Request.Width,
            Info = new SceneInfo
            {
                Title = $"How far the weights of {name} moved",
                Caption = $"{NumberFormat.Count(before.Length)} weights; both axes from {NumberFormat.Value(-limit)} "
                    + $"to {NumberFormat.Value(limit)} at every kept epoch. On the diagonal nothing changed.",
                AltText = $"Weights of {name} after epoch {snapshot.Epoch} against those after epoch {first.Epoch}: {finding}.",
                Description = $"{NumberFormat.Count(before.Length)} weights, of which {NumberFormat.Count(beyond)} lie beyond the axes.",
                Table = new DataTable(["weight", "before", "now"], [.. Enumerable.Range(0, Math.Min(500, before.Length))
                    .Select(i => (IReadOnlyList<string>)[$"{i}", NumberFormat.Value(before[i]), NumberFormat.Value(after[i])])]),
                Command = Command,
            },
        }.ToScene();
    }

    private static double Correlation(float[] a, float[] b)
    {
        double n = 0, sa = 0, sb = 0, aa = 0, bb = 0, ab = 0;
        for (int i = 0; i < a.Length; i++)
        {
            if (!float.IsFinite(a[i]) || !float.IsFinite(b[i])) continue;
            n++;
            sa += a[i];
            sb += b[i];
            aa += (double)a[i] * a[i];
            bb += (double)b[i] * b[i];
            ab += (double)a[i] * b[i];
        }
        return ((n * ab) - (sa * sb)) / Math.Sqrt(((n * aa) - (sa * sa)) * ((n * bb) - (sb * sb)));
    }
}
