using SkiaSharp;

namespace Explain.Render;

/// <summary>Scenes on canvases of Skia.</summary>
public static class SkiaScenes
{
    /// <summary>
    /// Draws the scene, its background too, with its upper left corner at the canvas's origin and a unit of the canvas a scene pixel. The
    /// state of the canvas is left as it was.
    /// </summary>
    /// <param name="scene">What to draw.</param>
    /// <param name="canvas">Where to: of a bitmap, a window, a picture, or a page of a document.</param>
    public static void Draw(this Scene scene, SKCanvas canvas)
    {
        ArgumentNullException.ThrowIfNull(scene);
        ArgumentNullException.ThrowIfNull(canvas);
        using var painter = new SkiaPainter(canvas, scene.Face, forDocument: false);
        painter.Draw(scene);
    }
}
