namespace Explain.Render.Tests;

/// <summary>
/// Colours as readers without one kind of cone see them: G. M. Machado, M. M. Oliveira and L. A. F. Fernandes, "A physiologically-based
/// model for simulation of color vision deficiency" (2009), the matrices of full severity, which act on linear light.
/// </summary>
public class ColorVisionTests
{
    // Two thin lines of colours that are nearer than this in OKLab look alike; a marker, dash or label tells them apart in any case.
    private const double Told = 0.05;

    private static readonly Dictionary<string, double[]> Readers = new()
    {
        ["all cones"] = [1, 0, 0, 0, 1, 0, 0, 0, 1],
        ["protan"] = [0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998],
        ["deutan"] = [0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.011820, 0.042940, 0.968881],
        ["tritan"] = [1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.303900],
    };

    public static TheoryData<string, string> Cases
    {
        get
        {
            var cases = new TheoryData<string, string>();
            foreach (string reader in Readers.Keys)
            {
                foreach (var theme in Theme.All) cases.Add(reader, theme.Name);
            }
            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Categories_are_told_apart(string reader, string name)
    {
        var theme = Theme.All.Single(t => t.Name == name);
        for (int i = 0; i < Categories.Count; i++)
        {
            for (int j = 0; j < i; j++)
                Distance(Seen(Categories.At(i, theme), reader), Seen(Categories.At(j, theme), reader))
                    .ShouldBeGreaterThan(Told, $"{j} and {i}");
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Values_in_sequential_colours_keep_their_order(string reader, string name)
    {
        var theme = Theme.All.Single(t => t.Name == name);
        double[] lightness = [.. Enumerable.Range(0, 51).Select(i => Lightness(ColorMap.Sequential(theme).At(i / 50.0)))];
        double sign = Math.Sign(lightness[^1] - lightness[0]);
        for (int i = 1; i < lightness.Length; i++) (sign * (lightness[i] - lightness[i - 1])).ShouldBeGreaterThan(0, $"step {i}");
        Math.Abs(lightness[^1] - lightness[0]).ShouldBeGreaterThan(0.6);

        double Lightness(Color color) => Oklab.FromColor(Seen(color, reader)).L;
    }

    [Fact]
    public void Grey_looks_the_same_to_every_reader()
    {
        foreach (string reader in Readers.Keys)
            Distance(Seen(Color.FromRgb(0x808080), reader), Color.FromRgb(0x808080)).ShouldBeLessThan(0.01, reader);
    }

    private static double Distance(Color a, Color b)
    {
        var (l0, a0, b0) = Oklab.FromColor(a);
        var (l1, a1, b1) = Oklab.FromColor(b);
        return Math.Sqrt(((l1 - l0) * (l1 - l0)) + ((a1 - a0) * (a1 - a0)) + ((b1 - b0) * (b1 - b0)));
    }

    private static Color Seen(Color color, string reader)
    {
        double[] m = Readers[reader], light = [Linear(color.R), Linear(color.G), Linear(color.B)];
        return new(Row(0), Row(1), Row(2));

        byte Row(int row) => Encoded((m[3 * row] * light[0]) + (m[(3 * row) + 1] * light[1]) + (m[(3 * row) + 2] * light[2]));
    }

    private static double Linear(byte value) =>
        value / 255.0 <= 0.04045 ? value / 255.0 / 12.92 : Math.Pow(((value / 255.0) + 0.055) / 1.055, 2.4);

    private static byte Encoded(double light)
    {
        light = Math.Clamp(light, 0, 1);
        return (byte)Math.Round(255 * (light <= 0.0031308 ? 12.92 * light : (1.055 * Math.Pow(light, 1 / 2.4)) - 0.055));
    }
}
