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
        new Readout(Loss.MeanSquaredError, TargetEncoding.PlusMinusOne).PredictedClasses(Matrix.FromRows([[-0.4f], [0.4f]])).ShouldBe([0, 1]);
        new Readout(Loss.BinaryCrossEntropyOnLogits, TargetEncoding.ZeroOne).PredictedClasses(Matrix.FromRows([[-0.4f], [0.4f]])).ShouldBe([0, 1]);
        new Readout(Loss.MeanSquaredError, TargetEncoding.PlusMinusOne).Encode([0, 1], 1).Span.ToArray().ShouldBe([-1, 1]);
    }
}
