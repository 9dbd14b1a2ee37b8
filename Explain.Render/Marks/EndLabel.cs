namespace Explain.Render;

/// <summary>One label beside the end of a line.</summary>
/// <param name="Text">The text.</param>
/// <param name="Y">Where the line ends, in pixels.</param>
/// <param name="Color">The line's colour.</param>
public sealed record EndLabel(string Text, double Y, Color Color)
{
    /// <summary>
    /// Where the line ends, in pixels; at the labels where null. From a line that ends before them a dotted leader goes on.
    /// </summary>
    public double? X { get; init; }
}
