namespace Explain.Core.Tests;

public class TrainerTests
{
    private static readonly DataSplit Split = new(EasyClusters.Make(131), EasyClusters.Make(60), EasyClusters.Make(50));

    [Fact]
    public void An_easy_problem_is_learned()
    {
        var network = Small();
        var result = new Trainer(network, Loss.SoftmaxCrossEntropy, new Adam(1e-2f)) { BatchSize = 16 }.Fit(Split, 20);
        result.Outcome.Status.ShouldBe(RunStatus.Finished);
        result.Final("test accuracy").ShouldBeGreaterThan(0.95);
        result.Metrics[^1].Loss.ShouldBeLessThan(result.Metrics[0].Loss / 3);
    }

    [Fact]
    public void The_sink_is_told_everything_in_order()
    {
        var sink = new MemorySink(epoch => epoch != 1);
        new Trainer(Small(), Loss.SoftmaxCrossEntropy, new Adam()).Fit(Split, 2, sink);
        sink.Calls.ShouldBe(["begin", "snapshot 0", "metrics 1", "metrics 2", "snapshot 2", "end"]);
    }

    [Fact]
    public void A_snapshot_holds_what_the_network_says_at_the_end_of_the_epoch()
    {
        var network = Small();
        var sink = new MemorySink();
        new Trainer(network, Loss.SoftmaxCrossEntropy, new Adam(1e-2f)) { BatchSize = 16 }.Fit(Split, 2, sink);
        var last = sink.Snapshots[2];
        sink.Probe!.Source.ShouldBe("validation");
        var activations = network.Activations(sink.Probe.Samples.Inputs);
        last.ProbeOutputs.Span.ToArray().ShouldBe(activations[^1].Span.ToArray());
        last.Layers[0].ProbeActivations.Span.ToArray().ShouldBe(activations[0].Span.ToArray());
        last.Layers[0].Weights.Span.ToArray().ShouldBe(network.Layers[0].Weights.Span.ToArray());
        last.Layers[0].Bias.ShouldBe(network.Layers[0].Bias.ToArray());
        var before = sink.Snapshots[1].Layers[0].Weights;
        for (int i = 0; i < before.Length; i++) last.Layers[0].Update.Span[i].ShouldBe(last.Layers[0].Weights.Span[i] - before.Span[i]);
        var evaluation = Evaluation.Of(network, new Readout(Loss.SoftmaxCrossEntropy, TargetEncoding.OneHot), Split.Train);
        last.TrainConfusion.ShouldBe(evaluation.Confusion.Counts());
        last.HeldOutConfusion.Cast<int>().Sum().ShouldBe(Split.Validation!.Count);
        last.Layers[0].Activations.Counts.Sum().ShouldBe(131 * 12);
        var hidden = network.Activations(Split.Train.Inputs)[0];
        for (int u = 0; u < 12; u++) last.Layers[0].MeanActivation[u].ShouldBe(Enumerable.Range(0, 131).Average(n => hidden[n, u]), 1e-5f);
        sink.Snapshots[0].Layers[0].Update.Span.ToArray().ShouldAllBe(v => v == 0);
        sink.Snapshots[0].Layers[0].Gradient.Span.ToArray().ShouldAllBe(v => v == 0);
    }

    [Fact]
    public void Snapshots_build_the_network_again()
    {
        var network = Small();
        var sink = new MemorySink();
        new Trainer(network, Loss.SoftmaxCrossEntropy, new Adam()).Fit(Split, 1, sink);
        var again = sink.Snapshots[^1].Restore(sink.Info!.Network);
        again.WeightsHash().ShouldBe(network.WeightsHash());
        again.WeightsHash().ShouldBe(sink.Hashes[^1]);
        again.Predict(Split.Test!.Inputs).Span.ToArray().ShouldBe(network.Predict(Split.Test.Inputs).Span.ToArray());
    }

    [Fact]
    public void A_description_and_the_seed_build_the_network_as_it_began()
    {
        var network = Network.Sequential(3)
            .Dense(4, Activation.Relu, initializer: Initializer.HeNormal, biasStart: 0.1f)
            .Dense(2, bias: false)
            .Build(seed: 5);
        var description = network.Describe();
        description.Layers.Select(layer => layer.BiasStart).ShouldBe([0.1f, 0f]);
        Network.FromDescription(description, seed: 5).WeightsHash().ShouldBe(network.WeightsHash());
        Network.FromDescription(description, seed: 6).WeightsHash().ShouldNotBe(network.WeightsHash());
    }

