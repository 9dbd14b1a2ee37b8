namespace Explain.Render;

/// <summary>Where a line of text goes: the same for every canvas that draws its outlines.</summary>
internal static class TextPlacement
{
    /// <summary>From the coordinates of <see cref="ITypeface.Outline"/>, left end at the origin, to those of the node.</summary>
    public static Transform Of(TextNode text, ITypeface face)
    {
        double width = text.Anchor == TextAnchor.Start ? 0 : face.Measure(text.Text, text.Size, text.Weight);
        double shift = text.Anchor switch { TextAnchor.Start => 0, TextAnchor.Middle => -width / 2, _ => -width };
        var t = Transform.Translate(text.Origin.X, text.Origin.Y);
        if (text.Rotation != 0)
            t = t.Then(Transform.Rotate(text.Rotation));
        return t.Then(Transform.Translate(shift, 0));
    }
}
