using System.Numerics;

namespace Explain.Core;

/// <summary>
/// How parameters move along their gradients. One pass over the flat buffers a step, in vectors, without products that the processor might fuse, so the bits are the
/// same in every vector width. An optimiser keeps the state of one training at a time.
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
        new("adam", "steps scaled by running moments of the gradient", [RateOf(0.001), Beta1Parameter, Beta2Parameter, EpsilonParameter], v => new Adam((float)v[0], (float)v[1], (float)v[2], (float)v[3])),
        new("nadam", "Adam with Nesterov's look ahead", [RateOf(0.001), Beta1Parameter, Beta2Parameter, EpsilonParameter], v => new Nadam((float)v[0], (float)v[1], (float)v[2], (float)v[3])),
        new("rmsprop", "steps scaled by the running size of the gradient", [RateOf(0.001), MeanSquareParameter, EpsilonParameter], v => new RmsProp((float)v[0], (float)v[1], (float)v[2])),
        new("adamw", "Adam with weights that decay on their own", [RateOf(0.001), ShrinkParameter, Beta1Parameter, Beta2Parameter, EpsilonParameter], v => new AdamW((float)v[0], (float)v[1], (float)v[2], (float)v[3], (float)v[4])),
    ]);

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

    /// <summary>Forgets everything and makes room for <paramref name="count"/> parameters.</summary>
    internal abstract void Begin(int count);

    /// <summary>The buffers of state with their names, one value a parameter; what they hold is the state itself. None where the optimiser remembers nothing.</summary>
    internal virtual IReadOnlyList<KeyValuePair<string, float[]>> Buffers => [];

    /// <summary>Every number that changes from step to step, in a fixed order.</summary>
    internal virtual double[] Counters { get; set; } = [];

    /// <summary>A copy of all that the next step needs.</summary>
    internal OptimizerState Save() => new([.. Buffers.Select(buffer => new KeyValuePair<string, float[]>(buffer.Key, [.. buffer.Value]))], Counters);

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

    /// <summary>Changes <paramref name="parameters"/> along <paramref name="gradients"/>.</summary>
    internal abstract void Step(float[] parameters, float[] gradients, float rate);

    /// <summary>Runs <paramref name="rule"/> over all values in blocks.</summary>
    private protected static void Run<TRule>(int count, TRule rule)
        where TRule : struct, IUpdateRule => Rows.For(count, BlockValues, new Operation<TRule>(rule));

    /// <summary>Zero where a moment is too small to be a normal number: arithmetic on subnormal numbers is many times slower, and they cannot matter.</summary>
    internal static Vector<float> WithoutSubnormals(Vector<float> value) =>
        Vector.ConditionalSelect(Vector.LessThan(Vector.Abs(value), new Vector<float>(1.17549435e-38f)), Vector<float>.Zero, value);

    /// <summary>A number of the optimiser called <paramref name="name"/>, held to the same bounds as in recipes.</summary>
    /// <exception cref="InputException">It is out of range.</exception>
    private protected static float Checked(string name, KindParameter parameter, float value) => value >= (float)parameter.Minimum && value <= (float)parameter.Maximum
        ? value
        : throw new InputException($"{parameter.Name} of the optimizer '{name}' is {value:R}; allowed are values from {parameter.Minimum:R} to {parameter.Maximum:R}.");

    private static KindParameter RateOf(double standard) => new("rate", standard, 0, 1e6);

    private readonly struct Operation<TRule>(TRule rule) : IRowOperation
        where TRule : struct, IUpdateRule
    {
        public void Invoke(int first, int count)
        {
            var w = rule.Parameters.AsSpan(first, count);
            var g = rule.Gradients.AsSpan(first, count);
            var a = rule.First is { } one ? one.AsSpan(first, count) : default;
            var b = rule.Second is { } two ? two.AsSpan(first, count) : default;
            int i = 0;
            for (; i + Vector<float>.Count <= count; i += Vector<float>.Count) Apply(w[i..], g[i..], a.IsEmpty ? a : a[i..], b.IsEmpty ? b : b[i..]);
            int rest = count - i;
            if (rest == 0) return;

            // The rest goes through the same vector code on padded copies.
            Span<float> padded = stackalloc float[4 * Vector<float>.Count];
            padded.Clear();
            Span<float> pw = padded[..Vector<float>.Count], pg = padded.Slice(Vector<float>.Count, Vector<float>.Count);
            Span<float> pa = padded.Slice(2 * Vector<float>.Count, Vector<float>.Count), pb = padded[(3 * Vector<float>.Count)..];
            w[i..].CopyTo(pw);
            g[i..].CopyTo(pg);
            if (!a.IsEmpty) a[i..].CopyTo(pa);
            if (!b.IsEmpty) b[i..].CopyTo(pb);
            Apply(pw, pg, pa, pb);
            pw[..rest].CopyTo(w[i..]);
            if (!a.IsEmpty) pa[..rest].CopyTo(a[i..]);
            if (!b.IsEmpty) pb[..rest].CopyTo(b[i..]);
        }

        private void Apply(Span<float> w, Span<float> g, Span<float> a, Span<float> b)
        {
            var weight = new Vector<float>(w);
            Vector<float> first = a.IsEmpty ? default : new Vector<float>(a), second = b.IsEmpty ? default : new Vector<float>(b);
            rule.Update(ref weight, new Vector<float>(g), ref first, ref second);
            weight.CopyTo(w);
            if (!a.IsEmpty) first.CopyTo(a);
            if (!b.IsEmpty) second.CopyTo(b);
        }
    }
}

/// <summary>What an optimiser does to one vector's worth of values.</summary>
internal interface IUpdateRule
{
    /// <summary>w, which changes.</summary>
    float[] Parameters { get; }

    /// <summary>g, which does not.</summary>
    float[] Gradients { get; }

    /// <summary>The first buffer of state, or null.</summary>
    float[]? First { get; }

    /// <summary>The second buffer of state, or null.</summary>
    float[]? Second { get; }

    /// <summary>Changes the values in place.</summary>
    void Update(ref Vector<float> w, Vector<float> g, ref Vector<float> first, ref Vector<float> second);
}