    [Fact]
    public void A_network_of_a_plain_vector_is_described_by_the_pictures_it_was_trained_on()
    {
        var pictures = new Dataset(
            "pictures", Matrix.FromRows([[0f, 0, 1, 1, 0, 0], [1f, 1, 0, 0, 1, 1]]), new Shape(2, 3), [0, 1], ["a", "b"]);
        Described(Shape.Vector(6), pictures).ShouldBe(new Shape(2, 3));
        Described(new Shape(3, 2), pictures).ShouldBe(new Shape(3, 2));
        Described(Shape.Vector(19), EasyClusters.Make(20)).ShouldBe(Shape.Vector(19));

        static Shape Described(Shape input, Dataset data)
        {
            var network = Network.Sequential(input).Dense(data.ClassCount).Build(seed: 5);
            var sink = new MemorySink();
            new Trainer(network, Loss.SoftmaxCrossEntropy, new Adam()).Fit(new DataSplit(data), 1, sink);
            sink.Snapshots[^1].Restore(sink.Info!.Network).Predict(data.Inputs).Span.ToArray()
                .ShouldBe(network.Predict(data.Inputs).Span.ToArray());
            return sink.Info.Network.InputShape;
        }
    }

    [Fact]
    public void Full_batches_in_pieces_give_the_same_bits_as_in_one()
    {
        var big = EasyClusters.Make(5000);
        var network = Small();
        new Trainer(network, Loss.SumOfSquares, new GradientDescent(1e-4f)) { BatchSize = null, Gradient = GradientReduction.Sum }
            .Fit(new DataSplit(big), 1);

        var byHand = Small();
        var readout = new Readout(Loss.SumOfSquares, TargetEncoding.OneHot);
        var workspace = new Workspace(byHand, 5000, backward: true, statistics: false);
        var pass = new LossPass(readout, byHand.Layers[^1].Activation, 5000);
        var gradients = new float[byHand.ParameterCount];
        workspace.Forward(big.Inputs);
        pass.Run(workspace.Outputs, readout.Encode(big.Labels, 3), big.Labels, workspace.OutputGradient, 1);
        workspace.Backward(pass.Fused, gradients, accumulate: false);
        foreach (var layer in byHand.Layers)
        {
            var w = layer.Weights.Span;
            for (int i = 0; i < w.Length; i++) w[i] -= 1e-4f * gradients[layer.Offset + i];
            network.Layers.Single(l => l.Name == layer.Name).Weights.Span.ToArray().ShouldBe(w.ToArray());
        }
    }

    [Fact]
    public void Every_sample_is_seen_once_an_epoch_in_an_order_that_the_seed_decides()
    {
        string Train(ulong seed)
        {
            var network = Small();
            new Trainer(network, Loss.SoftmaxCrossEntropy, new Adam()) { BatchSize = 16, Seed = seed }.Fit(Split, 2);
            return network.WeightsHash();
        }

        Train(1).ShouldBe(Train(1));
        Train(1).ShouldNotBe(Train(2));
    }

    [Fact]
    public void The_summed_gradient_is_the_mean_times_the_batch()
    {
        var (mean, sum) = (new MemorySink(), new MemorySink());
        new Trainer(Small(), Loss.SoftmaxCrossEntropy, new GradientDescent(0.1f)) { BatchSize = null }.Fit(Split, 1, mean);
        new Trainer(Small(), Loss.SoftmaxCrossEntropy, new GradientDescent(0.1f)) { BatchSize = null, Gradient = GradientReduction.Sum }
            .Fit(Split, 1, sum);
        var (a, b) = (mean.Snapshots[1].Layers[0].Gradient, sum.Snapshots[1].Layers[0].Gradient);
        for (int i = 0; i < a.Length; i++) (a.Span[i] * 131).ShouldBe(b.Span[i], 1e-4f);
    }

    [Fact]
    public void The_best_epochs_parameters_come_back()
    {
        // A quarter of the validation labels is wrong, so growing certainty costs more and more there.
        var clean = Split.Validation!;
        var noisy = new Dataset(
            "noisy",
            clean.Inputs,
            clean.SampleShape,
            [.. clean.Labels.Select((label, n) => n % 4 == 0 ? (label + 1) % 3 : label)],
            clean.ClassNames);
        var network = Small();
        var sink = new MemorySink();
        var trainer = new Trainer(
            network, Loss.SoftmaxCrossEntropy, new Adam(0.01f)) { BatchSize = 16, KeepBest = new KeepBest(Measure.ValidationLoss) };
        var result = trainer.Fit(new DataSplit(Split.Train, noisy), 12, sink);
        int best = result.Metrics.MinBy(m => m.ValidationLoss)!.Epoch;
        best.ShouldBeInRange(2, 11);
        result.Outcome.BestEpoch.ShouldBe(best);
        network.WeightsHash().ShouldBe(sink.Hashes[best - 1]);
        result.Final("validation loss").ShouldBe(result.Metrics[best - 1].ValidationLoss, 1e-12);
    }

