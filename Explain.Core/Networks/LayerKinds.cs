namespace Explain.Core;

/// <summary>All kinds of layers.</summary>
public static class LayerKinds
{
    private const int Most = 1 << 20;

    /// <summary>All kinds.</summary>
    public static IReadOnlyList<LayerKind> All { get; } =
    [
        new("dense", "dense", "every unit sees every input", [Count("units")], Dense) { HasWeights = true, HasActivation = true },
        new("conv", "conv", "filters slide over the image; kernel and stride are heights, the widths the same unless given; "
            + "padding is 'valid', 'same' or zeros at each side",
        [
            Count("filters"), Count("kernel"), Follows("kernel width"), Whole("stride", 1, 1), Follows("stride width"),
            Whole("padding top", 0, 0), Whole("padding bottom", 0, 0), Whole("padding left", 0, 0), Whole("padding right", 0, 0),
        ], Conv) { HasWeights = true, HasActivation = true, TakesPadding = true },
        new("max pool", "pool", "the greatest value of each window of each channel; size and stride are heights, "
            + "the widths the same unless given; the stride is the size unless given", PoolParameters(),
            site => new MaxPoolLayer(site.Name, site.Input, Pool(site))),
        new("average pool", "pool", "the mean of each window of each channel; numbers as for 'max pool'", PoolParameters(),
            site => new AveragePoolLayer(site.Name, site.Input, Pool(site))),
        new("flatten", "flatten", "an image as a plain list", [], site => new FlattenLayer(site.Name, site.Input)),
        new("dropout", "dropout", "in training each value is 0 with probability rate, the others 1/(1 − rate) as large",
            [new("rate", 0.5, 0, 0.999)],
            site => new DropoutLayer(site.Name, site.Input, site["rate"])),
        new("batch norm", "norm", "each channel (of a plain list: each unit) with mean 0 and variance 1 over the batch, "
            + "then scaled and shifted; momentum is the new batch's share in the running mean and variance",
            [new("momentum", 0.1, 0, 1), new("epsilon", 1e-5, 1e-12, 1)], BatchNorm) { HasWeights = true, HasActivation = true },
    ];

    /// <summary>Their names.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. All.Select(k => k.Name)];

    /// <summary>The kind called <paramref name="name"/>.</summary>
    /// <exception cref="InputException">There is none.</exception>
    public static LayerKind Find(string name) =>
        All.FirstOrDefault(k => k.Name == name)
        ?? throw new InputException($"There is no layer kind '{name}'{Explain.Core.Names.Hint(name, Names)}");

    private static KindParameter Count(string name) => new(name, double.NaN, 1, Most) { Whole = true, Required = true };

    private static KindParameter Whole(string name, double standard, double minimum) => new(name, standard, minimum, Most) { Whole = true };

    /// <summary>A number that follows another where it is not given.</summary>
    private static KindParameter Follows(string name) => new(name, double.NaN, 1, Most) { Whole = true };

    private static KindParameter[] PoolParameters() => [Count("size"), Follows("size width"), Follows("stride"), Follows("stride width")];

    private static DenseLayer Dense(LayerSite site) =>
        new(
            site.Name, site.Input, Shape.Vector(site.Whole("units")), site.Plan.Activation, site.Plan.Bias,
            site.Plan.Initializer ?? Initializer.GlorotUniform, site.Plan.BiasStart);

    private static ConvLayer Conv(LayerSite site) =>
        new(
            site.Name, site.Input, site.Whole("filters"), Kernel(site), site.Plan.Activation, site.Plan.Bias,
            site.Plan.Initializer ?? Initializer.GlorotUniform, site.Plan.BiasStart);

    private static BatchNormLayer BatchNorm(LayerSite site) =>
        new(
            site.Name, site.Input, site["momentum"], site["epsilon"], site.Plan.Activation, site.Plan.Bias,
            site.Plan.Initializer ?? Initializer.Constant(1), site.Plan.BiasStart);

    private static SlidingWindow Kernel(LayerSite site)
    {
        int height = site.Whole("kernel"), width = site.Whole("kernel width", height), down = site.Whole("stride"),
            across = site.Whole("stride width", down);
        var padding = site.Plan.Padding ?? new Padding(
            site.Whole("padding top"), site.Whole("padding bottom"), site.Whole("padding left"), site.Whole("padding right"));
        return new SlidingWindow(
            height, width, down, across, padding.Resolve(site.Input.Height, site.Input.Width, height, width, down, across));
    }

    private static SlidingWindow Pool(LayerSite site)
    {
        int height = site.Whole("size"), width = site.Whole("size width", height), down = site.Whole("stride", height);
        return new SlidingWindow(height, width, down, site.Whole("stride width", site.IsGiven("stride") ? down : width), Padding.Valid);
    }
}
