namespace Explain.Render;

/// <summary>How many pixels a bitmap of a scene has.</summary>
internal static class PictureSize
{
    /// <summary>Most pixels of a picture: 4 bytes each must fit into one array.</summary>
    private const long MaxPixels = 1L << 28;

    /// <summary>Sizes are rounded up, but for what multiplication adds in the last place.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The picture would have no pixel or too many.</exception>
    public static (int Width, int Height) Of(Scene scene, double scale)
    {
        double width = Math.Ceiling((scene.Width * scale) - 1e-6), height = Math.Ceiling((scene.Height * scale) - 1e-6);
        if (width >= 1 && height >= 1 && width * height <= MaxPixels)
            return ((int)width, (int)height);
        throw new ArgumentOutOfRangeException(
            nameof(scale), scale, $"A picture of {scene.Width} × {scene.Height} at this scale would have {width} × {height} pixels; "
                + $"1 to {MaxPixels} are allowed.");
    }
}
