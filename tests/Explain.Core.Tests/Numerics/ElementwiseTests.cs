namespace Explain.Core.Tests;

public class ElementwiseTests
{
    private static readonly int[] Lengths = [0, 1, 3, 4, 7, 8, 15, 16, 17, 31, 33, 100, 16384, 70001];

    [Fact]
    public void Vector_operations_agree_with_the_definition_to_the_bit()
    {
        foreach (int n in Lengths)
        {
            float[] x = Values(n, 1), y = Values(n, 2), z = new float[n];
            Elementwise.Add(x, y, z);
            Same(z, i => x[i] + y[i], "add");
            Elementwise.Subtract(x, y, z);
            Same(z, i => x[i] - y[i], "subtract");
            Elementwise.Multiply(x, y, z);
            Same(z, i => x[i] * y[i], "multiply");
            Elementwise.Scale(1.7f, x, z);
            Same(z, i => 1.7f * x[i], "scale");
            y.CopyTo(z, 0);
            Elementwise.Axpy(-0.3f, x, z);
            Same(z, i => MathF.FusedMultiplyAdd(-0.3f, x[i], y[i]), "axpy");
            Elementwise.Apply(x, z, default(Functions.Tanh));
            Same(z, i => VectorMath.Tanh(x[i]), "tanh");
            Elementwise.Apply(x, z, default(Functions.Sqrt));
            Same(z, i => MathF.Sqrt(x[i]), "sqrt");
            Elementwise.Apply(x, z, default(Functions.Reciprocal));
            Same(z, i => 1f / x[i], "reciprocal");
            Elementwise.Apply(x, x, default(Functions.Identity));
            Same(x, i => Values(n, 1)[0 + i], "identity", n <= 100);
        }
    }

    [Fact]
    public void The_output_may_be_an_input()
    {
        float[] x = Values(100, 1), expected = [.. x.Select(value => value + value)];
        Elementwise.Add(x, x, x);
        x.ShouldBe(expected);
    }

    [Fact]
    public void Lengths_that_differ_are_named()
    {
        Should.Throw<ArgumentException>(() => Elementwise.Add(new float[3], new float[4], new float[3])).Message.ShouldContain("3 and 4");
        Should.Throw<ArgumentException>(() => Elementwise.Scale(1f, new float[3], new float[5])).Message.ShouldContain("3 and 5");
        Should.Throw<ArgumentException>(() => Elementwise.Add(new float[3], new float[3], new float[5])).Message.ShouldContain("3 and 5");
    }

    private static void Same(float[] actual, Func<int, float> expected, string what, bool check = true)
    {
        if (check) ((ReadOnlySpan<float>)actual).ShouldBeTheSameAs(Enumerable.Range(0, actual.Length).Select(expected).ToArray(), what);
    }

    private static float[] Values(int n, ulong seed)
    {
        var random = new CounterRandom(seed, "elementwise");
        return [.. Enumerable.Range(0, n).Select(_ => (random.NextSingle() * 6) - 3)];
    }
}
