namespace Explain.Core;

/// <summary>Zeros around an image before a window slides over it: so many rows above and below, columns left and right.</summary>
/// <param name="Top">Rows above.</param>
/// <param name="Bottom">Rows below.</param>
/// <param name="Left">Columns at the left.</param>
/// <param name="Right">Columns at the right.</param>
public readonly record struct Padding(int Top, int Bottom, int Left, int Right)
{
    private const int AsNeeded = -1;

    /// <summary>None: the window stays inside the image.</summary>
    public static Padding Valid => default;

    /// <summary>
    /// As many as give an output of ⌈extent ÷ stride⌉, the odd one below or at the right: of the same size as the image where the stride is
    /// 1.
    /// </summary>
    public static Padding Same { get; } = new(AsNeeded, AsNeeded, AsNeeded, AsNeeded);

    /// <summary>The same number at every side.</summary>
    public static Padding Of(int size) => new(size, size, size, size);

    /// <summary>Reads "valid", "same" or a number of zeros for every side.</summary>
    /// <exception cref="InputException">It is none of them.</exception>
    public static Padding Parse(string text) => text.Trim() switch
    {
        "valid" => Valid,
        "same" => Same,
        var number when int.TryParse(number, out int size) && size >= 0 => Of(size),
        _ => throw new InputException($"There is no padding '{text}'; allowed are 'valid', 'same' and a whole number of zeros."),
    };

    /// <inheritdoc/>
    public override string ToString() =>
        this == Valid ? "valid"
            : this == Same ? "same"
            : Top == Bottom && Top == Left && Top == Right ? $"{Top}"
            : $"{Top} above, {Bottom} below, {Left} left, {Right} right";

    /// <summary>
    /// The numbers that <see cref="Same"/> comes to for an image of <paramref name="height"/> × <paramref name="width"/>; others are what
    /// they are.
    /// </summary>
    internal Padding Resolve(int height, int width, int kernelHeight, int kernelWidth, int strideHeight, int strideWidth)
    {
        if (this != Same) return this;
        int rows = Total(height, kernelHeight, strideHeight), columns = Total(width, kernelWidth, strideWidth);
        return new Padding(rows / 2, rows - (rows / 2), columns / 2, columns - (columns / 2));

        static int Total(int extent, int kernel, int stride) =>
            Math.Max(0, ((((extent + stride - 1) / stride) - 1) * stride) + kernel - extent);
    }
}
