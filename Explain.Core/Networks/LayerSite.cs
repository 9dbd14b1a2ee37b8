namespace Explain.Core;

/// <summary>Where a layer is to stand: its name, what comes in, and the plan with its numbers checked.</summary>
internal sealed class LayerSite
{
    private readonly Dictionary<string, double> _values = [];

    /// <summary>Checks the plan.</summary>
    /// <exception cref="InputException">It does not fit its kind.</exception>
    public LayerSite(LayerKind kind, LayerPlan plan, string name, Shape input)
    {
        Name = name;
        Input = input;
        Plan = plan;
        foreach (var (key, value) in plan.Settings)
        {
            var parameter = kind.Parameters.FirstOrDefault(p => p.Name == key)
                ?? throw new InputException(
                    $"The {kind.Name} layer '{name}' has no setting '{key}'"
                        + $"{(kind.Parameters.Count == 0 ? "; it has none." : Names.Hint(key, Names.Of(kind.Parameters, p => p.Name)))}");
            if (!(value >= parameter.Minimum && value <= parameter.Maximum) || (parameter.Whole && value != Math.Floor(value)))
                throw new InputException(
                    $"{key} of the {kind.Name} layer '{name}' is {value:R}; allowed are {(parameter.Whole ? "whole numbers" : "values")} "
                        + $"from {parameter.Minimum:R} to {parameter.Maximum:R}.");
            if (!_values.TryAdd(key, value))
                throw new InputException(
                    $"{key} of the {kind.Name} layer '{name}' is given twice, as {_values[key]:R} and as {value:R}; allowed is once.");
        }
        foreach (var parameter in kind.Parameters)
        {
            if (parameter.Required && !_values.ContainsKey(parameter.Name))
                throw new InputException(
                    $"The {kind.Name} layer '{name}' does not say its {parameter.Name}; "
                        + $"it needs a whole number of at least {parameter.Minimum:R}.");
            if (!double.IsNaN(parameter.Default)) _values.TryAdd(parameter.Name, parameter.Default);
        }
        if (!kind.HasActivation && !plan.Activation.Equals(Activation.Identity))
            throw new InputException(
                $"The {kind.Name} layer '{name}' has the activation '{plan.Activation.Name}'; layers of this kind have none, "
                    + "so put it at the end of the layer before.");
        if (!kind.TakesPadding && plan.Padding is { } padding)
            throw new InputException($"The {kind.Name} layer '{name}' has the padding '{padding}'; layers of this kind take none.");
        if (plan.Padding is { } given
            && given != Padding.Same
            && Math.Min(Math.Min(given.Top, given.Bottom), Math.Min(given.Left, given.Right)) < 0)
            throw new InputException($"The {kind.Name} layer '{name}' has a padding of {given}; allowed are 0 and more.");
    }

    public string Name { get; }

    /// <summary>Shape of what comes in.</summary>
    public Shape Input { get; }

    public LayerPlan Plan { get; }

    /// <summary>A number that is given or has a default.</summary>
    public double this[string name] => _values[name];

    public bool IsGiven(string name) => _values.ContainsKey(name);

    public int Whole(string name) => (int)_values[name];

    public int Whole(string name, int otherwise) => _values.TryGetValue(name, out double value) ? (int)value : otherwise;
}
