namespace Explain.Render;

/// <summary>
/// The union of outlines that overlap many times within a pixel, as a line through several points a pixel does, where adding up areas would come out far too dark. Each row is cut
/// into thin slices; in each, the edges that cross its middle are walked from the left, and only those count at which the winding number leaves or reaches zero. Exact along
/// x, sampled along y, so up to 1/32 off where an edge begins or ends. Slices do not depend on how rows are cut into bands.
/// </summary>
internal sealed class UnionScan
{
    private const int Slices = 16;

    private readonly List<Crossing>[] _slices;

    public UnionScan(int rows)
    {
        _slices = new List<Crossing>[rows * Slices];
        for (int i = 0; i < _slices.Length; i++)
            _slices[i] = [];
    }

    /// <summary>Adds the union of <paramref name="edges"/> by the non-zero rule to the coverage of the rows from device row <paramref name="top"/> on.</summary>
    public void Add(ReadOnlySpan<Edge> edges, int top, CoverageBuffer coverage)
    {
        foreach (ref readonly var e in edges)
            Collect(e, top);
        for (int i = 0; i < _slices.Length; i++)
        {
            if (_slices[i].Count == 0)
                continue;
            Walk(_slices[i], i / Slices, coverage);
            _slices[i].Clear();
        }
    }

    private void Collect(in Edge e, int top)
    {
        double low = Math.Min(e.X0, e.X1), high = Math.Max(e.X0, e.X1), slope = (e.X1 - e.X0) / (e.Y1 - e.Y0);
        double first = Math.Ceiling((Math.Max(e.Y0, top) * Slices) - 0.5), end = Math.Min(Math.Ceiling((e.Y1 * Slices) - 0.5), (top * (double)Slices) + _slices.Length);
        for (double k = first; k < end; k++)
        {
            double above = Math.Clamp(e.X0 + (slope * ((k / Slices) - e.Y0)), low, high), below = Math.Clamp(e.X0 + (slope * (((k + 1) / Slices) - e.Y0)), low, high);
            _slices[(int)(k - (top * (double)Slices))].Add(new Crossing(above, below, (int)e.Sign));
        }
    }

    private static void Walk(List<Crossing> crossings, int row, CoverageBuffer coverage)
    {
        crossings.Sort(static (a, b) => (a.Above + a.Below).CompareTo(b.Above + b.Below));
        int winding = 0;
        foreach (var crossing in crossings)
        {
            int before = winding;
            winding += crossing.Sign;
            if (before == 0)
                coverage.AddPiece(row, crossing.Above, crossing.Below, 1.0 / Slices);
            else if (winding == 0)
                coverage.AddPiece(row, crossing.Above, crossing.Below, -1.0 / Slices);
        }
    }

    /// <summary>Where an edge meets the upper and the lower border of a slice.</summary>
    private readonly record struct Crossing(double Above, double Below, int Sign);
}
