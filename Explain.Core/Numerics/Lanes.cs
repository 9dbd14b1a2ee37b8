using System.Runtime.Intrinsics;

namespace Explain.Core;

/// <summary>
/// The operations that our kernels are written in, once, for every vector width: each is a correctly rounded IEEE operation or works on
/// bits, so a function built from them gives the same bits for a value whichever lane and width it sits in. Comparisons give a mask (all
/// bits set or none).
/// </summary>
/// <typeparam name="TVector">
/// What holds the lanes: <see cref="float"/> (one lane), <see cref="Vector128{T}"/>, <see cref="Vector256{T}"/> or
/// <see cref="Vector512{T}"/>.
/// </typeparam>
internal unsafe interface ILanes<TVector>
    where TVector : struct
{
    /// <summary>Values in one vector.</summary>
    static abstract int Count { get; }

    static abstract TVector Create(float value);

    static abstract TVector CreateBits(int bits);

    static abstract TVector Load(float* source);

    static abstract void Store(float* destination, TVector value);

    static abstract TVector Add(TVector a, TVector b);

    static abstract TVector Subtract(TVector a, TVector b);

    static abstract TVector Multiply(TVector a, TVector b);

    static abstract TVector Divide(TVector a, TVector b);

    static abstract TVector Sqrt(TVector a);

    /// <summary>a·b + c, rounded once.</summary>
    static abstract TVector Fma(TVector a, TVector b, TVector c);

    static abstract TVector And(TVector a, TVector b);

    static abstract TVector Or(TVector a, TVector b);

    static abstract TVector Xor(TVector a, TVector b);

    /// <summary>a where the mask is set, b elsewhere.</summary>
    static abstract TVector Select(TVector mask, TVector a, TVector b);

    static abstract TVector Less(TVector a, TVector b);

    static abstract TVector Equal(TVector a, TVector b);

    /// <summary>a + b as 32-bit integers.</summary>
    static abstract TVector AddBits(TVector a, TVector b);

    /// <summary>a - b as 32-bit integers.</summary>
    static abstract TVector SubtractBits(TVector a, TVector b);

    /// <summary>a shifted left as 32-bit integers.</summary>
    static abstract TVector ShiftLeft(TVector a, int count);

    /// <summary>a shifted right as signed 32-bit integers.</summary>
    static abstract TVector ShiftRight(TVector a, int count);

    /// <summary>The lanes read as 32-bit integers, converted to float.</summary>
    static abstract TVector IntegerToSingle(TVector a);
}

/// <summary>One lane: plain floats.</summary>
internal readonly unsafe struct Lanes1 : ILanes<float>
{
    public static int Count => 1;

    public static float Create(float value) => value;

    public static float CreateBits(int bits) => BitConverter.Int32BitsToSingle(bits);

    public static float Load(float* source) => *source;

    public static void Store(float* destination, float value) => *destination = value;

    public static float Add(float a, float b) => a + b;

    public static float Subtract(float a, float b) => a - b;

    public static float Multiply(float a, float b) => a * b;

    public static float Divide(float a, float b) => a / b;

    public static float Sqrt(float a) => MathF.Sqrt(a);

    public static float Fma(float a, float b, float c) => MathF.FusedMultiplyAdd(a, b, c);

    public static float And(float a, float b) => CreateBits(Bits(a) & Bits(b));

    public static float Or(float a, float b) => CreateBits(Bits(a) | Bits(b));

    public static float Xor(float a, float b) => CreateBits(Bits(a) ^ Bits(b));

    public static float Select(float mask, float a, float b) => Bits(mask) != 0 ? a : b;

    public static float Less(float a, float b) => Mask(a < b);

    public static float Equal(float a, float b) => Mask(a == b);

    public static float AddBits(float a, float b) => CreateBits(unchecked(Bits(a) + Bits(b)));

    public static float SubtractBits(float a, float b) => CreateBits(unchecked(Bits(a) - Bits(b)));

    public static float ShiftLeft(float a, int count) => CreateBits(Bits(a) << count);

    public static float ShiftRight(float a, int count) => CreateBits(Bits(a) >> count);

    public static float IntegerToSingle(float a) => Bits(a);

    private static int Bits(float a) => BitConverter.SingleToInt32Bits(a);

    private static float Mask(bool set) => CreateBits(set ? -1 : 0);
}

