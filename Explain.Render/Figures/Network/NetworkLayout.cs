using Explain.Core;

namespace Explain.Render;

/// <summary>Where a layer's outputs stand in space: on an upright plane, a picture a channel, or a cell a unit.</summary>
/// <param name="Name">The layer's, or "input".</param>
/// <param name="Shape">Of its outputs.</param>
/// <param name="At">Distance of the plane along the network.</param>
internal sealed record NetworkPlane(string Name, Shape Shape, double At)
{
    /// <summary>Up to this many units stand apart as single balls.</summary>
    public const int FewUnits = 16;

    private const double TileGap = 0.12;
    private const double Tallest = 1;

    /// <summary>Whether outputs are pictures, one a channel.</summary>
    public bool IsPicture => Shape.IsImage;

    /// <summary>Whether units are drawn one by one.</summary>
    public bool IsFew => !IsPicture && Shape.Size <= FewUnits;

    private int Tiles => IsPicture ? Shape.Channels : 1;

    private int TileColumns => (int)Math.Ceiling(Math.Sqrt(Tiles));

    private int TileRows => (Tiles + TileColumns - 1) / TileColumns;

    private (int Rows, int Columns) Cells =>
        IsPicture ? (Shape.Height, Shape.Width) : IsFew ? (Shape.Size, 1) : UnitImages.Grid(Shape.Size);

    /// <summary>Height of the plane; wider layers stand higher.</summary>
    private double High => IsFew ? Math.Min(Tallest, 0.16 * Math.Max(2, Shape.Size))
        : IsPicture ? Tallest
        : Math.Clamp(Math.Sqrt(Shape.Size / 256.0), 0.55, Tallest) * 0.85;

    private double Wide => IsFew ? 0.1 : Math.Min(1.3, High * TileColumns * Cells.Columns / (TileRows * (double)Cells.Rows));

    /// <summary>Corners of the plane's edge.</summary>
    public (Point3 Low, Point3 High) Edge => (new(At, -Wide / 2, -High / 2), new(At, Wide / 2, High / 2));

    /// <summary>The picture of a channel: upper left corner, and the ways to its right and lower ends.</summary>
    public (Point3 Corner, Point3 Across, Point3 Down) Tile(int channel)
    {
        double w = Wide / TileColumns, h = High / TileRows, gap = Tiles > 1 ? TileGap : 0;
        int column = channel % TileColumns, row = channel / TileColumns;
        var corner = new Point3(At, (-Wide / 2) + (w * (column + (gap / 2))), (High / 2) - (h * (row + (gap / 2))));
        return (corner, new Point3(0, w * (1 - gap), 0), new Point3(0, 0, -h * (1 - gap)));
    }

    /// <summary>The middle of an output.</summary>
    /// <param name="index">Its index in a row of outputs of <paramref name="shape"/>.</param>
    /// <param name="shape">The plane's own, or that of what pooling or flattening has made of it.</param>
    public Point3 Middle(int index, Shape shape)
    {
        if (!IsPicture)
        {
            var (rows, columns) = Cells;
            var (corner, across, down) = Tile(0);
            return At3(corner, across, down, ((index % columns) + 0.5) / columns, ((index / columns) + 0.5) / rows);
        }
        int channels = Math.Max(1, shape.Channels), pixel = index / channels, channel = Math.Min(index % channels, Tiles - 1);
        var tile = Tile(channel);
        return At3(
            tile.Corner,
            tile.Across,
            tile.Down,
            ((pixel % shape.Width) + 0.5) / shape.Width,
            ((pixel / shape.Width) + 0.5) / Math.Max(1, shape.Height));
    }

    /// <summary>The middle of a channel's picture.</summary>
    public Point3 Middle(int channel)
    {
        var (corner, across, down) = Tile(Math.Min(channel, Tiles - 1));
        return At3(corner, across, down, 0.5, 0.5);
    }

    public (int Rows, int Columns) Grid => Cells;

    private static Point3 At3(Point3 corner, Point3 across, Point3 down, double u, double v) =>
        new(corner.X, corner.Y + (u * across.Y), corner.Z + (v * down.Z));
}

/// <summary>A line between two outputs of neighbouring planes.</summary>
/// <param name="From">Where it begins.</param>
/// <param name="To">Where it ends.</param>
/// <param name="Weight">The weight; of a convolution, the sum of a kernel's.</param>
/// <param name="Share">Magnitude as a share of the layer's largest.</param>
/// <param name="Layer">Name of the layer it belongs to.</param>
/// <param name="Words">From and to, for the table.</param>
internal sealed record NetworkLink(Point3 From, Point3 To, double Weight, double Share, string Layer, string Words);

