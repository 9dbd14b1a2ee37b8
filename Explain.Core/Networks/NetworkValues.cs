namespace Explain.Core;

/// <summary>A copy of everything that training changes in a network.</summary>
/// <param name="Parameters">As <see cref="Network.Parameters"/>.</param>
/// <param name="State">As <see cref="Network.State"/>.</param>
public sealed record NetworkValues(float[] Parameters, float[] State)
{
    /// <summary>Copies a network.</summary>
    internal static NetworkValues Of(Network network) => new(network.Parameters.ToArray(), network.State.ToArray());

    /// <summary>Copies these values.</summary>
    internal NetworkValues Copy() => new([.. Parameters], [.. State]);

    /// <summary>Takes the values of a network of the same size.</summary>
    internal void CopyFrom(Network network)
    {
        network.Parameters.CopyTo(Parameters);
        network.State.CopyTo(State);
    }

    /// <summary>Takes other values as many.</summary>
    internal void CopyFrom(NetworkValues other)
    {
        other.Parameters.CopyTo(Parameters, 0);
        other.State.CopyTo(State, 0);
    }

    /// <summary>Puts the values into a network of the same size.</summary>
    internal void CopyTo(Network network)
    {
        Parameters.CopyTo(network.Parameters);
        State.CopyTo(network.State);
    }

    /// <summary>SHA-256 as <see cref="Network.WeightsHash"/> gives it.</summary>
    internal string Hash() => Network.HashOf(Parameters, State);

    /// <summary>Whether a network has as many values.</summary>
    internal bool Fits(Network network) => Parameters.Length == network.ParameterCount && State.Length == network.State.Length;
}
