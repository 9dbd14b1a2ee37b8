using System.Globalization;
using Explain.Core;

namespace Explain.Render;

/// <summary>The options of figures in space: where they are seen from.</summary>
internal static class CameraOptions
{
    public static FigureOption Azimuth { get; } = new("azimuth", "number", "-60", "degrees about the vertical axis from which it is seen; −90 stands in front of small y");

    public static FigureOption Elevation { get; } = new("elevation", "number", "28", "degrees above the floor, −90 to 90");

    public static FigureOption Projection { get; } = new("projection", "perspective|parallel", "perspective", "parallel rays keep equal lengths equal");

    public static IReadOnlyList<FigureOption> All { get; } = [Azimuth, Elevation, Projection];

    /// <summary>The camera that the request asks for.</summary>
    /// <exception cref="InputException">An option is not a number or out of range.</exception>
    public static Camera Camera(this FigureRequest request, double azimuth = -60, double elevation = 28) =>
        new(request.Number(Azimuth, azimuth, -3600, 3600), request.Number(Elevation, elevation, -90, 90)) { FieldOfView = request.Option(Projection) == "parallel" ? 0 : 24 };

    /// <summary>Device pixels a pixel of the figure's own size, where the page is scaled to the width asked for.</summary>
    public static double DensityFor(this FigureRequest request, double pageWidth) =>
        Math.Clamp(double.IsFinite(request.Density) ? request.Density : 2, 0.5, 8) * Math.Clamp((request.Width ?? pageWidth) / pageWidth, 0.2, 8);

    /// <summary>The value of an option that is a number.</summary>
    /// <exception cref="InputException">It is not a number or out of range.</exception>
    public static double Number(this FigureRequest request, FigureOption option, double fallback, double least, double most)
    {
        if (!request.Options.TryGetValue(option.Name, out string? text)) return fallback;
        if (double.TryParse(text.Replace('−', '-'), NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && value >= least && value <= most) return value;
        throw new InputException($"Option '{option.Name}' is '{text}'; allowed are numbers from {least.ToString(CultureInfo.InvariantCulture)} to {most.ToString(CultureInfo.InvariantCulture)}.");
    }
}
