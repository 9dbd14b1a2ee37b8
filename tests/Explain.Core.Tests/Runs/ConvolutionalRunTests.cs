namespace Explain.Core.Tests;

/// <summary>What a run folder keeps of layers other than dense ones.</summary>
public sealed class ConvolutionalRunTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Network _network = Network.Sequential(new Shape(28, 28))
        .Conv2D(4, kernel: 5, padding: Padding.Same).BatchNorm(activation: Activation.Relu).MaxPool2D(2)
        .Conv2D(3, 3, activation: Activation.Relu).Flatten().Dropout(0.2f).Dense(10).Build(seed: 3);

    private readonly RunFolder _run;

    public ConvolutionalRunTests()
    {
        using (var run = RunWriter.Create(_folder["run"], snapshotBudget: 5))
            new Trainer(_network, Loss.SoftmaxCrossEntropy, new Adam()) { BatchSize = 50 }
                .Fit(Datasets.Strokes(seed: 1, train: 150, test: 120), epochs: 2, sink: run);
        _run = RunFolder.Open(_folder["run"]);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_network_comes_back_to_the_bit_with_the_state_of_batch_normalisation()
    {
        var restored = _run.ReadSnapshot(2).Restore(_run.Info.Network);
        restored.WeightsHash().ShouldBe(_network.WeightsHash());
        restored.State.ToArray().ShouldBe(_network.State.ToArray());
        restored.Predict(_run.Probe.Samples.Inputs).Span.ToArray().ShouldBe(_run.ReadSnapshot(2).ProbeOutputs.Span.ToArray());
        restored.Layers.Select(l => l.OutputShape).ShouldBe(_network.Layers.Select(l => l.OutputShape));
    }

    [Fact]
    public void Filters_and_images_stand_as_tensors_of_four_dimensions()
    {
        var file = SafetensorsFile.Read(Path.Combine(_run.Path, "snapshots", "00002.safetensors"));
        file.Tensors["layers.conv1.weight"].ShapeText.ShouldBe("[4, 5, 5, 1]");
        file.Tensors["layers.conv1.update"].ShapeText.ShouldBe("[4, 5, 5, 1]");
        file.Tensors["layers.conv4.gradient"].ShapeText.ShouldBe("[3, 3, 3, 4]");
        file.Tensors["layers.conv1.mean_activation"].ShapeText.ShouldBe("[28, 28, 4]");
        file.Tensors["layers.conv1.probe_activation"].ShapeText.ShouldBe($"[{(1 << 18) / (28 * 28 * 4)}, 28, 28, 4]");
        file.Tensors["layers.conv4.probe_activation"].ShapeText.ShouldBe("[120, 12, 12, 3]");
        file.Tensors["layers.norm2.weight"].ShapeText.ShouldBe("[4, 1]");
        file.Tensors["layers.norm2.running_mean"].ShapeText.ShouldBe("[4]");
        file.Tensors["layers.norm2.running_variance"].ShapeText.ShouldBe("[4]");
        file.Tensors["layers.dense7.weight"].ShapeText.ShouldBe("[10, 432]");
        file.Tensors["layers.dense7.probe_activation"].ShapeText.ShouldBe("[120, 10]");
        file.Tensors.Keys.ShouldNotContain(name => name.Contains("pool"));
        file.Floats("layers.norm2.running_variance", 4).ShouldBe(_network.State[4..].ToArray());
    }

    [Fact]
    public void What_is_read_is_what_was_recorded()
    {
        var layers = _run.ReadSnapshot(2).Layers;
        layers.Select(l => l.KernelShape).ShouldBe([new Shape(5, 5), null, new Shape(3, 3, 4), null]);
        layers.Select(l => l.OutputShape).ShouldBe([new Shape(28, 28, 4), new Shape(28, 28, 4), new Shape(12, 12, 3), null]);
        layers.Select(l => l.State.Length).ShouldBe([0, 8, 0, 0]);
        var activations = _network.Activations(_run.Probe.Samples.Inputs);
        layers[0].ProbeActivations.Rows.ShouldBe(83);
        layers[0].ProbeActivations.Span.ToArray().ShouldBe(activations[0].RowRange(0, 83).Span.ToArray());
        layers[2].ProbeActivations.Span.ToArray().ShouldBe(activations[3].Span.ToArray());
    }

    [Fact]
    public void Its_settings_name_the_layers_and_only_the_activations_that_there_are()
    {
        _run.Info.Settings.ShouldContain(new KeyValuePair<string, string>(
            "layers", "conv 4, batch norm, max pool, conv 3, flatten, dropout, dense 10"));
        _run.Info.Settings.ShouldContain(new KeyValuePair<string, string>("activation", "identity, relu"));
    }

    [Fact]
    public void A_snapshot_without_the_state_that_the_network_has_is_refused()
    {
        var snapshot = _run.ReadSnapshot(2);
        var broken = snapshot with { Layers = [.. snapshot.Layers.Select(l => l with { State = [] })] };
        Should.Throw<InputException>(() => broken.Restore(_run.Info.Network))
            .Message.ShouldBe("Layer 'norm2' of the snapshot of epoch 2 has 0 values of state; the network has 8.");
    }
}
