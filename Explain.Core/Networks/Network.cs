using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Explain.Core;

/// <summary>Layers one after the other over one flat buffer of parameters.</summary>
public sealed class Network
{
    /// <summary>Values that the largest layer may have in one pass, about.</summary>
    private const int PassValues = 1 << 24;

    private readonly float[] _parameters;
    private readonly float[] _state;

    internal Network(Shape inputShape, IReadOnlyList<Layer> layers, ulong seed)
    {
        InputShape = inputShape;
        Layers = layers;
        _parameters = new float[layers.Sum(l => l.ParameterCount)];
        _state = new float[layers.Sum(l => l.StateCount)];
        int offset = 0, stateOffset = 0;
        foreach (var layer in layers)
        {
            layer.Bind(_parameters, offset, _state, stateOffset);
            offset += layer.ParameterCount;
            stateOffset += layer.StateCount;
            layer.Initialize(seed);
        }
    }

    /// <summary>Shape of one sample that comes in.</summary>
    public Shape InputShape { get; }

    /// <summary>Shape of one sample that goes out.</summary>
    public Shape OutputShape => Layers[^1].OutputShape;

    /// <summary>In order.</summary>
    public IReadOnlyList<Layer> Layers { get; }

    /// <summary>Number of trainable values.</summary>
    public int ParameterCount => _parameters.Length;

    /// <summary>All parameters, layer by layer: weights (outputs × inputs), then biases. Writing changes the network.</summary>
    public Span<float> Parameters => _parameters;

    /// <summary>
    /// What training keeps beside the parameters, layer by layer, e.g. running means and variances. Writing changes the network.
    /// </summary>
    public Span<float> State => _state;

    /// <summary>True where an output depends on the other samples of its batch even when nothing is trained.</summary>
    public bool CouplesSamples => Layers.Any(l => l.CouplesSamples(training: false));

    /// <summary>True where in training an output depends on the other samples of its batch.</summary>
    internal bool CouplesSamplesInTraining => Layers.Any(l => l.CouplesSamples(training: true));

    internal float[] ParameterBuffer => _parameters;

    /// <summary>
    /// Samples of a training batch that go through the network at a time where it does not couple them, always the same, while the
    /// activations stay in the cache: 256 to 2048 and a multiple of 256, see <see cref="Fitting"/>.
    /// </summary>
    internal int PieceSamples => Fitting(256, 2048);

    /// <summary>
    /// Samples in one pass that trains nothing: all of them, or <paramref name="batch"/>, or as many as fit, 64 to 1024 and a multiple of
    /// 64; see <see cref="Fitting"/>.
    /// </summary>
    /// <param name="samples">How many there are.</param>
    /// <param name="batch">What was asked for, see <see cref="Predict"/>.</param>
    internal int PassSamples(int samples, int? batch) => Math.Min(samples, batch ?? (CouplesSamples ? samples : Fitting(64, 1024)));

    /// <summary>Begins a network that takes vectors of <paramref name="inputs"/> values.</summary>
    public static NetworkBuilder Sequential(int inputs) => new(Shape.Vector(inputs));

    /// <summary>Begins a network that takes samples of <paramref name="inputShape"/>.</summary>
    public static NetworkBuilder Sequential(Shape inputShape) => new(inputShape);

    /// <summary>Builds a network from its description, with the parameters that it had before training if the seed is the same.</summary>
    /// <exception cref="InputException">A layer kind, a setting, an activation or an initialiser is unknown, or sizes disagree.</exception>
    public static Network FromDescription(NetworkDescription description, ulong seed = 1)
    {
        var builder = Sequential(description.InputShape);
        foreach (var layer in description.Layers)
        {
            // A run that another program recorded may leave a name empty; the layer then has the one it would have been given.
            builder.Add(new LayerPlan(layer.Kind, layer.Name.Length == 0 ? null : layer.Name)
            {
                // Before there were other kinds, dense layers were recorded without numbers.
                Settings = layer is { Kind: "dense", Settings.Count: 0 } ? [new("units", layer.OutputShape.Size)] : layer.Settings,
                Activation = layer.Activation,
                Bias = layer.Bias,
                BiasStart = layer.BiasStart,
                Initializer = layer.Initializer,
            });
        }
        var network = builder.Build(seed);
        foreach (var (built, described) in network.Layers.Zip(description.Layers))
        {
            if (built.OutputShape != described.OutputShape)
                throw new InputException(
                    $"Layer '{described.Name}' is described with outputs of {described.OutputShape}, "
                        + $"but its numbers and the layers before it give {built.OutputShape}.");
        }
        return network;
    }

    /// <summary>
    /// Outputs [n, out] of inputs [n, in], in passes of <paramref name="batch"/> samples, so that memory does not grow with n.
    /// </summary>
    /// <param name="inputs">One sample a row.</param>
    /// <param name="batch">
    /// Samples a pass; only where <see cref="CouplesSamples"/> does the result depend on it. All samples at once where null and they are
    /// coupled.
    /// </param>
    /// <exception cref="ArgumentException">Inputs have the wrong number of columns.</exception>
    public Matrix Predict(Matrix inputs, int? batch = null)
    {
        var outputs = new Matrix(inputs.Rows, OutputShape.Size);
        Pass(
            inputs,
            batch,
            backward: false,
            (workspace, first, count) => workspace.Outputs.Span.CopyTo(outputs.RowRange(first, count).Span));
        return outputs;
    }

    /// <summary>The outputs of every layer after its activation, [n, units] each.</summary>
    /// <param name="inputs">[n, in]</param>
    /// <param name="batch">As for <see cref="Predict"/>.</param>
    public IReadOnlyList<Matrix> Activations(Matrix inputs, int? batch = null) => Activations(inputs, batch, _ => inputs.Rows);

