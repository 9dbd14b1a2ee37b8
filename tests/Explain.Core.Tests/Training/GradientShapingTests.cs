namespace Explain.Core.Tests;

/// <summary>Penalties and clipping, between backpropagation and the optimiser.</summary>
public class GradientShapingTests
{
    private static readonly DataSplit Split = new(EasyClusters.Make(131), EasyClusters.Make(60));

    [Fact]
    public void The_penalty_on_paper()
    {
        var network = Network.Sequential(2).Dense(1).Build();
        network.Layers[0].Weights.Span[0] = 3;
        network.Layers[0].Weights.Span[1] = -0.5f;
        network.Layers[0].Bias[0] = 2;
        new Penalty(L1: 0.1, L2: 0.2).Of(network).ShouldBe((0.1 * 3.5) + (0.1 * 9.25), 1e-7);
        new Penalty(L1: 0.1, L2: 0.2, Biases: true).Of(network).ShouldBe((0.1 * 5.5) + (0.1 * 13.25), 1e-7);
        Shaped(network, new Penalty(L1: 0.1, L2: 0.2), null, [1, 1, 1]).ShouldBe([1.7f, 0.8f, 1], 1e-6f);
        Shaped(network, new Penalty(L1: 0.1, L2: 0.2, Biases: true), null, [1, 1, 1]).ShouldBe([1.7f, 0.8f, 1.5f], 1e-6f);
        network.Layers[0].Weights.Span[1] = -0f;
        Shaped(network, new Penalty(L1: 0.1), null, [1, 1, 1]).ShouldBe([1.1f, 1, 1], 1e-6f); // The sign of 0 is 0.
    }

    [Theory]
    [InlineData(0.3, 0, false)]
    [InlineData(0, 0.7, false)]
    [InlineData(0.2, 0.5, true)]
    public void The_gradient_of_the_penalty_agrees_with_central_differences(double l1, double l2, bool biases)
    {
        var network = Network.Sequential(5).Dense(7, Activation.Tanh, biasStart: 0.2f).Dense(3, bias: false).Dense(2, biasStart: -0.3f)
            .Build(seed: 3);
        var penalty = new Penalty(l1, l2, biases);
        float[] added = Shaped(network, penalty, null, new float[network.ParameterCount]);
        for (int p = 0; p < network.ParameterCount; p++)
        {
            float w = network.Parameters[p];
            network.Parameters[p] = w + 0.001f;
            double up = penalty.Of(network), step = network.Parameters[p];
            network.Parameters[p] = w - 0.001f;
            double slope = (up - penalty.Of(network)) / (step - network.Parameters[p]);
            network.Parameters[p] = w;
            ((double)added[p]).ShouldBe(slope, 2e-3, $"parameter {p}");
        }
    }

    [Fact]
    public void The_scales_of_batch_normalisation_pay_only_where_biases_do()
    {
        var network = Network.Sequential(2).Dense(2, initializer: Initializer.Constant(3)).BatchNorm().Build();
        Shaped(network, new Penalty(L2: 1), null, new float[network.ParameterCount]).ShouldBe([3, 3, 3, 3, 0, 0, 0, 0, 0, 0]);
        Shaped(network, new Penalty(L2: 1, Biases: true), null, new float[network.ParameterCount]).ShouldBe([3, 3, 3, 3, 0, 0, 1, 1, 0, 0]);
        new Penalty(L2: 1).Of(network).ShouldBe(18);
        new Penalty(L2: 1, Biases: true).Of(network).ShouldBe(19);
    }

    [Fact]
    public void Clipping_by_norm_keeps_the_direction_and_meets_the_bound()
    {
        foreach (int count in new[] { 3, 37, 5000, 140_000 })
        {
            float[] before = Values(count), after = Clipped(GradientClip.ByNorm(0.25), before);
            Norm(after).ShouldBe(0.25, 0.25 * 2e-7);
            double ratio = 0.25 / Norm(before);
            for (int i = 0; i < count; i++) ((double)after[i]).ShouldBe(before[i] * ratio, 1.2e-7 * Math.Abs(before[i] * ratio) + 1e-45);
        }
    }

    [Fact]
    public void A_gradient_inside_the_bound_keeps_its_bits()
    {
        float[] values = Values(1000);
        Clipped(GradientClip.ByNorm(Norm(values) * 1.0001), values).ShouldBe(values);
        Clipped(GradientClip.ByValue(3), values).ShouldBe(values);
        Clipped(GradientClip.ByNorm(1), new float[10]).ShouldBe(new float[10]);
    }

