namespace Explain.Core.Tests;

/// <summary>What layers beside dense compute, how they are described, and what they refuse.</summary>
public class LayerTests
{
    private static NetworkBuilder Image => Network.Sequential(new Shape(8, 6, 2));

    [Fact]
    public void Shapes_names_and_numbers_of_a_convolutional_network()
    {
        var network = Image.Conv2D(4, 3, padding: Padding.Same, activation: Activation.Relu).MaxPool2D(2).BatchNorm().AveragePool2D(2, 1)
            .Dropout(0.25).Flatten().Dense(3).Build();
        network.Layers.Select(l => l.Name).ShouldBe(["conv1", "pool2", "norm3", "pool4", "dropout5", "flatten6", "dense7"]);
        network.Layers.Select(l => l.OutputShape.ToString()).ShouldBe(["8×6×4", "4×3×4", "4×3×4", "3×2×4", "3×2×4", "24", "3"]);
        network.Layers.Select(l => l.ParameterCount).ShouldBe([(4 * 18) + 4, 0, 8, 0, 0, 0, 75]);
        network.Summary().NonTrainable.ShouldBe(8);
        network.Layers[0].Weights.ToString().ShouldBe("4×18");
        network.Layers[2].Weights.Span.ToArray().ShouldBe([1, 1, 1, 1]);
        network.State.ToArray().ShouldBe([0, 0, 0, 0, 1, 1, 1, 1]);
        network.CouplesSamples.ShouldBeFalse();
        network.Layers[2].CouplesSamples(training: true).ShouldBeTrue();
    }

    [Theory]
    [InlineData(28, 3, 1, 28, 1, 1)]
    [InlineData(28, 5, 2, 14, 1, 2)]
    [InlineData(28, 2, 1, 28, 0, 1)]
    [InlineData(7, 2, 2, 4, 0, 1)]
    [InlineData(8, 1, 3, 3, 0, 0)]
    public void Same_padding_keeps_the_extent_over_the_stride(int extent, int kernel, int stride, int output, int top, int bottom)
    {
        var layer = (ConvLayer)Network.Sequential(new Shape(extent, extent)).Conv2D(1, kernel, stride, Padding.Same).Build().Layers[0];
        layer.OutputShape.ShouldBe(new Shape(output, output));
        layer.Settings.Skip(5).Select(s => s.Value).ShouldBe([top, bottom, top, bottom]);
    }

    [Fact]
    public void A_described_network_is_built_again_to_the_bit()
    {
        var network = Image.Conv2D(4, (3, 2), (2, 1), Padding.Same, Activation.Relu, initializer: Initializer.HeNormal, biasStart: 0.2f)
            .MaxPool2D((2, 3), (1, 2)).BatchNorm(0.2, 1e-3, Activation.Tanh)
            .AveragePool2D(2, 1).Dropout(0.3).Flatten().Dense(3).Build(seed: 8);
        var again = Network.FromDescription(network.Describe(), seed: 8);
        again.WeightsHash().ShouldBe(network.WeightsHash());
        again.Layers.Zip(network.Layers).ShouldAllBe(pair => pair.First.Name == pair.Second.Name && pair.First.Kind == pair.Second.Kind
            && pair.First.Settings.SequenceEqual(pair.Second.Settings)
            && pair.First.OutputShape == pair.Second.OutputShape && pair.First.Activation.Name == pair.Second.Activation.Name);
    }

    [Fact]
    public void Dense_layers_recorded_before_there_were_other_kinds_can_be_read()
    {
        var description = Network.Sequential(5).Dense(4, Activation.Relu).Dense(2).Build(seed: 3).Describe();
        var old = description with { Layers = [.. description.Layers.Select(l => l with { Settings = [] })] };
        Network.FromDescription(old, seed: 3).WeightsHash().ShouldBe(Network.FromDescription(description, seed: 3).WeightsHash());
    }

