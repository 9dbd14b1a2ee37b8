using System.Globalization;

namespace Explain.Core;

/// <summary>
/// How much a sample of each class counts in the loss: its loss and gradient are multiplied with the weight of its true class. A set's loss
/// stays the sum over its samples divided by their number, as in Keras (PyTorch divides by the sum of the weights instead; over training
/// data with <see cref="Balanced"/> weights both are the same).
/// </summary>
public sealed class ClassWeights
{
    /// <summary>The largest weight.</summary>
    internal const double Largest = 1e6;

    private ClassWeights(IReadOnlyList<double>? values) => Values = values;

    /// <summary>
    /// n / (classes · count) for a class with count of the n training samples, so that every class counts the same in total (King and Zeng,
    /// "Logistic regression in rare events data", 2001).
    /// </summary>
    public static ClassWeights Balanced { get; } = new(null);

    /// <summary>One weight a class, in the order of classes; null for <see cref="Balanced"/>.</summary>
    public IReadOnlyList<double>? Values { get; }

    /// <summary>Weights one by one.</summary>
    /// <param name="weights">One a class, from 0 to a million, at least one above 0.</param>
    /// <exception cref="InputException">A weight is out of range, or none is above 0.</exception>
    public static ClassWeights Of(params IReadOnlyList<double> weights)
    {
        foreach (double weight in weights)
        {
            if (!(weight >= 0 && weight <= Largest))
                throw new InputException(
                    $"A class weight is {weight.ToString("R", CultureInfo.InvariantCulture)}; allowed are numbers from 0 to {Largest}.");
        }
        if (!weights.Any(w => w > 0))
            throw new InputException("All class weights are 0, so nothing would be learnt; at least one must be above 0.");
        return new ClassWeights([.. weights]);
    }

    /// <summary>The weights for training data.</summary>
    /// <param name="train">The training samples, which <see cref="Balanced"/> weights are counted from.</param>
    /// <returns>One a class.</returns>
    /// <exception cref="InputException">
    /// There are not as many weights as classes, or a class without a sample is to be balanced.
    /// </exception>
    public IReadOnlyList<float> For(Dataset train)
    {
        if (Values is { } given)
        {
            if (given.Count != train.ClassCount)
                throw new InputException(
                    $"There are {given.Count} class weights, but the data '{train.Name}' has {train.ClassCount} classes; "
                        + "give one weight a class.");
            return [.. given.Select(w => (float)w)];
        }
        var counts = new long[train.ClassCount];
        foreach (int label in train.Labels) counts[label]++;
        int empty = Array.IndexOf(counts, 0);
        if (empty >= 0)
            throw new InputException(
                $"The training data '{train.Name}' has no sample of class '{train.ClassNames[empty]}', so its weight cannot be balanced; "
                    + "give the class weights one by one.");
        return [.. counts.Select(count => (float)((double)train.Count / (train.ClassCount * count)))];
    }

    /// <summary>"balanced", or the weights as a list.</summary>
    public override string ToString() =>
        Values is null ? "balanced" : $"[{string.Join(", ", Values.Select(w => w.ToString("R", CultureInfo.InvariantCulture)))}]";
}
