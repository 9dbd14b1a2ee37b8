namespace Explain.Render.Tests;

public class TickTests
{
    [Theory]
    [InlineData(0, 1, 200, 40, "0 0.2 0.4 0.6 0.8 1.0")]
    [InlineData(0, 200, 400, 46, "0 50 100 150 200")]
    [InlineData(-0.3, 0.3, 200, 40, "−0.2 0 0.2")]
    [InlineData(0, 0.00003, 200, 50, "0 1×10⁻⁵ 2×10⁻⁵ 3×10⁻⁵")]
    [InlineData(0, 60000, 300, 50, "0 20k 40k 60k")]
    [InlineData(0.93, 0.97, 100, 28, "0.94 0.96")]
    [InlineData(3, 3.0001, 200, 60, "3.00000 3.00005 3.00010")]
    public void Linear_ticks_are_nice_steps(double min, double max, double pixels, double spacing, string expected) =>
        string.Join(' ', new LinearScale(new Limits(min, max), 0, pixels).Ticks(spacing).Select(t => t.Label)).ShouldBe(expected);

    [Theory]
    [InlineData(1e-5, 1, 200, 28, "10⁻⁵ 10⁻⁴ 10⁻³ 10⁻² 10⁻¹ 1")]
    [InlineData(1e-8, 1, 100, 28, "10⁻⁶ 10⁻³ 1")]
    [InlineData(0.3, 6, 200, 28, "0.5 1 2 5")]
    [InlineData(0.11, 0.95, 200, 28, "0.2 0.5")]
    [InlineData(0.41, 0.47, 100, 28, "0.42 0.44 0.46")]
    [InlineData(0.005, 0.2, 160, 28, "0.005 0.01 0.02 0.05 0.1 0.2")]
    public void Log_ticks_are_powers_or_simple_numbers(double min, double max, double pixels, double spacing, string expected) =>
        string.Join(' ', new LogScale(new Limits(min, max), 0, pixels).Ticks(spacing).Where(t => !t.IsMinor).Select(t => t.Label))
            .ShouldBe(expected);

    [Fact]
    public void A_log_axis_has_minor_ticks_where_there_is_room()
    {
        new LogScale(new Limits(1e-2, 1), 0, 200).Ticks(28).Count(t => t.IsMinor).ShouldBe(16);
        new LogScale(new Limits(1e-9, 1), 0, 200)
            .Ticks(28)
            .Count(t => t.IsMinor && Math.Abs(Math.Log10(t.Value) - Math.Round(Math.Log10(t.Value))) > 0.01)
            .ShouldBe(0);
    }

    [Fact]
    public void Whole_numbers_have_no_ticks_between_them() =>
        string.Join(' ', new LinearScale(new Limits(1, 3), 0, 600) { Whole = true }.Ticks(40).Select(t => t.Label)).ShouldBe("1 2 3");

    [Theory]
    [InlineData(0.0, 1.0)]
    [InlineData(-7.3e-9, 4.1e-9)]
    [InlineData(1e6, 1.00001e6)]
    [InlineData(-3e30, 8e30)]
    [InlineData(0.999, 1.0)]
    public void Ticks_are_never_absent_and_never_cluttered(double min, double max)
    {
        foreach (double pixels in new[] { 40.0, 100, 333, 1200, 4000 })
        {
            foreach (double spacing in new[] { 28.0, 46, 90 })
            {
                var scale = new LinearScale(new Limits(min, max), 0, pixels);
                var ticks = scale.Ticks(spacing);
                ticks.Count.ShouldBeGreaterThanOrEqualTo(2, $"{min}…{max} over {pixels} px");
                ticks.Count.ShouldBeLessThanOrEqualTo(Math.Max(6, (int)(pixels / spacing) + 1));
                ticks.ShouldAllBe(t => scale.Map(t.Value) > -0.01 && scale.Map(t.Value) < pixels + 0.01);
                ticks.Select(t => t.Label).Distinct().Count().ShouldBe(ticks.Count);
            }
        }
    }
}
