namespace Explain.Render;

/// <summary>A device rectangle by its four borders; empty where Right ≤ Left or Bottom ≤ Top.</summary>
internal readonly record struct Bounds(double Left, double Top, double Right, double Bottom)
{
    public static Bounds Nothing => new(double.MaxValue, double.MaxValue, double.MinValue, double.MinValue);

    public static Bounds Everything => new(double.MinValue, double.MinValue, double.MaxValue, double.MaxValue);

    public bool IsEmpty => !(Right > Left && Bottom > Top);

    public int FirstRow => (int)Math.Floor(Top);

    /// <summary>One past the last row.</summary>
    public int EndRow => (int)Math.Ceiling(Bottom);

    public int FirstColumn => (int)Math.Floor(Left);

    /// <summary>One past the last column.</summary>
    public int EndColumn => (int)Math.Ceiling(Right);

    /// <summary>The whole pixels that it touches.</summary>
    public Bounds Outwards => new(FirstColumn, FirstRow, EndColumn, EndRow);

    public Bounds Intersect(in Bounds o) =>
        new(Math.Max(Left, o.Left), Math.Max(Top, o.Top), Math.Min(Right, o.Right), Math.Min(Bottom, o.Bottom));

    public Bounds Moved(double x, double y) => new(Left + x, Top + y, Right + x, Bottom + y);

    public Bounds Union(in Bounds o) =>
        new(Math.Min(Left, o.Left), Math.Min(Top, o.Top), Math.Max(Right, o.Right), Math.Max(Bottom, o.Bottom));

    public static Bounds Of(ReadOnlySpan<Edge> edges)
    {
        var b = Nothing;
        foreach (ref readonly var e in edges)
        {
            b = new Bounds(
                Math.Min(b.Left, Math.Min(e.X0, e.X1)), Math.Min(b.Top, e.Y0),
                Math.Max(b.Right, Math.Max(e.X0, e.X1)), Math.Max(b.Bottom, e.Y1));
        }
        return b;
    }
}
