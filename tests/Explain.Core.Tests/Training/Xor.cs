namespace Explain.Core.Tests;

/// <summary>The worked example: xor on ±1, a 2→2 tanh→1 sigmoid network and its published start.</summary>
internal static class Xor
{
    /// <summary>(−1,−1), (−1,1), (1,−1), (1,1) → 0, 1, 1, 0.</summary>
    public static Dataset Data { get; } = new(
        "xor", new Matrix([-1, -1, -1, 1, 1, -1, 1, 1], 0, 4, 2), Shape.Vector(2), [0, 1, 1, 0], ["0", "1"]);

    /// <summary>The network with the published weights; ours are outputs × inputs, the published ones inputs × outputs.</summary>
    public static Network Network()
    {
        var network = Core.Network.Sequential(2).Dense(2, Activation.Tanh).Dense(1, Activation.Sigmoid).Build();
        new[] { -1.05284f, -1.03293f, -1.14567f, -0.606564f, 0, 0, -0.680012f, -0.630844f, 0 }.CopyTo(network.Parameters);
        return network;
    }
}
