using Explain.Core;

namespace Explain.Render;

/// <summary>The network from input to output: a box a layer, the shapes that flow between them, the parameters each holds.</summary>
public sealed class ModelDiagram(FigureRequest request) : Figure(Kind, request)
{
    private const double Center = 190;
    private const double Widest = 340;
    private const double Narrowest = 200;
    private const double BoxHeight = 46;
    private const double ArrowHeight = 34;
    private const double Shapes = 400;
    private const double Width = 620;

    // Deeper networks say how many layers were left out in the middle.
    private const int MostBoxes = 24;

    /// <summary>Its entry in the catalogue.</summary>
    public static FigureKind Kind { get; } = new(
        "model", "The network", "The layers from input to output with shapes and numbers of parameters.",
        "Samples enter at the top; each box is a layer, and the number between two boxes is how many values pass from one to the next. "
            + "Wider boxes pass on more values (logarithmic). The bars show where the trainable numbers sit.",
        FigureScope.Run, PerLayer: false, [], _ => true, request => new ModelDiagram(request))
    {
        Beware = "Widths are logarithmic, and parameters are not importance: "
            + "a dense layer behind a picture holds most of them because it is wide, not because it does most of the work.",
        Program = """
        new ModelDiagram(run).Draw(Theme.Light).SavePng("model.png");
        """,
    };

    /// <inheritdoc/>
    public override Scene Draw(Theme theme)
    {
        var run = Run;
        var network = run.Info.Network;
        int count = network.Layers.Count;
        long total = network.Layers.Sum(l => (long)l.Parameters);
        var nodes = new List<Node>
        {
            new TextNode("parameters", new Point(Shapes, 8), Typography.Small, theme.Muted),
        };
        int most = network.Layers.Select(l => l.OutputShape.Size).Append(network.InputShape.Size).Max();
        double y = 18;
        y = Box(nodes, y, "input", run.Info.Data.Name, network.InputShape.Size, most, theme, filled: false);
        var before = network.InputShape;
        int skippedFrom = count > MostBoxes ? MostBoxes / 2 : count, skippedTo = count > MostBoxes ? count - (MostBoxes / 2) : count;
        for (int l = 0; l < count; l++)
        {
            var layer = network.Layers[l];
            if (l >= skippedFrom && l < skippedTo)
            {
                if (l == skippedFrom)
                {
                    nodes.Add(new TextNode(
                        $"… {skippedTo - skippedFrom} layers …",
                        new Point(Center, y + 22),
                        Typography.Label,
                        theme.Muted,
                        TextAnchor.Middle));
                    y += ArrowHeight;
                }
                before = layer.OutputShape;
                continue;
            }
            y = Arrow(nodes, y, before, theme);
            double top = y;
            y = Box(nodes, y, layer.Name, Words(layer), layer.OutputShape.Size, most, theme, filled: true);
            Parameters(nodes, top, layer, before, total, theme);
            before = layer.OutputShape;
        }
        y = Arrow(nodes, y, before, theme);
        bool classes = before.Size == run.Info.Data.ClassNames.Count;
        nodes.Add(new TextNode(
            theme.Face.Ellipsize(
                classes ? $"one output a class: {string.Join(", ", run.Info.Data.ClassNames)}" : "output", Widest + 30, Typography.Label),
            new Point(Center, y + Typography.Label),
            Typography.Label,
            theme.Foreground,
            TextAnchor.Middle));
        y += Typography.Label + 4;
        string chain = string.Join(" → ", network.Layers.Select(l => l.OutputShape.ToString()).Prepend(network.InputShape.ToString()));
        return new Page
        {
            Theme = theme,
            Subtitle = $"{run.Title()} · {NumberFormat.Count(total)} trainable parameters · loss: {run.Info.Objective.Loss}",
            BodyWidth = Width,
            BodyHeight = y,
            Body = nodes,
            Width = Request.Width,
            Info = new SceneInfo
            {
                Title = Kind.Title,
                Caption = $"The network of {run.Title()}: {chain}. Trained with the loss {run.Info.Objective.Loss}.",
                AltText = $"Diagram of a network of {count} layer{(count == 1 ? "" : "s")}, {chain}, "
                    + $"with {NumberFormat.Count(total)} trainable parameters.",
                Description = string.Join(" ", network.Layers.Select(l =>
                    $"{l.Name}: {Words(l)}, output {l.OutputShape}, {NumberFormat.Count(l.Parameters)} parameters.")),
                Table = new DataTable(["layer", "kind", "activation", "output shape", "initialiser", "parameters"],
                    [.. network.Layers.Select(l => (IReadOnlyList<string>)
                    [
                        l.Name, l.Kind, l.Activation.Name, l.OutputShape.ToString(), l.Initializer?.Name ?? "",
                        NumberFormat.Count(l.Parameters),
                    ])]),
                Command = Command,
            },
        }.ToScene();
    }

