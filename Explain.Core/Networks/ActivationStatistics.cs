namespace Explain.Core;

/// <summary>
/// What passed through one layer's activation: count, sum and sum of squares of the outputs, how many lay where the function is flat, and
/// which units ever had a slope. Gathered per block of rows (blocks run at the same time); sums are folded in order of the blocks, and
/// slopes, whose order does not matter, are noted at once.
/// </summary>
internal sealed class ActivationStatistics
{
    private readonly int _values;
    private readonly int _period;
    private readonly double[] _sums;
    private readonly double[] _squares;
    private readonly long[] _flat;
    private readonly float[] _slopes;

    /// <summary>
    /// For samples of <paramref name="values"/> outputs, those of the same place modulo <paramref name="units"/> belonging to the same
    /// unit: the filter of an image.
    /// </summary>
    public ActivationStatistics(int values, int units, int capacity)
    {
        _values = values;
        BlockRows = RowsFor(values);
        int blocks = (capacity + BlockRows - 1) / BlockRows;
        _sums = new double[blocks];
        _squares = new double[blocks];
        _flat = new long[blocks];
        _period = units % 16 == 0 ? units : 16 * units;
        _slopes = new float[units];
    }

    /// <summary>Rows in a block: so many that it is worth adding up, in sixteens.</summary>
    public int BlockRows { get; }

    public long Count { get; private set; }

    public double Sum { get; private set; }

    public double SumOfSquares { get; private set; }

    public long Flat { get; private set; }

    public double Mean => Count == 0 ? double.NaN : Sum / Count;

    public double StandardDeviation => Count == 0 ? double.NaN : Math.Sqrt(Math.Max(0, (SumOfSquares / Count) - (Mean * Mean)));

    /// <summary>Share of the outputs that lay where |slope| is below 1 % of its largest.</summary>
    public double FlatShare => Count == 0 ? double.NaN : Flat / (double)Count;

    /// <summary>Share of the units whose slope was 0 for every sample; of a filter, at every place of every sample.</summary>
    public double DeadShare => Count == 0 ? double.NaN : _slopes.Count(s => s == 0) / (double)_slopes.Length;

    /// <summary>Forgets everything.</summary>
    public void Reset()
    {
        Count = 0;
        Flat = 0;
        Sum = 0;
        SumOfSquares = 0;
        Array.Clear(_slopes);
    }

    /// <summary>Everything gathered so far, for a checkpoint.</summary>
    public ActivationTotals Save(string layer) => new(layer, Count, Sum, SumOfSquares, Flat, [.. _slopes]);

    /// <summary>Goes on from what a checkpoint has. False where it is of a layer with another number of units.</summary>
    public bool Restore(ActivationTotals totals)
    {
        if (totals.Slopes.Length != _slopes.Length) return false;
        (Count, Sum, SumOfSquares, Flat) = (totals.Count, totals.Sum, totals.SumOfSquares, totals.Flat);
        totals.Slopes.CopyTo(_slopes, 0);
        return true;
    }

    /// <summary>Rows of samples of <paramref name="values"/> outputs in a block.</summary>
    public static int RowsFor(int values) => Math.Clamp(4096 / values / 16 * 16, 64, 1024);

    /// <summary>
    /// For a block, with arbitrary content, in the thread's scratch memory: to be not 0 where a slope was seen. The outputs of the block,
    /// one after the other, are laid over it again and again; it is as long as the units, or sixteen times as long, so that it is made of
    /// whole vectors.
    /// </summary>
    public Span<float> BlockSlopes() => Scratch.Matrix(1, _period).Span;

    /// <summary>Stores what a block came to, and notes the units that had a slope.</summary>
    public void Store(int first, double sum, double squares, long flat, ReadOnlySpan<float> slopes)
    {
        // Blocks run at the same time, but all that any of them ever writes is the same 1.
        for (int start = 0; start < slopes.Length; start += _slopes.Length)
        {
            for (int u = 0; u < _slopes.Length; u++)
            {
                if (slopes[start + u] != 0 && _slopes[u] == 0) _slopes[u] = 1;
            }
        }
        int block = first / BlockRows;
        _sums[block] = sum;
        _squares[block] = squares;
        _flat[block] = flat;
    }

    /// <summary>Adds the blocks of a pass over <paramref name="rows"/> rows. False where a sum is not finite.</summary>
    public bool Fold(int rows)
    {
        int blocks = (rows + BlockRows - 1) / BlockRows;
        for (int b = 0; b < blocks; b++)
        {
            Sum += _sums[b];
            SumOfSquares += _squares[b];
            Flat += _flat[b];
        }
        Count += (long)rows * _values;
        return double.IsFinite(Sum);
    }
}
