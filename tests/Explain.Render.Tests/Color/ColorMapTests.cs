namespace Explain.Render.Tests;

public class ColorMapTests
{
    public static TheoryData<string> Themes => ["light", "dark"];

    [Theory]
    [MemberData(nameof(Themes))]
    public void Sequential_lightness_changes_in_equal_steps_away_from_the_background(string name)
    {
        var theme = name == "dark" ? Theme.Dark : Theme.Light;
        foreach (var map in new[] { ColorMap.Sequential(theme), ColorMap.Grey(theme) })
        {
            double[] lightness = [.. Enumerable.Range(0, 33).Select(i => Oklab.FromColor(map.At(i / 32.0)).L)];
            double step = (lightness[^1] - lightness[0]) / 32;
            Math.Abs(lightness[0] - Oklab.FromColor(theme.Background).L).ShouldBeLessThan(0.06);
            Math.Abs(lightness[^1] - Oklab.FromColor(theme.Background).L).ShouldBeGreaterThan(0.6);
            for (int i = 1; i < lightness.Length; i++)
                (lightness[i] - lightness[i - 1]).ShouldBe(step, 0.006);
        }
    }

    [Theory]
    [MemberData(nameof(Themes))]
    public void The_diverging_map_is_symmetric_in_lightness_and_its_ends_differ_in_hue(string name)
    {
        var map = ColorMap.Diverging(name == "dark" ? Theme.Dark : Theme.Light);
        for (int i = 0; i <= 16; i++)
            Oklab.FromColor(map.At(i / 32.0)).L.ShouldBe(Oklab.FromColor(map.At(1 - (i / 32.0))).L, 0.01);
        Oklab.FromColor(map.At(0)).B.ShouldBeLessThan(-0.08);
        Oklab.FromColor(map.At(1)).B.ShouldBeGreaterThan(0.03);
    }

    [Theory]
    [MemberData(nameof(Themes))]
    public void Categories_differ_from_each_other_and_from_the_background(string name)
    {
        var theme = name == "dark" ? Theme.Dark : Theme.Light;
        for (int i = 0; i < Categories.Count; i++)
        {
            Distance(Categories.At(i, theme), theme.Background).ShouldBeGreaterThan(0.2);
            for (int j = 0; j < i; j++)
                Distance(Categories.At(i, theme), Categories.At(j, theme)).ShouldBeGreaterThan(0.08, $"{i} and {j}");
        }
        Enumerable.Range(0, Categories.Count).Select(Categories.MarkerAt).Distinct().Count().ShouldBe(Categories.Count);
    }

    [Fact]
    public void On_paper_the_greys_of_categories_differ_and_the_sign_of_the_diverging_map_survives()
    {
        double[] greys = [.. Enumerable.Range(0, Categories.Count).Select(i => Oklab.FromColor(Categories.At(i, Theme.Print)).L).Order()];
        for (int i = 1; i < greys.Length; i++)
            (greys[i] - greys[i - 1]).ShouldBeGreaterThan(0.05);
        Enumerable.Range(0, Categories.Count).Select(i => string.Join(' ', Categories.DashesAt(i, Theme.Print))).Distinct().Count()
            .ShouldBe(Categories.Count);
        var map = ColorMap.Diverging(Theme.Print);
        for (int i = 1; i <= 32; i++)
            (Oklab.FromColor(map.At(i / 32.0)).L - Oklab.FromColor(map.At((i - 1) / 32.0)).L).ShouldBe(0.7 / 32, 0.006);
    }

    [Fact]
    public void Oklab_returns_the_colour_it_was_given()
    {
        foreach (int rgb in new[] { 0x000000, 0xFFFFFF, 0x0072B2, 0xD55E00, 0x123456 })
            Oklab.Mix(Color.FromRgb(rgb), Color.FromRgb(0), 0).ShouldBe(Color.FromRgb(rgb));
    }

    private static double Distance(Color a, Color b)
    {
        var (l0, a0, b0) = Oklab.FromColor(a);
        var (l1, a1, b1) = Oklab.FromColor(b);
        return Math.Sqrt(((l1 - l0) * (l1 - l0)) + ((a1 - a0) * (a1 - a0)) + ((b1 - b0) * (b1 - b0)));
    }
}
