namespace Explain.Render.Tests;

public class InkTests
{
    [Fact]
    public void Ink_can_be_read_on_every_shade_of_the_sequential_colours()
    {
        foreach (var theme in new[] { Theme.Light, Theme.Dark })
        {
            var scale = ColorScale.Sequential(theme, 1);
            for (int i = 0; i <= 200; i++)
            {
                var ground = scale.At(i / 200.0);
                Contrast.Ratio(Contrast.On(ground, theme), ground).ShouldBeGreaterThanOrEqualTo(Contrast.Readable);
            }
        }
    }
}
