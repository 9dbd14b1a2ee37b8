namespace Explain.Render;

/// <summary>
/// Sine and cosine from + and × alone: <c>Math.SinCos</c> may differ in its last bit from one machine to the next, and with it a
/// picture.
/// </summary>
internal static class Angle
{
    /// <summary>
    /// Sine and cosine of an angle in degrees; exact at multiples of 90, elsewhere within 2 units of the last place. 0 and 1 where it is
    /// not finite.
    /// </summary>
    public static (double Sin, double Cos) SinCos(double degrees)
    {
        if (!double.IsFinite(degrees))
            return (0, 1);
        degrees %= 360;
        if (degrees < 0)
            degrees += 360;
        // Nearest quarter turn and what is left, −45 … 45 degrees.
        int quarter = (int)((degrees + 45) / 90);
        double x = (degrees - (90 * quarter)) * (Math.PI / 180), square = x * x;
        double sin = x * Series(square, 3), cos = Series(square, 2);
        return (quarter & 3) switch
        {
            0 => (sin, cos),
            1 => (cos, -sin),
            2 => (-sin, -cos),
            _ => (-cos, sin),
        };
    }

    /// <summary>1 − s/(k−1)k + s²/(k−1)k(k+1)(k+2) − …: cosine for k = 2, sine over x for k = 3, with s = x² ≤ (π/4)².</summary>
    private static double Series(double square, int k)
    {
        double sum = 1;
        for (int n = k + 16; n >= k; n -= 2)
            sum = 1 - (sum * square / ((n - 1) * n));
        return sum;
    }
}
