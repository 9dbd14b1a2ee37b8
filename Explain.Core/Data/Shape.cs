namespace Explain.Core;

/// <summary>
/// The shape of one sample or of one layer's output: <paramref name="Height"/> × <paramref name="Width"/> × <paramref name="Channels"/>.
/// Values lie row by row, in a row pixel by pixel, in a pixel channel by channel (channels last). A plain vector of n values is 1 × n × 1.
/// </summary>
public readonly record struct Shape(int Height, int Width, int Channels = 1)
{
    /// <summary>Number of values.</summary>
    public int Size => Height * Width * Channels;

    /// <summary>True where the values form a picture rather than a plain list.</summary>
    public bool IsImage => Height > 1;

    /// <summary>A plain vector of <paramref name="size"/> values.</summary>
    public static Shape Vector(int size) => new(1, size);

    /// <summary>"28×28", "14×14×8", or "256" for a vector.</summary>
    public override string ToString() =>
        !IsImage && Channels == 1 ? $"{Width}" : Channels == 1 ? $"{Height}×{Width}" : $"{Height}×{Width}×{Channels}";
}
