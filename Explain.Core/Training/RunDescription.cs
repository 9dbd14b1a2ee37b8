using System.Globalization;

namespace Explain.Core;

/// <summary>Makes the head of a run's record.</summary>
internal sealed class RunDescription(Trainer trainer, Network network, Loss loss, Optimizer optimizer)
{
    public RunInfo Make(DataSplit data, Readout readout, int epochs, RunDetails details)
    {
        string sizes = network.Layers.All(l => l is DenseLayer)
            ? string.Join('-', network.Layers.Select(l => l.OutputShape.Size).Prepend(network.InputShape.Size))
            : string.Join(", ", network.Layers.Select(Short));
        var hidden = network.Layers.SkipLast(1).Where(l => LayerKinds.Find(l.Kind).HasActivation).Select(l => l.Activation.Name).ToList();
        string activations = string.Join(", ", hidden.DefaultIfEmpty(network.Layers[^1].Activation.Name).Distinct());
        string initializers = string.Join(", ", network.Layers.Where(l => l.HasWeights).Select(l => l.Initializer.Name).Distinct());
        string rate = optimizer.Rate.ToString("G4", CultureInfo.InvariantCulture);
        string name = details.Name ?? $"{sizes} {activations}";
        return new RunInfo
        {
            Name = name,
            Title = details.Title ?? (details.Name is null ? $"{sizes}, {activations}, {optimizer.Name} {rate}" : name),
            Recipe = details.Recipe,
            Notes = details.Notes,
            Seed = trainer.Seed,
            Epochs = epochs,
            Network = Described(data.Train.SampleShape),
            Objective = new Objective
            {
                Loss = loss,
                Targets = readout.Targets,
                LabelSmoothing = readout.LabelSmoothing,
                ClassWeights = readout.ClassWeights,
                BalancedClasses = trainer.ClassWeights is { Values: null },
                Penalty = trainer.Penalty is { L1: 0, L2: 0 } ? null : trainer.Penalty,
            },
            Optimizer = new OptimizerSettings(
                optimizer.Name,
                new Dictionary<string, double>(
                    [new("rate", optimizer.Rate), .. optimizer.Settings.Select(s => KeyValuePair.Create(s.Key, (double)s.Value))]),
                trainer.Gradient,
                trainer.Schedule.Name,
                new Dictionary<string, double>(trainer.Schedule.Settings.Where(setting => !double.IsNaN(setting.Value)))),
            BatchSize = trainer.BatchSize is { } size && size < data.Train.Count ? size : null,
            Clip = trainer.Clip,
            Augmentation = trainer.Augmentation is { IsIdentity: false } augmentation ? augmentation : null,
            KeepBest = trainer.KeepBest,
            EarlyStopping = trainer.EarlyStopping,
            Comparison = details.Comparison,
            Settings = details.Settings
            ?? [
                new("layers", sizes),
                new("activation", activations),
                new("initialisation", initializers),
                new("optimiser", optimizer.Name),
                new("rate", rate),
                new("batch", trainer.BatchSize is { } b ? b.ToString(CultureInfo.InvariantCulture) : "full"),
                .. Shaping(),
            ],
            Data = new DataDescription
            {
                Name = data.Train.Name,
                Source = details.DataSource,
                Seed = details.DataSeed,
                Options = details.DataOptions,
                Train = data.Train.Count,
                Validation = data.Validation?.Count ?? 0,
                Test = data.Test?.Count ?? 0,
                ClassNames = data.Train.ClassNames,
                FeatureNames = data.Train.FeatureNames,
                Fingerprint = data.Train.Fingerprint(),
                Normalisation = details.Normalisation,
            },
        };
    }

    /// <summary>What differs from the plain loss and the plain gradient; nothing where nothing does.</summary>
    private IEnumerable<KeyValuePair<string, string>> Shaping()
    {
        if (trainer.LabelSmoothing > 0) yield return new("label smoothing", Number(trainer.LabelSmoothing));
        if (trainer.ClassWeights is { } weights) yield return new("class weights", weights.ToString());
        if (trainer.Penalty is { } penalty)
            yield return new("penalty", $"l1 {Number(penalty.L1)}, l2 {Number(penalty.L2)}{(penalty.Biases ? ", biases too" : "")}");
        if (trainer.Clip is { } clip)
            yield return new("clip", clip.Norm is { } norm ? $"norm {Number(norm)}" : $"value {Number(clip.Value!.Value)}");

        static string Number(double value) => value.ToString("G4", CultureInfo.InvariantCulture);
    }

    /// <summary>"conv 16", "max pool", "dense 10": the kind with the number of units or filters.</summary>
    private static string Short(Layer layer) => layer switch
    {
        ConvLayer => $"conv {layer.OutputShape.Channels}",
        DenseLayer => $"dense {layer.OutputShape.Size}",
        _ => layer.Kind,
    };

    /// <summary>
    /// The network's description. A network that was built for a plain vector may well be trained on pictures, which are vectors to it; to
    /// a reader they are pictures, and so are the weights of its first layer, so the shape of the samples is what is kept.
    /// </summary>
    private NetworkDescription Described(Shape sample)
    {
        var described = network.Describe();
        return sample.IsImage && described.InputShape == Shape.Vector(sample.Size) ? described with { InputShape = sample } : described;
    }
}
