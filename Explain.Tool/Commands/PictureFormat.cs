using Explain.Core;
using Explain.Render;

namespace Explain.Tool;

/// <summary>The file formats of <c>explain render</c>.</summary>
internal static class PictureFormat
{
    /// <summary>All of them, as --format names them.</summary>
    public static readonly string[] All = ["png", "svg", "pdf", "apng", "webp", "jpeg"];

    /// <summary>The format asked for, else that of the file's ending.</summary>
    public static string Of(string file, string? given)
    {
        string ending = Path.GetExtension(file).TrimStart('.').ToLowerInvariant();
        string format = given ?? (ending == "jpg" ? "jpeg" : ending);
        if (!All.Contains(format))
            throw new InputException(
                $"'{file}' ends in none of {string.Join(", ", All.Select(known => "." + known))}; "
                    + "rename it or choose one with --format, e.g. --format png.");
        return format;
    }

    /// <summary>Whether the file has pixels, so that its scale says how fine it is.</summary>
    public static bool IsBitmap(string format) => format is not ("svg" or "pdf");

    /// <summary>Writes a still picture; the file appears whole or not at all.</summary>
    /// <exception cref="InputException">The picture would be larger than the format allows.</exception>
    public static void Save(this Scene scene, string file, string format, double scale)
    {
        try
        {
            switch (format)
            {
                case "svg":
                    scene.SaveSvg(file, scale);
                    break;
                case "pdf":
                    scene.SavePdf(file, scale);
                    break;
                case "webp":
                    scene.Save(file, Canvases.Webp, scale);
                    break;
                case "jpeg":
                    scene.Save(file, Canvases.Jpeg, scale);
                    break;
                default:
                    scene.SavePng(file, scale);
                    break;
            }
        }
        catch (ArgumentOutOfRangeException e) when (e.ParamName == "scale")
        {
            throw new InputException(
                $"The picture does not fit into a {format.ToUpperInvariant()} at --scale {scale}: {e.Message.Split(" (Parameter", 2)[0]}",
                e);
        }
    }

    /// <summary>A figure that moves: one that does so by itself, or one of an epoch over the epochs that the run kept.</summary>
    /// <param name="kind">The figure.</param>
    /// <param name="request">What to draw; its own analyses are ready.</param>
    /// <param name="theme">Colours.</param>
    /// <param name="progress">Told of the analyses that the other epochs need.</param>
    /// <param name="cancellation">Ends them.</param>
    /// <exception cref="InputException">It is neither.</exception>
    public static Animation Animate(
        FigureKind kind, FigureRequest request, Theme theme, IProgress<AnalysisProgress> progress, CancellationToken cancellation)
    {
        if (kind.Create(request) is IAnimatedFigure animated) return animated.Animate(theme);
        if (!kind.TakesEpoch)
            throw new InputException(
                $"The figure '{kind.Name}' does not move: it shows no single epoch. Choose png, svg or pdf, or a figure of an epoch: "
                    + $"{string.Join(", ", FigureCatalog.All.Where(other => other.TakesEpoch).Select(other => other.Name))}.");
        if (request.Epoch is not null)
            throw new InputException("This animation shows all epochs that the run kept; leave --epoch out, or choose png, svg or pdf.");
        if (request.Run.SnapshotEpochs.Count == 0)
            throw new InputException($"{request.Run.Path} has no snapshot, so there is nothing to show one after the other; choose png.");
        request.Analyst.Prepare(
            request.Run.SnapshotEpochs.SelectMany(epoch => kind.Needs(request with { Epoch = epoch })), progress, cancellation);
        return EpochAnimation.Of(kind, request, theme);
    }
}
