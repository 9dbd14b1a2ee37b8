namespace Explain.Render;

/// <summary>
/// One axis of an image shrunk along device pixels: for each pixel, which cells it shows and how much of each. Weights of a pixel add up
/// to the share of the pixel that the image covers, so that partly covered borders come out right and neighbouring cells leave no seam.
/// </summary>
internal sealed class Resampling
{
    private readonly int[] _first;
    private readonly int[] _offset;
    private readonly List<float> _weights = [];

    /// <summary>Works out the weights.</summary>
    /// <param name="cells">Cells of the image along this axis.</param>
    /// <param name="start">Device position of the border of cell 0.</param>
    /// <param name="end">
    /// Device position of the border of the last cell; below <paramref name="start"/> where the image is mirrored.
    /// </param>
    /// <param name="low">Lower device border of what is visible.</param>
    /// <param name="high">Upper device border of what is visible.</param>
    public Resampling(int cells, double start, double end, double low, double high)
    {
        low = Math.Max(low, Math.Min(start, end));
        high = Math.Min(high, Math.Max(start, end));
        First = high > low ? (int)Math.Floor(low) : 0;
        int count = high > low ? (int)Math.Ceiling(high) - First : 0;
        _first = new int[count];
        _offset = new int[count + 1];
        double perPixel = cells / (end - start);
        for (int i = 0; i < count; i++)
        {
            double from = Math.Max(low, First + i), to = Math.Min(high, First + i + 1);
            double u = (from - start) * perPixel, v = (to - start) * perPixel;
            Area(i, cells, Math.Min(u, v), Math.Max(u, v), to - from);
            _offset[i + 1] = _weights.Count;
        }
    }

    /// <summary>The first device pixel that shows something.</summary>
    public int First { get; }

    /// <summary>How many do.</summary>
    public int Count => _first.Length;

    /// <summary>First cell and weights of device pixel First + <paramref name="i"/>.</summary>
    public int Cell(int i, out ReadOnlySpan<float> weights)
    {
        weights = System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_weights)[_offset[i].._offset[i + 1]];
        return _first[i];
    }

    private void Area(int i, int cells, double u, double v, double covered)
    {
        // A sliver of a neighbouring cell that only rounding produced is not shown.
        const double Sliver = 1e-9;
        int cell = Math.Clamp((int)Math.Floor(u + Sliver), 0, cells - 1),
            last = Math.Clamp((int)Math.Ceiling(v - Sliver) - 1, cell, cells - 1);
        _first[i] = cell;
        if (cell == last)
        {
            _weights.Add((float)covered);
            return;
        }
        for (int c = cell; c <= last; c++)
            _weights.Add((float)((Math.Min(v, c + 1) - Math.Max(u, c)) / (v - u) * covered));
    }
}
