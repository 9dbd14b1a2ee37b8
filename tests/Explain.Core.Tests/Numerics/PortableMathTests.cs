namespace Explain.Core.Tests;

public sealed class PortableMathTests
{
    [Fact]
    public void Sine_and_cosine_agree_with_the_platform()
    {
        for (int i = -20000; i <= 20000; i++)
        {
            double x = i * 0.00731;
            var (sin, cos) = PortableMath.SinCos(x);
            sin.ShouldBe(Math.Sin(x), 4e-16, $"x = {x}");
            cos.ShouldBe(Math.Cos(x), 4e-16, $"x = {x}");
        }
    }

    [Fact]
    public void Exponential_and_logarithm_agree_with_the_platform()
    {
        for (double x = -700; x < 700; x += 0.37)
            PortableMath.Exp(x).ShouldBe(Math.Exp(x), Math.Exp(x) * 1e-14);
        for (double x = 1e-300; x < 1e300; x *= 1.37)
            PortableMath.Log(x).ShouldBe(Math.Log(x), Math.Max(1e-15, Math.Abs(Math.Log(x)) * 1e-14));
        PortableMath.Exp(-1000).ShouldBe(0);
        PortableMath.Exp(0).ShouldBe(1);
        PortableMath.Log(1).ShouldBe(0);
    }

    [Fact]
    public void Whole_powers_agree_with_the_platform()
    {
        PortableMath.Power(0.5, 10).ShouldBe(1.0 / 1024);
        PortableMath.Power(3, 0).ShouldBe(1);
        for (int n = 0; n < 2000; n++) PortableMath.Power(0.99, n).ShouldBe(Math.Pow(0.99, n), 1e-13);
    }
}
