using System.Globalization;

namespace Explain.Core;

/// <summary>
/// A row-major view of <see cref="Rows"/> × <see cref="Columns"/> float32 values over part of a flat buffer, rows contiguous and without
/// gaps. Copying a matrix copies the view, not the values.
/// </summary>
public readonly struct Matrix
{
    private readonly float[] _buffer;
    private readonly int _offset;

    /// <summary>A new matrix of zeros.</summary>
    /// <exception cref="InputException">It would have more values than an array can hold.</exception>
    public Matrix(int rows, int columns)
        : this(new float[CheckedLength(rows, columns)], 0, rows, columns)
    {
    }

    /// <summary>
    /// A view of <paramref name="rows"/> × <paramref name="columns"/> values of <paramref name="buffer"/> from <paramref name="offset"/>
    /// on.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The view does not lie within the buffer.</exception>
    public Matrix(float[] buffer, int offset, int rows, int columns)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfNegative(rows);
        ArgumentOutOfRangeException.ThrowIfNegative(columns);
        if (offset + ((long)rows * columns) > buffer.Length)
            throw new ArgumentOutOfRangeException(
                nameof(buffer),
                $"A {rows}×{columns} matrix from element {offset} on needs {offset + ((long)rows * columns)} values; "
                    + $"the buffer has {buffer.Length}.");
        _buffer = buffer;
        _offset = offset;
        Rows = rows;
        Columns = columns;
    }

    /// <summary>Number of rows.</summary>
    public int Rows { get; }

    /// <summary>Number of columns, which is also the distance in elements from one row to the next.</summary>
    public int Columns { get; }

    /// <summary>Number of elements.</summary>
    public int Length => Rows * Columns;

    /// <summary>True for <c>default</c> and for matrices without elements.</summary>
    public bool IsEmpty => Length == 0;

    /// <summary>All elements, row after row.</summary>
    public Span<float> Span => _buffer.AsSpan(_offset, Length);

    /// <summary>All elements, row after row, as memory that can be kept.</summary>
    public Memory<float> Memory => _buffer.AsMemory(_offset, Length);

    /// <summary>The element at <paramref name="row"/>, <paramref name="column"/>.</summary>
    public ref float this[int row, int column]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)row, (uint)Rows);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)column, (uint)Columns);
            return ref _buffer[_offset + (row * Columns) + column];
        }
    }

    /// <summary>One row.</summary>
    public Span<float> Row(int row) => _buffer.AsSpan(_offset + (row * Columns), Columns);

    /// <summary>A view of <paramref name="count"/> rows from <paramref name="first"/> on.</summary>
    public Matrix RowRange(int first, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(first);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(first + count, Rows);
        return new Matrix(_buffer, _offset + (first * Columns), count, Columns);
    }

    /// <summary>The same elements as <paramref name="rows"/> × <paramref name="columns"/>.</summary>
    internal Matrix Reshape(int rows, int columns) => new(_buffer, _offset, rows, columns);

    /// <summary>Part of the elements, from <paramref name="first"/> on, as <paramref name="rows"/> × <paramref name="columns"/>.</summary>
    internal Matrix Flat(int first, int rows, int columns) => new(_buffer, _offset + first, rows, columns);

    /// <summary>A copy with a buffer of its own.</summary>
    public Matrix Clone() => new(Span.ToArray(), 0, Rows, Columns);

    /// <summary>A matrix whose rows are the given arrays.</summary>
    public static Matrix FromRows(params IReadOnlyList<float[]> rows)
    {
        var result = new Matrix(rows.Count, rows.Count == 0 ? 0 : rows[0].Length);
        for (int r = 0; r < rows.Count; r++)
            rows[r].CopyTo(result.Row(r));
        return result;
    }

    private static int CheckedLength(int rows, int columns)
    {
        long length = (long)rows * columns;
        if (length > Array.MaxLength)
            throw new InputException(string.Create(
                CultureInfo.InvariantCulture,
                $"A matrix of {rows:N0}×{columns:N0} values is wanted; at most {Array.MaxLength:N0} can be held in one. "
                    + $"Take fewer samples, or smaller ones."));
        return (int)length;
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Rows}×{Columns}";
}
