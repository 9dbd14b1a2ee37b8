using System.Text.Json;

namespace Explain.Render.Tests;

/// <summary>
/// Scene → compact JSON that <c>skia/replay.mjs</c> draws. Nothing is left to look up: text is the outlines that every canvas of ours draws
/// (flagged, so that a reader knows), placed where it stands; images are raw straight-alpha RGBA; gradients that have come down to one
/// colour are that colour. Numbers are 32-bit floats, which is what Skia keeps.
/// </summary>
/// <remarks>
/// <code>
/// scene     {width, height, scale, background: rgba, nodes: [node]}        width and height in device pixels
/// node      {path: outline, text?: true, evenOdd?: true, fill?: paint, stroke?: {color, width, cap, join, dashes?}}
///           {image: {columns, rows, rgba: base64}, bounds: [x, y, width, height], sampling}
///           {group: [node], transform?: [a, b, c, d, e, f], clip?: [x, y, width, height], clipPath?: outline, opacity?, adjoining?: true}
/// outline   {verbs: "MLQCZ…", points: [x, y, …]}
/// paint     {color: rgba} | {line: [x0, y0, x1, y1], stops: [[offset, rgba]]} | {circle: [x, y, r], stops}
/// </code>
/// </remarks>
internal static class SceneJson
{
    /// <summary>Writes <paramref name="scene"/> at <paramref name="scale"/> device pixels a scene pixel to a file.</summary>
    public static void Write(Scene scene, double scale, string path)
    {
        using var file = File.Create(path);
        using var json = new Utf8JsonWriter(file);
        var (width, height) = PictureSize.Of(scene, scale);
        json.WriteStartObject();
        json.WriteNumber("width", width);
        json.WriteNumber("height", height);
        json.WriteNumber("scale", (float)scale);
        Numbers(json, "background", Channels(scene.Background));
        Nodes(json, "nodes", scene.Nodes, scene.Face);
        json.WriteEndObject();
    }