    [Fact]
    public void Clipping_by_value_moves_each_element_alone() =>
        Clipped(GradientClip.ByValue(0.5), [-3, -0.5f, -0.2f, 0, 0.4f, 0.7f, float.MaxValue])
            .ShouldBe([-0.5f, -0.5f, -0.2f, 0, 0.4f, 0.5f, 0.5f]);

    [Fact]
    public void A_gradient_whose_squares_overflow_is_clipped_all_the_same()
    {
        float[] after = Clipped(GradientClip.ByNorm(5), [3e38f, -3e38f, 3e38f, 3e38f, 1e20f]);
        after[..4].ShouldBe([2.5f, -2.5f, 2.5f, 2.5f], 1e-6f);
        Clipped(GradientClip.ByNorm(5), [3e25f, 4e25f]).ShouldBe([3, 4], 1e-6f);
    }

    [Fact]
    public void What_is_not_finite_is_not_hidden()
    {
        float.IsNaN(Clipped(GradientClip.ByValue(1), [float.NaN, 1])[0]).ShouldBeTrue();
        Clipped(GradientClip.ByNorm(1), [float.NaN, 1]).ShouldBe([float.NaN, 1]);
        Clipped(GradientClip.ByNorm(1), [float.PositiveInfinity, 1]).ShouldBe([float.PositiveInfinity, 1]);
    }

    [Fact]
    public void The_penalty_comes_before_the_clip()
    {
        var network = Network.Sequential(2).Dense(1, bias: false).Build();
        network.Layers[0].Weights.Span[0] = 30;
        network.Layers[0].Weights.Span[1] = 40;
        Shaped(network, new Penalty(L2: 1), GradientClip.ByNorm(5), [0, 0]).ShouldBe([3, 4], 1e-6f);
        Shaped(network, new Penalty(L2: 1), GradientClip.ByValue(35), [0, 0]).ShouldBe([30, 35], 1e-6f);
    }

    [Fact]
    public void A_step_moves_by_the_clipped_gradient()
    {
        var network = Small();
        float[] before = network.Parameters.ToArray();
        var sink = new MemorySink();
        new Trainer(network, Loss.SoftmaxCrossEntropy, new GradientDescent(1)) { BatchSize = null, Clip = GradientClip.ByNorm(0.01) }
            .Fit(Split, 1, sink);
        Norm([.. network.Parameters.ToArray().Zip(before, (now, then) => now - then)]).ShouldBe(0.01, 1e-6);
        foreach (var layer in sink.Snapshots[1].Layers) // The record holds the gradient that the step took: w' = w − g.
        {
            for (int i = 0; i < layer.Gradient.Length; i++) layer.Update.Span[i].ShouldBe(-layer.Gradient.Span[i], 1e-7f);
        }
    }

    [Fact]
    public void L1_makes_weights_vanish_and_L2_makes_them_small()
    {
        var (free, _) = Train(null);
        var (lasso, lassoLoss) = Train(new Penalty(L1: 0.01));
        var (ridge, _) = Train(new Penalty(L2: 0.05));
        Near(lasso).ShouldBeGreaterThan(3 * Near(free));
        Norm(ridge).ShouldBeLessThan(0.7 * Norm(free));
        Near(ridge).ShouldBeLessThan(Near(lasso));

        // The loss that is told is the loss alone.
        var network = Small();
        lasso.CopyTo(network.Parameters);
        Evaluation.Of(network, new Readout(Loss.SoftmaxCrossEntropy, TargetEncoding.OneHot), Split.Train).Loss.ShouldBe(lassoLoss);

        static int Near(float[] weights) => weights.Count(w => Math.Abs(w) < 0.01);

        static (float[] Parameters, double Loss) Train(Penalty? penalty)
        {
            var network = Small();
            var result = new Trainer(network, Loss.SoftmaxCrossEntropy, new GradientDescent(0.1f)) { BatchSize = null, Penalty = penalty }
                .Fit(Split, 400);
            return (network.Parameters.ToArray(), result.Final("train loss"));
        }
    }

    [Fact]
    public void Weight_decay_and_the_L2_penalty_are_one_under_gradient_descent()
    {
        // w − rate·(g + λ·w) = w − rate·g − rate·λ·w; under Adam they differ, which is what AdamW is for.
        var network = Network.Sequential(2).Dense(1, bias: false).Build();
        float[] gradients = [0.3f, -0.2f],
            expected = [.. network.Parameters.ToArray().Zip(gradients, (w, g) => w - (0.1f * g) - (0.1f * 0.5f * w))];
        new GradientShaping(network, new Penalty(L2: 0.5), null).Apply(gradients);
        new GradientDescent(0.1f).Step(network.ParameterBuffer, gradients, 0.1f);
        network.Parameters.ToArray().ShouldBe(expected, 1e-6f);
    }

