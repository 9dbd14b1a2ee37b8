namespace Explain.Core;

/// <summary>
/// Filters that slide over an image: outputs[n,y,x,f] = activation(Σᵢⱼ꜀ inputs[n, y·stride + i − top, x·stride + j − left, c]·weights[f,(i,j,c)] + bias[f]), inputs outside the
/// image being 0. Row f of the weights is filter f: kernel height × kernel width × input channels, channels last. One <see cref="Layer.Bias"/> a filter. It is computed as matrix
/// products: every place's window is laid out as a row ("im2col") for some samples at a time.
/// </summary>
/// <remarks>
/// The gradient of the weights is a sum over blocks of <see cref="GradientBlock"/> samples, each block one chain over its samples and places, the blocks added in order. So it is
/// the same for any number of threads, and whether a batch is passed at once or in pieces of a multiple of that size.
/// </remarks>
public sealed class ConvLayer : Layer
{
    /// <summary>Samples whose part of the weights' gradient is one chain. Divides the trainer's pieces.</summary>
    internal const int GradientBlock = 16;

    private readonly SlidingWindow _window;
    private readonly bool _bias;
    private readonly float _biasStart;
    private readonly Initializer _initializer;

    internal ConvLayer(string name, Shape inputShape, int filters, SlidingWindow window, Activation activation, bool bias, Initializer initializer, float biasStart)
        : base(name, inputShape, window.Over(inputShape, filters, name, "conv"), activation)
    {
        _window = window;
        _bias = bias;
        _biasStart = biasStart;
        _initializer = initializer;
    }

    /// <inheritdoc/>
    public override string Kind => "conv";

