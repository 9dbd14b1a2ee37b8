using System.Globalization;

namespace Explain.Core;

/// <summary>
/// Filters that slide over an image: outputs[n,y,x,f] = activation(Σᵢⱼ꜀ inputs[n, y·stride + i − top, x·stride + j − left,
/// c]·weights[f,(i,j,c)] + bias[f]), inputs outside the image being 0. Row f of the weights is filter f: kernel height × kernel width ×
/// input channels, channels last. One <see cref="Layer.Bias"/> a filter. It is computed as matrix products over the windows of some samples
/// at a time, see <see cref="WindowLayout"/>.
/// </summary>
/// <remarks>
/// The gradient of the weights is a sum over blocks of <see cref="GradientBlock"/> samples, each block one chain over its samples and
/// places, the blocks added in order. So it is the same for any number of threads, and whether a batch is passed at once or in pieces of a
/// multiple of that size.
/// </remarks>
public sealed class ConvLayer : Layer
{
    /// <summary>Samples whose part of the weights' gradient is one chain. Divides the trainer's pieces.</summary>
    internal const int GradientBlock = 16;

    /// <summary>Values of windows laid out at a time, about: 256 KiB.</summary>
    private const int LaidOut = 1 << 16;

    /// <summary>Values of blocks' gradients kept at a time, about (64 MiB). How many changes nothing: they are added in order.</summary>
    private const int PartValues = 1 << 24;

    /// <summary>Fewest blocks' gradients kept at a time, so that there is work for several threads.</summary>
    private const int FewestParts = 16;

    private readonly SlidingWindow _window;
    private readonly WindowLayout _layout;
    private readonly int _together;
    private readonly bool _bias;
    private readonly float _biasStart;
    private readonly Initializer _initializer;

    internal ConvLayer(
        string name, Shape inputShape, int filters, SlidingWindow window, Activation activation, bool bias, Initializer initializer,
        float biasStart)
        : base(name, inputShape, window.Over(inputShape, filters, name, "conv"), activation)
    {
        _window = window;
        _layout = new WindowLayout(inputShape, OutputShape, window);
        int size = LaidOutPerSample();
        _together = _layout.ByTap ? 1 : Math.Clamp(LaidOut / size, 1, GradientBlock);
        _bias = bias;
        _biasStart = biasStart;
        _initializer = initializer;
    }

    /// <inheritdoc/>
    public override string Kind => "conv";

    /// <inheritdoc/>
    public override IReadOnlyList<KeyValuePair<string, double>> Settings =>
    [
        new("filters", Filters), new("kernel", _window.Height), new("kernel width", _window.Width), new("stride", _window.StrideHeight),
        new("stride width", _window.StrideWidth),
        new("padding top", _window.Padding.Top), new("padding bottom", _window.Padding.Bottom), new("padding left", _window.Padding.Left),
        new("padding right", _window.Padding.Right),
    ];

    /// <inheritdoc/>
    public override Initializer Initializer => _initializer;

    /// <inheritdoc/>
    public override float BiasStart => _bias ? _biasStart : 0;

    /// <summary>Number of filters: channels of the output.</summary>
    public int Filters => OutputShape.Channels;

    /// <summary>Shape of one filter: kernel height × kernel width × input channels.</summary>
    public Shape KernelShape => new(_window.Height, _window.Width, InputShape.Channels);

    internal override int WeightRows => Filters;

    internal override int WeightColumns => _window.Size * InputShape.Channels;

    internal override int BiasCount => _bias ? Filters : 0;

    internal override int Units => Filters;

    internal override void Initialize(ulong seed)
    {
        _initializer.Fill(Weights.Span, fanIn: WeightColumns, fanOut: _window.Size * Filters, new CounterRandom(seed, "init/" + Name));
        Bias.Fill(_biasStart);
    }

    internal override LayerBuffers CreateBuffers(int capacity, bool backward, bool statistics) =>
        new Buffers(this, capacity, backward, statistics);

    internal override void Forward(Matrix inputs, LayerBuffers buffers, PassContext context)
    {
        // What looks at all of a sample's outputs is applied to whole samples afterwards.
        bool whole = !Activation.IsElementwise;
        Rows.For(inputs.Rows, GradientBlock, new ForwardOperation(this, inputs, buffers, whole ? Activation.Identity : Activation));
        if (whole) Activation.Apply(buffers.Outputs, buffers.Outputs);
    }

    internal override bool Backward(
        Matrix inputs, LayerBuffers buffers, bool fused, float[]? gradients, bool accumulate, Matrix inputGradient)
    {
        var own = (Buffers)buffers;
        bool finite = Activation.Backward(own.PreActivations, own.Outputs, fused ? default : own.Gradient, own.Statistics);
        if (gradients is null && inputGradient.IsEmpty) return finite;
        int stretch = gradients is null ? inputs.Rows : own.Parts.Rows * GradientBlock;
        for (int first = 0; first < inputs.Rows; first += stretch)
        {
            int count = Math.Min(stretch, inputs.Rows - first);
            Rows.For(count, GradientBlock, new BackwardOperation(this, inputs, own, gradients is not null, inputGradient, first));
            if (gradients is not null) AddParts(own, count, gradients.AsSpan(Offset, ParameterCount), accumulate || first > 0);
        }
        return finite;
    }

