namespace Explain.Core;

/// <summary>Which samples a metric was measured on.</summary>
public enum DataPart
{
    /// <summary>Those that the network was fitted to.</summary>
    Train,

    /// <summary>Held out, and looked at while training.</summary>
    Validation,

    /// <summary>Held out to the end.</summary>
    Test,
}

/// <summary>What a metric counts.</summary>
public enum Quantity
{
    /// <summary>Mean loss, in the unit of the run's loss; lower is better.</summary>
    Loss,

    /// <summary>Share of samples classified correctly, 0 … 1; higher is better.</summary>
    Accuracy,
}

/// <summary>A number that a run comes to, e.g. "test accuracy": one of a closed family, found by name.</summary>
public sealed class Metric
{
    private Metric(DataPart part, Quantity quantity)
    {
        Part = part;
        Quantity = quantity;
        Name = $"{Words(part)} {(quantity == Quantity.Loss ? "loss" : "accuracy")}";
    }

    /// <summary>All metrics: train, validation, test; of each its loss, then its accuracy.</summary>
    public static IReadOnlyList<Metric> All { get; } =
        [.. Enum.GetValues<DataPart>().SelectMany(part => Enum.GetValues<Quantity>(), (part, quantity) => new Metric(part, quantity))];

    /// <summary>Its name in a run's record, e.g. "validation loss".</summary>
    public string Name { get; }

    /// <summary>Which samples.</summary>
    public DataPart Part { get; }

    /// <summary>What is counted.</summary>
    public Quantity Quantity { get; }

    /// <summary>Whether it is a share of samples, shown as a percentage.</summary>
    public bool IsShare => Quantity == Quantity.Accuracy;

    /// <summary>Whether more of it is better.</summary>
    public bool HigherIsBetter => Quantity == Quantity.Accuracy;

    /// <summary>The metric of a part and a quantity.</summary>
    public static Metric Of(DataPart part, Quantity quantity) => All[((int)part * 2) + (int)quantity];

    /// <summary>
    /// The metric called <paramref name="name"/>; null where there is none of that name, as in a record that another program wrote.
    /// </summary>
    public static Metric? Find(string name) => All.FirstOrDefault(metric => metric.Name == name);

    /// <summary>
    /// The metric that ranks runs: what counts is how a network does on data that it was not fitted to, and accuracy says it more plainly
    /// than loss. Test accuracy, else that on validation or training data, else a loss in the same order; null where none of the names is a
    /// metric's.
    /// </summary>
    public static Metric? Score(IEnumerable<string> names)
    {
        var known = names.Select(Find).OfType<Metric>().ToHashSet();
        return known.OrderByDescending(metric => metric.Quantity).ThenByDescending(metric => metric.Part).FirstOrDefault();
    }

    /// <inheritdoc/>
    public override string ToString() => Name;

    private static string Words(DataPart part) => part switch
    {
        DataPart.Train => "train",
        DataPart.Validation => "validation",
        _ => "test",
    };
}
