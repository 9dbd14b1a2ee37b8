namespace Explain.Render;

/// <summary>Animations to bytes and files.</summary>
public static class AnimationFiles
{
    /// <summary>
    /// The animation as an APNG of <paramref name="scale"/> device pixels a scene pixel. It plays for ever; programs that know only
    /// PNG show the first frame.
    /// </summary>
    /// <exception cref="ArgumentException">A frame has another size than the first.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The picture would have no pixel or too many.</exception>
    public static byte[] ToApng(this Animation animation, double scale = 1)
    {
        ArgumentNullException.ThrowIfNull(animation);
        return ApngEncoder.Encode(animation, scale);
    }

    /// <summary>Writes the animation as an APNG; the file appears whole or not at all.</summary>
    public static void SaveApng(this Animation animation, string path, double scale = 1) => SceneFiles.Write(path, animation.ToApng(scale));
}
