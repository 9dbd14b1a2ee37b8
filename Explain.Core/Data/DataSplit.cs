namespace Explain.Core;

/// <summary>What a network is trained, validated and tested on; the last two may be missing.</summary>
/// <param name="Train">What the network learns from.</param>
/// <param name="Validation">What it is compared on while it learns; null for none.</param>
/// <param name="Test">What it is judged on at the end; null for none.</param>
public sealed record DataSplit(Dataset Train, Dataset? Validation = null, Dataset? Test = null)
{
    /// <summary>How the inputs were normalised; null where they are as they came.</summary>
    public Normalisation? Normalisation { get; init; }

    /// <summary>
    /// Takes <paramref name="validation"/> of each class's training samples away as validation data: which ones depends only on the seed,
    /// and both parts keep the order of the samples. 0 takes none.
    /// </summary>
    /// <param name="validation">Share of the training samples, 0 ≤ share &lt; 1.</param>
    /// <param name="seed">Of the choice.</param>
    /// <exception cref="ArgumentOutOfRangeException">The share is out of range.</exception>
    /// <exception cref="InvalidOperationException">There is validation data already.</exception>
    /// <exception cref="InputException">The share leaves training or validation data empty.</exception>
    public DataSplit Split(double validation, ulong seed = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(validation);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(validation, 1);
        if (validation == 0) return this;
        if (Validation is not null) throw new InvalidOperationException("The data has validation samples already.");
        var chosen = new bool[Train.Count];
        int count = 0;
        for (int c = 0; c < Train.ClassCount; c++)
        {
            int[] members = [.. Enumerable.Range(0, Train.Count).Where(i => Train.Labels[i] == c)];
            new CounterRandom(seed, $"split/{c}").Shuffle(members);
            int share = (int)Math.Round(validation * members.Length, MidpointRounding.AwayFromZero);
            foreach (int i in members.AsSpan(0, share)) chosen[i] = true;
            count += share;
        }
        if (count == 0 || count == Train.Count)
            throw new InputException(
                $"A validation share of {validation} of {Train.Count} training samples leaves {count} for validation "
                    + $"and {Train.Count - count} for training; both need at least one.");
        int[] all = [.. Enumerable.Range(0, Train.Count)];
        return this with
        {
            Train = Train.Select(Array.FindAll(all, i => !chosen[i])),
            Validation = Train.Select(Array.FindAll(all, i => chosen[i])),
        };
    }

    /// <summary>
    /// All parts with (x − mean) / std, one mean and one deviation for every feature, given in advance (0.1307 and 0.3081 for MNIST).
    /// </summary>
    public DataSplit Normalise(double mean, double std) => Normalise(Core.Normalisation.Given(mean, std));

    /// <summary>All parts normalised in the same way.</summary>
    /// <exception cref="InvalidOperationException">The data is normalised already.</exception>
    public DataSplit Normalise(Normalisation normalisation)
    {
        if (Normalisation is not null) throw new InvalidOperationException($"The data is normalised already ({Normalisation}).");
        return new DataSplit(
            normalisation.Apply(Train),
            Validation is null ? null : normalisation.Apply(Validation),
            Test is null ? null : normalisation.Apply(Test))
        {
            Normalisation = normalisation,
        };
    }

    /// <summary>The first samples of each part, at most as many as given.</summary>
    public DataSplit Take(int train, int test) => this with { Train = Train.Take(train), Test = Test?.Take(test) };
}
