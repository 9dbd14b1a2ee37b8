namespace Explain.Render.Tests;

/// <summary>A browser shows an SVG as Skia draws its scene.</summary>
public class SvgInTheBrowser
{
    [Theory]
    [InlineData("trial", 3)]
    [InlineData("trial-paints", 1.5)]
    [InlineData("paint", 8)]
    public void The_browser_shows_what_the_bitmap_shows(string name, double most)
    {
        Installed.NeedsChromium();
        var scene = name switch { "trial" => TrialScene.Make(), "trial-paints" => TrialScene.Paints(), _ => PaintScene.Make() };
        var shown = Screenshot.Of(scene.ToSvg(), (int)scene.Width, (int)scene.Height);
        var drawn = BitmapCanvas.Render(scene);
        (shown.Width, shown.Height).ShouldBe((drawn.Width, drawn.Height));
        // Letters are those of another face, and the browser draws edges a little otherwise.
        PictureDifference.Mean(drawn, shown).ShouldBeLessThan(most);
    }
}
