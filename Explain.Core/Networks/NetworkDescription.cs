using System.Text.Json.Serialization;

namespace Explain.Core;

/// <summary>A network without its weights: enough to build it again and to draw it.</summary>
/// <param name="InputShape">Shape of one sample.</param>
/// <param name="Layers">In order.</param>
public sealed record NetworkDescription(Shape InputShape, IReadOnlyList<LayerDescription> Layers);

/// <summary>One layer of a description.</summary>
/// <param name="Name">Unique in the network, e.g. "dense1".</param>
/// <param name="Kind">Registered layer kind, e.g. "dense".</param>
/// <param name="OutputShape">Shape of one output.</param>
/// <param name="Activation">The function at its end.</param>
/// <param name="Bias">Whether it has biases.</param>
/// <param name="Initializer">Where its weights started; null where it has none.</param>
/// <param name="Parameters">Number of trainable values.</param>
/// <param name="BiasStart">What every bias was before training; 0 where there are none.</param>
public sealed record LayerDescription(
    string Name,
    string Kind,
    Shape OutputShape,
    Activation Activation,
    bool Bias,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] Initializer? Initializer,
    int Parameters,
    float BiasStart = 0)
{
    /// <summary>
    /// The numbers of the kind by name, in order, e.g. "filters", "stride"; empty in runs recorded before there were kinds other than
    /// dense.
    /// </summary>
    public IReadOnlyList<KeyValuePair<string, double>> Settings { get; init; } = [];
}
