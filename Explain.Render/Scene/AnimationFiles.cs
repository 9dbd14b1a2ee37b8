namespace Explain.Render;

/// <summary>Animations to bytes and files.</summary>
public static class AnimationFiles
{
    /// <summary>The animation as an APNG of <paramref name="scale"/> device pixels a scene pixel.</summary>
    public static byte[] ToApng(this Animation animation, double scale = 1) => throw new NotSupportedException($"{animation.Count} frames at {scale}: this build cannot write APNG yet");

    /// <summary>Writes the animation as an APNG; the file appears whole or not at all.</summary>
    public static void SaveApng(this Animation animation, string path, double scale = 1) => SceneFiles.Write(path, animation.ToApng(scale));
}
