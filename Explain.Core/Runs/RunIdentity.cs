namespace Explain.Core;

/// <summary>Whether two descriptions are of the same run, but for the number of epochs and words for the reader.</summary>
internal static class RunIdentity
{
    /// <summary>Compares what a folder holds with what is to be written into it.</summary>
    /// <exception cref="InputException">They differ; says in what.</exception>
    public static void Check(string path, RunInfo there, RunInfo now)
    {
        if (there.Seed != now.Seed) throw new InputException($"{path}: the run there has the seed {there.Seed}, this training {now.Seed}.");
        if (there.Data.Fingerprint != now.Data.Fingerprint || Sizes(there.Data) != Sizes(now.Data))
            throw new InputException(
                $"{path}: the run there was trained on other data: {Described(there.Data)} there, {Described(now.Data)} now.");
        if (Described(there) is var old && Described(now) is var given && old != given)
            throw new InputException($"{path}: the run there is of another network: {old} there, {given} now.");
    }

    private static (int Train, int Validation, int Test) Sizes(DataDescription data) => (data.Train, data.Validation, data.Test);

    private static string Described(DataDescription data) =>
        $"'{data.Name}', {data.Train} + {data.Validation} + {data.Test} training, validation and test samples, "
        + $"fingerprint {data.Fingerprint[..Math.Min(12, data.Fingerprint.Length)]}…";

    private static string Described(RunInfo run) =>
        $"{run.Network.InputShape} through {string.Join(", ", run.Network.Layers.Select(Described))} to {run.Objective.Loss}";

    private static string Described(LayerDescription layer) =>
        $"{layer.Name} ({layer.Kind}, {layer.OutputShape}, {layer.Activation}, {layer.Initializer}, {layer.Parameters} parameters)";
}
