namespace Explain.Render.Tests;

public class ColorBarTests
{
    public static TheoryData<double, Spread, double> Bars
    {
        get
        {
            var bars = new TheoryData<double, Spread, double>();
            foreach (double limit in new[] { 3e-9, 0.00347, 0.5, 1, 7.3, 99.95, 1234, 3e37 })
            {
                foreach (var spread in Enum.GetValues<Spread>())
                {
                    foreach (double width in new[] { 60.0, 160, 420 }) bars.Add(limit, spread, width);
                }
            }
            return bars;
        }
    }

    [Theory]
    [MemberData(nameof(Bars))]
    public void Labels_of_a_bar_never_touch(double limit, Spread spread, double width)
    {
        var texts = Texts(ColorBar.Draw(ColorScale.Diverging(Theme.Light, limit, spread), new Point(0, 0), width, Theme.Light, ""))
            .Where(t => !t.Text.Contains("colours", StringComparison.Ordinal)).Select(Extent).OrderBy(e => e.Low).ToArray();
        // The limits are printed whatever room there is; what lies between them only where it fits.
        if (texts.Length == 2) return;
        for (int i = 1; i < texts.Length; i++) texts[i].Low.ShouldBeGreaterThan(texts[i - 1].High + 5);
    }

    [Theory]
    [MemberData(nameof(Bars))]
    public void Both_signs_have_the_same_ticks(double limit, Spread spread, double width)
    {
        var at = new ColorBarTicks(ColorScale.Diverging(Theme.Light, limit, spread), 0, width, TestFont.Face).Place().Select(p => p.At)
            .Order().ToArray();
        for (int i = 0; i < at.Length; i++) (at[i] + at[^(i + 1)]).ShouldBe(width, 1e-6);
    }

    [Theory]
    [InlineData(-0.25, 1.25, "−0.25", "1.25")]
    [InlineData(0, 1, "0", "1.0")]
    [InlineData(0.368, 2.43, "0.37", "2.43")]
    [InlineData(-0.0259, 0.0259, "−0.0259", "0.0259")]
    [InlineData(0, 2530, "0", "2530")]
    [InlineData(-3e-7, 3e-7, "−3.00×10⁻⁷", "3.00×10⁻⁷")]
    public void Numbers_of_one_bar_have_the_same_number_of_decimals(double min, double max, string low, string high)
    {
        var ticks = new ColorBarTicks(
            new ColorScale(ColorMap.Sequential(Theme.Light), new Limits(min, max), Theme.Light.Grid), 0, 240, TestFont.Face).Place();
        (ticks[0].Tick.Label, ticks[1].Tick.Label).ShouldBe((low, high));
        if (!high.Contains('×', StringComparison.Ordinal))
            ticks.Where(t => t.Tick.Value != 0).Select(t => t.Tick.Label.Length - t.Tick.Label.IndexOf('.', StringComparison.Ordinal))
                .Where((_, i) => high.Contains('.', StringComparison.Ordinal)).Distinct().Count().ShouldBeLessThan(2);
    }

    [Fact]
    public void A_tick_stands_at_the_colour_of_its_value()
    {
        var scale = ColorScale.Diverging(Theme.Light, 1, Spread.Root);
        var ticks = new ColorBarTicks(scale, 0, 400, TestFont.Face).Place();
        ticks.Count.ShouldBeGreaterThan(4);
        foreach (var (tick, at) in ticks) scale.Map.At(at / 400).ShouldBe(scale.At(tick.Value));
    }

    [Fact]
    public void A_bar_whose_values_are_all_shown_has_no_point_and_one_that_cuts_magnitudes_only_an_upper_one()
    {
        Points(ColorScale.Diverging(Theme.Light, 1), 0).ShouldBe(0);
        Points(ColorScale.Sequential(Theme.Light, 1), 0.02).ShouldBe(1);
        Points(ColorScale.Diverging(Theme.Light, 1), 0.02).ShouldBe(2);

        static int Points(ColorScale scale, double clipped) =>
            ColorBar.Draw(scale, new Point(0, 0), 160, Theme.Light, "", clipped).Count(n => n is PathNode { Fill: not null });
    }

    [Fact]
    public void An_upright_bar_stays_within_its_room()
    {
        foreach (double clipped in new[] { 0, 0.03 })
        {
            var nodes = ColorBar.DrawUpright(
                ColorScale.Diverging(Theme.Light, 0.0347), new Rect(10, 20, 90, 200), Theme.Light, "weight", clipped)
                .ToArray();
            foreach (var text in Texts(nodes))
            {
                (text.Origin.Y - (TestFont.Face.CapHeight * text.Size)).ShouldBeGreaterThanOrEqualTo(20);
                text.Origin.Y.ShouldBeLessThanOrEqualTo(220);
            }
            nodes.OfType<PathNode>().SelectMany(n => n.Data.Points).ShouldAllBe(p => p.Y >= 20 && p.Y <= 220);
            nodes.OfType<PixelsNode>().ShouldHaveSingleItem().Pixels[0].ShouldBe(ColorMap.Diverging(Theme.Light).At(1));
        }
    }

    private static IEnumerable<TextNode> Texts(IEnumerable<Node> nodes) => nodes.OfType<TextNode>();

    private static (double Low, double High) Extent(TextNode text)
    {
        double width = TestFont.Face.Measure(text.Text, text.Size);
        double low = text.Origin.X - (text.Anchor switch { TextAnchor.Start => 0, TextAnchor.Middle => width / 2, _ => width });
        return (low, low + width);
    }
}
