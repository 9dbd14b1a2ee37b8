namespace Explain.Core;

/// <summary>Which plane a landscape is drawn over.</summary>
public enum LandscapePlane
{
    /// <summary>The two directions in which the kept epochs differ most (principal components), through the last of them.</summary>
    Path,

    /// <summary>Two random directions, normalised by filter, about the last kept epoch.</summary>
    Random,
}

/// <summary>How to compute a <see cref="LossLandscape"/>.</summary>
public sealed record LandscapeOptions
{
    /// <summary>The plane.</summary>
    public LandscapePlane Plane { get; init; } = LandscapePlane.Path;

    /// <summary>
    /// How much is looked at, above 0: over a random plane −span … span in both directions; over the plane of the path, how much of its
    /// usual surroundings.
    /// </summary>
    public double Span { get; init; } = 1;

    /// <summary>
    /// Points in each direction, 3 to 401; where null 41, or 25 where so many networks would take more than some seconds, see
    /// <see cref="LossLandscape.UsualWork"/>.
    /// </summary>
    public int? Grid { get; init; }

    /// <summary>Seed of random directions.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>What random directions are scaled to.</summary>
    public DirectionScale Scale { get; init; } = DirectionScale.Filter;

    /// <summary>The samples whose loss it is; null for the first run's probe samples.</summary>
    public Dataset? Data { get; init; }

    /// <summary>
    /// The most samples of <see cref="Data"/>, spread evenly; null for as many as take some seconds, see
    /// <see cref="LossLandscape.UsualWork"/>.
    /// </summary>
    public int? Samples { get; init; }

    /// <summary>Checks every value.</summary>
    /// <exception cref="ArgumentException">One is out of range; says which and what is allowed.</exception>
    internal void Check()
    {
        if (!(Span > 0 && double.IsFinite(Span))) throw new ArgumentException($"{nameof(Span)} is {Span}; it must be above 0 and finite.");
        if (Grid is < 3 or > 401) throw new ArgumentException($"{nameof(Grid)} is {Grid}; allowed are 3 to 401.");
        if (Samples is < 1) throw new ArgumentException($"{nameof(Samples)} is {Samples}; allowed is 1 and more.");
    }
}
