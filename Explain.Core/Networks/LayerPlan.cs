namespace Explain.Core;

/// <summary>A layer before it has a place in a network: what <see cref="NetworkBuilder.Add"/> makes one from.</summary>
/// <param name="Kind">Registered kind, see <see cref="LayerKinds"/>.</param>
/// <param name="Name">Unique in the network; the kind and the place where null, e.g. "conv1".</param>
public sealed record LayerPlan(string Kind, string? Name = null)
{
    /// <summary>The kind's numbers by name; those left out take their defaults.</summary>
    public IReadOnlyList<KeyValuePair<string, double>> Settings { get; init; } = [];

    /// <summary>Zeros around the image, for kinds that pad; the numbers in <see cref="Settings"/> where null.</summary>
    public Padding? Padding { get; init; }

    /// <summary>Applied last.</summary>
    public Activation Activation { get; init; } = Activation.Identity;

    /// <summary>Whether there are biases, in kinds that have weights.</summary>
    public bool Bias { get; init; } = true;

    /// <summary>Where the biases start.</summary>
    public float BiasStart { get; init; }

    /// <summary>Where the weights start; Glorot uniform where null, but 1 in batch normalisation.</summary>
    public Initializer? Initializer { get; init; }
}