    [Fact]
    public void A_description_whose_shapes_disagree_is_refused()
    {
        var description = Image.Conv2D(4, 3).Dense(2).Build().Describe();
        var wrong = description with { Layers = [description.Layers[0] with { OutputShape = new Shape(5, 5, 4) }, description.Layers[1]] };
        Should.Throw<InputException>(() => Network.FromDescription(wrong))
            .Message.ShouldBe("Layer 'conv1' is described with outputs of 5×5×4, but its numbers and the layers before it give 6×4×4.");
    }

    [Fact]
    public void Fans_of_a_filter_count_its_window()
    {
        // Uniform within ±√(6/(fan-in + fan-out)): of 3·3·2 inputs and 3·3·400 outputs.
        var weights = Image.Conv2D(400, 3).Build().Layers[0].Weights.Span.ToArray();
        double limit = Math.Sqrt(6.0 / (18 + 3600));
        weights.Max(Math.Abs).ShouldBeInRange((float)(0.99 * limit), (float)limit);
    }

    [Fact]
    public void Dropout_keeps_the_mean_and_drops_the_rate_in_training_only()
    {
        var network = Network.Sequential(1000).Dropout(0.3).Build();
        var ones = new Matrix(20, 1000);
        ones.Span.Fill(1);
        var workspace = new Workspace(network, 20, backward: true, statistics: true);
        workspace.Forward(ones, new PassContext(Training: true, 1, 0, 0));
        var first = workspace.Outputs.Span.ToArray();
        first.Distinct().Order().ShouldBe([0, 1 / 0.7f]);
        first.Count(v => v == 0).ShouldBeInRange(5700, 6300);
        workspace.Forward(ones, new PassContext(Training: true, 1, 1, 0));
        workspace.Outputs.Span.ToArray().ShouldNotBe(first);
        workspace.Forward(ones.RowRange(0, 10), new PassContext(Training: true, 1, 0, 10));
        workspace.Outputs.Span.ToArray().ShouldBe(first[10_000..]);
        network.Predict(ones).Span.ToArray().ShouldBe(ones.Span.ToArray());
    }

    [Fact]
    public void Batch_norm_learns_the_mean_and_the_unbiased_variance_of_batches()
    {
        var network = Network.Sequential(2).BatchNorm(momentum: 0.25).Build();
        var batch = Matrix.FromRows([1, 10], [2, 30], [6, 20]);
        var workspace = new Workspace(network, 3, backward: true, statistics: true);
        workspace.Forward(batch, new PassContext(Training: true, 1, 0, 0));
        network.State.ToArray().ShouldBe([0.25f * 3, 0.25f * 20, 0.75f + (0.25f * 7), 0.75f + (0.25f * 100)]);
        workspace.Outputs.Span.ToArray().Sum().ShouldBe(0, 1e-5f);
        workspace.Outputs.Row(0)[1].ShouldBe(-10 / MathF.Sqrt((200f / 3) + 1e-5f), 1e-6f);
        network.Predict(batch)[0, 0].ShouldBe((1 - 0.75f) / MathF.Sqrt(2.5f + 1e-5f), 1e-6f);
    }

    [Fact]
    public void The_variance_of_values_far_from_zero_is_about_their_true_mean()
    {
        // Around 10,000 a float32 is 1/1024 from the next, so a mean summed up in float32 is off by a good part of the deviation.
        var noise = new CounterRandom(5, "far from zero");
        var batch = new Matrix(700, 3);
        for (int i = 0; i < batch.Length; i++) batch.Span[i] = (float)(10_000 + (1e-3 * noise.NextNormal()));
        var network = Network.Sequential(3).BatchNorm(momentum: 1).Build();
        new Workspace(network, 700, backward: true, statistics: true).Forward(batch, new PassContext(Training: true, 1, 0, 0));
        for (int c = 0; c < 3; c++)
        {
            double[] values = [.. Enumerable.Range(0, 700).Select(n => (double)batch[n, c])];
            double mean = values.Average(), variance = values.Sum(v => (v - mean) * (v - mean)) / 699;
            network.State[c].ShouldBe((float)mean);
            network.State[3 + c].ShouldBe((float)variance, (float)(1e-5 * variance));
        }
    }

