namespace Explain.Core;

/// <summary>Collects layers; <see cref="Build"/> makes the network.</summary>
public sealed class NetworkBuilder
{
    private readonly Shape _input;
    private readonly List<Layer> _layers = [];

    internal NetworkBuilder(Shape input)
    {
        if (input.Height < 1 || input.Width < 1 || input.Channels < 1)
            throw new InputException($"A network cannot take inputs of shape {input}; every extent must be at least 1.");
        _input = input;
    }

    /// <summary>Adds a layer of any kind.</summary>
    /// <exception cref="InputException">
    /// The kind or a setting is unknown, a number is not allowed, the shapes do not fit, or the name is taken.
    /// </exception>
    public NetworkBuilder Add(LayerPlan plan)
    {
        var kind = LayerKinds.Find(plan.Kind);
        string name = plan.Name ?? $"{kind.Prefix}{_layers.Count + 1}";
        if (name.Length == 0 || _layers.Any(l => l.Name == name))
            throw new InputException(
                $"The layer name '{name}' is {(name.Length == 0 ? "empty" : "taken")}; every layer needs a name of its own.");
        _layers.Add(kind.Create(new LayerSite(kind, plan, name, _layers.Count == 0 ? _input : _layers[^1].OutputShape)));
        return this;
    }

    /// <summary>Adds a dense layer; it takes an image as a plain list.</summary>
    /// <param name="units">Number of outputs.</param>
    /// <param name="activation">Identity where null.</param>
    /// <param name="bias">Whether each unit has a bias.</param>
    /// <param name="initializer">Where the weights start; Glorot uniform where null.</param>
    /// <param name="biasStart">Where the biases start.</param>
    /// <param name="name">"dense1", "dense2" … by its place where null.</param>
    /// <exception cref="InputException">There is no unit, or the name is taken.</exception>
    public NetworkBuilder Dense(
        int units, Activation? activation = null, bool bias = true, Initializer? initializer = null, float biasStart = 0,
        string? name = null) => Add(new LayerPlan("dense", name)
        {
            Settings = [new("units", units)],
            Activation = activation ?? Activation.Identity,
            Bias = bias,
            Initializer = initializer,
            BiasStart = biasStart,
        });

    /// <summary>Adds a convolution with square kernels, see <see cref="ConvLayer"/>.</summary>
    /// <param name="filters">Number of filters, hence of output channels.</param>
    /// <param name="kernel">Height and width of a filter.</param>
    /// <param name="stride">Pixels from one place to the next, down and across.</param>
    /// <param name="padding">Zeros around the image: <see cref="Padding.Valid"/> (none), <see cref="Padding.Same"/>, or numbers.</param>
    /// <param name="activation">Identity where null.</param>
    /// <param name="bias">Whether each filter has a bias.</param>
    /// <param name="initializer">
    /// Where the weights start, with a fan-in of kernel² × input channels and a fan-out of kernel² × filters; Glorot uniform where null.
    /// </param>
    /// <param name="biasStart">Where the biases start.</param>
    /// <param name="name">"conv1", "conv2" … by its place where null.</param>
    /// <exception cref="InputException">A number is not allowed, the kernel does not fit the image, or the name is taken.</exception>
    public NetworkBuilder Conv2D(
        int filters, int kernel, int stride = 1, Padding padding = default, Activation? activation = null, bool bias = true,
        Initializer? initializer = null, float biasStart = 0, string? name = null) =>
        Conv2D(filters, (kernel, kernel), (stride, stride), padding, activation, bias, initializer, biasStart, name);

    /// <summary>Adds a convolution with rectangular kernels: the same as with square ones otherwise.</summary>
    /// <param name="filters">Number of filters, hence of output channels.</param>
    /// <param name="kernel">Extents of a filter.</param>
    /// <param name="stride">Pixels from one place to the next.</param>
    /// <param name="padding">Zeros around the image.</param>
    /// <param name="activation">Identity where null.</param>
    /// <param name="bias">Whether each filter has a bias.</param>
    /// <param name="initializer">Where the weights start; Glorot uniform where null.</param>
    /// <param name="biasStart">Where the biases start.</param>
    /// <param name="name">By its place where null.</param>
    /// <exception cref="InputException">A number is not allowed, the kernel does not fit the image, or the name is taken.</exception>
    public NetworkBuilder Conv2D(
        int filters, (int Height, int Width) kernel, (int Height, int Width) stride, Padding padding = default,
        Activation? activation = null, bool bias = true, Initializer? initializer = null, float biasStart = 0,
        string? name = null) => Add(new LayerPlan("conv", name)
        {
            Settings =
            [
                new("filters", filters),
                new("kernel", kernel.Height),
                new("kernel width", kernel.Width),
                new("stride", stride.Height),
                new("stride width", stride.Width),
            ],
            Padding = padding,
            Activation = activation ?? Activation.Identity,
            Bias = bias,
            Initializer = initializer,
            BiasStart = biasStart,
        });

