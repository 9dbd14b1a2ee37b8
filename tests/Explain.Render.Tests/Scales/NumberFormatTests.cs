namespace Explain.Render.Tests;

public class NumberFormatTests
{
    [Theory]
    [InlineData(0, "0")]
    [InlineData(0.01234, "0.0123")]
    [InlineData(-0.01234, "−0.0123")]
    [InlineData(1.234e-5, "1.23×10⁻⁵")]
    [InlineData(9.996, "10.0")]
    [InlineData(12345, "12,345")]
    [InlineData(1.5e9, "1.50×10⁹")]
    [InlineData(double.NaN, "n/a")]
    [InlineData(double.NegativeInfinity, "−∞")]
    public void Values_have_three_significant_digits(double value, string expected) => NumberFormat.Value(value).ShouldBe(expected);

    [Theory]
    [InlineData(0.953, "95.3\u00A0%")]
    [InlineData(1, "100.0\u00A0%")]
    [InlineData(-0.00001, "0.0\u00A0%")]
    [InlineData(double.NaN, "n/a")]
    public void Shares_are_percent(double share, string expected) => NumberFormat.Percent(share).ShouldBe(expected);

    [Theory]
    [InlineData(950, "950")]
    [InlineData(12300, "12.3k")]
    [InlineData(1500000, "1.5M")]
    [InlineData(-60000, "−60k")]
    public void Si_prefixes_shorten_large_numbers(double value, string expected) => NumberFormat.Si(value).ShouldBe(expected);

    [Theory]
    [InlineData(-12, "10⁻¹²")]
    [InlineData(0, "1")]
    [InlineData(1, "10")]
    [InlineData(3, "10³")]
    public void Powers_of_ten_use_superscripts(int exponent, string expected) => NumberFormat.PowerOfTen(exponent).ShouldBe(expected);

    [Fact]
    public void Counts_are_grouped_by_thousands() => NumberFormat.Count(60000).ShouldBe("60,000");
}