/// <summary>Four lanes.</summary>
internal readonly unsafe struct Lanes4 : ILanes<Vector128<float>>
{
    public static int Count => 4;

    public static Vector128<float> Create(float value) => Vector128.Create(value);

    public static Vector128<float> CreateBits(int bits) => Vector128.Create(bits).AsSingle();

    public static Vector128<float> Load(float* source) => Vector128.Load(source);

    public static void Store(float* destination, Vector128<float> value) => value.Store(destination);

    public static Vector128<float> Add(Vector128<float> a, Vector128<float> b) => a + b;

    public static Vector128<float> Subtract(Vector128<float> a, Vector128<float> b) => a - b;

    public static Vector128<float> Multiply(Vector128<float> a, Vector128<float> b) => a * b;

    public static Vector128<float> Divide(Vector128<float> a, Vector128<float> b) => a / b;

    public static Vector128<float> Sqrt(Vector128<float> a) => Vector128.Sqrt(a);

    // Without a fused instruction the runtime goes lane by lane through MathF.FusedMultiplyAdd, which keeps the bits.
    public static Vector128<float> Fma(Vector128<float> a, Vector128<float> b, Vector128<float> c) => Vector128.FusedMultiplyAdd(a, b, c);

    public static Vector128<float> And(Vector128<float> a, Vector128<float> b) => a & b;

    public static Vector128<float> Or(Vector128<float> a, Vector128<float> b) => a | b;

    public static Vector128<float> Xor(Vector128<float> a, Vector128<float> b) => a ^ b;

    public static Vector128<float> Select(Vector128<float> mask, Vector128<float> a, Vector128<float> b) =>
        Vector128.ConditionalSelect(mask, a, b);

    public static Vector128<float> Less(Vector128<float> a, Vector128<float> b) => Vector128.LessThan(a, b);

    public static Vector128<float> Equal(Vector128<float> a, Vector128<float> b) => Vector128.Equals(a, b);

    public static Vector128<float> AddBits(Vector128<float> a, Vector128<float> b) => (a.AsInt32() + b.AsInt32()).AsSingle();

    public static Vector128<float> SubtractBits(Vector128<float> a, Vector128<float> b) => (a.AsInt32() - b.AsInt32()).AsSingle();

    public static Vector128<float> ShiftLeft(Vector128<float> a, int count) => (a.AsInt32() << count).AsSingle();

    public static Vector128<float> ShiftRight(Vector128<float> a, int count) => (a.AsInt32() >> count).AsSingle();

    public static Vector128<float> IntegerToSingle(Vector128<float> a) => Vector128.ConvertToSingle(a.AsInt32());
}

