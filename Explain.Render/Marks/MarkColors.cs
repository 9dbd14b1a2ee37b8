namespace Explain.Render;

/// <summary>What the colours of a mark stand for: what the key beside a plot says of it.</summary>
internal abstract record MarkColors;

/// <summary>Values, each with the colour that a scale gives it.</summary>
internal sealed record ValueColors(ColorScale Scale) : MarkColors;

/// <summary>
/// Numbers of points from 1 to <paramref name="Most"/>, as <see cref="DensityMark"/> and <see cref="HexbinMark"/> shade them.
/// </summary>
internal sealed record CountColors(int Most) : MarkColors;

/// <summary>Bands of value: n + 1 colours, rising, and the n levels between them.</summary>
internal sealed record BandColors(IReadOnlyList<Color> Bands, IReadOnlyList<double> Levels) : MarkColors;
