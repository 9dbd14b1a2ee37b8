namespace Explain.Core;

/// <summary>What the values of a <see cref="SafetensorsType"/> are.</summary>
public enum SafetensorsKind
{
    /// <summary>False or true, a byte each.</summary>
    Boolean,

    /// <summary>Whole numbers.</summary>
    Integer,

    /// <summary>Floating-point numbers.</summary>
    Float,

    /// <summary>Complex numbers: the real part, then the imaginary one.</summary>
    Complex,
}

/// <summary>
/// One of the types of the safetensors format, all that its reference implementation reads (version 0.8, 2026). Values are little-endian;
/// those of less than a byte lie one behind the other from the lowest bit of the first byte on.
/// </summary>
public sealed class SafetensorsType
{
    private readonly SmallFloat? _float;

    private SafetensorsType(string name, int bits, SafetensorsKind kind)
    {
        Name = name;
        Bits = bits;
        Kind = kind;
    }

    private SafetensorsType(string name, SmallFloat format)
        : this(name, format.Bits, SafetensorsKind.Float) => _float = format;

    /// <summary>All types, from small to large.</summary>
    public static IReadOnlyList<SafetensorsType> All { get; } =
    [
        new("BOOL", 8, SafetensorsKind.Boolean),
        new("F4", new SmallFloat(Exponent: 2, Mantissa: 1, Bias: 1)),
        new("F6_E2M3", new SmallFloat(Exponent: 2, Mantissa: 3, Bias: 1)),
        new("F6_E3M2", new SmallFloat(Exponent: 3, Mantissa: 2, Bias: 3)),
        new("U8", 8, SafetensorsKind.Integer),
        new("I8", 8, SafetensorsKind.Integer),
        new("F8_E5M2", new SmallFloat(Exponent: 5, Mantissa: 2, Bias: 15) { NotFinite = NotFinite.AsIeee }),
        new("F8_E4M3", new SmallFloat(Exponent: 4, Mantissa: 3, Bias: 7) { NotFinite = NotFinite.AllOnes }),
        new("F8_E8M0", new SmallFloat(Exponent: 8, Mantissa: 0, Bias: 127) { NotFinite = NotFinite.AllOnes, IsPower = true }),
        new("F8_E4M3FNUZ", new SmallFloat(Exponent: 4, Mantissa: 3, Bias: 8) { NotFinite = NotFinite.MinusZero }),
        new("F8_E5M2FNUZ", new SmallFloat(Exponent: 5, Mantissa: 2, Bias: 16) { NotFinite = NotFinite.MinusZero }),
        new("I16", 16, SafetensorsKind.Integer),
        new("U16", 16, SafetensorsKind.Integer),
        new("F16", 16, SafetensorsKind.Float),
        new("BF16", 16, SafetensorsKind.Float),
        new("I32", 32, SafetensorsKind.Integer),
        new("U32", 32, SafetensorsKind.Integer),
        new("F32", 32, SafetensorsKind.Float),
        new("C64", 64, SafetensorsKind.Complex),
        new("F64", 64, SafetensorsKind.Float),
        new("I64", 64, SafetensorsKind.Integer),
        new("U64", 64, SafetensorsKind.Integer),
    ];

    /// <summary>As the format spells it, e.g. "F32".</summary>
    public string Name { get; }

    /// <summary>Bits of one value: 4, 6, 8, 16, 32 or 64.</summary>
    public int Bits { get; }

    /// <summary>What the values are.</summary>
    public SafetensorsKind Kind { get; }

    /// <summary>The values of all codes of a floating-point type of up to eight bits, by code; empty for others.</summary>
    internal ReadOnlySpan<float> Codes => _float is null ? [] : _float.Values;

    /// <summary>The type of that name, or null.</summary>
    public static SafetensorsType? Find(string name) => All.FirstOrDefault(type => type.Name == name);

    /// <inheritdoc/>
    public override string ToString() => Name;

    /// <summary>What of a small floating-point type's codes is no finite number.</summary>
    private enum NotFinite
    {
        /// <summary>Nothing (OCP Microscaling Formats, 2023).</summary>
        Nothing,

        /// <summary>Exponents of ones: infinite without a mantissa, else NaN (IEEE 754).</summary>
        AsIeee,

        /// <summary>
        /// The code of ones only, but for the sign, is NaN; nothing is infinite (Micikevicius et al., FP8 Formats for Deep Learning, 2022).
        /// </summary>
        AllOnes,

        /// <summary>
        /// The code of minus zero is NaN; nothing is infinite (Noune et al., 8-bit Numerical Formats for Deep Neural Networks, 2022).
        /// </summary>
        MinusZero,
    }

    /// <summary>A floating-point type of up to eight bits: a sign, an exponent, a mantissa.</summary>
    private sealed record SmallFloat(int Exponent, int Mantissa, int Bias)
    {
        private float[]? _values;

        public NotFinite NotFinite { get; init; }

        /// <summary>Whether a code is the exponent of a power of two and nothing else: no sign, no zero.</summary>
        public bool IsPower { get; init; }

        public int Bits => Exponent + Mantissa + (IsPower ? 0 : 1);

        public float[] Values => _values ??= [.. Enumerable.Range(0, 1 << Bits).Select(Value)];

        private float Value(int code)
        {
            int sign = IsPower ? 0 : code >> (Exponent + Mantissa);
            int size = code & ((1 << (Exponent + Mantissa)) - 1);
            int exponent = size >> Mantissa, mantissa = size & ((1 << Mantissa) - 1);
            bool lastExponent = exponent == (1 << Exponent) - 1;
            if (NotFinite == NotFinite.AsIeee && lastExponent)
                return mantissa > 0 ? float.NaN : sign == 0 ? float.PositiveInfinity : float.NegativeInfinity;
            if (NotFinite == NotFinite.AllOnes && size == (1 << (Exponent + Mantissa)) - 1) return float.NaN;
            if (NotFinite == NotFinite.MinusZero && sign == 1 && size == 0) return float.NaN;
            bool isSubnormal = exponent == 0 && !IsPower;
            float whole = isSubnormal ? mantissa : mantissa + (1 << Mantissa);
            float value = MathF.ScaleB(whole, (isSubnormal ? 1 : exponent) - Bias - Mantissa);
            return sign == 0 ? value : -value;
        }
    }
}
