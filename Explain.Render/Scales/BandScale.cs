namespace Explain.Render;

/// <summary>Equal bands for categories, in order.</summary>
/// <param name="Count">Number of bands.</param>
/// <param name="From">Pixel where the first begins.</param>
/// <param name="To">Pixel where the last ends.</param>
/// <param name="Gap">Share of a band left empty between neighbours.</param>
public sealed record BandScale(int Count, double From, double To, double Gap = 0.2)
{
    /// <summary>Distance from one band to the next.</summary>
    public double Step => (To - From) / Math.Max(1, Count);

    /// <summary>Width of a band without the gap.</summary>
    public double Width => Step * (1 - Gap);

    /// <summary>Where the band <paramref name="index"/> begins.</summary>
    public double Start(int index) => From + (Step * index) + (Step * Gap / 2);

    /// <summary>The middle of the band <paramref name="index"/>.</summary>
    public double Center(int index) => From + (Step * (index + 0.5));
}
