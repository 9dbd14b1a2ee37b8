namespace Explain.Core;

/// <summary>
/// How the learning rate changes. Time is counted in steps; an epoch is a fixed number of them (one, for full batches). Found by name.
/// </summary>
public abstract class Schedule
{
    private protected Schedule(string name) => Name = name;

    /// <summary>The same rate always.</summary>
    public static Schedule Constant { get; } = new ConstantSchedule();

    private static Catalog<Schedule> Family { get; } = new("schedule",
    [
        new("constant", "the same rate always", [], _ => Constant),
        new("step", "times factor after every so many epochs", [new("factor", 0.5, 0, 1), new("epochs", 10, 1, 1e9)],
            v => new StepSchedule(v[0], (int)v[1])),
        new("exponential", "times factor after every epoch", [new("factor", 0.95, 0, 1)], v => new ExponentialSchedule(v[0])),
        new("cosine", "half a cosine from maximum to minimum, so many times over, after a linear warm-up; changes every step",
            [new("minimum", 0, 0, 1e6), new("maximum", double.NaN, 0, 1e6), new("cycles", 1, 1, 1e6), new("warm-up", 0, 0, 1e6)],
            v => new CosineSchedule(v[0], double.IsNaN(v[1]) ? null : v[1], (int)v[2], v[3])),
    ]);

    /// <summary>Names of all schedules.</summary>
    public static IReadOnlyList<string> Names => Family.Names;

    /// <summary>All schedules with their numbers.</summary>
    public static IReadOnlyList<Kind<Schedule>> Kinds => Family.Kinds;

    /// <summary>The registered name.</summary>
    public string Name { get; }

    /// <summary>Reads a name with or without numbers, e.g. "step(0.1, 30)".</summary>
    /// <exception cref="InputException">It is not the name of a schedule.</exception>
    public static Schedule Parse(string text) => Family.Parse(text);

    /// <summary>Makes a schedule from its name and its settings by name.</summary>
    /// <exception cref="InputException">The name or a setting is unknown, or a value out of range.</exception>
    public static Schedule Create(string name, IReadOnlyDictionary<string, double> settings) => Family.Create(name, settings);

    /// <summary>
    /// Whether the rate depends on how many epochs the whole training has, so that a longer one is another one from its first step.
    /// </summary>
    public virtual bool DependsOnEpochs => false;

    /// <summary>The rate of a step.</summary>
    /// <param name="rate">The optimiser's own rate.</param>
    /// <param name="step">Steps done before this one, over all epochs.</param>
    /// <param name="stepsPerEpoch">Steps in an epoch.</param>
    /// <param name="epochs">Epochs in the whole training.</param>
    public abstract float RateAt(float rate, long step, int stepsPerEpoch, int epochs);

    /// <inheritdoc/>
    public override string ToString() => Name;

    /// <summary>The schedule's numbers by name, in order.</summary>
    internal abstract IReadOnlyList<KeyValuePair<string, double>> Settings { get; }
}

/// <summary>The optimiser's own rate.</summary>
internal sealed class ConstantSchedule() : Schedule("constant")
{
    internal override IReadOnlyList<KeyValuePair<string, double>> Settings => [];

    public override float RateAt(float rate, long step, int stepsPerEpoch, int epochs) => rate;
}

/// <summary>rate·factor^⌊epochs done / every⌋: changes at the beginning of an epoch.</summary>
/// <param name="factor">From 0 to 1.</param>
/// <param name="every">Epochs, at least 1.</param>
public sealed class StepSchedule(double factor, int every) : Schedule("step")
{
    private readonly int _every = every >= 1 ? every
        : throw new ArgumentOutOfRangeException(
            nameof(every), every, "A step schedule needs at least 1 epoch from one change to the next.");

    internal override IReadOnlyList<KeyValuePair<string, double>> Settings => [new("factor", factor), new("epochs", _every)];

    /// <inheritdoc/>
    public override float RateAt(float rate, long step, int stepsPerEpoch, int epochs) =>
        (float)(rate * PortableMath.Power(factor, step / stepsPerEpoch / _every));
}

/// <summary>rate·factor^(epochs done): changes at the beginning of an epoch.</summary>
/// <param name="factor">From 0 to 1.</param>
public sealed class ExponentialSchedule(double factor) : Schedule("exponential")
{
    internal override IReadOnlyList<KeyValuePair<string, double>> Settings => [new("factor", factor)];

    /// <inheritdoc/>
    public override float RateAt(float rate, long step, int stepsPerEpoch, int epochs) =>
        (float)(rate * PortableMath.Power(factor, step / stepsPerEpoch));
}

/// <summary>
/// After a warm-up in which the rate grows linearly from maximum / (steps of the warm-up) to the maximum, cycles of equal length, each
/// minimum + (maximum − minimum)·½·(1 + cos(π·share of the cycle done)) (Loshchilov and Hutter, "SGDR: stochastic gradient descent with
/// warm restarts", 2017). Changes every step; reaches the minimum after the last one.
/// </summary>
/// <param name="minimum">The rate at the end of a cycle.</param>
/// <param name="maximum">The rate at its beginning; the optimiser's own where null.</param>
/// <param name="cycles">How often the rate goes down, at least once.</param>
/// <param name="warmUp">Length of the warm-up in epochs, 0 or more.</param>
public sealed class CosineSchedule(double minimum = 0, double? maximum = null, int cycles = 1, double warmUp = 0) : Schedule("cosine")
{
    private readonly int _cycles = cycles >= 1 ? cycles
        : throw new ArgumentOutOfRangeException(nameof(cycles), cycles, "A cosine schedule needs at least 1 cycle.");
    private readonly double _warmUp = warmUp >= 0 ? warmUp
        : throw new ArgumentOutOfRangeException(nameof(warmUp), warmUp, "The warm-up of a cosine schedule lasts 0 epochs or more.");

    /// <inheritdoc/>
    public override bool DependsOnEpochs => true;

    internal override IReadOnlyList<KeyValuePair<string, double>> Settings =>
        [new("minimum", minimum), new("maximum", maximum ?? double.NaN), new("cycles", _cycles), new("warm-up", _warmUp)];

    /// <inheritdoc/>
    public override float RateAt(float rate, long step, int stepsPerEpoch, int epochs)
    {
        double top = maximum ?? rate;
        long steps = (long)stepsPerEpoch * epochs, warm = (long)Math.Round(_warmUp * stepsPerEpoch);
        if (step < warm) return (float)(top * (step + 1) / warm);
        double cycle = (double)Math.Max(1, steps - warm) / _cycles;
        double done = (step - warm) / cycle;
        return (float)(minimum + ((top - minimum) * 0.5 * (1 + PortableMath.SinCos(Math.PI * (done - Math.Floor(done))).Cos)));
    }
}
