namespace Explain.Core.Tests;

/// <summary>Smoothed labels and weighted classes.</summary>
public class TargetTests
{
    private static readonly Dataset Uneven = new("uneven", new Matrix(8, 1), Shape.Vector(1), [0, 0, 0, 0, 0, 1, 1, 2], ["a", "b", "c"]);

    [Fact]
    public void Smoothed_targets_give_a_share_to_every_class()
    {
        Encode(Loss.SoftmaxCrossEntropy, 0.1, TargetEncoding.OneHot, 4, 2).ShouldBe([0.025f, 0.025f, 0.925f, 0.025f], 1e-7f);
        Encode(Loss.Focal(), 0.1, TargetEncoding.OneHot, 4, 0).ShouldBe([0.925f, 0.025f, 0.025f, 0.025f], 1e-7f);
        Encode(Loss.BinaryCrossEntropy, 0.1, TargetEncoding.OneHot, 4, 2).ShouldBe([0.05f, 0.05f, 0.95f, 0.05f], 1e-7f);
        Encode(Loss.BinaryCrossEntropyOnLogits, 0.2, TargetEncoding.ZeroOne, 1, 1).ShouldBe([0.9f], 1e-7f);
        Encode(Loss.SoftmaxCrossEntropy, 0, TargetEncoding.OneHot, 3, 1).ShouldBe([0, 1, 0]);
    }

    /// <summary>Logits whose softmax is 0.7, 0.2, 0.1 and ε = 0.3: −(0.8·ln 0.7 + 0.1·ln 0.2 + 0.1·ln 0.1).</summary>
    [Fact]
    public void A_smoothed_loss_is_the_mixture_on_paper()
    {
        var readout = new Readout(Loss.SoftmaxCrossEntropy, TargetEncoding.OneHot) { LabelSmoothing = 0.3 };
        Loss.SoftmaxCrossEntropy.Evaluate(Matrix.FromRows([[MathF.Log(0.7f), MathF.Log(0.2f), MathF.Log(0.1f)]]), readout.Encode([0], 3))
            .ShouldBe(0.6765422, 1e-6);
    }

    [Fact]
    public void Balanced_weights_make_every_class_count_the_same()
    {
        var weights = ClassWeights.Balanced.For(Uneven);
        weights.ShouldBe([8 / 15f, 8 / 6f, 8 / 3f]);
        Uneven.Labels.Sum(label => (double)weights[label]).ShouldBe(8, 1e-6);
    }

    /// <summary>
    /// Two samples of ln 3 each with weights 2 and 0.5: the mean is 1.25·ln 3, and the gradient of each is its weight times that without.
    /// </summary>
    [Fact]
    public void A_weighted_loss_is_the_weighted_sum_over_the_number_of_samples()
    {
        var readout = new Readout(Loss.SoftmaxCrossEntropy, TargetEncoding.OneHot) { ClassWeights = [2, 0.5f, 7] };
        var pass = new LossPass(readout, Activation.Identity, 2);
        var gradient = new Matrix(2, 3);
        int[] labels = [0, 1];
        (pass.Run(new Matrix(2, 3), readout.Encode(labels, 3), labels, gradient, 1).Loss / 2).ShouldBe(1.25 * Math.Log(3), 1e-6);
        gradient.Row(0).ToArray().ShouldBe([-4 / 3f, 2 / 3f, 2 / 3f], 1e-6f);
        gradient.Row(1).ToArray().ShouldBe([1 / 6f, -1 / 3f, 1 / 6f], 1e-6f);
    }

    [Theory]
    [InlineData("softmax cross-entropy", "identity")]
    [InlineData("cross-entropy", "softmax")]
    [InlineData("mean squared error", "tanh")]
    public void Balanced_weights_of_balanced_data_change_no_bit(string loss, string last)
    {
        var points = Datasets.Spirals(n: 90, seed: 3);
        points.Train.Labels.CountBy(l => l).Select(c => c.Value).Distinct().Count().ShouldBe(1);
        Hash(ClassWeights.Balanced).ShouldBe(Hash(null));

        string Hash(ClassWeights? weights)
        {
            var network =
                Network.Sequential(2).Dense(8, Activation.Tanh).Dense(points.Train.ClassCount, Activation.Parse(last)).Build(seed: 4);
            new Trainer(network, Loss.Parse(loss), new Adam(0.01f)) { BatchSize = 16, ClassWeights = weights }.Fit(points, 3);
            return network.WeightsHash();
        }
    }

    [Fact]
    public void Every_loss_that_is_told_is_smoothed_and_weighted()
    {
        var data = new DataSplit(EasyClusters.Make(131), EasyClusters.Make(60));
        var network = Network.Sequential(19).Dense(3).Build(seed: 5);
        var weights = ClassWeights.Of(3, 1, 0.25);
        var result =
            new Trainer(network, Loss.SoftmaxCrossEntropy, new Adam()) { BatchSize = 16, LabelSmoothing = 0.2, ClassWeights = weights }
                .Fit(data, 2);
        var readout =
            new Readout(Loss.SoftmaxCrossEntropy, TargetEncoding.OneHot) { LabelSmoothing = 0.2, ClassWeights = weights.For(data.Train) };
        double[] parameters = [.. network.Parameters.ToArray().Select(p => (double)p)];
        foreach (var (name, set) in new[] { ("train loss", data.Train), ("validation loss", data.Validation!) })
        {
            double[][] Rows(Matrix m) => [.. Enumerable.Range(0, m.Rows).Select(r => m.Row(r).ToArray().Select(v => (double)v).ToArray())];
            double expected = Twin.Loss(
                network, readout.Loss, parameters, Rows(set.Inputs), Rows(readout.Encode(set.Labels, 3)),
                [.. set.Labels.Select(l => new[] { 3, 1, 0.25 }[l])]);
            result.Final(name).ShouldBe(expected, 1e-5);
            Evaluation.Of(network, readout, set).Loss.ShouldBe(result.Final(name));
        }
        result.Metrics[^1].ValidationLoss.ShouldBe(result.Final("validation loss"));
    }

