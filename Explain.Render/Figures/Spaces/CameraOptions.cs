using System.Globalization;
using Explain.Core;

namespace Explain.Render;

/// <summary>The options of figures in space: where they are seen from.</summary>
internal static class CameraOptions
{
    private const string AzimuthName = "azimuth";
    private const string ElevationName = "elevation";
    private static readonly FigureOption Projection = new(
        "projection", "perspective|parallel", "perspective", "parallel rays keep equal lengths equal");

    /// <summary>
    /// The options of a figure that is usually seen from there, in degrees; without an azimuth, from where its data shows best.
    /// </summary>
    public static IReadOnlyList<FigureOption> From(double? azimuth, double elevation) =>
        [Azimuth(azimuth), Elevation(elevation), Projection];

    /// <summary>The camera that the request asks for.</summary>
    /// <exception cref="InputException">An option is not a number or out of range.</exception>
    public static Camera Camera(this FigureRequest request, double azimuth, double elevation) =>
        new(request.Number(Azimuth(azimuth), azimuth, -3600, 3600), request.Number(Elevation(elevation), elevation, -90, 90))
        {
            FieldOfView = request.Option(Projection) == "parallel" ? 0 : 24,
        };

    /// <summary>Whether the request says from which side it is seen.</summary>
    public static bool HasAzimuth(this FigureRequest request) => request.Options.ContainsKey(AzimuthName);

    /// <summary>Device pixels a pixel of the figure's own size, where the page is scaled to the width asked for.</summary>
    public static double DensityFor(this FigureRequest request, double pageWidth) =>
        Math.Clamp(double.IsFinite(request.Density) ? request.Density : 2, 0.5, 8)
        * Math.Clamp((request.Width ?? pageWidth) / pageWidth, 0.2, 8);

    /// <summary>The value of an option that is a number.</summary>
    /// <exception cref="InputException">It is not a number or out of range.</exception>
    public static double Number(this FigureRequest request, FigureOption option, double fallback, double least, double most)
    {
        if (!request.Options.TryGetValue(option.Name, out string? text)) return fallback;
        if (double.TryParse(text.Replace('−', '-'), NumberStyles.Float, CultureInfo.InvariantCulture, out double value)
            && value >= least
            && value <= most)
            return value;
        throw new InputException(
            $"Option '{option.Name}' is '{text}'; allowed are numbers from {least.ToString(CultureInfo.InvariantCulture)} "
                + $"to {most.ToString(CultureInfo.InvariantCulture)}.");
    }

    private static FigureOption Azimuth(double? usual) => new(
        AzimuthName, "number", usual?.ToString(CultureInfo.InvariantCulture) ?? "from where most is seen",
        "degrees about the vertical axis from which it is seen; −90 stands in front of small y");

    private static FigureOption Elevation(double usual) =>
        new(ElevationName, "number", usual.ToString(CultureInfo.InvariantCulture), "degrees above the floor, −90 to 90");
}