    /// <summary>
    /// As <see cref="Activations(Matrix, int?)"/>, but of each layer only the first <paramref name="kept"/> samples; all samples pass.
    /// </summary>
    internal IReadOnlyList<Matrix> Activations(Matrix inputs, int? batch, Func<Layer, int> kept)
    {
        Matrix[] all = [.. Layers.Select(l => new Matrix(Math.Min(inputs.Rows, kept(l)), l.OutputShape.Size))];
        Pass(inputs, batch, backward: false, (workspace, first, count) =>
        {
            for (int l = 0; l < all.Length; l++)
            {
                int some = Math.Min(count, all[l].Rows - first);
                if (some > 0) workspace[l].Outputs.RowRange(0, some).Span.CopyTo(all[l].RowRange(first, some).Span);
            }
        });
        return all;
    }

    /// <summary>∂(Σ outputs·outputGradient)/∂inputs [n, in] for inputs [n, in] and outputGradient [n, out].</summary>
    /// <param name="inputs">One sample a row.</param>
    /// <param name="outputGradient">How much each output counts, e.g. 1 for one class and 0 for the others.</param>
    /// <param name="batch">As for <see cref="Predict"/>.</param>
    public Matrix InputGradient(Matrix inputs, Matrix outputGradient, int? batch = null)
    {
        if (outputGradient.Rows != inputs.Rows || outputGradient.Columns != OutputShape.Size)
            throw new ArgumentException(
                $"The output gradient is {outputGradient}; {inputs.Rows} samples of {OutputShape.Size} outputs need "
                    + $"{inputs.Rows}×{OutputShape.Size}.",
                nameof(outputGradient));
        var gradient = new Matrix(inputs.Rows, inputs.Columns);
        Pass(inputs, batch, backward: true, (workspace, first, count) =>
        {
            outputGradient.RowRange(first, count).Span.CopyTo(workspace.OutputGradient.Span);
            workspace.Backward(fused: false, gradients: null, accumulate: false, gradient.RowRange(first, count));
        });
        return gradient;
    }

    /// <summary>The network without its parameters.</summary>
    public NetworkDescription Describe() => new(InputShape, [.. Layers.Select(Described)]);

    /// <summary>One row a layer and the totals.</summary>
    public NetworkSummary Summary() => new(
        InputShape,
        [.. Layers.Select(l => new NetworkSummaryRow(l.Name, l.Kind, l.OutputShape, l.Activation.Name, l.ParameterCount))],
        ParameterCount,
        NonTrainable: _state.Length);

    /// <summary>SHA-256 over all parameters, then all state, as little-endian float32, in lower-case hexadecimal.</summary>
    public string WeightsHash() => HashOf(Parameters, State);

    /// <summary>As <see cref="WeightsHash"/> of a network with these values.</summary>
    internal static string HashOf(ReadOnlySpan<float> parameters, ReadOnlySpan<float> state)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(MemoryMarshal.AsBytes(parameters));
        hash.AppendData(MemoryMarshal.AsBytes(state));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>
    /// How many samples to pass at a time, so that the values of the largest layer (or of what comes in) for all of them are about 2²⁴ (64
    /// MiB): enough for the matrix products, and memory that grows neither with the data nor with the pictures. A multiple of
    /// <paramref name="step"/>, at least that and at most <paramref name="most"/>.
    /// </summary>
    private int Fitting(int step, int most) =>
        Math.Clamp(PassValues / Math.Max(InputShape.Size, Layers.Max(l => l.OutputShape.Size)) / step * step, step, most);

    private static LayerDescription Described(Layer layer) => new(
        layer.Name,
        layer.Kind,
        layer.OutputShape,
        layer.Activation,
        layer.HasBias,
        layer.HasWeights ? layer.Initializer : null,
        layer.ParameterCount,
        layer.BiasStart) { Settings = layer.Settings };

    private void Pass(Matrix inputs, int? batch, bool backward, Action<Workspace, int, int> use)
    {
        if (inputs.Columns != InputShape.Size)
            throw new ArgumentException(
                $"Inputs have {inputs.Columns} columns; the network takes {InputShape.Size} ({InputShape}).", nameof(inputs));
        if (inputs.Rows == 0) return;
        int size = PassSamples(inputs.Rows, batch);
        var workspace = new Workspace(this, size, backward, statistics: false);
        for (int first = 0; first < inputs.Rows; first += size)
        {
            int count = Math.Min(size, inputs.Rows - first);
            workspace.Forward(inputs.RowRange(first, count));
            use(workspace, first, count);
        }
    }
}

/// <summary>What a network consists of, for a table.</summary>
/// <param name="InputShape">Shape of one sample.</param>
/// <param name="Rows">One a layer.</param>
/// <param name="Trainable">Number of values that training changes.</param>
/// <param name="NonTrainable">Number of values that it does not.</param>
public sealed record NetworkSummary(Shape InputShape, IReadOnlyList<NetworkSummaryRow> Rows, int Trainable, int NonTrainable)
{
    /// <summary>All values.</summary>
    public int Total => Trainable + NonTrainable;
}

/// <summary>One layer of a summary.</summary>
/// <param name="Name">The layer's name.</param>
/// <param name="Kind">Its kind, e.g. "dense".</param>
/// <param name="OutputShape">Shape of one output.</param>
/// <param name="Activation">Its activation.</param>
/// <param name="Parameters">Its number of values.</param>
public sealed record NetworkSummaryRow(string Name, string Kind, Shape OutputShape, string Activation, int Parameters);
