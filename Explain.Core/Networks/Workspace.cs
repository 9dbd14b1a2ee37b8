using System.Globalization;

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
        foreach (var layer in network.Layers) CheckSize(network, layer, capacity, training: statistics);
        _buffers = [.. network.Layers.Select(layer => layer.CreateBuffers(capacity, backward, statistics))];
    }

    public int Capacity { get; }

    public LayerBuffers this[int layer] => _buffers[layer];

    public Matrix Outputs => _buffers[^1].Outputs;

    /// <summary>Refuses a pass whose outputs of a layer no matrix could hold.</summary>
    private static void CheckSize(Network network, Layer layer, int samples, bool training)
    {
        long values = layer.OutputShape.Size, all = samples * values, most = Array.MaxLength;
        if (all <= most) return;
        bool whole = network.Layers.Any(l => l.CouplesSamples(training));
        throw new InputException(
            string.Create(CultureInfo.InvariantCulture,
                $"Layer '{layer.Name}' puts out {layer.OutputShape} = {values:N0} values a sample, "
                    + $"{all:N0} for the {samples:N0} samples that pass at a time; a layer can hold {most:N0}. ")
                + (whole ? string.Create(
                    CultureInfo.InvariantCulture,
                    $"A layer of this network looks across the samples of a batch, so a batch cannot be taken apart: "
                        + $"take a batch size of at most {most / values:N0}, or make the layer smaller.")
                    : "Make the layer smaller: fewer filters or units, a larger stride, or smaller pictures."));
    }

    /// <summary>
    /// To be filled with ∂loss/∂outputs (or, fused, ∂loss/∂pre-activations of the last layer) before <see cref="Backward"/>.
    /// </summary>
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
            if (!_network.Layers[l].Backward(inputs, _buffers[l], fused && l == _buffers.Length - 1, gradients, accumulate, below))
                broken = l;
        }
        return broken;
    }

    /// <summary>Forgets the statistics gathered so far.</summary>
    public void ResetStatistics()
    {
        foreach (var buffers in _buffers) buffers.Statistics?.Reset();
    }
}
