using System.Globalization;

namespace Explain.Core;

/// <summary>
/// A window that slides over an image: what convolution and pooling share. What is left over at the right and below, smaller than a stride,
/// is not looked at.
/// </summary>
/// <param name="Height">Rows of the window.</param>
/// <param name="Width">Columns of the window.</param>
/// <param name="StrideHeight">Rows from one place to the next.</param>
/// <param name="StrideWidth">Columns from one place to the next.</param>
/// <param name="Padding">Zeros around the image; numbers, never <see cref="Explain.Core.Padding.Same"/>.</param>
internal readonly record struct SlidingWindow(int Height, int Width, int StrideHeight, int StrideWidth, Padding Padding)
{
    /// <summary>Values of one channel that the window covers.</summary>
    public int Size => Height * Width;

    /// <summary>One output a place, of <paramref name="channels"/> channels.</summary>
    /// <exception cref="InputException">
    /// The window is larger than the padded image, or the padding larger than the window, or there are more outputs than can be held.
    /// </exception>
    public Shape Over(Shape image, int channels, string layer, string kind)
    {
        int height = image.Height + Padding.Top + Padding.Bottom, width = image.Width + Padding.Left + Padding.Right;
        if (Height > height || Width > width)
        {
            string list = image is { IsImage: false, Channels: 1 } && Height > 1
                ? " (the inputs are a plain list: an image shape, or a window 1 high, is needed)"
                : "";
            throw new InputException(
                $"The {kind} layer '{layer}' slides a window of {Height}×{Width} over "
                    + $"{image}{(Padding == default ? "" : $" padded to {height}×{width}")}; "
                    + $"allowed are windows of at most {height}×{width}{list}.");
        }
        if (Math.Max(Padding.Top, Padding.Bottom) >= Height || Math.Max(Padding.Left, Padding.Right) >= Width)
            throw new InputException(
                $"The {kind} layer '{layer}' has a padding of {Padding} around windows of {Height}×{Width}; "
                    + "allowed is less than the window's extent, so that every window sees the image.");
        int down = ((height - Height) / StrideHeight) + 1, across = ((width - Width) / StrideWidth) + 1;
        if ((Int128)down * across * channels > Array.MaxLength)
            throw new InputException(string.Create(
                CultureInfo.InvariantCulture,
                $"The {kind} layer '{layer}' puts out {down}×{across}×{channels} = {(Int128)down * across * channels:N0} values a sample; "
                    + $"at most {Array.MaxLength:N0} can be held."));
        return new Shape(down, across, channels);
    }
}