    [Fact]
    public void A_better_epoch_must_be_better_by_the_minimum_improvement()
    {
        var best = new BestSoFar(Measure.ValidationAccuracy, 0.1);
        best.Offer(Epoch(1, 0.5)).ShouldBeTrue();
        best.Offer(Epoch(2, 0.55)).ShouldBeFalse();
        best.Offer(Epoch(3, 0.61)).ShouldBeTrue();
        best.Offer(Epoch(4, double.NaN)).ShouldBeFalse();
        best.Epoch.ShouldBe(3);
    }

    [Fact]
    public void Training_stops_when_nothing_improves()
    {
        var result = new Trainer(Small(), Loss.SoftmaxCrossEntropy, new GradientDescent(0))
        {
            EarlyStopping = new EarlyStopping(Measure.ValidationLoss, Patience: 3),
        }.Fit(Split, 50);
        result.Outcome.Status.ShouldBe(RunStatus.StoppedEarly);
        result.Outcome.EpochsDone.ShouldBe(4);
        result.Outcome.Message.ShouldBe("Stopped after epoch 4 of 50: the validation loss has not improved since epoch 1.");
    }

    [Fact]
    public void Divergence_is_explained_and_the_last_whole_epoch_is_kept()
    {
        var network = Network.Sequential(19).Dense(12, Activation.Relu).Dense(3).Build();
        var sink = new MemorySink();
        var result = new Trainer(network, Loss.MeanSquaredError, new GradientDescent(1e4f)) { BatchSize = null }.Fit(Split, 50, sink);
        result.Outcome.Status.ShouldBe(RunStatus.Diverged);
        result.Outcome.EpochsDone.ShouldBe(sink.Metrics.Count);
        sink.Metrics.Count.ShouldBeInRange(1, 20);
        sink.Outcome.ShouldBe(result.Outcome);
        network.WeightsHash().ShouldBe(sink.Hashes[^1]);
        string message = result.Outcome.Message;
        message.ShouldStartWith($"Training stopped in epoch {sink.Metrics.Count + 1}, step 1: ");
        message.ShouldContain("became");
        message.ShouldContain("The learning rate was 1E+04: try 1E+03 or less");
        message.ShouldContain("glorot uniform");
    }

    [Fact]
    public void A_training_that_ends_before_its_plan_leaves_a_snapshot_of_its_last_whole_epoch()
    {
        using var source = new CancellationTokenSource();
        MemorySink stopped = Sink(), diverged = Sink(), cancelled = Sink(), finished = Sink();
        new Trainer(Small(), Loss.SoftmaxCrossEntropy, new GradientDescent(0))
        {
            EarlyStopping = new EarlyStopping(Measure.ValidationLoss, Patience: 3),
        }.Fit(Split, 50, stopped);
        new Trainer(Network.Sequential(19).Dense(12, Activation.Relu).Dense(3).Build(), Loss.MeanSquaredError, new GradientDescent(1e4f))
        {
            BatchSize = null,
        }.Fit(Split, 50, diverged);
        new Trainer(Small(), Loss.SoftmaxCrossEntropy, new Adam()) { Progress = new Cancel(source, 3) }
            .Fit(Split, 50, cancelled, cancellation: source.Token);
        new Trainer(Small(), Loss.SoftmaxCrossEntropy, new Adam()).Fit(Split, 2, finished);

        foreach (var sink in new[] { stopped, diverged, cancelled })
        {
            sink.Calls.TakeLast(3).ShouldBe([$"metrics {sink.Metrics.Count}", $"snapshot {sink.Metrics.Count}", "end"]);
            foreach (var layer in sink.Snapshots[^1].Layers) layer.Weights.Span.ToArray().ShouldAllBe(value => float.IsFinite(value));
        }
        stopped.Snapshots[^1].Layers[0].Gradient.Span.ToArray().ShouldContain(value => value != 0);
        diverged.Snapshots[^1].Layers[0].Gradient.Span.ToArray().ShouldAllBe(value => value == 0);
        finished.Calls.TakeLast(2).ShouldBe(["metrics 2", "end"]);

        static MemorySink Sink() => new(wants: epoch => epoch == 0);
    }

