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

    [Fact]
    public void Powers_of_ten_and_their_neighbours_are_not_misjudged()
    {
        for (int n = -307; n <= 308; n++)
        {
            double power = DecimalTicks.Value(1, n);
            string expected = n is < -3 or > 6 ? "1.00×" + NumberFormat.PowerOfTen(n) : NumberFormat.Fixed(power, Math.Max(0, 2 - n));
            NumberFormat.Value(power).ShouldBe(expected);
            // Fixed groups thousands from 10,000 itself on.
            NumberFormat.Value(Math.BitDecrement(power)).ShouldBe(n == 4 ? "10000" : expected);
            NumberFormat.Value(-Math.BitIncrement(power)).ShouldBe("−" + expected);
        }
        NumberFormat.Value(double.Epsilon).ShouldBe("4.94×10⁻³²⁴");
        NumberFormat.Value(double.MaxValue).ShouldBe("1.80×10³⁰⁸");
    }

    [Fact]
    public void Values_are_rounded_as_they_are_written()
    {
        // Halves of the last digit, which no double holds exactly: away from zero for every exponent.
        for (int n = -300; n <= 300; n++)
        {
            if (n is > 6 or < -3)
                NumberFormat.Value(DecimalTicks.Value(12345, n - 4), 4).ShouldBe("1.235×" + NumberFormat.PowerOfTen(n));
        }
        NumberFormat.Value(9.995).ShouldBe("10.0");
        NumberFormat.Value(9.995e-9).ShouldBe("1.00×10⁻⁸");
    }

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