    /// <summary>
    /// Adds max pooling over windows of <paramref name="size"/> × <paramref name="size"/>, see <see cref="MaxPoolLayer"/>.
    /// </summary>
    /// <param name="size">Height and width of a window.</param>
    /// <param name="stride">Pixels from one window to the next; the size where null.</param>
    /// <param name="name">"pool1", "pool2" … by its place where null.</param>
    /// <exception cref="InputException">A number is not allowed, the window does not fit the image, or the name is taken.</exception>
    public NetworkBuilder MaxPool2D(int size, int? stride = null, string? name = null) =>
        MaxPool2D((size, size), (stride ?? size, stride ?? size), name);

    /// <summary>Adds max pooling over rectangular windows.</summary>
    /// <param name="size">Extents of a window.</param>
    /// <param name="stride">Pixels from one window to the next.</param>
    /// <param name="name">By its place where null.</param>
    /// <exception cref="InputException">A number is not allowed, the window does not fit the image, or the name is taken.</exception>
    public NetworkBuilder MaxPool2D((int Height, int Width) size, (int Height, int Width) stride, string? name = null) =>
        Add(Pool("max pool", size, stride, name));

    /// <summary>
    /// Adds average pooling over windows of <paramref name="size"/> × <paramref name="size"/>, see <see cref="AveragePoolLayer"/>.
    /// </summary>
    /// <param name="size">Height and width of a window.</param>
    /// <param name="stride">Pixels from one window to the next; the size where null.</param>
    /// <param name="name">"pool1", "pool2" … by its place where null.</param>
    /// <exception cref="InputException">A number is not allowed, the window does not fit the image, or the name is taken.</exception>
    public NetworkBuilder AveragePool2D(int size, int? stride = null, string? name = null) =>
        AveragePool2D((size, size), (stride ?? size, stride ?? size), name);

    /// <summary>Adds average pooling over rectangular windows.</summary>
    /// <param name="size">Extents of a window.</param>
    /// <param name="stride">Pixels from one window to the next.</param>
    /// <param name="name">By its place where null.</param>
    /// <exception cref="InputException">A number is not allowed, the window does not fit the image, or the name is taken.</exception>
    public NetworkBuilder AveragePool2D((int Height, int Width) size, (int Height, int Width) stride, string? name = null) =>
        Add(Pool("average pool", size, stride, name));

    /// <summary>Makes an image a plain list. A dense layer does so by itself; this shows it in summaries and diagrams.</summary>
    /// <param name="name">"flatten1", "flatten2" … by its place where null.</param>
    /// <exception cref="InputException">The name is taken.</exception>
    public NetworkBuilder Flatten(string? name = null) => Add(new LayerPlan("flatten", name));

    /// <summary>Adds dropout, see <see cref="DropoutLayer"/>.</summary>
    /// <param name="rate">Probability that a value is dropped in training, from 0 to 0.999.</param>
    /// <param name="name">"dropout1", "dropout2" … by its place where null.</param>
    /// <exception cref="InputException">The rate is not allowed, or the name is taken.</exception>
    public NetworkBuilder Dropout(double rate = 0.5, string? name = null) =>
        Add(new LayerPlan("dropout", name) { Settings = [new("rate", rate)] });

    /// <summary>Adds batch normalisation, see <see cref="BatchNormLayer"/>.</summary>
    /// <param name="momentum">Share of a new batch in the running mean and variance, from 0 to 1.</param>
    /// <param name="epsilon">Added to the variance, from 10⁻¹² to 1.</param>
    /// <param name="activation">Identity where null.</param>
    /// <param name="name">"norm1", "norm2" … by its place where null.</param>
    /// <exception cref="InputException">A number is not allowed, or the name is taken.</exception>
    public NetworkBuilder BatchNorm(double momentum = 0.1, double epsilon = 1e-5, Activation? activation = null, string? name = null) =>
        Add(new LayerPlan("batch norm", name)
        {
            Settings = [new("momentum", momentum), new("epsilon", epsilon)],
            Activation = activation ?? Activation.Identity,
        });

    /// <summary>The network with its parameters filled by the layers' initialisers.</summary>
    /// <exception cref="InputException">There is no layer.</exception>
    public Network Build(ulong seed = 1)
    {
        if (_layers.Count == 0) throw new InputException("A network needs at least one layer.");
        return new Network(_input, _layers, seed);
    }

    private static LayerPlan Pool(string kind, (int Height, int Width) size, (int Height, int Width) stride, string? name) =>
        new(kind, name)
        {
            Settings =
                [new("size", size.Height), new("size width", size.Width), new("stride", stride.Height), new("stride width", stride.Width)],
        };
}