    [Fact]
    public void A_network_that_starts_without_finite_outputs_says_so_at_once()
    {
        var network = Small();
        network.Layers[0].Bias[3] = float.NaN;
        var result = new Trainer(network, Loss.SoftmaxCrossEntropy, new Adam()).Fit(Split, 5);
        result.Outcome.Status.ShouldBe(RunStatus.Diverged);
        result.Outcome.Message.ShouldStartWith(
            "Training stopped in epoch 1, step 1: an output of layer 'dense1' became not a number. This was the first step.");
    }

    [Fact]
    public void A_cancelled_training_keeps_its_whole_epochs()
    {
        using var source = new CancellationTokenSource();
        var sink = new MemorySink();
        var network = Small();
        var trainer = new Trainer(network, Loss.SoftmaxCrossEntropy, new Adam()) { Progress = new Cancel(source, 3) };
        var result = trainer.Fit(Split, 50, sink, cancellation: source.Token);
        result.Outcome.Status.ShouldBe(RunStatus.Cancelled);
        result.Outcome.EpochsDone.ShouldBe(3);
        network.WeightsHash().ShouldBe(sink.Hashes[2]);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(16)]
    public void Steps_allocate_nothing(int? batch)
    {
        var network = Network.Sequential(19).Dense(12, Activation.Swish).Dense(8, Activation.Sigmoid).Dense(3).Build();
        var readout = new Readout(Loss.SoftmaxCrossEntropy, TargetEncoding.OneHot);
        SteadySteps.ShouldAllocateNothing(() =>
            new TrainingEpoch(network, readout, new Adam(), new CosineSchedule(), Split.Train, batch, GradientReduction.Mean, 1, 100));
    }

    [Theory]
    [InlineData(null)]
    [InlineData(16)]
    public void Augmented_steps_allocate_nothing(int? batch)
    {
        var network = Network.Sequential(784).Dense(10).Build();
        var digits = Datasets.Strokes(train: 60, test: 0).Train;
        var augmentation = new Augmentation { Shift = 2, Scale = 0.1, Rotate = 10, Elastic = new(1) };
        var readout = new Readout(Loss.SoftmaxCrossEntropy, TargetEncoding.OneHot);
        SteadySteps.ShouldAllocateNothing(() =>
            new TrainingEpoch(
                network, readout, new Adam(), Schedule.Constant, digits, batch, GradientReduction.Mean, 1, 100, augmentation));
    }

    [Fact]
    public void Dead_and_flat_units_are_counted()
    {
        var network = Network.Sequential(19).Dense(4, Activation.Relu, initializer: Initializer.Zeros).Dense(3).Build();
        network.Layers[0].Bias[0] = 1;
        network.Layers[0].Bias[1] = -1;
        var layer = new Trainer(network, Loss.SoftmaxCrossEntropy, new GradientDescent(0)) { BatchSize = null }
            .Fit(Split, 1).Metrics[0].Layers[0];
        layer.DeadShare.ShouldBe(0.75);
        layer.SaturatedShare.ShouldBe(0.75);
        layer.ActivationMean.ShouldBe(0.25);
        layer.ActivationStd.ShouldBe(Math.Sqrt(0.1875), 1e-9);
        layer.UpdateMean.ShouldBe(0);
    }

