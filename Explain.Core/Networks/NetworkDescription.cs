namespace Explain.Core;

/// <summary>A network without its weights: enough to build it again and to draw it.</summary>
/// <param name="InputShape">Shape of one sample.</param>
/// <param name="Loss">The loss by its registered name, e.g. "softmax cross-entropy"; tells whether outputs are logits.</param>
/// <param name="Layers">In order.</param>
/// <param name="Targets">How labels were encoded; tells how outputs are read, see <see cref="Readout"/>.</param>
public sealed record NetworkDescription(Shape InputShape, string Loss, IReadOnlyList<LayerDescription> Layers, TargetEncoding Targets = TargetEncoding.OneHot);

/// <summary>One layer of a description.</summary>
/// <param name="Name">Unique in the network, e.g. "dense1".</param>
/// <param name="Kind">Registered layer kind, e.g. "dense".</param>
/// <param name="OutputShape">Shape of one output.</param>
/// <param name="Activation">Registered activation with its parameter, e.g. "leaky relu(0.01)".</param>
/// <param name="Bias">Whether it has biases.</param>
/// <param name="Initializer">Registered initialiser of the weights, e.g. "he normal".</param>
/// <param name="Parameters">Number of trainable values.</param>
/// <param name="BiasStart">What every bias was before training; 0 where there are none.</param>
public sealed record LayerDescription(string Name, string Kind, Shape OutputShape, string Activation, bool Bias, string Initializer, int Parameters, float BiasStart = 0)
{
    /// <summary>The numbers of the kind by name, in order, e.g. "filters", "stride"; empty in runs recorded before there were kinds other than dense.</summary>
    public IReadOnlyList<KeyValuePair<string, double>> Settings { get; init; } = [];
}
