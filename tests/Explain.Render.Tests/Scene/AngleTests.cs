namespace Explain.Render.Tests;

public class AngleTests
{
    [Fact]
    public void Sine_and_cosine_agree_with_the_library()
    {
        for (double degrees = -1000; degrees <= 1000; degrees += 0.37)
        {
            var (sin, cos) = Angle.SinCos(degrees);
            // The library works in radians, which are already rounded.
            sin.ShouldBe(Math.Sin(degrees * Math.PI / 180), 4e-15);
            cos.ShouldBe(Math.Cos(degrees * Math.PI / 180), 4e-15);
        }
    }

    [Theory]
    [InlineData(0, 0, 1)]
    [InlineData(90, 1, 0)]
    [InlineData(180, 0, -1)]
    [InlineData(-90, -1, 0)]
    [InlineData(720, 0, 1)]
    [InlineData(double.NaN, 0, 1)]
    public void Quarter_turns_are_exact(double degrees, double sin, double cos) => Angle.SinCos(degrees).ShouldBe((sin, cos));

    [Fact]
    public void The_inverse_undoes_a_transform()
    {
        var t = Transform.Translate(3, -7).Then(Transform.Rotate(31)).Then(Transform.Scale(2, -0.5));
        var p = t.Inverse()!.Value.Apply(t.Apply(new Point(11, 13)));
        p.X.ShouldBe(11, 1e-12);
        p.Y.ShouldBe(13, 1e-12);
        Transform.Scale(0, 1).Inverse().ShouldBeNull();
    }
}
