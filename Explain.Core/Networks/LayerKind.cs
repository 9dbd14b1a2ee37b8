namespace Explain.Core;

/// <summary>One kind of layer, e.g. "conv".</summary>
public sealed class LayerKind
{
    internal LayerKind(string name, string prefix, string summary, IReadOnlyList<KindParameter> parameters, Func<LayerSite, Layer> create)
    {
        Name = name;
        Prefix = prefix;
        Summary = summary;
        Parameters = parameters;
        Create = create;
    }

    /// <summary>As written in recipes, lower case.</summary>
    public string Name { get; }

    /// <summary>What names begin with where none is given, e.g. "pool" in "pool2".</summary>
    public string Prefix { get; }

    /// <summary>One line for lists.</summary>
    public string Summary { get; }

    /// <summary>The numbers it takes.</summary>
    public IReadOnlyList<KindParameter> Parameters { get; }

    /// <summary>Whether there are weights, hence an initialiser and, unless switched off, biases.</summary>
    public bool HasWeights { get; internal init; }

    /// <summary>Whether it ends in an activation.</summary>
    public bool HasActivation { get; internal init; }

    /// <summary>Whether <see cref="LayerPlan.Padding"/> may be given.</summary>
    public bool TakesPadding { get; internal init; }

    /// <summary>Makes the layer.</summary>
    internal Func<LayerSite, Layer> Create { get; }

    /// <inheritdoc/>
    public override string ToString() => Name;
}
