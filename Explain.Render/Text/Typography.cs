namespace Explain.Render;

/// <summary>Text sizes of all figures, in pixels an em.</summary>
public static class Typography
{
    /// <summary>A figure's title.</summary>
    public const double Title = 15;

    /// <summary>The line under it, and a panel's title.</summary>
    public const double Heading = 11.5;

    /// <summary>Labels of axes, legends and bars.</summary>
    public const double Label = 10.5;

    /// <summary>Ticks, cells and notes.</summary>
    public const double Small = 9.5;
}
