namespace Explain.Render;

/// <summary>An entry of a legend.</summary>
/// <param name="Text">Name.</param>
/// <param name="Color">Colour.</param>
/// <param name="Marker">Shape; a short line where null.</param>
/// <param name="Dashes">Pattern of the line.</param>
public sealed record LegendEntry(string Text, Color Color, Marker? Marker = null, IReadOnlyList<double>? Dashes = null)
{
    /// <summary>
    /// A filled patch with this opacity instead of a line: bands and areas, with the line across it, and bars without; null for others.
    /// </summary>
    public double? Patch { get; init; }
}
