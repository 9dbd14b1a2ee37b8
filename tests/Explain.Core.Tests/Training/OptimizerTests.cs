namespace Explain.Core.Tests;

/// <summary>Every optimiser against its formula in double precision, one number at a time.</summary>
public class OptimizerTests
{
    private const int Count = 37; // No multiple of any vector width.
    private const int Steps = 25;

    public static TheoryData<string> All => [.. Optimizer.Names];

    [Theory]
    [MemberData(nameof(All))]
    public void Parameters_follow_the_textbook(string name)
    {
        var optimizer = Optimizer.Create(name, new Dictionary<string, double> { ["rate"] = 0.02 });
        var parameters = Enumerable.Range(0, Count).Select(i => 0.1f * (i - 18)).ToArray();
        double[] expected = [.. parameters.Select(p => (double)p)];
        var rules = expected.Select(_ => Textbook(name)).ToArray();
        optimizer.Begin(Count);
        for (int step = 1; step <= Steps; step++)
        {
            float[] gradients =
                [.. Enumerable.Range(0, Count).Select(i => MathF.Sin((0.3f * i) + (0.9f * step)) * MathF.Pow(10, (i % 5) - 2))];
            optimizer.Step(parameters, gradients, 0.02f);
            for (int i = 0; i < Count; i++) expected[i] = rules[i](expected[i], gradients[i], step);
        }
        for (int i = 0; i < Count; i++)
            ((double)parameters[i]).ShouldBe(expected[i], 2e-6 * Math.Max(1, Math.Abs(expected[i])), $"{name}, parameter {i}");
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Beginning_again_forgets_the_past(string name)
    {
        var optimizer = Optimizer.Parse(name);
        float[] first = [1, 2, 3], second = [1, 2, 3], gradients = [0.5f, -0.5f, 2];
        optimizer.Begin(3);
        for (int i = 0; i < 3; i++) optimizer.Step(first, gradients, 0.1f);
        optimizer.Begin(3);
        for (int i = 0; i < 3; i++) optimizer.Step(second, gradients, 0.1f);
        second.ShouldBe(first);
    }

    [Fact]
    public void Moments_that_fade_become_zero_and_never_subnormal()
    {
        var adam = new AdamMoments(0.5f, 0.5f, 1e-8f);
        adam.Begin(1);
        float[] parameters = [1];
        float first = 0, second = 0, w = 1;
        var rule = adam.Rule(parameters, [1e-18f], 1e-3, 0, 0);
        rule.Update<Lanes1, float>(ref w, 1e-18f, ref first, ref second);
        for (int step = 0; step < 200; step++)
        {
            rule.Update<Lanes1, float>(ref w, 0, ref first, ref second);
            float.IsSubnormal(first).ShouldBeFalse($"step {step}");
            float.IsSubnormal(second).ShouldBeFalse($"step {step}");
        }
        first.ShouldBe(0);
        second.ShouldBe(0);
    }

    [Theory]
    [InlineData("adm", "There is no optimizer 'adm'; did you mean 'adam'?")]
    [InlineData("adam(-1)", "rate of the optimizer 'adam' is -1; allowed are values from 0 to 1000000.")]
    [InlineData(
        "adam(fast)", "'fast' is not a number: rate of the optimizer adam(rate = 0.001, beta1 = 0.9, beta2 = 0.999, epsilon = 1E-08).")]
    [InlineData(
        "gradient descent(1, 2)",
        "The optimizer 'gradient descent(1, 2)' has 2 numbers in brackets; gradient descent(rate = 0.01) takes at most 1.")]
    public void What_is_wrong_with_a_name_is_said(string text, string message) =>
        Should.Throw<InputException>(() => Optimizer.Parse(text)).Message.ShouldBe(message);

    [Fact]
    public void Numbers_out_of_range_are_refused_in_code_as_in_recipes()
    {
        Refused(() => new GradientDescent(-1), "rate of the optimizer 'gradient descent' is -1; allowed are values from 0 to 1000000.");
        Refused(
            () => new GradientDescent(float.NaN), "rate of the optimizer 'gradient descent' is NaN; allowed are values from 0 to 1000000.");
        Refused(() => new Momentum(0.1f, 1), "momentum of the optimizer 'momentum' is 1; allowed are values from 0 to 0.999999.");
        Refused(() => new Nesterov(0.1f, -0.1f), "momentum of the optimizer 'nesterov' is -0.1; allowed are values from 0 to 0.999999.");
        Refused(() => new RmsProp(decay: 1), "decay of the optimizer 'rmsprop' is 1; allowed are values from 0 to 0.999999.");
        Refused(() => new RmsProp(epsilon: 0), "epsilon of the optimizer 'rmsprop' is 0; allowed are values from 1E-30 to 1.");
        Refused(() => new Adam(beta1: 1), "beta1 of the optimizer 'adam' is 1; allowed are values from 0 to 0.999999.");
        Refused(() => new Adam(beta2: 1.5f), "beta2 of the optimizer 'adam' is 1.5; allowed are values from 0 to 0.9999999.");
        Refused(() => new Adam(epsilon: -1e-8f), "epsilon of the optimizer 'adam' is -1E-08; allowed are values from 1E-30 to 1.");
        Refused(() => new AdamW(decay: 2), "decay of the optimizer 'adamw' is 2; allowed are values from 0 to 1.");
        Refused(() => new AdamW(beta1: -1), "beta1 of the optimizer 'adamw' is -1; allowed are values from 0 to 0.999999.");
        Refused(() => new Nadam(beta1: float.NaN), "beta1 of the optimizer 'nadam' is NaN; allowed are values from 0 to 0.999999.");

        static void Refused(Func<Optimizer> make, string message) =>
            Should.Throw<InputException>(() => _ = make()).Message.ShouldBe(message);
    }

    [Fact]
    public void The_ends_of_every_range_are_allowed()
    {
        foreach (var kind in Optimizer.Kinds)
        {
            kind.Create([.. kind.Parameters.Select(p => p.Minimum)]).Name.ShouldBe(kind.Name);
            kind.Create([.. kind.Parameters.Select(p => p.Maximum)]).Name.ShouldBe(kind.Name);
        }
    }

    [Fact]
    public void An_unknown_setting_is_named() =>
        Should.Throw<InputException>(() => Optimizer.Create("adam", new Dictionary<string, double> { ["beta"] = 0.5 }))
            .Message.ShouldBe("The optimizer 'adam' has no setting 'beta'; did you mean 'beta1'?");

    private static Func<double, double, int, double> Textbook(string name)
    {
        const double Rate = 0.02, B1 = 0.9, B2 = 0.999, Epsilon = 1e-8;
        double m = 0, v = 0, product = 1;
        return name switch
        {
            "gradient descent" => (w, g, _) => w - (Rate * g),
            "momentum" => (w, g, _) => w - (v = (0.9 * v) + (Rate * g)),
            "nesterov" => (w, g, _) =>
            {
                v = (0.9 * v) + (Rate * g);
                return w - (0.9 * v) - (Rate * g);
            },
            "rmsprop" => (w, g, _) =>
            {
                v = (0.9 * v) + (0.1 * g * g);
                return w - (Rate * g / (Math.Sqrt(v) + Epsilon));
            },
            "adam" or "adamw" => (w, g, t) =>
            {
                m = (B1 * m) + ((1 - B1) * g);
                v = (B2 * v) + ((1 - B2) * g * g);
                double step = Rate * (m / (1 - Math.Pow(B1, t))) / (Math.Sqrt(v / (1 - Math.Pow(B2, t))) + Epsilon);
                return w - step - (name == "adamw" ? Rate * 0.01 * w : 0);
            },
            _ => (w, g, t) =>
            {
                double now = B1 * (1 - (0.5 * Math.Pow(0.96, 0.004 * t))), next = B1 * (1 - (0.5 * Math.Pow(0.96, 0.004 * (t + 1))));
                product *= now;
                m = (B1 * m) + ((1 - B1) * g);
                v = (B2 * v) + ((1 - B2) * g * g);
                return w
                    - (Rate * ((next * m / (1 - (product * next))) + ((1 - now) * g / (1 - product)))
                        / (Math.Sqrt(v / (1 - Math.Pow(B2, t))) + Epsilon));
            },
        };
    }
}