    private static void Nodes(Utf8JsonWriter json, string name, IReadOnlyList<Node> nodes, ITypeface face)
    {
        json.WriteStartArray(name);
        foreach (var node in nodes)
        {
            json.WriteStartObject();
            switch (node)
            {
                case PathNode path:
                    PathOf(json, path);
                    break;
                case TextNode text:
                    Text(json, text, face);
                    break;
                case PixelsNode pixels:
                    Image(json, pixels);
                    break;
                case GroupNode group:
                    Group(json, group, face);
                    break;
                default:
                    throw new NotSupportedException($"There is no JSON for the node {node.GetType().Name}.");
            }
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void PathOf(Utf8JsonWriter json, PathNode node)
    {
        Outline(json, "path", node.Data, Transform.Identity);
        if (node.Rule == FillRule.EvenOdd)
            json.WriteBoolean("evenOdd", true);
        if (node.Fill is { IsVisible: true } fill)
            PaintOf(json, fill);
        if (node.Stroke is { Width: > 0, Color.A: > 0 } stroke && double.IsFinite(stroke.Width))
            Pen(json, stroke);
    }

    private static void Text(Utf8JsonWriter json, TextNode text, ITypeface face)
    {
        Outline(json, "path", face.Outline(text.Text, text.Size, text.Weight), TextPlacement.Of(text, face));
        json.WriteBoolean("text", true);
        if (text.Color.A > 0)
            PaintOf(json, new SolidPaint(text.Color));
    }

    private static void PaintOf(Utf8JsonWriter json, Paint paint)
    {
        json.WriteStartObject("fill");
        switch (paint)
        {
            case LinearGradient { Stops.Count: > 1 } line when line.From != line.To:
                Numbers(json, "line", line.From.X, line.From.Y, line.To.X, line.To.Y);
                Stops(json, line);
                break;
            case RadialGradient { Stops.Count: > 1, Radius: > 0 } circle:
                Numbers(json, "circle", circle.Center.X, circle.Center.Y, circle.Radius);
                Stops(json, circle);
                break;
            default:
                Numbers(json, "color", Channels(paint is SolidPaint solid ? solid.Color : ((GradientPaint)paint).Stops[^1].Color));
                break;
        }
        json.WriteEndObject();
    }

    private static void Stops(Utf8JsonWriter json, GradientPaint gradient)
    {
        json.WriteStartArray("stops");
        foreach (var stop in gradient.Stops)
        {
            json.WriteStartArray();
            json.WriteNumberValue((float)stop.Offset);
            foreach (double channel in Channels(stop.Color))
                json.WriteNumberValue((float)channel);
            json.WriteEndArray();
        }
        json.WriteEndArray();
    }

    private static void Pen(Utf8JsonWriter json, Stroke stroke)
    {
        json.WriteStartObject("stroke");
        Numbers(json, "color", Channels(stroke.Color));
        json.WriteNumber("width", (float)stroke.Width);
        json.WriteString("cap", stroke.Cap switch { LineCap.Round => "round", LineCap.Square => "square", _ => "butt" });
        json.WriteString("join", stroke.Join switch { LineJoin.Round => "round", LineJoin.Bevel => "bevel", _ => "miter" });
        if (Dasher.IsPattern(stroke.Dashes))
            Numbers(json, "dashes", stroke.Dashes!.Count % 2 == 0 ? [.. stroke.Dashes] : [.. stroke.Dashes, .. stroke.Dashes]);
        json.WriteEndObject();
    }

    private static void Image(Utf8JsonWriter json, PixelsNode node)
    {
        var rgba = new byte[4 * node.Columns * node.Rows];
        for (int i = 0; i < node.Columns * node.Rows; i++)
            (rgba[4 * i], rgba[(4 * i) + 1], rgba[(4 * i) + 2], rgba[(4 * i) + 3]) = (
                node.Pixels[i].R, node.Pixels[i].G, node.Pixels[i].B, node.Pixels[i].A);
        json.WriteStartObject("image");
        json.WriteNumber("columns", node.Columns);
        json.WriteNumber("rows", node.Rows);
        json.WriteBase64String("rgba", rgba);
        json.WriteEndObject();
        Numbers(json, "bounds", node.Bounds.X, node.Bounds.Y, node.Bounds.Width, node.Bounds.Height);
        json.WriteString("sampling", node.Sampling == Sampling.Nearest ? "nearest" : "bilinear");
    }

    private static void Group(Utf8JsonWriter json, GroupNode group, ITypeface face)
    {
        if (group.Transform is var t && t != Transform.Identity)
            Numbers(json, "transform", t.A, t.B, t.C, t.D, t.E, t.F);
        if (group.Clip is { } clip)
            Numbers(json, "clip", clip.X, clip.Y, clip.Width, clip.Height);
        if (group.ClipPath is { } outline)
            Outline(json, "clipPath", outline, Transform.Identity);
        if (!(group.Opacity >= 1))
            json.WriteNumber("opacity", group.Opacity > 0 ? (float)group.Opacity : 0);
        if (group.Adjoining)
            json.WriteBoolean("adjoining", true);
        Nodes(json, "group", group.Children, face);
    }

    /// <summary>
    /// Steps to points that are not finite are left out, as by every canvas; a contour whose first point was left out starts at its next
    /// one.
    /// </summary>
    private static void Outline(Utf8JsonWriter json, string name, PathData data, in Transform transform)
    {
        var verbs = new List<char>();
        var points = new List<double>();
        int next = 0;
        bool open = false;
        foreach (var verb in data.Verbs)
        {
            int count = verb switch { PathVerb.Move or PathVerb.Line => 1, PathVerb.Quad => 2, PathVerb.Cubic => 3, _ => 0 };
            var t = transform;
            double[] step = [.. Enumerable.Range(next, count).Select(i => t.Apply(data.Points[i])).SelectMany(p => new[] { p.X, p.Y })];
            next += count;
            if (verb == PathVerb.Close && open)
                verbs.Add('Z');
            if (count == 0 || !Array.TrueForAll(step, v => float.IsFinite((float)v)))
                continue;
            verbs.Add(!open ? 'M' : verb switch { PathVerb.Move => 'M', PathVerb.Line => 'L', PathVerb.Quad => 'Q', _ => 'C' });
            points.AddRange(open ? step : step[^2..]);
            open = true;
        }
        json.WriteStartObject(name);
        json.WriteString("verbs", new string([.. verbs]));
        Numbers(json, "points", [.. points]);
        json.WriteEndObject();
    }

    private static double[] Channels(Color c) => [c.R, c.G, c.B, c.A];

    private static void Numbers(Utf8JsonWriter json, string name, params ReadOnlySpan<double> values)
    {
        json.WriteStartArray(name);
        foreach (double value in values)
            json.WriteNumberValue((float)value);
        json.WriteEndArray();
    }
}
