namespace Explain.Core;

/// <summary>Collects layers; <see cref="Build"/> makes the network.</summary>
public sealed class NetworkBuilder
{
    private readonly Shape _input;
    private readonly List<Layer> _layers = [];

    internal NetworkBuilder(Shape input)
    {
        if (input.Height < 1 || input.Width < 1 || input.Channels < 1) throw new InputException($"A network cannot take inputs of shape {input}; every extent must be at least 1.");
        _input = input;
    }

    /// <summary>Adds a dense layer.</summary>
    /// <param name="units">Number of outputs.</param>
    /// <param name="activation">Identity where null.</param>
    /// <param name="bias">Whether each unit has a bias.</param>
    /// <param name="initializer">Where the weights start; Glorot uniform where null.</param>
    /// <param name="biasStart">Where the biases start.</param>
    /// <param name="name">"dense1", "dense2" … where null.</param>
    /// <exception cref="InputException">There is no unit, or the name is taken.</exception>
    public NetworkBuilder Dense(int units, Activation? activation = null, bool bias = true, Initializer? initializer = null, float biasStart = 0, string? name = null)
    {
        if (units < 1) throw new InputException($"A dense layer needs at least 1 unit; it was given {units}.");
        name ??= $"dense{_layers.Count + 1}";
        if (name.Length == 0 || _layers.Any(l => l.Name == name)) throw new InputException($"The layer name '{name}' is {(name.Length == 0 ? "empty" : "taken")}; every layer needs a name of its own.");
        var input = _layers.Count == 0 ? _input : _layers[^1].OutputShape;
        _layers.Add(new DenseLayer(name, input, Shape.Vector(units), activation ?? Activation.Identity, bias, initializer ?? Initializer.GlorotUniform, biasStart));
        return this;
    }

    /// <summary>The network with its parameters filled by the layers' initialisers.</summary>
    /// <exception cref="InputException">There is no layer.</exception>
    public Network Build(ulong seed = 1)
    {
        if (_layers.Count == 0) throw new InputException("A network needs at least one layer.");
        return new Network(_input, _layers, seed);
    }
}
