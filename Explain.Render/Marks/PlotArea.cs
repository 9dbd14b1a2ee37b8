namespace Explain.Render;

/// <summary>The data area of a plot: where marks paint.</summary>
/// <param name="Bounds">In pixels.</param>
/// <param name="X">Values → horizontal pixels.</param>
/// <param name="Y">Values → vertical pixels.</param>
/// <param name="Theme">Colours.</param>
public sealed record PlotArea(Rect Bounds, Scale X, Scale Y, Theme Theme)
{
    // Pixels by which marks may reach over the frame: lines that touch it keep their width.
    private const double Margin = 3;

    /// <summary>What is seen of marks: the bounds and a little more.</summary>
    internal Rect Seen => Bounds.Inset(-Margin);

    /// <summary>The pixel position of a pair of values; not finite where a scale has none.</summary>
    public Point Map(double x, double y) => new(X.Map(x), Y.Map(y));

    /// <summary>The same area for values that are pixels already.</summary>
    internal PlotArea InPixels()
    {
        var same = new LinearScale(new Limits(0, 1), 0, 1);
        return this with { X = same, Y = same };
    }

    /// <summary>
    /// Where bars and areas on <paramref name="value"/> stand, within the frame. A logarithmic axis has no zero: there they stand on its
    /// lower end.
    /// </summary>
    internal double FloorOf(double value) =>
        Y.Map(value) is var y && double.IsFinite(y) ? Math.Clamp(y, Bounds.Y, Bounds.Bottom) : Bounds.Bottom;
}