    [Fact]
    public void The_greatest_of_a_window_is_the_first_among_equals_and_what_is_not_a_number_shows()
    {
        var network = Network.Sequential(new Shape(2, 4)).MaxPool2D(2).Build();
        var inputs = Matrix.FromRows([1, 3, float.NaN, 9, 3, 2, 4, 5]);
        network.Predict(inputs).Span.ToArray().ShouldBe([3, float.NaN]);
        network.InputGradient(inputs, Matrix.FromRows([1, 1])).Span.ToArray().ShouldBe([0, 1, 1, 0, 0, 0, 0, 0]);
    }

    [Fact]
    public void A_filter_is_dead_only_where_it_is_so_everywhere()
    {
        var network = Image.Conv2D(4, 3, activation: Activation.Relu, initializer: Initializer.Zeros).Dense(2).Build();
        network.Layers[0].Bias[0] = 1;
        network.Layers[0].Weights.Row(1).Fill(1); // Alive where the sum of a window is above 0.
        var workspace = new Workspace(network, 5, backward: true, statistics: true);
        workspace.Forward(GradientCheck.Values(5, 96, "images"));
        workspace.OutputGradient.Span.Clear();
        workspace.Backward(fused: false, gradients: null, accumulate: false, new Matrix(5, 96));
        workspace[0].Statistics!.DeadShare.ShouldBe(0.5);
        workspace[0].Statistics!.FlatShare.ShouldBeInRange(0.5, 0.75);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    public void The_gradient_of_a_convolution_is_the_same_bits_in_one_piece_and_in_several(int channels)
    {
        var shape = new Shape(9, 7, channels);
        var network = Network.Sequential(shape).Conv2D(6, 3, padding: Padding.Same, activation: Activation.Tanh).MaxPool2D(2)
            .Conv2D(3, (4, 3), (1, 1)).Build(seed: 5);
        var inputs = GradientCheck.Values(75, shape.Size, "images");
        var outputs = GradientCheck.Values(75, 3, "gradient");
        float[] whole = Gradients(75);
        Gradients(16).ShouldBe(whole);
        Gradients(48).ShouldBe(whole);

        float[] Gradients(int piece) => GradientCheck.InPieces(network, inputs, outputs, piece, statistics: true);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(16)]
    public void Steps_through_every_kind_allocate_nothing(int? batch)
    {
        var readout = new Readout(Loss.SoftmaxCrossEntropy, TargetEncoding.OneHot);
        var (network, images) = (ConvolutionProbe.Network(), ConvolutionProbe.Images());
        SteadySteps.ShouldAllocateNothing(() =>
            new TrainingEpoch(network, readout, new Adam(), new CosineSchedule(), images, batch, GradientReduction.Mean, 1, 100));
    }

    [Fact]
    public void What_does_not_fit_is_refused_with_name_value_and_what_is_allowed()
    {
        Message(() => Image.Conv2D(0, 3)).ShouldBe("filters of the conv layer 'conv1' is 0; allowed are whole numbers from 1 to 1048576.");
        Message(() => Image.Conv2D(2, 0)).ShouldBe("kernel of the conv layer 'conv1' is 0; allowed are whole numbers from 1 to 1048576.");
        Message(() => Image.Conv2D(2, 3, 0))
            .ShouldBe("stride of the conv layer 'conv1' is 0; allowed are whole numbers from 1 to 1048576.");
        Message(() => Image.Conv2D(2, 7))
            .ShouldBe("The conv layer 'conv1' slides a window of 7×7 over 8×6×2; allowed are windows of at most 8×6.");
        Message(() => Network.Sequential(784).Conv2D(2, 3)).ShouldBe(
            "The conv layer 'conv1' slides a window of 3×3 over 784; allowed are windows of at most 1×784 (the inputs are a plain list: "
                + "an image shape, or a window 1 high, is needed).");
        Message(() => Image.Conv2D(2, 3, padding: Padding.Of(3))).ShouldBe(
            "The conv layer 'conv1' has a padding of 3 around windows of 3×3; allowed is less than the window's extent, "
                + "so that every window sees the image.");
        Message(() => Image.Conv2D(2, 3, padding: new Padding(0, 0, -1, 0)))
            .ShouldBe("The conv layer 'conv1' has a padding of 0 above, 0 below, -1 left, 0 right; allowed are 0 and more.");
        Message(() => Image.MaxPool2D(2).MaxPool2D(5))
            .ShouldBe("The max pool layer 'pool2' slides a window of 5×5 over 4×3×2; allowed are windows of at most 4×3.");
        Message(() => Image.AveragePool2D(9))
            .ShouldBe("The average pool layer 'pool1' slides a window of 9×9 over 8×6×2; allowed are windows of at most 8×6.");
        Message(() => Image.Dropout(1)).ShouldBe("rate of the dropout layer 'dropout1' is 1; allowed are values from 0 to 0.999.");
        Message(() => Image.BatchNorm(momentum: 2))
            .ShouldBe("momentum of the batch norm layer 'norm1' is 2; allowed are values from 0 to 1.");
        Message(() => Image.BatchNorm(epsilon: 0))
            .ShouldBe("epsilon of the batch norm layer 'norm1' is 0; allowed are values from 1E-12 to 1.");
        Message(() => Image.Flatten("a").Flatten("a")).ShouldBe("The layer name 'a' is taken; every layer needs a name of its own.");
        Message(() => Image.Add(new LayerPlan("convolution"))).ShouldStartWith("There is no layer kind 'convolution'");
        Message(() => Image.Add(new LayerPlan("conv") { Settings = [new("filters", 2)] }))
            .ShouldBe("The conv layer 'conv1' does not say its kernel; it needs a whole number of at least 1.");
        Message(() => Image.Add(new LayerPlan("conv") { Settings = [new("filters", 2), new("kernels", 3)] }))
            .ShouldBe("The conv layer 'conv1' has no setting 'kernels'; did you mean 'kernel'?");
        Message(() => Image.Add(new LayerPlan("conv") { Settings = [new("filters", 2), new("kernel", 2.5)] }))
            .ShouldBe("kernel of the conv layer 'conv1' is 2.5; allowed are whole numbers from 1 to 1048576.");
        Message(() => Image.Add(new LayerPlan("dropout") { Settings = [new("rate", 0.1), new("rate", 0.2)] }))
            .ShouldBe("rate of the dropout layer 'dropout1' is given twice, as 0.1 and as 0.2; allowed is once.");
        Message(() => Image.Add(new LayerPlan("flatten") { Settings = [new("rate", 0.1)] }))
            .ShouldBe("The flatten layer 'flatten1' has no setting 'rate'; it has none.");
        Message(() => Image.Add(new LayerPlan("flatten") { Activation = Activation.Relu })).ShouldBe(
            "The flatten layer 'flatten1' has the activation 'relu'; layers of this kind have none, "
                + "so put it at the end of the layer before.");
        Message(() => Image.Add(new LayerPlan("max pool") { Settings = [new("size", 2)], Padding = Padding.Same }))
            .ShouldBe("The max pool layer 'pool1' has the padding 'same'; layers of this kind take none.");
        Message(() => Padding.Parse("some"))
            .ShouldBe("There is no padding 'some'; allowed are 'valid', 'same' and a whole number of zeros.");
        Padding.Parse("same").ShouldBe(Padding.Same);
        Padding.Parse("2").ShouldBe(Padding.Of(2));

        static string Message(Action action) => Should.Throw<InputException>(action).Message;
    }
}