/// <summary>The planes of a network and the strongest weights between them.</summary>
internal sealed record NetworkLayout(
    IReadOnlyList<NetworkPlane> Planes, IReadOnlyList<int> Layers, IReadOnlyList<NetworkLink> Links, bool AllLinks)
{
    /// <summary>More planes than this are not told apart: the first and the last are shown.</summary>
    public const int MostPlanes = 9;

    private const double Spacing = 0.95;

    /// <summary>Radius of a ball, about: lines end there.</summary>
    private const double Ball = 0.045;

    /// <summary>Lays out a network.</summary>
    /// <param name="network">It.</param>
    /// <param name="lines">The most lines in all.</param>
    public static NetworkLayout Of(Network network, int lines)
    {
        // Planes are the layers with weights of their own; what pools, flattens or normalises belongs to the plane before it.
        int[] weighted =
        [
            .. Enumerable.Range(0, network.Layers.Count).Where(l => network.Layers[l].HasWeights && network.Layers[l].Kind != "batch norm"),
        ];
        if (weighted.Length + 1 > MostPlanes) weighted = [.. weighted.Take(MostPlanes - 3), .. weighted.TakeLast(2)];
        var planes = new List<NetworkPlane> { new("input", network.InputShape, 0) };
        planes.AddRange(
            weighted.Select((l, i) => new NetworkPlane(network.Layers[l].Name, network.Layers[l].OutputShape, (i + 1) * Spacing)));
        var links = new List<NetworkLink>();
        long all = weighted.Sum(l => (long)Count(network.Layers[l]));
        for (int i = 0; i < weighted.Length; i++)
        {
            // Between planes that were left out there is nothing to draw.
            if (i > 0 && Enumerable.Range(weighted[i - 1] + 1, weighted[i] - weighted[i - 1] - 1).Any(l =>
                network.Layers[l].HasWeights && network.Layers[l].Kind != "batch norm"))
                continue;
            int share = all <= lines ? Count(network.Layers[weighted[i]]) : Math.Max(1, lines / weighted.Length);
            links.AddRange(Strongest(network.Layers[weighted[i]], planes[i], planes[i + 1], share));
        }
        return new NetworkLayout(planes, weighted, links, all <= lines);
    }

    private static int Count(Layer layer) =>
        layer.Kind == "conv" ? layer.OutputShape.Channels * Math.Max(1, layer.InputShape.Channels) : layer.Weights.Length;

    private static IEnumerable<NetworkLink> Strongest(Layer layer, NetworkPlane from, NetworkPlane to, int count)
    {
        bool conv = layer.Kind == "conv";
        int units = layer.Weights.Rows, inputs = conv ? Math.Max(1, layer.InputShape.Channels) : layer.Weights.Columns;
        var all = new (double Strength, double Weight)[units * inputs];
        for (int u = 0; u < units; u++)
        {
            var row = layer.Weights.Row(u);
            for (int i = 0; i < row.Length; i++)
            {
                ref var entry = ref all[(u * inputs) + (conv ? i % inputs : i)];
                entry.Strength += (double)row[i] * row[i];
                entry.Weight += row[i];
            }
        }
        int[] chosen = Largest(Array.ConvertAll(all, entry => entry.Strength), count);
        double largest = chosen.Length == 0 ? 0 : Math.Sqrt(all[chosen[0]].Strength);
        if (!(largest > 0)) yield break;
        foreach (int k in chosen)
        {
            var (u, i) = (k / inputs, k % inputs);
            var start = conv ? from.Middle(i) : from.Middle(i, layer.InputShape);
            var end = conv ? to.Middle(u) : to.Middle(u, to.Shape);
            if (from.IsFew) start = start.Toward(end, Ball / Spacing);
            if (to.IsFew) end = end.Toward(start, Ball / Spacing);
            yield return new NetworkLink(
                start, end, all[k].Weight, Math.Sqrt(all[k].Strength) / largest, layer.Name,
                $"{(conv ? "channel" : "input")} {i} → {(conv ? "filter" : "unit")} {u}");
        }
    }

    /// <summary>Indices of the largest finite strengths, falling; of equal ones the first.</summary>
    private static int[] Largest(double[] strengths, int count)
    {
        // The least of those held is at the head; of equal ones the last, so that it goes first.
        var held = new PriorityQueue<int, (double Strength, int Before)>();
        for (int k = 0; k < strengths.Length; k++)
        {
            if (!double.IsFinite(strengths[k])) continue;
            if (held.Count < count) held.Enqueue(k, (strengths[k], -k));
            else if (held.TryPeek(out _, out var least) && strengths[k] > least.Strength) held.EnqueueDequeue(k, (strengths[k], -k));
        }
        var largest = new int[held.Count];
        for (int i = largest.Length - 1; i >= 0; i--) largest[i] = held.Dequeue();
        return largest;
    }
}
