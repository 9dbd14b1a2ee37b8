using System.Globalization;

namespace Explain.Core;

/// <summary>
/// Where a layer's weights start. Found by name, e.g. <c>Initializer.Parse("he normal")</c>. Every value depends only on the seed, the
/// layer's name and the value's place, so a network starts from the same bits everywhere.
/// </summary>
public sealed class Initializer
{
    private readonly Action<Span<float>, int, int, CounterRandom> _fill;

    private Initializer(string name, Action<Span<float>, int, int, CounterRandom> fill)
    {
        Name = name;
        _fill = fill;
    }

    /// <summary>Normal with standard deviation 1/3.</summary>
    public static Initializer NormalOverThree { get; } = NormalOf("normal/3", (_, _) => 1.0 / 3);

    /// <summary>Normal with standard deviation 1/√fan-in.</summary>
    public static Initializer NormalOverRootFanIn { get; } = NormalOf("normal/sqrt(fan-in)", (fanIn, _) => Math.Sqrt(1.0 / fanIn));

    /// <summary>Normal with standard deviation √(2/fan-out).</summary>
    public static Initializer NormalTimesRootTwoOverFanOut { get; } = NormalOf(
        "normal*sqrt(2/fan-out)", (_, fanOut) => Math.Sqrt(2.0 / fanOut));

    /// <summary>A quarter of a Poisson number of mean 1.</summary>
    public static Initializer PoissonOverFour { get; } = new("poisson(1)/4", (values, _, _, random) =>
    {
        random.FillPoisson(values, mean: 1);
        foreach (ref float value in values) value /= 4;
    });

    /// <summary>
    /// Normal with variance 2/(fan-in + fan-out) (Glorot and Bengio, "Understanding the difficulty of training deep feedforward neural
    /// networks", 2010).
    /// </summary>
    public static Initializer GlorotNormal { get; } = NormalOf("glorot normal", (fanIn, fanOut) => Math.Sqrt(2.0 / (fanIn + fanOut)));

    /// <summary>Uniform with variance 2/(fan-in + fan-out) (Glorot and Bengio 2010).</summary>
    public static Initializer GlorotUniform { get; } = UniformOf("glorot uniform", (fanIn, fanOut) => Math.Sqrt(6.0 / (fanIn + fanOut)));

    /// <summary>Normal with variance 2/fan-in (He, Zhang, Ren and Sun, "Delving deep into rectifiers", 2015).</summary>
    public static Initializer HeNormal { get; } = NormalOf("he normal", (fanIn, _) => Math.Sqrt(2.0 / fanIn));

    /// <summary>Uniform with variance 2/fan-in (He et al. 2015).</summary>
    public static Initializer HeUniform { get; } = UniformOf("he uniform", (fanIn, _) => Math.Sqrt(6.0 / fanIn));

    /// <summary>
    /// Normal with variance 1/fan-in (LeCun, Bottou, Orr and Müller, "Efficient backprop", 1998). The same as
    /// <see cref="NormalOverRootFanIn"/>.
    /// </summary>
    public static Initializer LeCunNormal { get; } = NormalOf("lecun normal", (fanIn, _) => Math.Sqrt(1.0 / fanIn));

    /// <summary>Uniform with variance 1/fan-in (LeCun et al. 1998).</summary>
    public static Initializer LeCunUniform { get; } = UniformOf("lecun uniform", (fanIn, _) => Math.Sqrt(3.0 / fanIn));

    /// <summary>All 0.</summary>
    public static Initializer Zeros { get; } = new("zeros", (values, _, _, _) => values.Clear());

