using System.Numerics;
using System.Text.Json.Serialization;
using Explain.Core;

namespace Explain.Tool;

/// <summary>
/// What the values of one tensor look like; mean, spread and limits over the finite values, NaN where there is none. Of complex numbers
/// these are statistics of their moduli.
/// </summary>
/// <param name="Name">The tensor's name.</param>
/// <param name="Type">Its type as safetensors spells it.</param>
/// <param name="Shape">Its shape as printed.</param>
/// <param name="Count">Number of values.</param>
/// <param name="Bytes">Bytes they take.</param>
/// <param name="Mean">Their mean.</param>
/// <param name="Std">Their standard deviation, √(Σ(x − mean)² / n).</param>
/// <param name="Min">The smallest; of integers an <see cref="Int128"/>, exactly, else a <see cref="double"/>.</param>
/// <param name="Max">The largest; as <paramref name="Min"/>.</param>
/// <param name="Zeros">How many are zero.</param>
/// <param name="NotFinite">How many are infinite or NaN.</param>
internal sealed record ParameterStatistics(
    string Name,
    string Type,
    string Shape,
    long Count,
    long Bytes,
    double Mean,
    double Std,
    object Min,
    object Max,
    long Zeros,
    long NotFinite)
{
    // Values are read in pieces of this many, so that a file of gigabytes needs no second gigabytes of doubles.
    private const int Piece = 1 << 14;

    /// <summary>The values as lists in lists, where a script asks for them and they are not too many.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public object? Values { get; init; }

    /// <summary>How many of the values that a script asks for are left out, being too many; null where it asks for none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? LeftOut { get; init; }

    /// <summary><see cref="Min"/> or <see cref="Max"/> as printed: integers whole, everything else with four digits.</summary>
    public static string Limit(object limit) =>
        limit is Int128 whole ? whole.ToString("#,0").Replace('-', '−') : Numbers.Short((double)limit);

    /// <summary>Statistics of float32 values.</summary>
    public static ParameterStatistics Of(string name, string type, string shape, ReadOnlySpan<float> values)
    {
        var sums = new Sums();
        foreach (float value in values) sums.Add(value);
        sums.Settle();
        foreach (float value in values) sums.AddSquare(value);
        return sums.Finish(name, type, shape, (long)values.Length * sizeof(float), null);
    }

    /// <summary>Statistics of a tensor of any type.</summary>
    public static ParameterStatistics Of(string name, SafetensorsTensor tensor)
    {
        var sums = new Sums();
        Visit(tensor, value => sums.Add(value));
        sums.Settle();
        Visit(tensor, value => sums.AddSquare(value));
        return sums.Finish(name, tensor.Type.Name, tensor.ShapeText, tensor.Data.Length, IntegerLimits(tensor));
    }

    private static void Visit(SafetensorsTensor tensor, Action<double> visit)
    {
        var complex = new Complex[tensor.Type.Kind == SafetensorsKind.Complex ? Piece : 0];
        var values = new double[Piece];
        for (long first = 0; first < tensor.Count; first += Piece)
        {
            int count = (int)Math.Min(Piece, tensor.Count - first);
            if (complex.Length == 0)
            {
                tensor.ReadDoubles(first, values.AsSpan(0, count));
            }
            else
            {
                tensor.ReadComplex(first, complex.AsSpan(0, count));
                // Both parts are float32, so that the sum of their squares is far from the limits of float64.
                for (int i = 0; i < count; i++)
                    values[i] = Math.Sqrt((complex[i].Real * complex[i].Real) + (complex[i].Imaginary * complex[i].Imaginary));
            }
            for (int i = 0; i < count; i++) visit(values[i]);
        }
    }

    private static (Int128 Min, Int128 Max)? IntegerLimits(SafetensorsTensor tensor)
    {
        if (tensor.Type.Kind is not (SafetensorsKind.Integer or SafetensorsKind.Boolean) || tensor.Count == 0) return null;
        var values = new Int128[Piece];
        Int128 min = Int128.MaxValue, max = Int128.MinValue;
        for (long first = 0; first < tensor.Count; first += Piece)
        {
            Span<Int128> part = values.AsSpan(0, (int)Math.Min(Piece, tensor.Count - first));
            tensor.ReadIntegers(first, part);
            foreach (Int128 value in part)
            {
                min = Int128.Min(min, value);
                max = Int128.Max(max, value);
            }
        }
        return (min, max);
    }

    /// <summary>Every value goes through <see cref="Add"/>; then, the mean being settled, through <see cref="AddSquare"/>.</summary>
    private sealed class Sums
    {
        private double _sum, _mean = double.NaN, _squares, _min = double.PositiveInfinity, _max = double.NegativeInfinity;
        private long _count, _finite, _zeros;

        public void Add(double value)
        {
            _count++;
            if (!double.IsFinite(value)) return;
            _finite++;
            _sum += value;
            _min = Math.Min(_min, value);
            _max = Math.Max(_max, value);
            if (value == 0) _zeros++;
        }

        public void Settle() => _mean = _finite == 0 ? double.NaN : _sum / _finite;

        public void AddSquare(double value)
        {
            if (double.IsFinite(value)) _squares += (value - _mean) * (value - _mean);
        }

        public ParameterStatistics Finish(string name, string type, string shape, long bytes, (Int128 Min, Int128 Max)? exact) => new(
            name,
            type,
            shape,
            _count,
            bytes,
            _mean,
            _finite == 0 ? double.NaN : Math.Sqrt(_squares / _finite),
            exact is { } least ? least.Min : _finite == 0 ? double.NaN : _min,
            exact is { } greatest ? greatest.Max : _finite == 0 ? double.NaN : _max,
            _zeros,
            _count - _finite);
    }
}
