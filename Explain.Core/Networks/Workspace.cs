namespace Explain.Core;

/// <summary>The buffers of passes over at most <see cref="Capacity"/> samples at a time; allocated once and used again.</summary>
internal sealed class Workspace
{
    private readonly Network _network;
    private readonly LayerBuffers[] _buffers;
    private Matrix _inputs;

    public Workspace(Network network, int capacity, bool backward, bool statistics)
    {
        _network = network;
        Capacity = capacity;
        _buffers = [.. network.Layers.Select(layer => layer.CreateBuffers(capacity, backward, statistics))];
    }

    public int Capacity { get; }

    public LayerBuffers this[int layer] => _buffers[layer];

    public Matrix Outputs => _buffers[^1].Outputs;

    /// <summary>To be filled with ∂loss/∂outputs (or, fused, ∂loss/∂pre-activations of the last layer) before <see cref="Backward"/>.</summary>
    public Matrix OutputGradient => _buffers[^1].Gradient;

    /// <summary>inputs [n, in] → <see cref="Outputs"/> [n, out], n ≤ <see cref="Capacity"/>.</summary>
    public void Forward(Matrix inputs, PassContext context = default)
    {
        _inputs = inputs;
        for (int l = 0; l < _buffers.Length; l++)
        {
            _buffers[l].Resize(inputs.Rows);
            _network.Layers[l].Forward(l == 0 ? inputs : _buffers[l - 1].Outputs, _buffers[l], context);
        }
    }

    /// <summary>Goes back after <see cref="Forward"/>. See <see cref="Layer.Backward"/>.</summary>
    /// <returns>The first layer in which an output was not finite, or −1.</returns>
    public int Backward(bool fused, float[]? gradients, bool accumulate, Matrix inputGradient = default)
    {
        int broken = -1;
        for (int l = _buffers.Length - 1; l >= 0; l--)
        {
            var below = l == 0 ? inputGradient : _buffers[l - 1].Gradient;
            var inputs = l == 0 ? _inputs : _buffers[l - 1].Outputs;
            if (!_network.Layers[l].Backward(inputs, _buffers[l], fused && l == _buffers.Length - 1, gradients, accumulate, below)) broken = l;
        }
        return broken;
    }

    /// <summary>Forgets the statistics gathered so far.</summary>
    public void ResetStatistics()
    {
        foreach (var buffers in _buffers) buffers.Statistics?.Reset();
    }
}
