using System.Numerics;
using Explain.Core;

namespace Explain.Tool;

/// <summary>
/// The values of tensors as printed numbers: matrices row by row in columns that line up, lists in as many lines as they need, tensors of
/// more dimensions matrix by matrix. Every matrix has one number format, with six digits for its largest value.
/// </summary>
internal static class ValueText
{
    /// <summary>The most rows of a matrix, or lines of a list, that are printed.</summary>
    public const int MostRows = 24;

    /// <summary>The most columns.</summary>
    public const int MostColumns = 10;

    /// <summary>The most matrices of a tensor of more than two dimensions.</summary>
    public const int MostMatrices = 8;

    /// <summary>Prints the values of a tensor.</summary>
    /// <param name="to">Where.</param>
    /// <param name="tensor">The tensor.</param>
    /// <param name="arePictures">
    /// Whether it holds filters × height × width × channels, of which a matrix shall be one channel of one filter; else a matrix has the
    /// last two dimensions.
    /// </param>
    public static void Write(TextWriter to, SafetensorsTensor tensor, bool arePictures = false)
    {
        if (tensor.Count == 0)
        {
            to.WriteLine("  no values");
            return;
        }
        if (tensor.Shape.Count(n => n != 1) <= 1)
        {
            WriteList(to, tensor);
            return;
        }
        List<Slice> slices = [.. arePictures && tensor.Shape.Count == 4 ? Pictures(tensor.Shape) : Last(tensor.Shape)];
        foreach (Slice slice in slices.Take(MostMatrices))
        {
            if (slice.Name.Length > 0) to.WriteLine($"  {slice.Name}");
            WriteMatrix(to, tensor, slice);
        }
        if (slices.Count > MostMatrices)
            to.WriteLine($"  … and {Numbers.Count(slices.Count - MostMatrices)} more matrices of {Numbers.Count(slices.Count)}");
    }

    /// <summary>The values of a tensor for JSON, lists in lists as its shape says; complex numbers are pairs.</summary>
    public static object Nested(SafetensorsTensor tensor)
    {
        long next = 0;
        return Level(0);

        object Level(int dimension)
        {
            if (dimension == tensor.Shape.Count) return One(next++);
            var items = new object[tensor.Shape[dimension]];
            for (int i = 0; i < items.Length; i++) items[i] = Level(dimension + 1);
            return items;
        }

        object One(long index)
        {
            switch (tensor.Type.Kind)
            {
                case SafetensorsKind.Boolean: return Double(tensor, index) != 0;
                case SafetensorsKind.Integer: return Integer(tensor, index);
                case SafetensorsKind.Complex: return Parts(tensor, index);
                default:
                    // Shorter types as float32, which prints as many digits as it takes to tell its values apart.
                    double value = Double(tensor, index);
                    return tensor.Type.Bits == 64 ? value : (float)value;
            }
        }
    }

    private static IEnumerable<Slice> Last(IReadOnlyList<int> shape)
    {
        int rows = shape[^2], columns = shape[^1];
        int[] before = [.. shape.Take(shape.Count - 2)];
        long count = before.Aggregate(1L, (product, n) => product * n);
        for (long s = 0; s < count; s++)
        {
            string name = before.Length == 0 ? "" : $"[{string.Join(", ", Indices(s, before))}, :, :]";
            yield return new Slice(name, s * rows * columns, rows, columns, columns, 1);
        }
    }

    private static IEnumerable<Slice> Pictures(IReadOnlyList<int> shape)
    {
        int height = shape[1], width = shape[2], channels = shape[3];
        for (int filter = 0; filter < shape[0]; filter++)
        {
            for (int channel = 0; channel < channels; channel++)
            {
                string name = channels == 1 ? $"filter {filter}" : $"filter {filter}, channel {channel}";
                yield return new Slice(
                    name, ((long)filter * height * width * channels) + channel, height, width, (long)width * channels, channels);
            }
        }
    }

    private static int[] Indices(long number, int[] shape)
    {
        int[] indices = new int[shape.Length];
        for (int d = shape.Length - 1; d >= 0; d--)
        {
            indices[d] = (int)(number % shape[d]);
            number /= shape[d];
        }
        return indices;
    }

    private static void WriteList(TextWriter to, SafetensorsTensor tensor)
    {
        int shown = (int)Math.Min(tensor.Count, MostRows * MostColumns);
        string[] cells = Texts(tensor, [.. Enumerable.Range(0, shown).Select(i => (long)i)]);
        WriteRows(to, cells, Math.Min(shown, MostColumns));
        if (shown < tensor.Count)
            to.WriteLine($"  … and {Numbers.Count(tensor.Count - shown)} more of {Numbers.Count(tensor.Count)} values");
    }

    private static void WriteMatrix(TextWriter to, SafetensorsTensor tensor, Slice slice)
    {
        int rows = Math.Min(slice.Rows, MostRows), columns = Math.Min(slice.Columns, MostColumns);
        long[] places = new long[rows * columns];
        for (int i = 0; i < places.Length; i++)
            places[i] = slice.First + (i / columns * slice.RowStride) + (i % columns * slice.ColumnStride);
        WriteRows(to, Texts(tensor, places), columns);
        string[] left =
        [
            .. slice.Rows > rows ? [$"{Numbers.Count(slice.Rows - rows)} more of {Numbers.Count(slice.Rows)} rows"] : (string[])[],
            .. slice.Columns > columns ? [$"{Numbers.Count(slice.Columns - columns)} more of {Numbers.Count(slice.Columns)} columns"]
                : (string[])[],
        ];
        if (left.Length > 0) to.WriteLine($"  … and {string.Join(", ", left)}");
    }

    private static void WriteRows(TextWriter to, string[] cells, int columns)
    {
        int width = cells.Max(cell => cell.Length);
        foreach (string[] row in cells.Chunk(columns)) to.WriteLine($"  {string.Join("  ", row.Select(cell => cell.PadLeft(width)))}");
    }

    private static string[] Texts(SafetensorsTensor tensor, long[] places)
    {
        switch (tensor.Type.Kind)
        {
            case SafetensorsKind.Boolean or SafetensorsKind.Integer:
                return Array.ConvertAll(places, place => Integer(tensor, place).ToString());
            case SafetensorsKind.Complex:
                float[][] parts = Array.ConvertAll(places, place => Parts(tensor, place));
                ValueFormat format = ValueFormat.Of(parts.SelectMany(pair => pair).Select(part => (double)part));
                return Array.ConvertAll(parts, pair => format.Text(pair[0]) + Signed(format.Text(pair[1])) + "i");
            default:
                double[] values = Array.ConvertAll(places, place => Double(tensor, place));
                return Array.ConvertAll(values, ValueFormat.Of(values).Text);
        }

        static string Signed(string text) => text[0] == '-' ? text : "+" + text;
    }

    private static double Double(SafetensorsTensor tensor, long index)
    {
        Span<double> one = stackalloc double[1];
        tensor.ReadDoubles(index, one);
        return one[0];
    }

    private static Int128 Integer(SafetensorsTensor tensor, long index)
    {
        Span<Int128> one = stackalloc Int128[1];
        tensor.ReadIntegers(index, one);
        return one[0];
    }

    private static float[] Parts(SafetensorsTensor tensor, long index)
    {
        var one = new Complex[1];
        tensor.ReadComplex(index, one);
        return [(float)one[0].Real, (float)one[0].Imaginary];
    }

    /// <summary>A matrix within a tensor: value (r, c) lies at First + r · RowStride + c · ColumnStride.</summary>
    private sealed record Slice(string Name, long First, int Rows, int Columns, long RowStride, long ColumnStride);
}
