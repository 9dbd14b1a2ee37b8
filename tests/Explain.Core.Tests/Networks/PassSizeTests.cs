namespace Explain.Core.Tests;

/// <summary>How many samples pass through a network at a time, and what is said where that is too much.</summary>
public class PassSizeTests
{
    [Theory]
    [InlineData(10, 1024, 2048)]
    [InlineData(8192, 1024, 2048)]
    [InlineData(8193, 1024, 1792)]
    [InlineData(16384, 1024, 1024)]
    [InlineData(16385, 960, 768)]
    [InlineData(25088, 640, 512)]
    [InlineData(100_000, 128, 256)]
    [InlineData(4_194_304, 64, 256)]
    public void A_pass_has_as_many_samples_as_give_about_16_million_values_of_the_largest_layer(int values, int pass, int piece)
    {
        // Pooling has no parameters, so that a network of large layers costs nothing.
        var largestIn = Network.Sequential(new Shape(1, values)).MaxPool2D((1, 2), (1, 2)).Build();
        var largestOut = Network.Sequential(new Shape(1, values)).Dropout(0.5).Dense(1).Build();
        foreach (var network in new[] { largestIn, largestOut })
        {
            network.PassSamples(int.MaxValue, null).ShouldBe(pass);
            network.PieceSamples.ShouldBe(piece);
        }
    }

    [Fact]
    public void Few_samples_pass_at_once_and_a_size_that_was_asked_for_is_kept()
    {
        var network = Network.Sequential(4).Dense(3).Build();
        network.PassSamples(100, null).ShouldBe(100);
        network.PassSamples(5000, 3000).ShouldBe(3000);
        network.PassSamples(5000, 9000).ShouldBe(5000);
    }

    [Fact]
    public void What_a_network_says_does_not_depend_on_the_size_of_its_passes()
    {
        var shape = new Shape(40, 40);
        var network =
            Network.Sequential(shape).Conv2D(12, 3, padding: Padding.Same, activation: Activation.Relu).MaxPool2D(8).Dense(3).Build();
        network.PassSamples(int.MaxValue, null).ShouldBe(832);
        var inputs = GradientCheck.Values(900, shape.Size, "images");
        float[] outputs = network.Predict(inputs).Span.ToArray();
        network.Predict(inputs, 900).Span.ToArray().ShouldBe(outputs);
        network.Predict(inputs, 64).Span.ToArray().ShouldBe(outputs);
    }

    [Fact]
    public void Only_the_first_samples_of_large_activations_are_kept_but_all_pass()
    {
        var network = Network.Sequential(6).Dense(4, Activation.Tanh).Dense(5, Activation.Tanh).Dense(2).Build();
        var inputs = GradientCheck.Values(150, 6, "inputs");
        int[] wanted = [70, 0, int.MaxValue];
        var some = network.Activations(inputs, 64, l => wanted[network.Layers.ToList().IndexOf(l)]);
        var all = network.Activations(inputs);
        some.Select(m => m.Rows).ShouldBe([70, 0, 150]);
        for (int l = 0; l < 3; l++) some[l].Span.ToArray().ShouldBe(all[l].RowRange(0, some[l].Rows).Span.ToArray());
    }

    [Fact]
    public void A_batch_that_cannot_be_taken_apart_and_is_too_large_is_refused_with_layer_batch_values_and_what_to_do()
    {
        var network = Network.Sequential(new Shape(256, 256)).Conv2D(64, 3, padding: Padding.Same).BatchNorm().Build();
        Should.Throw<InputException>(() => new Workspace(network, 1024, backward: true, statistics: true)).Message.ShouldBe(
            "Layer 'conv1' puts out 256×256×64 = 4,194,304 values a sample, 4,294,967,296 for the 1,024 samples that pass at a time; "
            + "a layer can hold 2,147,483,591. "
            + "A layer of this network looks across the samples of a batch, so a batch cannot be taken apart: "
            + "take a batch size of at most 511, or make the layer smaller.");
    }

    [Fact]
    public void A_layer_too_large_for_the_smallest_pass_is_refused()
    {
        var network = Network.Sequential(new Shape(4096, 4096)).Conv2D(16, 1).Build();
        Should.Throw<InputException>(() => new Workspace(network, network.PassSamples(500, null), backward: false, statistics: false))
            .Message.ShouldBe(
                "Layer 'conv1' puts out 4096×4096×16 = 268,435,456 values a sample, 17,179,869,184 for the 64 samples that pass at a time; "
                + "a layer can hold 2,147,483,591. "
                + "Make the layer smaller: fewer filters or units, a larger stride, or smaller pictures.");
    }

    [Fact]
    public void Sizes_that_no_array_has_are_refused_where_they_are_asked_for()
    {
        Should.Throw<InputException>(() => new Matrix(1 << 16, 1 << 16)).Message.ShouldBe(
            "A matrix of 65,536×65,536 values is wanted; at most 2,147,483,591 can be held in one. Take fewer samples, or smaller ones.");
        Should.Throw<InputException>(() => Network.Sequential(new Shape(256, 256)).Conv2D(1 << 16, 1).Build()).Message.ShouldBe(
            "The conv layer 'conv1' puts out 256×256×65536 = 4,294,967,296 values a sample; at most 2,147,483,591 can be held.");
        Should.Throw<InputException>(() => Network.Sequential(new Shape(1024, 1024, 64)).Conv2D(1, 7, padding: Padding.Same).Build())
            .Message.ShouldBe(
                "The conv layer 'conv1' looks through windows of 7×7×64 at 1,048,576 places: 3,288,334,336 values a sample; "
                    + "at most 2,147,483,591 can be laid out. Take a smaller kernel, a larger stride or smaller pictures.");
    }

    [Fact]
    public void A_convolutions_gradient_is_the_same_bits_where_its_blocks_do_not_all_fit()
    {
        // 1,061,700 parameters: 16 blocks of 16 samples fit at a time, and there are 19.
        var shape = new Shape(3, 3, 1180);
        var network = Network.Sequential(shape).Conv2D(100, 3).Build(seed: 3);
        var inputs = GradientCheck.Values(300, shape.Size, "images");
        var outputs = GradientCheck.Values(300, 100, "gradient");
        Gradients(300).ShouldBe(Gradients(128));

        float[] Gradients(int piece) => GradientCheck.InPieces(network, inputs, outputs, piece, statistics: false);
    }

    [Fact]
    public void What_statistics_keep_does_not_grow_with_units_times_samples()
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        var statistics = new ActivationStatistics(1001, 1001, 60_000);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(100_000);
        statistics.Count.ShouldBe(0);
    }
}
