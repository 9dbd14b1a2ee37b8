using System.Text;

namespace Explain.Render;

/// <summary>
/// Scene → SVG 1.1 with nothing outside the file: real text, titles and descriptions for readers who cannot see it, images as embedded PNG.
/// The same scene gives the same document everywhere, but for the compression of those PNGs.
/// </summary>
public sealed class SvgWriter : ICanvas
{
    /// <summary>What stands before every id, so that several pictures can be set into one page.</summary>
    public string IdPrefix { get; init; } = "";

    /// <inheritdoc/>
    public byte[] Encode(Scene scene, double scale = 1) => Encoding.UTF8.GetBytes(Write(scene, scale));

    /// <summary>The document; <paramref name="scale"/> sets its size, not its coordinates.</summary>
    public string Write(Scene scene, double scale = 1)
    {
        if (!(scale > 0 && double.IsFinite(scale)))
            throw new ArgumentOutOfRangeException(nameof(scale), scale, "The scale of a picture is a positive number.");
        var document = new SvgDocument(IdPrefix, scene.Face);
        document.Write(scene, scale);
        return document.ToString();
    }
}