    /// <inheritdoc/>
    public override IReadOnlyList<KeyValuePair<string, double>> Settings =>
    [
        new("filters", Filters), new("kernel", _window.Height), new("kernel width", _window.Width), new("stride", _window.StrideHeight), new("stride width", _window.StrideWidth),
        new("padding top", _window.Padding.Top), new("padding bottom", _window.Padding.Bottom), new("padding left", _window.Padding.Left), new("padding right", _window.Padding.Right),
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

    private int Places => OutputShape.Height * OutputShape.Width;

    internal override void Initialize(ulong seed)
    {
        _initializer.Fill(Weights.Span, fanIn: WeightColumns, fanOut: _window.Size * Filters, new CounterRandom(seed, "init/" + Name));
        Bias.Fill(_biasStart);
    }

    internal override LayerBuffers CreateBuffers(int capacity, bool backward, bool statistics) => new Buffers(this, capacity, backward, statistics);

    internal override void Forward(Matrix inputs, LayerBuffers buffers, PassContext context)
    {
        // What looks at all of a sample's outputs is applied to whole samples afterwards.
        bool whole = !Activation.IsElementwise;
        Rows.For(inputs.Rows, GradientBlock, new ForwardOperation(this, inputs, buffers, whole ? Activation.Identity : Activation));
        if (whole) Activation.Apply(buffers.Outputs, buffers.Outputs);
    }

    internal override bool Backward(Matrix inputs, LayerBuffers buffers, bool fused, float[]? gradients, bool accumulate, Matrix inputGradient)
    {
        var own = (Buffers)buffers;
        bool finite = Activation.Backward(own.PreActivations, own.Outputs, fused ? default : own.Gradient, own.Statistics);
        if (gradients is null && inputGradient.IsEmpty) return finite;
        Rows.For(inputs.Rows, GradientBlock, new BackwardOperation(this, inputs, own, gradients is not null, inputGradient));
        if (gradients is null) return finite;
        var into = gradients.AsSpan(Offset, ParameterCount);
        int blocks = (inputs.Rows + GradientBlock - 1) / GradientBlock;
        for (int block = 0; block < blocks; block++)
        {
            var part = own.Parts.Row(block);
            if (block == 0 && !accumulate) part.CopyTo(into);
            else Elementwise.Add(part, into, into);
        }
        return finite;
    }

    /// <summary>rows[place, (i,j,c)] = the window of one sample at each place, 0 outside the image.</summary>
    private void Lay(ReadOnlySpan<float> image, Span<float> rows)
    {
        int channels = InputShape.Channels, run = _window.Width * channels;
        for (int y = 0, at = 0; y < OutputShape.Height; y++)
        {
            for (int x = 0; x < OutputShape.Width; x++)
            {
                var (skip, from, length) = Across(x);
                for (int i = 0; i < _window.Height; i++, at += run)
                {
                    var line = rows.Slice(at, run);
                    int row = (y * _window.StrideHeight) + i - _window.Padding.Top;
                    if (row < 0 || row >= InputShape.Height)
                    {
                        line.Clear();
                        continue;
                    }
                    line[..skip].Clear();
                    image.Slice((row * InputShape.Width * channels) + from, length).CopyTo(line[skip..]);
                    line[(skip + length)..].Clear();
                }
            }
        }
    }

    /// <summary>Adds what every place's window got to the image: the reverse of <see cref="Lay"/>.</summary>
    private void Gather(ReadOnlySpan<float> rows, Span<float> image)
    {
        int channels = InputShape.Channels, run = _window.Width * channels;
        image.Clear();
        for (int y = 0, at = 0; y < OutputShape.Height; y++)
        {
            for (int x = 0; x < OutputShape.Width; x++)
            {
                var (skip, from, length) = Across(x);
                for (int i = 0; i < _window.Height; i++, at += run)
                {
                    int row = (y * _window.StrideHeight) + i - _window.Padding.Top;
                    if (row < 0 || row >= InputShape.Height) continue;
                    var line = image.Slice((row * InputShape.Width * channels) + from, length);
                    var part = rows.Slice(at + skip, length);
                    for (int c = 0; c < length; c++) line[c] += part[c];
                }
            }
        }
    }

    /// <summary>What of a window's line at column x lies in the image: values before it, where it begins in the image's line, and how many there are.</summary>
    private (int Skip, int From, int Length) Across(int x)
    {
        int left = (x * _window.StrideWidth) - _window.Padding.Left, channels = InputShape.Channels;
        int first = Math.Max(0, left), end = Math.Min(InputShape.Width, left + _window.Width);
        return ((first - left) * channels, first * channels, Math.Max(0, end - first) * channels);
    }

    private sealed class Buffers : LayerBuffers
    {
        public Buffers(ConvLayer layer, int capacity, bool backward, bool statistics)
            : base(layer, capacity, backward, statistics)
        {
            if (backward) Parts = new Matrix((capacity + GradientBlock - 1) / GradientBlock, layer.ParameterCount);
        }

        /// <summary>One row a block of samples: its part of the gradient of weights and biases.</summary>
        public Matrix Parts { get; }
    }

    private readonly struct ForwardOperation(ConvLayer layer, Matrix inputs, LayerBuffers buffers, Activation activation) : IRowOperation
    {
        public void Invoke(int first, int count)
        {
            int places = layer.Places, filters = layer.Filters;
            var rows = Scratch.Matrix(places, layer.WeightColumns);
            for (int n = first; n < first + count; n++)
            {
                layer.Lay(inputs.Row(n), rows.Span);
                var before = buffers.PreActivations.IsEmpty ? default : buffers.PreActivations.RowRange(n, 1).Reshape(places, filters);
                activation.Forward(rows, layer.Weights, layer.Bias, before, buffers.Outputs.RowRange(n, 1).Reshape(places, filters));
            }
        }
    }

    private readonly struct BackwardOperation(ConvLayer layer, Matrix inputs, Buffers buffers, bool wanted, Matrix inputGradient) : IRowOperation
    {
        public void Invoke(int first, int count)
        {
            int places = layer.Places, filters = layer.Filters;
            var rows = Scratch.Matrix(places, layer.WeightColumns);
            var part = wanted ? buffers.Parts.RowRange(first / GradientBlock, 1) : default;
            var weights = wanted ? part.Flat(0, filters, layer.WeightColumns) : default;
            var bias = wanted && layer._bias ? part.Span[^filters..] : default;
            bias.Clear();
            for (int n = first; n < first + count; n++)
            {
                var delta = buffers.Gradient.RowRange(n, 1).Reshape(places, filters);
                if (wanted)
                {
                    layer.Lay(inputs.Row(n), rows.Span);
                    Gemm.TN(delta, rows, weights, accumulate: n > first);
                    if (layer._bias) Add(delta, bias);
                }
                if (inputGradient.IsEmpty) continue;
                Gemm.NN(delta, layer.Weights, rows);
                layer.Gather(rows.Span, inputGradient.Row(n));
            }
        }

        private static void Add(Matrix delta, Span<float> bias)
        {
            for (int place = 0; place < delta.Rows; place++)
            {
                var line = delta.Row(place);
                for (int f = 0; f < line.Length; f++) bias[f] += line[f];
            }
        }
    }
}
