namespace Explain.Render;

/// <summary>
/// Something that stands in a <see cref="Space"/>. Coordinates are those of the data; what is not finite or lies beyond the limits of the
/// axes is left out.
/// </summary>
public abstract record SpaceItem
{
    private protected SpaceItem()
    {
    }

    /// <summary>What it is, its accessible name; none where empty.</summary>
    public string Name { get; init; } = "";

    /// <summary>The values that the axes must hold where they have no limits of their own.</summary>
    internal abstract (Limits X, Limits Y, Limits Z) Extent { get; }

    /// <summary>Tells a caller whose arrays do not go together, before anything is drawn.</summary>
    /// <exception cref="ArgumentException">What does not fit, how many there are and how many are needed.</exception>
    internal virtual void Check()
    {
    }

    /// <summary>Puts triangles, discs, lines and labels on the stage.</summary>
    internal abstract void Build(Stage stage);

    /// <summary>The range of each coordinate over the finite points.</summary>
    private protected static (Limits X, Limits Y, Limits Z) ExtentOf(IEnumerable<Point3> points)
    {
        double x0 = double.PositiveInfinity, y0 = x0, z0 = x0, x1 = double.NegativeInfinity, y1 = x1, z1 = x1;
        foreach (var p in points)
        {
            if (!p.IsFinite) continue;
            (x0, x1) = (Math.Min(x0, p.X), Math.Max(x1, p.X));
            (y0, y1) = (Math.Min(y0, p.Y), Math.Max(y1, p.Y));
            (z0, z1) = (Math.Min(z0, p.Z), Math.Max(z1, p.Z));
        }
        return (new Limits(x0, x1), new Limits(y0, y1), new Limits(z0, z1));
    }
}

/// <summary>How a surface answers light.</summary>
public enum Shading
{
    /// <summary>
    /// Lightness changes moderately with the slope, as under a lamp over the reader's left shoulder: the shape shows, and colours can still
    /// be read.
    /// </summary>
    Lit,

    /// <summary>Exactly the colours of the scale.</summary>
    Flat,
}

/// <summary>What is seen of a line where something stands before it.</summary>
public enum HiddenLine
{
    /// <summary>Nothing.</summary>
    Omitted,

    /// <summary>A thin, pale, dotted line.</summary>
    Faded,

    /// <summary>All of it, as if nothing stood before it.</summary>
    Shown,
}