    /// <summary>All kinds; a run's record spells its members by them.</summary>
    internal static Catalog<Initializer> Family { get; } = new("initializer",
    [
        new("uniform", "evenly between minimum and maximum", [new("minimum", -1), new("maximum", 1)],
            v => Uniform((float)v[0], (float)v[1])),
        new("normal", "normal with standard deviation sigma", [new("sigma", 1, 0)], v => Normal((float)v[0])),
        new("normal/3", "normal with standard deviation 1/3", [], _ => NormalOverThree),
        new("normal/sqrt(fan-in)", "normal with standard deviation 1/√fan-in", [], _ => NormalOverRootFanIn),
        new("normal*sqrt(2/fan-out)", "normal with standard deviation √(2/fan-out)", [], _ => NormalTimesRootTwoOverFanOut),
        new("poisson(1)/4", "a quarter of a Poisson number of mean 1: never negative", [], _ => PoissonOverFour),
        new("glorot normal", "normal with variance 2/(fan-in + fan-out)", [], _ => GlorotNormal),
        new("glorot uniform", "uniform with variance 2/(fan-in + fan-out)", [], _ => GlorotUniform),
        new("he normal", "normal with variance 2/fan-in", [], _ => HeNormal),
        new("he uniform", "uniform with variance 2/fan-in", [], _ => HeUniform),
        new("lecun normal", "normal with variance 1/fan-in", [], _ => LeCunNormal),
        new("lecun uniform", "uniform with variance 1/fan-in", [], _ => LeCunUniform),
        new("zeros", "all 0", [], _ => Zeros),
        new("constant", "all the same value", [new("value", 0.1)], v => Constant((float)v[0])),
    ]);

    /// <summary>Names of all initialisers.</summary>
    public static IReadOnlyList<string> Names => Family.Names;

    /// <summary>All initialisers with their numbers.</summary>
    public static IReadOnlyList<Kind<Initializer>> Kinds => Family.Kinds;

    /// <summary>The name with its numbers; <see cref="Parse"/> reads it.</summary>
    public string Name { get; }

    /// <summary>Normal with standard deviation <paramref name="sigma"/>.</summary>
    public static Initializer Normal(float sigma) =>
        NormalOf(string.Create(CultureInfo.InvariantCulture, $"normal({sigma})"), (_, _) => sigma);

    /// <summary>Evenly in [<paramref name="minimum"/>, <paramref name="maximum"/>).</summary>
    /// <exception cref="InputException"><paramref name="minimum"/> is not below <paramref name="maximum"/>.</exception>
    public static Initializer Uniform(float minimum, float maximum)
    {
        if (!(minimum < maximum))
            throw new InputException($"The initializer 'uniform' goes from {minimum} to {maximum}; the first must be below the second.");
        return new(
            string.Create(CultureInfo.InvariantCulture, $"uniform({minimum}, {maximum})"),
            (values, _, _, random) => random.FillUniform(values, minimum, maximum));
    }

    /// <summary>All <paramref name="value"/>.</summary>
    public static Initializer Constant(float value) =>
        new(string.Create(CultureInfo.InvariantCulture, $"constant({value})"), (values, _, _, _) => values.Fill(value));

    /// <summary>Reads a name with or without numbers, e.g. "he normal", "uniform(-0.5, 0.5)".</summary>
    /// <exception cref="InputException">It is not the name of an initialiser.</exception>
    public static Initializer Parse(string text) => Family.Parse(text);

    /// <summary>
    /// Fills <paramref name="values"/>, the weights of a layer whose units have <paramref name="fanIn"/> inputs and whose inputs feed
    /// <paramref name="fanOut"/> units.
    /// </summary>
    public void Fill(Span<float> values, int fanIn, int fanOut, CounterRandom random) => _fill(values, fanIn, fanOut, random);

    /// <inheritdoc/>
    public override string ToString() => Name;

    /// <summary>Whether both are of one name, numbers included.</summary>
    public override bool Equals(object? obj) => obj is Initializer other && other.Name == Name;

    /// <inheritdoc/>
    public override int GetHashCode() => Name.GetHashCode(StringComparison.Ordinal);

    private static Initializer NormalOf(string name, Func<int, int, double> sigma) =>
        new(name, (values, fanIn, fanOut, random) => random.FillNormal(values, deviation: (float)sigma(fanIn, fanOut)));

    private static Initializer UniformOf(string name, Func<int, int, double> limit) => new(name, (values, fanIn, fanOut, random) =>
    {
        float a = (float)limit(fanIn, fanOut);
        random.FillUniform(values, -a, a);
    });
}
