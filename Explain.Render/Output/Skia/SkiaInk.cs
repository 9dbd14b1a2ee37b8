using SkiaSharp;

namespace Explain.Render;

/// <summary>
/// Colours of letters. Skia makes letters of one colour paler the darker and bolder the lighter they are (ink of black ones was 24 % less
/// than their outlines cover, of white ones 49 % more), so that one text would have two weights in light and dark pictures. It does not
/// where the colour comes from an image, for it does not know then how light it is.
/// </summary>
internal sealed class SkiaInk : IDisposable
{
    private readonly Dictionary<Color, SKShader> _shaders = [];

    /// <summary>A shader that is this colour everywhere.</summary>
    public SKShader Of(Color color)
    {
        if (_shaders.TryGetValue(color, out var shader))
            return shader;
        using var image = SkiaConvert.Image(new PixelsNode(1, 1, [color], default));
        return _shaders[color] = image.ToShader(SKShaderTileMode.Clamp, SKShaderTileMode.Clamp);
    }

    public void Dispose()
    {
        foreach (var shader in _shaders.Values)
            shader.Dispose();
    }
}
