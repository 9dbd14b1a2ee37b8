namespace Explain.Core.Tests;

/// <summary>Augmented digits, one by one and in a training; shifted, scaled, rotated and bent.</summary>
internal sealed class AugmentationProbe : Probe
{
    public override void Run(ProbeHash hash)
    {
        var data = Datasets.Strokes(seed: 2, train: 90, test: 0);
        var augmentation = new Augmentation { Shift = 1.5, Scale = 0.2, Rotate = 15, Elastic = new(1.2, 2) };
        hash.Add(augmentation.Apply(data.Train, 4, 1).Inputs);
        var each = data.Normalise(Normalisation.StandardPerFeature(data.Train));
        hash.Add(augmentation.Apply(each.Train, 4, 1, each.Normalisation).Inputs);
        var network = Network.Sequential(784).Dense(10).Build();
        new Trainer(network, Loss.SoftmaxCrossEntropy, new Adam()) { BatchSize = 40, Augmentation = augmentation }.Fit(data, 2);
        hash.Add<float>(network.Parameters);
    }
}
