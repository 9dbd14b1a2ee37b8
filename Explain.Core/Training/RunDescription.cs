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
            Network = Described(data.Train.SampleShape, readout),
            Settings = details.Settings ??
            [
                new("layers", sizes),
                new("activation", activations),
                new("initialisation", initializers),
                new("optimiser", optimizer.Name),
                new("rate", rate),
                new("batch", trainer.BatchSize is { } b ? b.ToString(CultureInfo.InvariantCulture) : "full"),
                .. Objective(),
            ],
            Data = new DataDescription(
                data.Train.Name, data.Train.Count, data.Validation?.Count ?? 0, data.Test?.Count ?? 0, data.Train.ClassNames, data.Train.Fingerprint(), details.Normalisation, data.Train.FeatureNames),
        };
    }

    /// <summary>What differs from the plain loss and the plain gradient; nothing where nothing does.</summary>
    private IEnumerable<KeyValuePair<string, string>> Objective()
    {
        if (trainer.LabelSmoothing > 0) yield return new("label smoothing", Number(trainer.LabelSmoothing));
        if (trainer.ClassWeights is { } weights) yield return new("class weights", weights.ToString());
        if (trainer.Penalty is { } penalty) yield return new("penalty", $"l1 {Number(penalty.L1)}, l2 {Number(penalty.L2)}{(penalty.Biases ? ", biases too" : "")}");
        if (trainer.Clip is { } clip) yield return new("clip", clip.Norm is { } norm ? $"norm {Number(norm)}" : $"value {Number(clip.Value!.Value)}");

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
    /// The network's description. A network that was built for a plain vector may well be trained on pictures, which are vectors to it; to a reader they are
    /// pictures, and so are the weights of its first layer, so the shape of the samples is what is kept.
    /// </summary>
    private NetworkDescription Described(Shape sample, Readout readout)
    {
        var described = network.Describe(loss, readout.Targets);
        return sample.IsImage && described.InputShape == Shape.Vector(sample.Size) ? described with { InputShape = sample } : described;
    }
}
