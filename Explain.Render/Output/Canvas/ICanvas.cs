namespace Explain.Render;

/// <summary>Turns a scene into the bytes of one file format.</summary>
public interface ICanvas
{
    /// <summary>Encodes <paramref name="scene"/>.</summary>
    /// <param name="scene">What to draw.</param>
    /// <param name="scale">Device pixels per scene pixel; vector formats set their size by it.</param>
    byte[] Encode(Scene scene, double scale = 1);
}