    /// <summary>Adds the parts of the blocks of <paramref name="samples"/> samples in order.</summary>
    private static void AddParts(Buffers own, int samples, Span<float> into, bool accumulate)
    {
        int blocks = (samples + GradientBlock - 1) / GradientBlock;
        for (int block = 0; block < blocks; block++)
        {
            var part = own.Parts.Row(block);
            if (block == 0 && !accumulate) part.CopyTo(into);
            else Elementwise.Add(part, into, into);
        }
    }

    /// <summary>Values that the windows of one sample have together.</summary>
    private int LaidOutPerSample()
    {
        long size = (long)_layout.Places * _layout.Taps;
        if (size > Array.MaxLength)
        {
            throw new InputException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"The conv layer '{Name}' looks through windows of {KernelShape} at {_layout.Places:N0} places: "
                        + $"{size:N0} values a sample; at most {Array.MaxLength:N0} can be laid out. ")
                    + "Take a smaller kernel, a larger stride or smaller pictures.");
        }
        return (int)size;
    }

    /// <summary>The windows of some samples, in scratch memory.</summary>
    private Matrix Windows(Matrix inputs, int first, int samples)
    {
        var windows = _layout.Rent(samples);
        int size = _layout.Places * _layout.Taps;
        for (int i = 0; i < samples; i++) _layout.Lay(inputs.Row(first + i), windows.Span.Slice(i * size, size));
        return windows;
    }

    private sealed class Buffers : LayerBuffers
    {
        public Buffers(ConvLayer layer, int capacity, bool backward, bool statistics)
            : base(layer, capacity, backward, statistics)
        {
            if (backward)
                Parts = new Matrix(
                    Math.Min((capacity + GradientBlock - 1) / GradientBlock, Math.Max(FewestParts, PartValues / layer.ParameterCount)),
                    layer.ParameterCount);
        }

        /// <summary>
        /// One row a block of samples: its part of the gradient of weights and biases. Where there are more blocks than rows, the rows are
        /// added up and used again.
        /// </summary>
        public Matrix Parts { get; }
    }

    /// <summary>
    /// The layer's product for some samples at a time, so few that their windows stay in the second-level cache. How many changes nothing:
    /// each output stands alone.
    /// </summary>
    private readonly struct ForwardOperation(ConvLayer layer, Matrix inputs, LayerBuffers buffers, Activation activation) : IRowOperation
    {
        public void Invoke(int first, int count)
        {
            var layout = layer._layout;
            for (int n = first; n < first + count; n += layer._together)
            {
                int samples = Math.Min(layer._together, first + count - n), places = layout.Places * samples;
                var windows = layer.Windows(inputs, n, samples);
                var before = buffers.PreActivations.IsEmpty ? default
                    : buffers.PreActivations.RowRange(n, samples).Reshape(places, layer.Filters);
                activation.Forward(
                    windows,
                    layer.Weights,
                    layer.Bias,
                    before,
                    buffers.Outputs.RowRange(n, samples).Reshape(places, layer.Filters),
                    layout.ByTap);
            }
        }
    }

    /// <summary>
    /// The gradients of one block of samples, counted from sample <paramref name="start"/> on: into the block's part, and of the inputs.
    /// </summary>
    private readonly struct BackwardOperation(ConvLayer layer, Matrix inputs, Buffers buffers, bool wanted, Matrix inputGradient, int start)
        : IRowOperation
    {
        public void Invoke(int first, int count)
        {
            var layout = layer._layout;
            var part = wanted ? buffers.Parts.RowRange(first / GradientBlock, 1) : default;
            int from = start + first;
            int filters = layer.Filters, taps = layout.Taps;
            var weights = wanted ? part.Flat(0, layout.ByTap ? taps : filters, layout.ByTap ? filters : taps) : default;
            var bias = wanted && layer._bias ? part.Span[^filters..] : default;
            bias.Clear();
            for (int n = from; n < from + count; n += layer._together)
            {
                int samples = Math.Min(layer._together, from + count - n);
                var delta = buffers.Gradient.RowRange(n, samples).Reshape(layout.Places * samples, filters);
                if (wanted)
                {
                    var windows = layer.Windows(inputs, n, samples);
                    // [taps, filters] so far: so neither operand has to be turned.
                    if (layout.ByTap) Gemm.NN(windows, delta, weights, accumulate: n > from);
                    else Gemm.TN(delta, windows, weights, accumulate: n > from);
                    if (layer._bias) MatrixRows.AddRows(delta, bias);
                }
                if (inputGradient.IsEmpty) continue;
                var back = layout.Rent(samples);
                if (layout.ByTap) Gemm.TT(layer.Weights, delta, back);
                else Gemm.NN(delta, layer.Weights, back);
                int size = layout.Places * layout.Taps;
                for (int i = 0; i < samples; i++) layout.Gather(back.Span.Slice(i * size, size), inputGradient.Row(n + i));
            }
            if (wanted && layout.ByTap) Transpose(weights.Span, taps, filters);
        }

        /// <summary>Turns a matrix of <paramref name="rows"/> × <paramref name="columns"/> in its place.</summary>
        private static void Transpose(Span<float> matrix, int rows, int columns)
        {
            var copy = Scratch.Matrix(rows, columns).Span;
            matrix.CopyTo(copy);
            for (int r = 0; r < rows; r++)
            {
                for (int c = 0; c < columns; c++) matrix[(c * rows) + r] = copy[(r * columns) + c];
            }
        }
    }
}
