namespace Explain.Core.Tests;

public class LossTests
{
    public static TheoryData<string> All => [.. Loss.Names];

    [Theory]
    [MemberData(nameof(All))]
    public void Losses_stay_finite_however_sure_and_wrong_the_outputs_are(string name)
    {
        var loss = Loss.Parse(name);
        float[] certain = loss.TakesLogits || !loss.NeedsProbabilityTargets ? [1e4f, -1e4f] : [1, 0];
        foreach (float[] target in new float[][] { [1, 0], [0, 1] })
        {
            float.IsFinite(loss.Sample(certain, target)).ShouldBeTrue();
            var gradient = new float[2];
            loss.Gradient(certain, target, 1, gradient);
            gradient.ShouldAllBe(g => float.IsFinite(g));
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void What_is_not_a_number_is_not_hidden(string name)
    {
        var loss = Loss.Parse(name);
        float.IsNaN(loss.Sample([float.NaN, 0.5f], [0, 1])).ShouldBeTrue();
        float.IsNaN(loss.Sample([0.5f, float.NaN], [0, 1])).ShouldBeTrue();
    }

    [Fact]
    public void Guessing_ten_classes_costs_the_logarithm_of_ten()
    {
        var target = new float[10];
        target[3] = 1;
        Loss.SoftmaxCrossEntropy.Sample(new float[10], target).ShouldBe(MathF.Log(10), 1e-6f);
        Loss.CrossEntropy.Sample([.. Enumerable.Repeat(0.1f, 10)], target).ShouldBe(MathF.Log(10), 1e-6f);
    }

    [Fact]
    public void Scores_are_probabilities_where_the_loss_takes_logits()
    {
        var softmax = new Readout(Loss.SoftmaxCrossEntropy, TargetEncoding.OneHot).Scores(Matrix.FromRows([[1f, 2, 3, 4]]));
        float[] expected = [0.0321f, 0.0871f, 0.2369f, 0.6439f];
        for (int u = 0; u < 4; u++) softmax[0, u].ShouldBe(expected[u], 1e-4f);
        new Readout(Loss.BinaryCrossEntropyOnLogits, TargetEncoding.ZeroOne).Scores(Matrix.FromRows([[0f]]))[0, 0].ShouldBe(0.5f);
        new Readout(Loss.MeanSquaredError, TargetEncoding.PlusMinusOne).Scores(Matrix.FromRows([[-3f]]))[0, 0].ShouldBe(-3);
    }

    [Fact]
    public void Classes_are_read_as_the_targets_were_written()
    {
        new Readout(Loss.MeanSquaredError, TargetEncoding.OneHot).PredictedClass([0.2f, 0.7f, 0.7f]).ShouldBe(1);
        new Readout(Loss.MeanSquaredError, TargetEncoding.ZeroOne).PredictedClasses(Matrix.FromRows([[0.4f], [0.6f]])).ShouldBe([0, 1]);
        new Readout(Loss.MeanSquaredError, TargetEncoding.PlusMinusOne).PredictedClasses(Matrix.FromRows([[-0.4f], [0.4f]]))
            .ShouldBe([0, 1]);
        new Readout(Loss.BinaryCrossEntropyOnLogits, TargetEncoding.ZeroOne).PredictedClasses(Matrix.FromRows([[-0.4f], [0.4f]]))
            .ShouldBe([0, 1]);
        new Readout(Loss.MeanSquaredError, TargetEncoding.PlusMinusOne).Encode([0, 1], 1).Span.ToArray().ShouldBe([-1, 1]);
    }

    /// <summary>Three classes with probabilities 0.7, 0.2 and 0.1: (1 − p)^γ·(−ln p), as on paper.</summary>
    [Theory]
    [InlineData(0, 2, 0.0321007)] // 0.3²·0.356675
    [InlineData(1, 2, 1.0300402)] // 0.8²·1.609438
    [InlineData(2, 2, 1.8650940)] // 0.9²·2.302585
    [InlineData(0, 1, 0.1070025)]
    [InlineData(1, 0.5, 1.4395250)]
    [InlineData(2, 0, 2.3025851)]
    public void Focal_loss_is_cross_entropy_times_a_power_of_what_is_missing(int label, float gamma, double expected)
    {
        float[] logits = [MathF.Log(0.7f), MathF.Log(0.2f), MathF.Log(0.1f)], target = new float[3];
        target[label] = 1;
        ((double)Loss.Focal(gamma).Sample(logits, target)).ShouldBe(expected, 2e-6);
    }

    /// <summary>y = 0.9 where the target is 1 costs 0.1²·0.105361, where it is 0 costs 0.9²·2.302585.</summary>
    [Theory]
    [InlineData(1, 0.00105361)]
    [InlineData(0, 1.86509397)]
    public void Binary_focal_loss_is_the_same_for_yes_and_no(float target, double expected) =>
        ((double)Loss.BinaryFocal().Sample([MathF.Log(9)], [target])).ShouldBe(expected, 2e-6);

    [Fact]
    public void Focal_loss_without_focus_is_cross_entropy()
    {
        float[] logits = [0.3f, -1.2f, 2.5f, 0.1f], target = [0, 0, 1, 0];
        Loss.Focal(0).Sample(logits, target).ShouldBe(Loss.SoftmaxCrossEntropy.Sample(logits, target), 1e-6f);
        Loss.BinaryFocal(0).Sample(logits, target).ShouldBe(Loss.BinaryCrossEntropyOnLogits.Sample(logits, target), 1e-6f);
    }

    /// <summary>
    /// With a margin of 40 the probability is 1 in float32, yet the loss is 40 for the others and e⁻¹²⁰ for the class itself, and nothing
    /// is not a number.
    /// </summary>
    [Theory]
    [InlineData(0)]
    [InlineData(0.5)]
    [InlineData(2)]
    [InlineData(20)]
    public void Focal_losses_keep_their_digits_where_the_probability_is_one(float gamma)
    {
        var gradient = new float[2];
        Loss.Focal(gamma).Sample([40, 0], [0, 1]).ShouldBe(40, 1e-4f);
        Loss.Focal(gamma).Gradient([40, 0], [0, 1], 1, gradient);
        gradient.ShouldBe([1, -1], 1e-4f);
        ((double)Loss.Focal(gamma).Sample([20, 0], [1, 0]))
            .ShouldBe(Math.Exp(-20 * (gamma + 1)), Math.Max(1e-44, 1e-4 * Math.Exp(-20 * (gamma + 1))));
        foreach (float margin in new[] { 20f, 90f, 104f, 1e4f, 1e30f })
        {
            Loss.Focal(gamma).Gradient([margin, 0], [1, 0], 1, gradient);
            gradient.ShouldAllBe(g => Math.Abs(g) < 1e-8f);
            Loss.BinaryFocal(gamma).Gradient([margin, -margin], [1, 0], 1, gradient);
            gradient.ShouldAllBe(g => Math.Abs(g) < 1e-8f);
        }
    }

    [Theory]
    [InlineData("focal(-1)", "gamma of the loss 'focal' is -1; allowed are values from 0 to 20.")]
    [InlineData("binary focal(21)", "gamma of the loss 'binary focal' is 21; allowed are values from 0 to 20.")]
    [InlineData("focul", "There is no loss 'focul'; did you mean 'focal'?")]
    public void What_is_wrong_with_a_name_is_said(string text, string message) =>
        Should.Throw<InputException>(() => Loss.Parse(text)).Message.ShouldBe(message);

    [Fact]
    public void Names_carry_their_number_and_read_back()
    {
        Loss.Parse("Focal").Name.ShouldBe("focal(2)");
        foreach (string name in Loss.Names) Loss.Parse(Loss.Parse(name).Name).Name.ShouldBe(Loss.Parse(name).Name);
        Should.Throw<InputException>(() => Loss.Focal(float.NaN)).Message.ShouldStartWith("gamma of the loss 'focal' is NaN");
    }
}
