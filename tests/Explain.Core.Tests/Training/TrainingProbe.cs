namespace Explain.Core.Tests;

/// <summary>Short trainings that go through every activation, loss and optimiser; everything a run records must be the same bits.</summary>
internal sealed class TrainingProbe : Probe
{
    public override void Run(ProbeHash hash)
    {
        string[] losses = [.. Loss.Names];
        for (int i = 0; i < Activation.Names.Count; i++)
        {
            var loss = Loss.Parse(losses[i % losses.Length]);
            var last = loss.TakesLogits || !loss.NeedsProbabilityTargets ? Activation.Identity
                : loss.Name == "cross-entropy" ? Activation.Softmax
                : Activation.Sigmoid;
            var network = Network.Sequential(19).Dense(
                37,
                Activation.Parse(Activation.Names[i]),
                initializer: Initializer.Parse(Initializer.Names[i % Initializer.Names.Count])).Dense(3, last).Build(seed: (ulong)i + 1);
            var optimizer = Optimizer.Parse(Optimizer.Names[i % Optimizer.Names.Count]);
            var sink = new MemorySink();
            new Trainer(network, loss, optimizer)
            {
                BatchSize = i % 3 == 0 ? null : 29,
                Schedule = new CosineSchedule(minimum: 1e-4, warmUp: 0.5),
                LabelSmoothing = i % 2 == 0 && loss.NeutralTarget(3) is not null ? 0.1 : 0,
                ClassWeights = i % 4 == 1 ? ClassWeights.Balanced : i % 4 == 3 ? ClassWeights.Of(1, 0.3, 2) : null,
                Penalty = i % 5 == 2 ? new Penalty(1e-4, 1e-3) : null,
                Clip = i % 5 == 3 ? GradientClip.ByNorm(0.1) : i % 5 == 4 ? GradientClip.ByValue(0.01) : null,
            }.Fit(new DataSplit(EasyClusters.Make(131), EasyClusters.Make(40)), 2, sink);
            hash.Add<float>(network.Parameters);
            foreach (var metrics in sink.Metrics)
            {
                hash.Add(metrics.Loss);
                hash.Add(metrics.ValidationLoss);
                foreach (var layer in metrics.Layers)
                {
                    hash.Add(layer.WeightStd);
                    hash.Add(layer.UpdateMean);
                    hash.Add(layer.GradientMean);
                    hash.Add(layer.ActivationMean);
                    hash.Add(layer.ActivationStd);
                    hash.Add(layer.DeadShare);
                    hash.Add(layer.SaturatedShare);
                }
            }
            foreach (var layer in sink.Snapshots[^1].Layers)
            {
                hash.Add<long>(layer.Activations.Counts);
                hash.Add<float>(layer.MeanActivation);
                hash.Add(layer.ProbeActivations);
            }
        }
    }
}
