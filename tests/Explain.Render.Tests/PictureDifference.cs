namespace Explain.Render.Tests;

/// <summary>How far one picture is from another, channel by channel, in steps of 255.</summary>
/// <param name="Mean">Mean absolute difference over all pixels and channels.</param>
/// <param name="Largest">Largest difference of a channel of a pixel that counts.</param>
/// <param name="Beyond">How many pixels that count differ by more than was allowed.</param>
/// <param name="Where">The pixel of the largest difference.</param>
internal sealed record PictureDifference(double Mean, int Largest, int Beyond, (int X, int Y) Where)
{
    /// <summary>Compares two pictures of one size.</summary>
    /// <param name="ours">One.</param>
    /// <param name="theirs">The other.</param>
    /// <param name="allowed">Most that a channel of a pixel that counts may differ by.</param>
    /// <param name="counts">Whether a pixel (its index, row after row) counts; the mean is over all of them all the same.</param>
    public static PictureDifference Of(Bitmap ours, Bitmap theirs, int allowed, Func<int, bool> counts)
    {
        long sum = 0;
        int largest = 0, beyond = 0, at = 0;
        for (int i = 0; i < ours.Pixels.Length; i++)
        {
            var (total, most) = Pixel(ours.Pixels[i], theirs.Pixels[i]);
            sum += total;
            if (most == 0 || (most <= largest && most <= allowed) || !counts(i))
                continue;
            if (most > allowed)
                beyond++;
            if (most > largest)
                (largest, at) = (most, i);
        }
        return new(sum / (4.0 * ours.Pixels.Length), largest, beyond, (at % ours.Width, at / ours.Width));
    }

    /// <summary>The sum of the four channels' differences, and the largest of them.</summary>
    public static (int Sum, int Most) Pixel(uint p, uint q)
    {
        int sum = 0, most = 0;
        for (int shift = 0; shift < 32; shift += 8)
        {
            int d = Math.Abs((int)((p >> shift) & 255) - (int)((q >> shift) & 255));
            sum += d;
            most = Math.Max(most, d);
        }
        return (sum, most);
    }

    /// <summary>
    /// White where both are equal, then yellow, red and, beyond what is allowed, black; pixels that don't count are tinted blue.
    /// </summary>
    public static Bitmap Heat(Bitmap ours, Bitmap theirs, int allowed, Func<int, bool> counts)
    {
        var heat = new Bitmap(ours.Width, ours.Height);
        for (int i = 0; i < ours.Pixels.Length; i++)
        {
            int most = Pixel(ours.Pixels[i], theirs.Pixels[i]).Most;
            byte blue = (byte)(255 - Math.Min(255, most * 24)), green = (byte)(255 - Math.Min(255, most * 255 / allowed));
            heat.Pixels[i] = Bitmap.Pack(
                !counts(i) ? new Color((byte)(green * 0.8), (byte)(green * 0.85), 255)
                    : most > allowed ? new Color(0, 0, 0)
                    : new Color(255, green, blue));
        }
        return heat;
    }
}