    [Fact]
    public void Smoothing_keeps_a_network_from_certainty()
    {
        var data = new DataSplit(EasyClusters.Make(131));
        Certainty(0).ShouldBeGreaterThan(0.99);
        Certainty(0.3).ShouldBe(0.8, 0.05); // 1 − 0.3 + 0.3/3

        double Certainty(double smoothing)
        {
            var network = Network.Sequential(19).Dense(24, Activation.Gelu).Dense(3).Build(seed: 5);
            new Trainer(network, Loss.SoftmaxCrossEntropy, new Adam(0.01f)) { BatchSize = 16, LabelSmoothing = smoothing }.Fit(data, 60);
            var scores = new Readout(Loss.SoftmaxCrossEntropy, TargetEncoding.OneHot).Scores(network.Predict(data.Train.Inputs));
            return Enumerable.Range(0, 131).Average(n => (double)scores[n, data.Train.Labels[n]]);
        }
    }

    [Fact]
    public void A_rare_class_is_found_more_often_when_it_counts_more()
    {
        // Two clusters that overlap, 240 samples against 20.
        var random = new CounterRandom(6, "rare");
        var inputs = new Matrix(260, 2);
        int[] labels = [.. Enumerable.Range(0, 260).Select(n => n < 240 ? 0 : 1)];
        random.FillNormal(inputs.Span);
        for (int n = 240; n < 260; n++) inputs[n, 0] += 1.5f;
        var data = new DataSplit(new Dataset("rare", inputs, Shape.Vector(2), labels, ["often", "rare"]));
        Found(null).ShouldBeLessThan(8);
        Found(ClassWeights.Balanced).ShouldBeGreaterThan(12);

        int Found(ClassWeights? weights)
        {
            var network = Network.Sequential(2).Dense(2).Build(seed: 5);
            new Trainer(network, Loss.SoftmaxCrossEntropy, new Adam(0.02f)) { BatchSize = null, ClassWeights = weights }.Fit(data, 300);
            return Evaluation.Of(network, new Readout(Loss.SoftmaxCrossEntropy, TargetEncoding.OneHot), data.Train).Confusion[1, 1];
        }
    }

    [Fact]
    public void Settings_that_mean_nothing_are_refused()
    {
        Refused(() => _ = new Readout(Loss.MeanSquaredError, TargetEncoding.OneHot) { LabelSmoothing = 0.1 })
            .ShouldStartWith("labels are smoothed under cross-entropies and focal losses, but the loss is 'mean squared error'");
        Refused(() => _ = new Readout(Loss.CrossEntropy, TargetEncoding.OneHot) { LabelSmoothing = 1 })
            .ShouldBe("The label smoothing is 1; allowed are numbers from 0 to 0.99.");
        Refused(() => _ = new Readout(Loss.CrossEntropy, TargetEncoding.OneHot) { LabelSmoothing = double.NaN }).ShouldContain("NaN");
        Refused(() => ClassWeights.Of(1, -2)).ShouldBe("A class weight is -2; allowed are numbers from 0 to 1000000.");
        Refused(() => ClassWeights.Of(0, 0)).ShouldStartWith("All class weights are 0");
        Refused(() => ClassWeights.Of(1, 2).For(Uneven))
            .ShouldBe("There are 2 class weights, but the data 'uneven' has 3 classes; give one weight a class.");
        Refused(() => ClassWeights.Balanced.For(Uneven.Take(6))).ShouldBe(
            "The training data 'uneven' has no sample of class 'c', so its weight cannot be balanced; give the class weights one by one.");
        var network = Network.Sequential(19).Dense(3).Build(seed: 5);
        Refused(() => new Trainer(network, Loss.SoftmaxCrossEntropy, new Adam()) { ClassWeights = ClassWeights.Of(1, 2) }
            .Fit(new DataSplit(EasyClusters.Make(50)), 1))
            .ShouldStartWith("There are 2 class weights");
        Refused(() =>
            new Trainer(network, Loss.SumOfSquares, new Adam()) { LabelSmoothing = 0.5 }.Fit(new DataSplit(EasyClusters.Make(50)), 1))
            .ShouldStartWith("labels are smoothed");
    }

    private static float[] Encode(Loss loss, double smoothing, TargetEncoding encoding, int outputs, int label) =>
        new Readout(loss, encoding) { LabelSmoothing = smoothing }.Encode([label], outputs).Span.ToArray();

    private static string Refused(Action action) => Should.Throw<InputException>(action).Message;
}