/// <summary>Eight lanes.</summary>
internal readonly unsafe struct Lanes8 : ILanes<Vector256<float>>
{
    public static int Count => 8;

    public static Vector256<float> Create(float value) => Vector256.Create(value);

    public static Vector256<float> CreateBits(int bits) => Vector256.Create(bits).AsSingle();

    public static Vector256<float> Load(float* source) => Vector256.Load(source);

    public static void Store(float* destination, Vector256<float> value) => value.Store(destination);

    public static Vector256<float> Add(Vector256<float> a, Vector256<float> b) => a + b;

    public static Vector256<float> Subtract(Vector256<float> a, Vector256<float> b) => a - b;

    public static Vector256<float> Multiply(Vector256<float> a, Vector256<float> b) => a * b;

    public static Vector256<float> Divide(Vector256<float> a, Vector256<float> b) => a / b;

    public static Vector256<float> Sqrt(Vector256<float> a) => Vector256.Sqrt(a);

    public static Vector256<float> Fma(Vector256<float> a, Vector256<float> b, Vector256<float> c) => Vector256.FusedMultiplyAdd(a, b, c);

    public static Vector256<float> And(Vector256<float> a, Vector256<float> b) => a & b;

    public static Vector256<float> Or(Vector256<float> a, Vector256<float> b) => a | b;

    public static Vector256<float> Xor(Vector256<float> a, Vector256<float> b) => a ^ b;

    public static Vector256<float> Select(Vector256<float> mask, Vector256<float> a, Vector256<float> b) =>
        Vector256.ConditionalSelect(mask, a, b);

    public static Vector256<float> Less(Vector256<float> a, Vector256<float> b) => Vector256.LessThan(a, b);

    public static Vector256<float> Equal(Vector256<float> a, Vector256<float> b) => Vector256.Equals(a, b);

    public static Vector256<float> AddBits(Vector256<float> a, Vector256<float> b) => (a.AsInt32() + b.AsInt32()).AsSingle();

    public static Vector256<float> SubtractBits(Vector256<float> a, Vector256<float> b) => (a.AsInt32() - b.AsInt32()).AsSingle();

    public static Vector256<float> ShiftLeft(Vector256<float> a, int count) => (a.AsInt32() << count).AsSingle();

    public static Vector256<float> ShiftRight(Vector256<float> a, int count) => (a.AsInt32() >> count).AsSingle();

    public static Vector256<float> IntegerToSingle(Vector256<float> a) => Vector256.ConvertToSingle(a.AsInt32());
}

/// <summary>Sixteen lanes.</summary>
internal readonly unsafe struct Lanes16 : ILanes<Vector512<float>>
{
    public static int Count => 16;

    public static Vector512<float> Create(float value) => Vector512.Create(value);

    public static Vector512<float> CreateBits(int bits) => Vector512.Create(bits).AsSingle();

    public static Vector512<float> Load(float* source) => Vector512.Load(source);

    public static void Store(float* destination, Vector512<float> value) => value.Store(destination);

    public static Vector512<float> Add(Vector512<float> a, Vector512<float> b) => a + b;

    public static Vector512<float> Subtract(Vector512<float> a, Vector512<float> b) => a - b;

    public static Vector512<float> Multiply(Vector512<float> a, Vector512<float> b) => a * b;

    public static Vector512<float> Divide(Vector512<float> a, Vector512<float> b) => a / b;

    public static Vector512<float> Sqrt(Vector512<float> a) => Vector512.Sqrt(a);

    public static Vector512<float> Fma(Vector512<float> a, Vector512<float> b, Vector512<float> c) => Vector512.FusedMultiplyAdd(a, b, c);

    public static Vector512<float> And(Vector512<float> a, Vector512<float> b) => a & b;

    public static Vector512<float> Or(Vector512<float> a, Vector512<float> b) => a | b;

    public static Vector512<float> Xor(Vector512<float> a, Vector512<float> b) => a ^ b;

    public static Vector512<float> Select(Vector512<float> mask, Vector512<float> a, Vector512<float> b) =>
        Vector512.ConditionalSelect(mask, a, b);

    public static Vector512<float> Less(Vector512<float> a, Vector512<float> b) => Vector512.LessThan(a, b);

    public static Vector512<float> Equal(Vector512<float> a, Vector512<float> b) => Vector512.Equals(a, b);

    public static Vector512<float> AddBits(Vector512<float> a, Vector512<float> b) => (a.AsInt32() + b.AsInt32()).AsSingle();

    public static Vector512<float> SubtractBits(Vector512<float> a, Vector512<float> b) => (a.AsInt32() - b.AsInt32()).AsSingle();

    public static Vector512<float> ShiftLeft(Vector512<float> a, int count) => (a.AsInt32() << count).AsSingle();

    public static Vector512<float> ShiftRight(Vector512<float> a, int count) => (a.AsInt32() >> count).AsSingle();

    public static Vector512<float> IntegerToSingle(Vector512<float> a) => Vector512.ConvertToSingle(a.AsInt32());
}
