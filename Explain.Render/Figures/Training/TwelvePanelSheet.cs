using Explain.Core;

namespace Explain.Render;

/// <summary>
/// One page for one epoch: mean activations, mean weights and updates of every layer as pictures, beside the distribution of the
/// activations, the accuracy and the update magnitudes. With three layers these are twelve panels.
/// </summary>
public sealed class TwelvePanelSheet(FigureRequest request, int? epoch = null)
    : SnapshotFigure(Kind, request, "there is nothing inside to show", epoch: epoch)
{
    private const double Tile = LayerPicture.Tile;
    private const double TileGap = LayerPicture.Gap;
    private const double TileHeight = 182;
    private const double ChartWidth = 290;
    private const double ChartGap = 40;
    private const double SectionHead = 26;
    private const double SectionGap = 24;
    private const int MostAcross = 4;
    private const int FewInputs = 3;
    private const int FewUnits = 40;
    private const int Bins = 60;
    private const double LeastShareOfMean = 1e-3;
    private readonly IReadOnlyList<LayerLimits> _limits = request.SharedLimits();

    /// <summary>Its entry in the catalogue.</summary>
    public static FigureKind Kind { get; } = new(
        "twelve-panel", "Everything at a glance", "Mean activations, weights and updates of every layer with accuracy and update curves.",
        "Each row looks at all layers: what their units answer on average, what they weigh on average, and how their weights moved. "
            + "The charts on the right tell how activations spread, how well the network does, and how fast it still learns. "
            + "μ is the mean and σ the standard deviation.",
        FigureScope.Epoch, PerLayer: false, [], _ => true, request => new TwelvePanelSheet(request))
    {
        Needs = request => request.NeedsLimits(),
        Beware = "Means hide what cancels: a layer whose weights are large but of both signs looks pale. "
            + "Each picture has its own colour limits, printed under it, so two layers cannot be compared by colour.",
        Program = """
        new TwelvePanelSheet(run).Draw(Theme.Light).SavePng("twelve-panel.png");
        """,
    };

    private protected override Scene Draw(Theme theme, Snapshot snapshot)
    {
        var run = Run;
        var layers = snapshot.Layers;
        var limits = _limits;
        int across = Math.Min(layers.Count, MostAcross), down = (layers.Count + across - 1) / across;
        double images = (across * (Tile + TileGap)) - TileGap;
        double section = SectionHead + (down * TileHeight);
        int? before = run.EpochBefore(snapshot.Epoch);
        string[] titles =
        [
            "Mean activation of each unit",
            "Mean weight from each input",
            before is { } b ? $"Mean update since epoch {b} (log)" : "Mean update",
        ];
        images = Math.Max(images, titles.Max(t => theme.Face.Measure(t, Typography.Heading, FontWeight.Bold)));
        var nodes = new List<Node>();
        var clipped = new List<string>();
        var cancelling = new List<string>();

        Section(0, titles[0], l => Activation(layers[l], l == layers.Count - 1, limits[l].MeanActivation, theme));
        Section(1, titles[1], l => Mean(
            layers[l],
            l,
            layers[l].Weights,
            ColorScale.Diverging(theme, IsWhole(layers[l]) ? limits[l].Weight : limits[l].MeanWeight),
            Cancels(limits[l].MeanWeight, limits[l].Weight)));
        Section(2, titles[2], l => Update(
            layers[l],
            l,
            ColorScale.Diverging(theme, IsWhole(layers[l]) ? limits[l].Update : limits[l].MeanUpdate, Spread.Log),
            Cancels(limits[l].MeanUpdate, limits[l].Update)) with { Blank = Unmoved(layers[l].Update, before) });

        double left = images + ChartGap, chartHeight = SectionHead + TileHeight - 12;
        nodes.AddRange(Spread3(layers, limits, new Rect(left, 0, ChartWidth, chartHeight), theme));
        nodes.Add((EpochPlots.Accuracy(run, theme, snapshot.Epoch) with
        {
            Title = "Accuracy",
            Bounds = new Rect(left, section + SectionGap, ChartWidth, chartHeight),
        }).Draw(theme));
        var updates = EpochPlots.PerLayer(
            run, theme, l => l.UpdateMean, snapshot.Epoch, EpochPlots.PositiveLimits(Request.Sharing(), l => l.UpdateMean));
        nodes.Add((updates with
        {
            Title = "Mean |Δw| of the epoch's last step",
            Bounds = new Rect(left, 2 * (section + SectionGap), ChartWidth, chartHeight),
        }).Draw(theme));

        var metrics = run.MetricsAt(snapshot.Epoch);
        string headline = metrics is null
            ? run.EpochWords(snapshot.Epoch)
            : $"{run.EpochWords(snapshot.Epoch)} · training accuracy {NumberFormat.Percent(metrics.Accuracy)} · loss "
                + $"{NumberFormat.Value(metrics.Loss)} · rate {NumberFormat.Value(metrics.Rate, 2)}";
        return new Page
        {
            Theme = theme,
            Subtitle = headline,
            BodyWidth = left + ChartWidth,
            BodyHeight = (3 * section) + (2 * SectionGap),
            Body = nodes,
            Width = Request.Width,
            Notes = clipped.Count > 0 ? [$"Beyond the colour limits: {string.Join(", ", clipped)}."] : [],
            Info = new SceneInfo
            {
                Title = string.IsNullOrWhiteSpace(run.Info.Title) ? Kind.Title : run.Info.Title,
                Caption = $"State of {run.Title()}, {headline}. The colour limits under each picture hold for every kept "
                    + $"epoch{(Request.SharedWith.Count > 0 ? " and every compared run" : "")}; updates have logarithmic "
                    + $"colours.{(clipped.Count > 0 ? $" Beyond them: {string.Join(", ", clipped)}." : " No value lies beyond them.")}"
                    + $"{(cancelling.Count > 0
                        ? $" Over the units {string.Join(" and ", cancelling)} sum to zero but for rounding, "
                            + "as under softmax with cross-entropy they must, so they are left blank."
                        : "")}",
                AltText = $"Sheet of {3 * (layers.Count + 1)} panels, {headline}: {string.Join("; ", layers.Select(Words))}.",
                Description = string.Join(" ", layers.Select(layer => $"{layer.Name} ({layer.Weights.Rows} units): {Words(layer)}.")),
                Table = Table(layers),
                Command = Command,
            },
        }.ToScene();

        void Section(int index, string title, Func<int, LayerPicture> panel)
        {
            double top = index * (section + SectionGap);
            nodes.Add(new TextNode(
                theme.Face.Ellipsize(title, images, Typography.Heading, FontWeight.Bold),
                new Point(0, top + Typography.Heading),
                Typography.Heading,
                theme.Foreground,
                Weight: FontWeight.Bold));
            for (int l = 0; l < layers.Count; l++)
            {
                var p = panel(l);
                var corner = new Point(l % across * (Tile + TileGap), top + SectionHead + (l / across * TileHeight));
                nodes.Add(new GroupNode([.. p.Draw(layers[l].Name, corner, theme)]) { Label = $"{title}, {layers[l].Name}: {p.Words}" });
                double share = p.IsBlank ? 0 : p.Scale.Clipped(p.Values);
                if (p.Cancels && p.Blank.Length == 0) cancelling.Add($"the {p.Quantity}s of {layers[l].Name}");
                if (share > 0) clipped.Add($"{NumberFormat.Percent(share)} of the {p.Quantity}s of {layers[l].Name}");
            }
        }
    }

    private static string Words(LayerSnapshot layer)
    {
        var (mean, _) = Moments.Of(layer.MeanActivation);
        return $"{layer.Name} has mean activation {NumberFormat.Value(mean, 2)} and mean update "
            + $"{NumberFormat.Value(Moments.MeanMagnitude(layer.Update.Span), 2)}";
    }

    private LayerPicture Activation(LayerSnapshot layer, bool isLast, Limits limits, Theme theme)
    {
        var (rows, columns) = UnitImages.Grid(layer.MeanActivation.Length);
        float[] values = layer.MeanActivation;
        if (layer.OutputShape is { } image) (values, rows, columns) = UnitImages.Unfold(values, image);
        bool signed = limits is { IsEmpty: false, Min: < 0 };
        var scale = signed ? ColorScale.Diverging(theme, limits.Symmetric().Max)
            : ColorScale.Sequential(theme, limits.IsEmpty ? 1 : limits.Max);
        var classes = Request.Run.Info.Data.ClassNames;
        bool isOutput = isLast && layer.MeanActivation.Length == classes.Count && rows == 1;
        return new LayerPicture("mean activation", values, rows, columns, scale, MomentWords(layer.MeanActivation))
        {
            Below = isOutput ? classes : [],
            Shape = layer.OutputShape,
        };
    }

    // Under softmax with cross-entropy the gradients of the last layer sum to zero over its units: what the float sums leave is rounding,
    // not a picture.
    private static bool Cancels(double mean, double single) => mean < LeastShareOfMean * single;

    private LayerPicture Mean(LayerSnapshot layer, int index, Matrix matrix, ColorScale scale, bool cancels)
    {
        // Batch normalisation has one weight a channel: there is nothing to take a mean over.
        if (matrix.Columns == 1 && matrix.Rows > 1)
        {
            var (down, along) = UnitImages.Grid(matrix.Rows);
            return new LayerPicture("weight", matrix.Span.ToArray(), down, along, scale, MomentWords(layer.Weights.Span));
        }
        // A mean over the units of two or three inputs is two or three numbers: all weights have room.
        if (IsWhole(layer))
        {
            var turned = new float[matrix.Rows * matrix.Columns];
            for (int i = 0; i < turned.Length; i++) turned[i] = matrix[i % matrix.Rows, i / matrix.Rows];
            return new LayerPicture("weight", turned, matrix.Columns, matrix.Rows, scale, MomentWords(layer.Weights.Span))
            {
                RowNames = index == 0 ? [.. Enumerable.Range(0, matrix.Columns).Select(Request.Run.FeatureName)]
                    : [.. Enumerable.Range(0, matrix.Columns).Select(i => $"{i}")],
            };
        }
        if (layer.KernelShape is { } kernel)
        {
            var (picture, down, along) = UnitImages.Unfold(UnitMeans.Of(matrix), kernel);
            return new LayerPicture(
                "mean weight", picture, down, along, scale, MomentWords(layer.Weights.Span)) { Cancels = cancels, Shape = kernel };
        }
        var (rows, columns) = UnitImages.InputGrid(Request.Run, index, matrix.Columns);
        var values = UnitImages.Flatten(UnitMeans.Of(matrix), rows, columns).ToArray();
        // Mean and deviation are those of the weights themselves; of the means they would tell about the number of units.
        return new LayerPicture("mean weight", values, rows, columns, scale, MomentWords(layer.Weights.Span)) { Cancels = cancels };
    }

    private LayerPicture Update(LayerSnapshot layer, int index, ColorScale scale, bool cancels) =>
        Mean(layer, index, layer.Update, scale, cancels) with
        {
            Quantity = IsWhole(layer) ? "update" : "mean update",
            Words = $"mean |Δw| {NumberFormat.Value(Moments.MeanMagnitude(layer.Update.Span), 2)}",
        };

    // Whether each weight is shown by itself and not the mean over the units.
    private static bool IsWhole(LayerSnapshot layer) =>
        layer.Weights.Columns == 1 || (layer.KernelShape is null && layer.Weights is { Columns: <= FewInputs, Rows: <= FewUnits });

    // An update of zeros has no range of its own to colour.
    private static string Unmoved(Matrix update, int? before)
    {
        if (!Reduce.IsAllFinite(update.Span)) return "the update is not finite";
        return update.Span.ContainsAnyExcept(0f) ? "" : before is { } epoch ? $"no update since epoch {epoch}" : "no update yet";
    }

    private static string MomentWords(ReadOnlySpan<float> values)
    {
        var (mean, deviation) = Moments.Of(values);
        return $"μ {NumberFormat.Value(mean, 2)}  σ {NumberFormat.Value(deviation, 2)}";
    }

    private static IEnumerable<Node> Spread3(
        IReadOnlyList<LayerSnapshot> layers, IReadOnlyList<LayerLimits> limits, Rect bounds, Theme theme)
    {
        var x = limits.Select(l => l.Activation).Aggregate(default(Limits), (a, b) => a.Union(b)).OrWidened();
        var plot = new Plot
        {
            Bounds = new Rect(bounds.X, bounds.Y + 32, bounds.Width, bounds.Height - 32),
            X = new Axis { Limits = x, Label = "activation" },
            Y = new Axis { Log = true, Limits = new Limits(1e-5, 1) },
            Empty = "nothing was counted",
            Marks = [.. layers.Select((layer, l) => new LineMark
            {
                Color = Categories.At(l, theme),
                Dashes = Categories.DashesAt(l),
                Width = 1.3,
                Points = Steps(Histograms.Shares(layer.Activations, x, Bins), x),
            })],
        };
        yield return new TextNode(
            "Share of activations",
            new Point(bounds.X, bounds.Y + Typography.Heading),
            Typography.Heading,
            theme.Foreground,
            Weight: FontWeight.Bold);
        double left = bounds.X;
        foreach (var (layer, l) in layers.Select((layer, l) => (layer, l)))
        {
            double width = theme.Face.Measure(layer.Name, Typography.Small);
            if (left + width > bounds.Right) break;
            yield return new TextNode(
                layer.Name, new Point(left, bounds.Y + 27), Typography.Small, Categories.At(l, theme), Weight: FontWeight.Bold);
            left += (width * 1.08) + 10;
        }
        yield return plot.Draw(theme);
    }

    // Bins as steps; empty ones leave a gap on the logarithmic axis.
    private static List<Point> Steps(double[] shares, Limits x)
    {
        var points = new List<Point>();
        double width = x.Span / shares.Length;
        for (int b = 0; b < shares.Length; b++)
        {
            double share = shares[b] > 0 ? Math.Max(shares[b], 1e-5) : double.NaN;
            points.Add(new Point(x.Min + (b * width), share));
            points.Add(new Point(x.Min + ((b + 1) * width), share));
        }
        return points;
    }

    private static DataTable Table(IReadOnlyList<LayerSnapshot> layers) => new(
        ["layer", "units", "inputs", "mean activation", "σ of unit means", "mean weight", "σ of weights", "mean |update|"],
        [.. layers.Select(layer =>
        {
            var (activation, spread) = Moments.Of(layer.MeanActivation);
            var (weight, deviation) = Moments.Of(layer.Weights.Span);
            return (IReadOnlyList<string>)
            [
                layer.Name, $"{layer.Weights.Rows}", $"{layer.Weights.Columns}", NumberFormat.Value(activation), NumberFormat.Value(spread),
                NumberFormat.Value(weight),
                NumberFormat.Value(deviation), NumberFormat.Value(Moments.MeanMagnitude(layer.Update.Span)),
            ];
        })]);
}
