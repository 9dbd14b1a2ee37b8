namespace Explain.Core;

/// <summary>
/// A quadtree (two dimensions) or octree (three) over points sorted along a Morton curve. Nodes lie in depth-first order and know where the
/// next one that is not below them begins, so that a traversal needs no stack. Chains of cells with one child are left out.
/// </summary>
internal sealed class SpaceTree
{
    private const int Levels = 21; // 63 bits in three dimensions
    private const int LeafSize = 4;

    private readonly ulong[] _codes;
    private readonly double[] _extentSquared = new double[Levels + 1];

    public SpaceTree(TsneMap map)
    {
        _codes = new ulong[map.Count];
        Order = new int[map.Count];
        Sorted = map.NewVectors();
        Nodes = new Node[(2 * map.Count) + 1];
    }

    /// <summary>One cell.</summary>
    /// <param name="X">Centre of mass.</param>
    /// <param name="Y">Centre of mass.</param>
    /// <param name="Z">Centre of mass; 0 in two dimensions.</param>
    /// <param name="Mass">Points in it.</param>
    /// <param name="WidthSquared">Square of its side.</param>
    /// <param name="Skip">The next node that is not below this one.</param>
    /// <param name="First">Its first point in sorted order.</param>
    /// <param name="Leaf">Whether its points are to be taken one by one.</param>
    public readonly record struct Node(float X, float Y, float Z, float Mass, float WidthSquared, int Skip, int First, bool Leaf);

    /// <summary>The nodes, root first.</summary>
    public Node[] Nodes { get; }

    /// <summary>How many there are.</summary>
    public int Count { get; private set; }

    /// <summary>The index of each sorted point.</summary>
    public int[] Order { get; }

    /// <summary>The sorted positions, one array a dimension.</summary>
    public float[][] Sorted { get; }

    /// <summary>Builds the tree of the map's positions.</summary>
    public void Build(TsneMap map)
    {
        int n = map.Count;
        Span<float> low = stackalloc float[3];
        float extent = 0;
        for (int d = 0; d < map.Dimensions; d++)
        {
            ReadOnlySpan<float> positions = map.Position[d].AsSpan(0, n);
            low[d] = positions[0];
            float high = positions[0];
            foreach (float position in positions)
            {
                low[d] = Math.Min(low[d], position);
                high = Math.Max(high, position);
            }
            extent = Math.Max(extent, high - low[d]);
        }
        // A little wider than the points, so that the highest falls into the last cell.
        double side = Math.Max(extent * 1.0001, 1e-30), scale = (1 << Levels) / side;
        for (int i = 0; i < n; i++)
        {
            ulong code = 0;
            for (int d = 0; d < map.Dimensions; d++)
                code |= Spread((ulong)((map.Position[d][i] - (double)low[d]) * scale), map.Dimensions) << d;
            _codes[i] = code;
            Order[i] = i;
        }
        Array.Sort(_codes, Order);
        for (int d = 0; d < map.Dimensions; d++)
        {
            for (int i = 0; i < n; i++) Sorted[d][i] = map.Position[d][Order[i]];
        }
        for (int level = 0; level <= Levels; level++) _extentSquared[level] = side * side / (1L << (2 * level));
        Count = 0;
        AddNode(0, n, map.Dimensions);
    }

    /// <summary>
    /// Adds the smallest cell around the sorted points first … last − 1 and everything below it; returns its centre of mass times its mass.
    /// </summary>
    private (double X, double Y, double Z) AddNode(int first, int last, int dimensions)
    {
        int id = Count++;
        ulong differing = _codes[first] ^ _codes[last - 1];
        int bit = 63 - System.Numerics.BitOperations.LeadingZeroCount(differing); // −1 where all are equal
        int level = bit < 0 ? Levels : Levels - 1 - (bit / dimensions);
        bool leaf = last - first <= LeafSize || bit < 0;
        double x = 0, y = 0, z = 0;
        if (leaf)
        {
            for (int i = first; i < last; i++)
            {
                x += Sorted[0][i];
                y += Sorted[1][i];
                if (dimensions == 3) z += Sorted[2][i];
            }
        }
        else
        {
            int shift = bit / dimensions * dimensions;
            for (int begin = first; begin < last;)
            {
                int end = EndOfCell(begin, last, shift);
                (double cx, double cy, double cz) = AddNode(begin, end, dimensions);
                x += cx;
                y += cy;
                z += cz;
                begin = end;
            }
        }
        double mass = last - first;
        Nodes[id] = new Node(
            (float)(x / mass), (float)(y / mass), (float)(z / mass), (float)mass, (float)_extentSquared[level], Count, first, leaf);
        return (x, y, z);
    }

    /// <summary>
    /// The first point from <paramref name="begin"/> on whose code differs at or above bit <paramref name="shift"/>, by bisection.
    /// </summary>
    private int EndOfCell(int begin, int last, int shift)
    {
        ulong cell = _codes[begin] >> shift;
        int low = begin, high = last;
        while (high - low > 1)
        {
            int middle = (low + high) >>> 1;
            if (_codes[middle] >> shift == cell) low = middle;
            else high = middle;
        }
        return high;
    }

    /// <summary>Moves bit b of a 21-bit number to bit b · <paramref name="dimensions"/>.</summary>
    private static ulong Spread(ulong value, int dimensions)
    {
        if (dimensions == 2)
        {
            value = (value | (value << 16)) & 0x0000FFFF0000FFFF;
            value = (value | (value << 8)) & 0x00FF00FF00FF00FF;
            value = (value | (value << 4)) & 0x0F0F0F0F0F0F0F0F;
            value = (value | (value << 2)) & 0x3333333333333333;
            return (value | (value << 1)) & 0x5555555555555555;
        }
        value = (value | (value << 32)) & 0x001F00000000FFFF;
        value = (value | (value << 16)) & 0x001F0000FF0000FF;
        value = (value | (value << 8)) & 0x100F00F00F00F00F;
        value = (value | (value << 4)) & 0x10C30C30C30C30C3;
        return (value | (value << 2)) & 0x1249249249249249;
    }
}