    [Fact]
    public void Nothing_asked_for_is_nothing_done()
    {
        var network = Small();
        GradientShaping.For(network, null, null).ShouldBeNull();
        GradientShaping.For(network, new Penalty(), null).ShouldBeNull();
        GradientShaping.For(network, new Penalty(), GradientClip.ByNorm(1)).ShouldNotBeNull();
        GradientShaping.For(network, new Penalty(L1: 0.1), null).ShouldNotBeNull();
    }

    [Fact]
    public void Shaping_allocates_nothing()
    {
        int threads = Rows.Threads;
        Rows.Threads = 1; // The count is of this thread's allocations; with one thread that is all of them.
        try
        {
            var network = Network.Sequential(300).Dense(500, Activation.Relu).Dense(3).Build();
            float[] gradients = Values(network.ParameterCount);
            var shapings = new[] { GradientClip.ByNorm(1e-3), GradientClip.ByValue(0.2) }
                .Select(clip => new GradientShaping(network, new Penalty(0.1, 0.1, Biases: true), clip))
                .ToArray();
            Apply();
            long before = GC.GetAllocatedBytesForCurrentThread();
            Apply();
            (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);

            void Apply()
            {
                for (int i = 0; i < shapings.Length; i++) shapings[i].Apply(gradients);
            }
        }
        finally
        {
            Rows.Threads = threads;
        }
    }

    [Fact]
    public void The_record_of_a_run_says_what_was_asked_for()
    {
        var sink = new MemorySink();
        new Trainer(Small(), Loss.SoftmaxCrossEntropy, new Adam())
        {
            LabelSmoothing = 0.1,
            ClassWeights = ClassWeights.Of(1, 2, 0.5),
            Penalty = new(L2: 1e-4),
            Clip = GradientClip.ByNorm(2),
        }.Fit(Split, 1, sink);
        sink.Info!.Settings.TakeLast(4).Select(s => $"{s.Key}: {s.Value}")
            .ShouldBe(["label smoothing: 0.1", "class weights: [1, 2, 0.5]", "penalty: l1 0, l2 0.0001", "clip: norm 2"]);
    }

    [Fact]
    public void Bounds_and_factors_out_of_range_are_refused()
    {
        Refused(() => new Penalty(L1: -1)).ShouldBe("l1 of the penalty is -1; allowed are numbers from 0 to 1000000.");
        Refused(() => new Penalty() with { L2 = double.NaN }).ShouldStartWith("l2 of the penalty is NaN");
        Refused(() => GradientClip.ByNorm(0))
            .ShouldBe("The norm to clip gradients to is 0; allowed are numbers from 1E-12 to 1000000000000.");
        Refused(() => GradientClip.ByValue(double.PositiveInfinity)).ShouldStartWith("The value to clip gradients to is");
    }

    private static Network Small() => Network.Sequential(19).Dense(12, Activation.Tanh).Dense(3).Build(seed: 5);

    private static float[] Clipped(GradientClip clip, float[] gradients)
    {
        var network = Network.Sequential(gradients.Length).Dense(1, bias: false).Build();
        return Shaped(network, null, clip, gradients);
    }

    private static float[] Shaped(Network network, Penalty? penalty, GradientClip? clip, float[] gradients)
    {
        float[] shaped = [.. gradients];
        new GradientShaping(network, penalty, clip).Apply(shaped);
        return shaped;
    }

    private static double Norm(float[] values) => Math.Sqrt(values.Sum(v => (double)v * v));

    private static float[] Values(int count)
    {
        var random = new CounterRandom(3, $"gradient/{count}");
        return [.. Enumerable.Range(0, count).Select(_ => (2 * random.NextSingle()) - 1)];
    }

    private static string Refused(Func<object> make) => Should.Throw<InputException>(() => _ = make()).Message;
}

/// <summary>Penalties and clips over parameters enough for several threads, with rests of every width.</summary>
internal sealed class GradientShapingProbe : Probe
{
    public override void Run(ProbeHash hash)
    {
        var network = Network.Sequential(301).Dense(499, Activation.Relu, initializer: Initializer.PoissonOverFour).Dense(7).Build(seed: 8);
        foreach (var clip in new[] { null, GradientClip.ByNorm(0.37), GradientClip.ByValue(0.21) })
        {
            foreach (bool biases in new[] { false, true })
            {
                var gradients = new float[network.ParameterCount];
                new CounterRandom(2, "gradient").FillNormal(gradients);
                new GradientShaping(network, new Penalty(0.013, 0.0017, biases), clip).Apply(gradients);
                hash.Add<float>(gradients);
            }
        }
    }
}
