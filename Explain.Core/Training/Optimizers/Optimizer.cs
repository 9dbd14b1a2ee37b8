using System.Runtime.CompilerServices;

namespace Explain.Core;

/// <summary>
/// How parameters move along their gradients. One pass over the flat buffers a step, in vectors, without products that the processor might
/// fuse, so the bits are the same in every vector width. An optimiser keeps the state of one training at a time.
/// </summary>
public abstract class Optimizer
{
    /// <summary>Values in a block of work; a multiple of every vector width, so only the last block has a rest.</summary>
    private const int BlockValues = 1 << 14;

    private protected static readonly KindParameter Beta1Parameter = new("beta1", 0.9, 0, 0.999999);
    private protected static readonly KindParameter Beta2Parameter = new("beta2", 0.999, 0, 0.9999999);
    private protected static readonly KindParameter MomentumParameter = new("momentum", 0.9, 0, 0.999999);
    private protected static readonly KindParameter EpsilonParameter = new("epsilon", 1e-8, 1e-30, 1);
    private protected static readonly KindParameter MeanSquareParameter = new("decay", 0.9, 0, 0.999999);
    private protected static readonly KindParameter ShrinkParameter = new("decay", 0.01, 0, 1);

    private static readonly Catalog<Optimizer> Family = new("optimizer",
    [
        new("gradient descent", "w −= rate·g", [RateOf(0.01)], v => new GradientDescent((float)v[0])),
        new("momentum", "v = momentum·v + rate·g; w −= v", [RateOf(0.01), MomentumParameter], v => new Momentum((float)v[0], (float)v[1])),
        new("nesterov", "momentum that looks ahead", [RateOf(0.01), MomentumParameter], v => new Nesterov((float)v[0], (float)v[1])),
        new("adam", "steps scaled by running moments of the gradient", [RateOf(0.001), Beta1Parameter, Beta2Parameter, EpsilonParameter],
            v => new Adam((float)v[0], (float)v[1], (float)v[2], (float)v[3])),
        new("nadam", "Adam with Nesterov's look ahead", [RateOf(0.001), Beta1Parameter, Beta2Parameter, EpsilonParameter],
            v => new Nadam((float)v[0], (float)v[1], (float)v[2], (float)v[3])),
        new("rmsprop", "steps scaled by the running size of the gradient", [RateOf(0.001), MeanSquareParameter, EpsilonParameter],
            v => new RmsProp((float)v[0], (float)v[1], (float)v[2])),
        new(
            "adamw",
            "Adam with weights that decay on their own",
            [RateOf(0.001), ShrinkParameter, Beta1Parameter, Beta2Parameter, EpsilonParameter],
            v => new AdamW((float)v[0], (float)v[1], (float)v[2], (float)v[3], (float)v[4])),
    ]);

    // Not 0 where a block of the step under way has met a parameter that is not finite; an array, so that blocks on any thread can write
    // it.
    private readonly int[] _broken = new int[1];

    private protected Optimizer(string name, float rate)
    {
        Name = name;
        Rate = Checked(name, RateOf(0), rate);
    }

    /// <summary>Names of all optimisers.</summary>
    public static IReadOnlyList<string> Names => Family.Names;

    /// <summary>All optimisers with their numbers; the first is always "rate".</summary>
    public static IReadOnlyList<Kind<Optimizer>> Kinds => Family.Kinds;

    /// <summary>The registered name.</summary>
    public string Name { get; }

    /// <summary>The learning rate that a schedule starts from.</summary>
    public float Rate { get; }

    /// <summary>Reads a name with or without numbers, e.g. "adam(0.001)".</summary>
    /// <exception cref="InputException">It is not the name of an optimiser.</exception>
    public static Optimizer Parse(string text) => Family.Parse(text);

    /// <summary>Makes an optimiser from its name and its settings by name, e.g. "rate", "beta1".</summary>
    /// <exception cref="InputException">The name or a setting is unknown, or a value out of range.</exception>
    public static Optimizer Create(string name, IReadOnlyDictionary<string, double> settings) => Family.Create(name, settings);

