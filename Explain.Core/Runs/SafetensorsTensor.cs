using System.Numerics;
using System.Runtime.InteropServices;

namespace Explain.Core;

/// <summary>One tensor of a safetensors file.</summary>
/// <param name="Type">What its values are.</param>
/// <param name="Shape">Its dimensions, outermost first; empty for a scalar.</param>
/// <param name="Data">Its values, little-endian, row-major.</param>
public sealed record SafetensorsTensor(SafetensorsType Type, IReadOnlyList<int> Shape, ReadOnlyMemory<byte> Data)
{
    /// <summary>The shape as printed: "[256, 784]".</summary>
    public string ShapeText => $"[{string.Join(", ", Shape)}]";

    /// <summary>How many values there are.</summary>
    public long Count => Data.Length * 8L / Type.Bits;

    /// <summary>
    /// All values as float64. Every floating-point type fits exactly; integers beyond 2⁵³ are rounded; false is 0, true is 1.
    /// </summary>
    /// <exception cref="InvalidOperationException">They are complex.</exception>
    public double[] Doubles()
    {
        double[] values = new double[Count];
        ReadDoubles(0, values);
        return values;
    }

    /// <summary>All values as float32: those of F64 and of integers beyond 2²⁴ are rounded, every other one fits exactly.</summary>
    /// <exception cref="InvalidOperationException">They are complex.</exception>
    public float[] Floats() =>
        Type.Name == "F32" ? MemoryMarshal.Cast<byte, float>(Data.Span).ToArray() : Array.ConvertAll(Doubles(), value => (float)value);

    /// <summary>All values as integers, exactly; false is 0, true is 1.</summary>
    /// <exception cref="InvalidOperationException">They are no integers.</exception>
    public Int128[] Integers()
    {
        var values = new Int128[Count];
        ReadIntegers(0, values);
        return values;
    }

    /// <summary>
    /// Some of <see cref="Doubles"/>: as many as <paramref name="values"/> holds, from the one at <paramref name="first"/> on.
    /// </summary>
    /// <exception cref="InvalidOperationException">They are complex.</exception>
    public void ReadDoubles(long first, Span<double> values)
    {
        switch (Type.Name)
        {
            case "F64": Cells<double>(first, values.Length).CopyTo(values); break;
            case "F32": Widen(Cells<float>(first, values.Length), values); break;
            case "F16": Widen(Cells<Half>(first, values.Length), values); break;
            case "BF16":
                ReadOnlySpan<ushort> halves = Cells<ushort>(first, values.Length);
                for (int i = 0; i < values.Length; i++) values[i] = BitConverter.UInt32BitsToSingle((uint)halves[i] << 16);
                break;
            case "I64": Widen(Cells<long>(first, values.Length), values); break;
            case "U64": Widen(Cells<ulong>(first, values.Length), values); break;
            case "I32": Widen(Cells<int>(first, values.Length), values); break;
            case "U32": Widen(Cells<uint>(first, values.Length), values); break;
            case "I16": Widen(Cells<short>(first, values.Length), values); break;
            case "U16": Widen(Cells<ushort>(first, values.Length), values); break;
            case "I8": Widen(Cells<sbyte>(first, values.Length), values); break;
            case "U8": Widen(Cells<byte>(first, values.Length), values); break;
            case "BOOL":
                ReadOnlySpan<byte> truths = Cells<byte>(first, values.Length);
                for (int i = 0; i < values.Length; i++) values[i] = truths[i] == 0 ? 0 : 1;
                break;
            default: ReadCodes(first, values); break;
        }
    }

    /// <summary>
    /// Some of <see cref="Integers"/>: as many as <paramref name="values"/> holds, from the one at <paramref name="first"/> on.
    /// </summary>
    /// <exception cref="InvalidOperationException">They are no integers.</exception>
    public void ReadIntegers(long first, Span<Int128> values)
    {
        switch (Type.Name)
        {
            case "I64": Widen(Cells<long>(first, values.Length), values); break;
            case "U64": Widen(Cells<ulong>(first, values.Length), values); break;
            case "I32": Widen(Cells<int>(first, values.Length), values); break;
            case "U32": Widen(Cells<uint>(first, values.Length), values); break;
            case "I16": Widen(Cells<short>(first, values.Length), values); break;
            case "U16": Widen(Cells<ushort>(first, values.Length), values); break;
            case "I8": Widen(Cells<sbyte>(first, values.Length), values); break;
            case "U8": Widen(Cells<byte>(first, values.Length), values); break;
            case "BOOL":
                ReadOnlySpan<byte> truths = Cells<byte>(first, values.Length);
                for (int i = 0; i < values.Length; i++) values[i] = truths[i] == 0 ? Int128.Zero : Int128.One;
                break;
            default: throw new InvalidOperationException($"Values of type {Type} are no integers.");
        }
    }

    /// <summary>
    /// Some of the values as complex numbers: as many as <paramref name="values"/> holds, from the one at <paramref name="first"/> on.
    /// </summary>
    /// <exception cref="InvalidOperationException">They are not complex.</exception>
    public void ReadComplex(long first, Span<Complex> values)
    {
        if (Type.Kind != SafetensorsKind.Complex) throw new InvalidOperationException($"Values of type {Type} are not complex.");
        ReadOnlySpan<float> parts = Cells<float>(2 * first, 2 * values.Length);
        for (int i = 0; i < values.Length; i++) values[i] = new Complex(parts[2 * i], parts[(2 * i) + 1]);
    }

    private static void Widen<TFrom, TTo>(ReadOnlySpan<TFrom> from, Span<TTo> to)
        where TFrom : struct, INumberBase<TFrom>
        where TTo : struct, INumberBase<TTo>
    {
        for (int i = 0; i < to.Length; i++) to[i] = TTo.CreateTruncating(from[i]);
    }

    private ReadOnlySpan<T> Cells<T>(long first, int count)
        where T : struct => MemoryMarshal.Cast<byte, T>(Data.Span).Slice((int)first, count);

    private void ReadCodes(long first, Span<double> values)
    {
        ReadOnlySpan<float> table = Type.Codes;
        if (table.IsEmpty) throw new InvalidOperationException($"Values of type {Type} are pairs of numbers; ReadComplex reads them.");
        ReadOnlySpan<byte> data = Data.Span;
        for (int i = 0; i < values.Length; i++)
        {
            // A code of 4 or 6 bits may lie across the border of two bytes, never beyond the last one.
            long bit = (first + i) * Type.Bits;
            int at = (int)(bit / 8);
            int two = data[at] | (at + 1 < data.Length ? data[at + 1] << 8 : 0);
            values[i] = table[(two >> (int)(bit % 8)) & (table.Length - 1)];
        }
    }
}
