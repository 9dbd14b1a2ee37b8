using System.Globalization;

namespace Explain.Core;

/// <summary>
/// Every setting that the bits of a training depend on beside its data and its number of epochs, as names and values in a fixed order: what
/// a checkpoint says of the training that it is of. Numbers are spelled so that reading gives them back; what is not in use is not in the
/// list.
/// </summary>
internal sealed class TrainingIdentity
{
    private readonly List<KeyValuePair<string, string>> _settings = [];

    private TrainingIdentity()
    {
    }

    /// <summary>The settings of a training on so many samples.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Of(
        Trainer trainer, Network network, Readout readout, Optimizer optimizer, int samples)
    {
        var identity = new TrainingIdentity();
        identity.AddTrainer(trainer, readout, samples);
        identity.AddShaping(trainer);
        identity.Add("optimizer", optimizer.Name);
        identity.Add("optimizer rate", optimizer.Rate);
        foreach ((string name, float value) in optimizer.Settings) identity.Add($"optimizer {name}", value);
        identity.Add("schedule", trainer.Schedule.Name);
        foreach ((string name, double value) in trainer.Schedule.Settings) identity.Add($"schedule {name}", value);
        identity.AddCourse(trainer);
        identity.AddLayers(network);
        return identity._settings;
    }

    /// <summary>Compares the settings of a checkpoint with those of the training that is to go on from it.</summary>
    /// <exception cref="InputException">They differ; says in what first.</exception>
    public static void Check(IReadOnlyList<KeyValuePair<string, string>> there, IReadOnlyList<KeyValuePair<string, string>> here)
    {
        foreach (string name in here.Concat(there).Select(setting => setting.Key))
        {
            string was = Find(there, name), now = Find(here, name);
            if (was != now)
                throw new InputException(
                    $"The checkpoint is of another training: '{name}' was {was} there, and is {now} here. "
                        + "With other settings a training has to begin anew.");
        }
    }

    private static string Find(IReadOnlyList<KeyValuePair<string, string>> settings, string name) =>
        settings.Where(setting => setting.Key == name).Select(setting => setting.Value).FirstOrDefault("not set");

    private void AddTrainer(Trainer trainer, Readout readout, int samples)
    {
        Add("seed", trainer.Seed.ToString(CultureInfo.InvariantCulture));
        Add("batch size", Math.Min(trainer.BatchSize ?? samples, samples));
        Add("gradient", trainer.Gradient.ToString());
        Add("loss", readout.Loss.Name);
        Add("targets", readout.Targets.ToString());
        if (trainer.LabelSmoothing > 0) Add("label smoothing", trainer.LabelSmoothing);
        if (trainer.ClassWeights is { } weights) Add("class weights", weights.ToString());
    }

    private void AddShaping(Trainer trainer)
    {
        if (trainer.Penalty is { } penalty and not { L1: 0, L2: 0 })
        {
            Add("penalty l1", penalty.L1);
            Add("penalty l2", penalty.L2);
            Add("penalty on biases", penalty.Biases.ToString());
        }
        if (trainer.Clip?.Norm is { } norm) Add("clip norm", norm);
        if (trainer.Clip?.Value is { } bound) Add("clip value", bound);
        if (trainer.Augmentation is not { IsIdentity: false } augmentation) return;
        Add("augmentation shift", augmentation.Shift);
        Add("augmentation scale", augmentation.Scale);
        Add("augmentation rotate", augmentation.Rotate);
        if (augmentation.Elastic is not { Strength: > 0 } elastic) return;
        Add("augmentation elastic strength", elastic.Strength);
        Add("augmentation elastic smoothness", elastic.Smoothness);
    }

    private void AddCourse(Trainer trainer)
    {
        if (trainer.KeepBest is { } best)
        {
            Add("keep best", best.Measure.ToString());
            Add("keep best improvement", best.MinimumImprovement);
        }
        if (trainer.EarlyStopping is not { } early) return;
        Add("early stopping", early.Measure.ToString());
        Add("early stopping patience", early.Patience);
        Add("early stopping improvement", early.MinimumImprovement);
    }

    private void AddLayers(Network network)
    {
        Add("input shape", network.InputShape.ToString());
        Add("layers", string.Join(", ", network.Layers.Select(layer => layer.Name)));
        foreach (Layer layer in network.Layers)
        {
            Add($"{layer.Name} kind", layer.Kind);
            Add($"{layer.Name} shape", layer.OutputShape.ToString());
            Add($"{layer.Name} activation", layer.Activation.Name);
            Add($"{layer.Name} bias", layer.HasBias.ToString());
            foreach ((string name, double value) in layer.Settings) Add($"{layer.Name} {name}", value);
        }
    }

    private void Add(string name, float value) => Add(name, value.ToString("R", CultureInfo.InvariantCulture));

    private void Add(string name, double value) => Add(name, value.ToString("R", CultureInfo.InvariantCulture));

    private void Add(string name, int value) => Add(name, value.ToString(CultureInfo.InvariantCulture));

    private void Add(string name, string value) => _settings.Add(new(name, value));
}
