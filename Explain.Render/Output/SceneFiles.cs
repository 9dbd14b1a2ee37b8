namespace Explain.Render;

/// <summary>Scenes to bytes and files.</summary>
public static class SceneFiles
{
    /// <summary>The picture as a PNG of <paramref name="scale"/> device pixels a scene pixel, by <see cref="Canvases.Png"/>.</summary>
    public static byte[] ToPng(this Scene scene, double scale = 1) => Canvases.Png.Encode(scene, scale);

    /// <summary>The picture as an SVG document.</summary>
    public static string ToSvg(this Scene scene, double scale = 1) => new SvgWriter().Write(scene, scale);

    /// <summary>The picture as a PDF document of one page, 0.75 points a scene pixel times <paramref name="scale"/>.</summary>
    public static byte[] ToPdf(this Scene scene, double scale = 1) => Canvases.Pdf.Encode(scene, scale);

    /// <summary>Writes the picture as a PNG; the file appears whole or not at all.</summary>
    public static void SavePng(this Scene scene, string path, double scale = 1) => Write(path, scene.ToPng(scale));

    /// <summary>Writes the picture as an SVG; the file appears whole or not at all.</summary>
    public static void SaveSvg(this Scene scene, string path, double scale = 1) => Write(path, new SvgWriter().Encode(scene, scale));

    /// <summary>Writes the picture as a PDF; the file appears whole or not at all.</summary>
    public static void SavePdf(this Scene scene, string path, double scale = 1) => Write(path, scene.ToPdf(scale));

    /// <summary>Writes the picture by <paramref name="canvas"/>; the file appears whole or not at all.</summary>
    public static void Save(this Scene scene, string path, ICanvas canvas, double scale = 1) => Write(path, canvas.Encode(scene, scale));

    /// <summary>To a sibling first, then renamed over <paramref name="path"/>, so that nobody ever sees half a file.</summary>
    internal static void Write(string path, byte[] bytes)
    {
        path = Path.GetFullPath(path);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        string temporary = $"{path}.{Path.GetRandomFileName()}.tmp";
        try
        {
            File.WriteAllBytes(temporary, bytes);
            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }
}
