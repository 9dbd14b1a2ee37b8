namespace Explain.Render.Tests;

public class OklabTests
{
    [Fact]
    public void Every_grey_and_colour_comes_back()
    {
        for (int i = 0; i < 256; i++)
        {
            foreach (var color in (Color[])[new((byte)i, (byte)i, (byte)i), new((byte)i, 200, 30), new(10, (byte)i, (byte)(255 - i))])
                Oklab.Mix(color, new Color(1, 2, 3), 0).ShouldBe(color);
        }
    }

    [Fact]
    public void Channels_are_those_of_the_standards_formula()
    {
        for (int i = -1000; i < 101000; i++)
        {
            double linear = i / 100000.0, v = linear <= 0.0031308 ? 12.92 * linear : (1.055 * Math.Pow(linear, 1 / 2.4)) - 0.055;
            Oklab.Channel(linear).ShouldBe((byte)Math.Round(255 * Math.Clamp(v, 0, 1)), $"{linear}");
        }
        for (int i = 0; i < 256; i++)
        {
            double v = i / 255.0;
            Oklab.Linear((byte)i).ShouldBe(v <= 0.04045 ? v / 12.92 : Math.Pow((v + 0.055) / 1.055, 2.4), 1e-15);
            Oklab.Channel(Oklab.Linear((byte)i)).ShouldBe((byte)i);
        }
    }
}
