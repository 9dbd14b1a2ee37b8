namespace Explain.Render.Tests;

/// <summary>What must hold for every picture.</summary>
internal static class SceneCheck
{
    /// <summary>
    /// Fails unless all coordinates are finite, all text lies within the picture, no two texts overlap, and the words are there.
    /// </summary>
    public static void IsSound(Scene scene, string what)
    {
        double.IsFinite(scene.Width).ShouldBeTrue(what);
        scene.Height.ShouldBeInRange(20, 40 * scene.Width, what);
        scene.Info.Title.ShouldNotBeNullOrWhiteSpace(what);
        scene.Info.AltText.Length.ShouldBeGreaterThan(10, what);
        scene.Info.Command.ShouldStartWith("explain render ");
        var texts = new List<(string Text, Rect Box, bool Turned)>();
        foreach (var node in scene.Nodes) Visit(node, Transform.Identity, texts, what);
        foreach (var (text, box, _) in texts)
        {
            bool inside = box.X >= -1 && box.Right <= scene.Width + 1 && box.Y >= -1 && box.Bottom <= scene.Height + 1;
            inside.ShouldBeTrue($"{what}: \"{text}\" lies at {box}, outside of {scene.Width}×{scene.Height}");
        }
        for (int i = 0; i < texts.Count; i++)
        {
            for (int j = 0; j < i; j++)
            {
                if (texts[i].Turned || texts[j].Turned) continue;
                double across = Math.Min(texts[i].Box.Right, texts[j].Box.Right) - Math.Max(texts[i].Box.X, texts[j].Box.X);
                double down = Math.Min(texts[i].Box.Bottom, texts[j].Box.Bottom) - Math.Max(texts[i].Box.Y, texts[j].Box.Y);
                double least = scene.Width / 700;
                (across > least && down > least).ShouldBeFalse($"{what}: \"{texts[i].Text}\" overlaps \"{texts[j].Text}\"");
            }
        }
    }

    private static void Visit(Node node, Transform transform, List<(string Text, Rect Box, bool Turned)> texts, string what)
    {
        switch (node)
        {
            case GroupNode group:
                foreach (var child in group.Children) Visit(child, transform.Then(group.Transform), texts, what);
                break;
            case PathNode path:
                path.Data.Points.ShouldAllBe(p => double.IsFinite(p.X) && double.IsFinite(p.Y), what);
                break;
            case PixelsNode pixels:
                pixels.Pixels.Count.ShouldBe(pixels.Rows * pixels.Columns, what);
                (pixels.Bounds.Width > 0 && pixels.Bounds.Height > 0 && double.IsFinite(pixels.Bounds.X + pixels.Bounds.Y))
                    .ShouldBeTrue(what);
                break;
            case TextNode text:
                double width = TestFont.Face.Measure(text.Text, text.Size, text.Weight);
                double left = text.Anchor switch { TextAnchor.Start => 0, TextAnchor.Middle => -width / 2, _ => -width };
                double cap = TestFont.Face.CapHeight * text.Size;
                var local = transform.Then(Transform.Translate(text.Origin.X, text.Origin.Y)).Then(Transform.Rotate(text.Rotation));
                Point a = local.Apply(new Point(left, -cap)), b = local.Apply(new Point(left + width, 0));
                (double.IsFinite(a.X) && double.IsFinite(b.Y)).ShouldBeTrue($"{what}: \"{text.Text}\"");
                text.Text.ShouldNotContain("NaN", Case.Sensitive, what);
                texts.Add(
                    (
                        text.Text,
                        new Rect(Math.Min(a.X, b.X), Math.Min(a.Y, b.Y), Math.Abs(b.X - a.X), Math.Abs(b.Y - a.Y)),
                        text.Rotation != 0));
                break;
        }
    }
}