    /// <inheritdoc/>
    public override string ToString() => Name;

    /// <summary>The optimiser's numbers beside the rate by name, in order.</summary>
    internal abstract IReadOnlyList<KeyValuePair<string, float>> Settings { get; }

    /// <summary>Forgets everything and makes room for <paramref name="count"/> parameters.</summary>
    internal abstract void Begin(int count);

    /// <summary>
    /// The buffers of state with their names, one value a parameter; what they hold is the state itself. None where the optimiser remembers
    /// nothing.
    /// </summary>
    internal virtual IReadOnlyList<KeyValuePair<string, float[]>> Buffers => [];

    /// <summary>Every number that changes from step to step, in a fixed order.</summary>
    internal virtual double[] Counters { get; set; } = [];

    /// <summary>A copy of all that the next step needs.</summary>
    internal OptimizerState Save() =>
        new([.. Buffers.Select(buffer => new KeyValuePair<string, float[]>(buffer.Key, [.. buffer.Value]))], Counters);

    /// <summary>Goes on from a copy; after <see cref="Begin"/>.</summary>
    /// <exception cref="InputException">It is of another optimiser, or of another number of parameters.</exception>
    internal void Restore(OptimizerState state)
    {
        static string Described(IEnumerable<KeyValuePair<string, float[]>> buffers, int counters) =>
            string.Join(", ", buffers.Select(buffer => $"{buffer.Value.Length} values of '{buffer.Key}'").Append($"{counters} counters"));
        string own = Described(Buffers, Counters.Length), other = Described(state.Buffers, state.Counters.Length);
        if (own != other) throw new InputException($"The checkpoint is of another optimiser: it has {other}; {Name} has {own}.");
        foreach (var (from, to) in state.Buffers.Zip(Buffers)) from.Value.CopyTo(to.Value, 0);
        Counters = state.Counters;
    }

    /// <summary>
    /// Changes <paramref name="parameters"/> along <paramref name="gradients"/>. False where a parameter has become infinite or not a
    /// number.
    /// </summary>
    internal abstract bool Step(float[] parameters, float[] gradients, float rate);

    /// <summary>share·old + (1 − share)·value, without subnormal numbers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static TVector Mixed<TLanes, TVector>(float share, TVector old, TVector value)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
        => WithoutSubnormals<TLanes, TVector>(TLanes.Add(
            TLanes.Multiply(TLanes.Create(share), old), TLanes.Multiply(TLanes.Create(1 - share), value)));

    /// <summary>
    /// Zero where a moment is too small to be a normal number: arithmetic on subnormal numbers is many times slower, and they cannot
    /// matter.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static TVector WithoutSubnormals<TLanes, TVector>(TVector value)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
        => TLanes.Select(
            TLanes.Less(TLanes.And(value, TLanes.CreateBits(int.MaxValue)), TLanes.Create(1.17549435e-38f)), TLanes.Create(0f), value);

    /// <summary>
    /// Runs <paramref name="rule"/> over all values in blocks. False where a parameter has become infinite or not a number.
    /// </summary>
    private protected bool Run<TRule>(int count, TRule rule)
        where TRule : struct, IUpdateRule
    {
        _broken[0] = 0;
        Rows.For(count, BlockValues, new UpdateOperation<TRule>(rule, _broken));
        return _broken[0] == 0;
    }

    /// <summary>A number of the optimiser called <paramref name="name"/>, held to the same bounds as in recipes.</summary>
    /// <exception cref="InputException">It is out of range.</exception>
    private protected static float Checked(string name, KindParameter parameter, float value) =>
        value >= (float)parameter.Minimum && value <= (float)parameter.Maximum
            ? value
            : throw new InputException(
                $"{parameter.Name} of the optimizer '{name}' is {value:R}; "
                    + $"allowed are values from {parameter.Minimum:R} to {parameter.Maximum:R}.");

    private static KindParameter RateOf(double standard) => new("rate", standard, 0, 1e6);
}
