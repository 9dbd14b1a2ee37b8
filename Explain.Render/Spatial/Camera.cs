namespace Explain.Render;

/// <summary>Where a space is seen from. It looks at the middle of the box into which the axes map the data; up is up.</summary>
/// <param name="Azimuth">
/// Degrees about the vertical axis, seen from above anticlockwise: 0 stands on the side of large x, 90 on that of large y, −90 on that of
/// small y.
/// </param>
/// <param name="Elevation">Degrees above the floor, −90 … 90: 0 looks along the floor, 90 straight down.</param>
public sealed record Camera(double Azimuth = -60, double Elevation = 26)
{
    /// <summary>
    /// Degrees that the ball about the box fills in the eye: 24 is a calm perspective, 60 a dramatic one. 0 for parallel rays, where equal
    /// lengths stay equal.
    /// </summary>
    public double FieldOfView { get; init; } = 24;

    /// <summary>Seen from the same height, further round.</summary>
    public Camera Turned(double degrees) => this with { Azimuth = Azimuth + degrees };

    /// <summary>A compass of the words of a caption: "from azimuth −60°, elevation 26°".</summary>
    public override string ToString() => $"from azimuth {NumberFormat.Fixed(Azimuth, 0)}°, elevation {NumberFormat.Fixed(Elevation, 0)}°";
}
