namespace Explain.Render.Tests;

/// <summary>How far one picture is from another, in steps of 255.</summary>
internal static class PictureDifference
{
    // From here on the difference is drawn black.
    private const int Much = 48;

    /// <summary>The largest difference of a channel between two packed pixels.</summary>
    public static int Pixel(uint p, uint q)
    {
        int most = 0;
        for (int shift = 0; shift < 32; shift += 8)
            most = Math.Max(most, Math.Abs((int)((p >> shift) & 255) - (int)((q >> shift) & 255)));
        return most;
    }

    /// <summary>The mean difference of a channel over two pictures of one size.</summary>
    public static double Mean(Bitmap one, Bitmap other)
    {
        long sum = 0;
        for (int i = 0; i < one.Pixels.Length; i++)
        {
            for (int shift = 0; shift < 32; shift += 8)
                sum += Math.Abs((int)((one.Pixels[i] >> shift) & 255) - (int)((other.Pixels[i] >> shift) & 255));
        }
        return sum / (4.0 * one.Pixels.Length);
    }

    /// <summary>A PNG: white where both pictures are equal, then yellow, red and black the more they differ.</summary>
    public static byte[] Heat(Bitmap golden, Bitmap received)
    {
        var heat = new Color[golden.Width * golden.Height];
        for (int i = 0; i < heat.Length; i++)
        {
            int most = Pixel(golden.Pixels[i], received.Pixels[i]);
            byte blue = (byte)(255 - Math.Min(255, most * 24)), green = (byte)(255 - Math.Min(255, most * 255 / Much));
            heat[i] = most > Much ? new Color(0, 0, 0) : new Color(255, green, blue);
        }
        var node = new PixelsNode(golden.Width, golden.Height, heat, new Rect(0, 0, golden.Width, golden.Height));
        var info = new SceneInfo { Title = "Difference", AltText = "Where two pictures differ." };
        return Canvases.Png.Encode(new Scene(golden.Width, golden.Height, new Color(255, 255, 255), [node], info, TestFont.Face));
    }
}