    private static string Words(LayerDescription layer)
    {
        var words = new List<string> { LayerWords.Of(layer) };
        if (LayerWords.Activation(layer) is { Length: > 0 } activation) words.Add(activation);
        if (layer.Parameters > 0) words.Add(layer.Bias ? "bias" : "no bias");
        return string.Join(" · ", words);
    }

    private static double Box(List<Node> nodes, double y, string name, string words, int size, int most, Theme theme, bool filled)
    {
        double share = most <= 1 ? 1 : PortableMath.Log(Math.Max(1, size)) / PortableMath.Log(most);
        double width = Narrowest + ((Widest - Narrowest) * share);
        var box = new Rect(Center - (width / 2), y, width, BoxHeight);
        var color = Categories.At(0, theme);
        nodes.Add(new GroupNode(
        [
            new PathNode(PathData.Rectangle(box, 7), filled ? color.WithAlpha(0.13) : null, new Stroke(filled ? color : theme.Muted, 1)),
            new TextNode(
                theme.Face.Ellipsize(name, width - 16, Typography.Heading, FontWeight.Bold),
                new Point(Center, y + 19),
                Typography.Heading,
                theme.Foreground,
                TextAnchor.Middle,
                FontWeight.Bold),
            new TextNode(
                theme.Face.Ellipsize(words, width - 16, Typography.Label),
                new Point(Center, y + 35),
                Typography.Label,
                theme.Muted,
                TextAnchor.Middle),
        ])
        { Label = $"{name}: {words}" });
        return y + BoxHeight;
    }

    private static double Arrow(List<Node> nodes, double y, Shape shape, Theme theme)
    {
        double tip = y + ArrowHeight - 3;
        nodes.Add(new PathNode(PathData.Line(Center, y + 3, Center, tip - 4), Stroke: new Stroke(theme.Muted, 1)));
        nodes.Add(new PathNode(
            new PathBuilder().MoveTo(Center, tip).LineTo(Center - 3.5, tip - 6).LineTo(Center + 3.5, tip - 6).Close().Build(),
            theme.Muted));
        string text = shape.IsImage || shape.Channels > 1 ? $"{shape} = {NumberFormat.Count(shape.Size)}"
            : $"{NumberFormat.Count(shape.Size)}";
        nodes.Add(new TextNode(
            text,
            new Point(Center + 10, theme.Face.Centered(y + (ArrowHeight / 2), Typography.Label)),
            Typography.Label,
            theme.Foreground));
        return y + ArrowHeight;
    }

    private static void Parameters(List<Node> nodes, double top, LayerDescription layer, Shape before, long total, Theme theme)
    {
        string text = NumberFormat.Count(layer.Parameters);
        double y = top + 16;
        nodes.Add(new TextNode(text, new Point(Shapes, y + 3), Typography.Label, theme.Foreground));
        if (layer.Parameters == 0) return;
        int units = layer.Kind == "dense" ? layer.OutputShape.Size : layer.OutputShape.Channels,
            weights = layer.Parameters - (layer.Bias ? units : 0);
        string inputs = layer.Kind == "conv" ? $"{LayerWords.Kernel(layer)}×{before.Channels}" : NumberFormat.Count(before.Size);
        string how = layer.Kind == "conv" || (layer.Kind == "dense" && weights == before.Size * units)
            ? $"{inputs} × {NumberFormat.Count(units)}{(layer.Bias ? $" + {NumberFormat.Count(units)}" : "")}"
            : "";
        if (how.Length > 0)
            nodes.Add(new TextNode(
                $"= {how}", new Point(Shapes + 6 + theme.Face.Measure(text, Typography.Label), y + 3), Typography.Label, theme.Muted));
        double share = (double)layer.Parameters / Math.Max(1, total);
        nodes.Add(new PathNode(PathData.Rectangle(new Rect(Shapes, y + 10, 150, 5), 2.5), theme.Grid));
        nodes.Add(new PathNode(PathData.Rectangle(new Rect(Shapes, y + 10, Math.Max(1, 150 * share), 5), 2.5), Categories.At(0, theme)));
        nodes.Add(new TextNode(NumberFormat.Percent(share), new Point(Shapes + 156, y + 16), Typography.Small, theme.Muted));
    }
}