    [Fact]
    public void Settings_that_do_not_fit_the_data_are_refused()
    {
        Refused(() => new Trainer(Small(), Loss.SoftmaxCrossEntropy, new Adam()).Fit(new DataSplit(EasyClusters.Make(50, 2)), 1)).ShouldBe(
            "The network has 3 outputs but the data has 2 classes; give the last layer 2 units, or 1 unit with targets 0/1 or ±1.");
        Refused(() => new Trainer(Xor.Network(), Loss.BinaryCrossEntropy, new Adam()).Fit(Split, 1))
            .ShouldStartWith("The network takes 2 inputs (2), but samples of 'clusters' have 19 values (19).");
        Refused(() => new Trainer(Xor.Network(), Loss.BinaryCrossEntropy, new Adam()) { Targets = TargetEncoding.PlusMinusOne }
            .Fit(new DataSplit(Xor.Data), 1))
            .ShouldContain("targets ±1 need a squared error");
        Refused(() => new Trainer(Xor.Network(), Loss.SoftmaxCrossEntropy, new Adam()).Fit(new DataSplit(Xor.Data), 1))
            .ShouldContain("needs one output a class");
        Refused(() =>
            new Trainer(Small(), Loss.SoftmaxCrossEntropy, new Adam()) { KeepBest = new KeepBest() }.Fit(new DataSplit(Split.Train), 1))
            .ShouldStartWith("The validation accuracy is to be watched, but there is no validation data");
        Refused(() => new Trainer(Small(), Loss.SoftmaxCrossEntropy, new Adam()) { BatchSize = 0 }.Fit(Split, 1))
            .ShouldBe("The batch size is 0; it must be at least 1.");
        Refused(() => new Trainer(Small(), Loss.SoftmaxCrossEntropy, new Adam()).Fit(Split, 0))
            .ShouldBe("Training needs at least 1 epoch; it was asked for 0.");
    }

    [Theory]
    [InlineData(
        "cross-entropy", "identity",
        "end the last layer in 'softmax' or 'sigmoid', or use the loss 'softmax cross-entropy' with 'identity'.")]
    [InlineData("cross-entropy", "relu", "outputs of 'relu' need not lie between 0 and 1")]
    [InlineData("cross-entropy", "tanh", "outputs of 'tanh' need not lie between 0 and 1")]
    [InlineData(
        "binary cross-entropy", "identity",
        "end the last layer in 'sigmoid', or use the loss 'binary cross-entropy on logits' with 'identity'.")]
    [InlineData("binary cross-entropy", "relu6", "outputs of 'relu6' need not lie between 0 and 1")]
    public void A_loss_of_probabilities_is_refused_behind_outputs_that_are_none(string loss, string last, string message)
    {
        var network = Network.Sequential(19).Dense(3, Activation.Parse(last)).Build(seed: 5);
        string told = Refused(() => new Trainer(network, Loss.Parse(loss), new Adam()).Fit(Split, 1));
        told.ShouldStartWith($"Layer 'dense1': the loss '{loss}' takes probabilities, but ");
        told.ShouldContain(message);
    }

    [Theory]
    [InlineData("cross-entropy", "softmax")]
    [InlineData("cross-entropy", "sigmoid")]
    [InlineData("cross-entropy", "softmax over batch")]
    [InlineData("binary cross-entropy", "sigmoid(0.5)")]
    [InlineData("binary cross-entropy", "softmax")]
    [InlineData("sum of squares", "relu")]
    [InlineData("softmax cross-entropy", "identity")]
    public void A_loss_that_fits_the_outputs_is_trained(string loss, string last)
    {
        var network = Network.Sequential(19).Dense(3, Activation.Parse(last)).Build(seed: 5);
        new Trainer(network, Loss.Parse(loss), new Adam()).Fit(Split, 1).Outcome.Status.ShouldBe(RunStatus.Finished);
    }

    [Fact]
    public void The_probe_has_every_class_in_proportion_and_all_points_of_the_plane()
    {
        var many = EasyClusters.Make(3000);
        var probe = ProbeSelection.Select(new DataSplit(many, Test: EasyClusters.Make(2000)));
        probe.Source.ShouldBe("test");
        probe.Samples.Count.ShouldBe(500);
        var share = EasyClusters.Make(2000).Labels.CountBy(l => l).ToDictionary(c => c.Key, c => c.Value / 4.0);
        foreach (var (label, count) in probe.Samples.Labels.CountBy(l => l)) ((double)count).ShouldBe(share[label], 1);
        var plane = ProbeSelection.Select(new DataSplit(Xor.Data, Xor.Data));
        plane.Source.ShouldBe("train");
        plane.Samples.Labels.ShouldBe(Xor.Data.Labels);
    }

    private static Network Small() => Network.Sequential(19).Dense(12, Activation.Relu).Dense(3).Build(seed: 5);

    private static EpochMetrics Epoch(int number, double validationAccuracy) =>
        new() { Epoch = number, Loss = 1, Accuracy = 0.5, ValidationAccuracy = validationAccuracy, Rate = 1, Seconds = 0, Layers = [] };

    private static string Refused(Action train) => Should.Throw<InputException>(train).Message;

    private sealed class Cancel(CancellationTokenSource source, int epoch) : IProgress<EpochMetrics>
    {
        public void Report(EpochMetrics value)
        {
            if (value.Epoch == epoch) source.Cancel();
        }
    }
}
