namespace Explain.Core;

/// <summary>
/// One layer: a fixed map from samples of <see cref="InputShape"/> to samples of <see cref="OutputShape"/>. Its parameters are views into
/// the network's one flat buffer: weights, outputs × inputs, then biases; what it learns without a gradient (running means, say) into a
/// second one. What a pass needs beside them lives in <see cref="LayerBuffers"/>, so a layer itself holds no state of a pass.
/// </summary>
public abstract class Layer
{
    private float[] _parameters = [];
    private int _offset;
    private float[] _state = [];
    private int _stateOffset;

    private protected Layer(string name, Shape inputShape, Shape outputShape, Activation activation)
    {
        Name = name;
        InputShape = inputShape;
        OutputShape = outputShape;
        Activation = activation;
    }

    /// <summary>Unique in the network, e.g. "dense1".</summary>
    public string Name { get; }

    /// <summary>Registered kind, e.g. "dense".</summary>
    public abstract string Kind { get; }

    /// <summary>Shape of one sample that comes in.</summary>
    public Shape InputShape { get; }

    /// <summary>Shape of one sample that goes out.</summary>
    public Shape OutputShape { get; }

    /// <summary>The function applied last.</summary>
    public Activation Activation { get; }

    /// <summary>Where the weights start.</summary>
    public virtual Initializer Initializer => Initializer.Zeros;

    /// <summary>Where the biases start.</summary>
    public virtual float BiasStart => 0;

    /// <summary>
    /// The numbers of the layer's kind by name, in order, e.g. "filters", "stride": what builds it again beside the properties here.
    /// </summary>
    public virtual IReadOnlyList<KeyValuePair<string, double>> Settings => [];

    /// <summary>True where an output depends on the other samples of its batch, in training or always.</summary>
    public virtual bool CouplesSamples(bool training) => Activation.CouplesSamples;

    /// <summary>
    /// Values that training keeps beside the trainable ones, e.g. running means and variances; empty where there are none.
    /// </summary>
    public Span<float> State => _state.AsSpan(_stateOffset, StateCount);

    /// <summary>Whether there are biases.</summary>
    public bool HasBias => BiasCount > 0;

    /// <summary>Whether there are weights.</summary>
    public bool HasWeights => WeightRows > 0;

    /// <summary>Number of trainable values.</summary>
    public int ParameterCount => (WeightRows * WeightColumns) + BiasCount;

    /// <summary>Outputs × inputs; empty where there are none.</summary>
    public Matrix Weights => new(_parameters, _offset, WeightRows, WeightColumns);

    /// <summary>One value an output; empty where there are none.</summary>
    public Span<float> Bias => _parameters.AsSpan(_offset + (WeightRows * WeightColumns), BiasCount);

    /// <summary>Rows of <see cref="Weights"/>: units.</summary>
    internal abstract int WeightRows { get; }

    /// <summary>Columns of <see cref="Weights"/>: inputs of one unit.</summary>
    internal abstract int WeightColumns { get; }

    /// <summary>Number of biases.</summary>
    internal abstract int BiasCount { get; }

    /// <summary>
    /// Whether a <see cref="Penalty"/> is on the weights; not where they only scale, so that 0 would switch units off instead of making
    /// them plainer.
    /// </summary>
    internal virtual bool HasPenalty => true;

    /// <summary>Number of values of <see cref="State"/>.</summary>
    internal virtual int StateCount => 0;

    /// <summary>What can be dead or alive: the units of a vector, the channels of an image.</summary>
    internal virtual int Units => OutputShape is { IsImage: false, Channels: 1 } ? OutputShape.Width : OutputShape.Channels;

    /// <summary>Where this layer's parameters begin in the flat buffer.</summary>
    internal int Offset => _offset;

    /// <summary>
    /// Makes the views look at <paramref name="parameters"/> from <paramref name="offset"/> on, and at <paramref name="state"/> from
    /// <paramref name="stateOffset"/> on.
    /// </summary>
    internal void Bind(float[] parameters, int offset, float[] state, int stateOffset)
    {
        _parameters = parameters;
        _offset = offset;
        _state = state;
        _stateOffset = stateOffset;
    }

    /// <summary>Fills the parameters and the state.</summary>
    internal abstract void Initialize(ulong seed);

    /// <summary>What a pass over at most <paramref name="capacity"/> samples needs.</summary>
    internal virtual LayerBuffers CreateBuffers(int capacity, bool backward, bool statistics) => new(this, capacity, backward, statistics);

    /// <summary>inputs [n, in] → buffers.Outputs [n, out].</summary>
    internal abstract void Forward(Matrix inputs, LayerBuffers buffers, PassContext context);

    /// <summary>
    /// Goes back through the layer after <see cref="Forward"/> on the same inputs.
    /// </summary>
    /// <param name="inputs">[n, in], as in the forward pass.</param>
    /// <param name="buffers">Gradient holds ∂loss/∂outputs [n, out], or ∂loss/∂pre-activations where <paramref name="fused"/>.</param>
    /// <param name="fused">Whether the activation's slope is in the gradient already.</param>
    /// <param name="gradients">A flat buffer like the parameters that takes ∂loss/∂parameters; null where it is not wanted.</param>
    /// <param name="accumulate">Whether to add to <paramref name="gradients"/> instead of overwriting.</param>
    /// <param name="inputGradient">[n, in], takes ∂loss/∂inputs; empty where it is not wanted.</param>
    /// <returns>False where an output was not finite (only looked at while statistics are gathered).</returns>
    internal abstract bool Backward(
        Matrix inputs, LayerBuffers buffers, bool fused, float[]? gradients, bool accumulate, Matrix inputGradient);
}

/// <summary>
/// What one layer needs during a pass over at most <c>capacity</c> samples; allocated once. Layers that need more derive from it.
/// </summary>
internal class LayerBuffers
{
    private readonly Matrix _outputs;
    private readonly Matrix _preActivations;
    private readonly Matrix _gradient;

    public LayerBuffers(Layer layer, int capacity, bool backward, bool statistics)
    {
        int size = layer.OutputShape.Size;
        _outputs = new Matrix(capacity, size);
        if (layer.Activation.NeedsPreActivation) _preActivations = new Matrix(capacity, size);
        if (backward) _gradient = new Matrix(capacity, size);
        if (statistics && layer.HasWeights) Statistics = new ActivationStatistics(size, layer.Units, capacity);
        Show(capacity);
    }

    /// <summary>[n, out]</summary>
    public Matrix Outputs { get; private set; }

    /// <summary>[n, out], or empty.</summary>
    public Matrix PreActivations { get; private set; }

    /// <summary>[n, out], or empty in a workspace that only goes forward.</summary>
    public Matrix Gradient { get; private set; }

    /// <summary>Null where none are gathered, as in layers without weights.</summary>
    public ActivationStatistics? Statistics { get; }

    /// <summary>Makes the matrices show the first <paramref name="rows"/> rows.</summary>
    public virtual void Resize(int rows) => Show(rows);

    private void Show(int rows)
    {
        Outputs = _outputs.RowRange(0, rows);
        PreActivations = _preActivations.IsEmpty ? default : _preActivations.RowRange(0, rows);
        Gradient = _gradient.IsEmpty ? default : _gradient.RowRange(0, rows);
    }
}
