using System.Runtime.CompilerServices;

namespace Explain.Core;

/// <summary>w ← w − rate·g.</summary>
/// <param name="rate">The learning rate that a schedule starts from.</param>
/// <exception cref="InputException">A number is out of the range that recipes allow.</exception>
public sealed class GradientDescent(float rate = 0.01f) : Optimizer("gradient descent", rate)
{
    internal override IReadOnlyList<KeyValuePair<string, float>> Settings => [];

    internal override void Begin(int count)
    {
    }

    internal override bool Step(float[] parameters, float[] gradients, float rate) =>
        Run(parameters.Length, new Rule(parameters, gradients, rate));

    private readonly struct Rule(float[] w, float[] g, float rate) : IUpdateRule
    {
        public float[] Parameters => w;

        public float[] Gradients => g;

        public float[]? First => null;

        public float[]? Second => null;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Update<TLanes, TVector>(ref TVector w, TVector g, ref TVector first, ref TVector second)
            where TLanes : struct, ILanes<TVector>
            where TVector : struct => w = TLanes.Subtract(w, TLanes.Multiply(TLanes.Create(rate), g));
    }
}

/// <summary>
/// v ← momentum·v + rate·g; w ← w − v (Polyak, "Some methods of speeding up the convergence of iteration methods", 1964).
/// </summary>
/// <param name="rate">The learning rate that a schedule starts from.</param>
/// <param name="momentum">The share of the old velocity that stays, below 1.</param>
/// <exception cref="InputException">A number is out of the range that recipes allow.</exception>
public sealed class Momentum(float rate = 0.01f, float momentum = 0.9f) : Optimizer("momentum", rate)
{
    private readonly float _momentum = Checked("momentum", MomentumParameter, momentum);
    private float[] _velocity = [];

    internal override IReadOnlyList<KeyValuePair<string, float>> Settings => [new("momentum", _momentum)];

    internal override IReadOnlyList<KeyValuePair<string, float[]>> Buffers => [new("velocity", _velocity)];

    internal override void Begin(int count) => _velocity = new float[count];

    internal override bool Step(float[] parameters, float[] gradients, float rate) =>
        Run(parameters.Length, new Rule(parameters, gradients, _velocity, rate, _momentum));

    private readonly struct Rule(float[] w, float[] g, float[] v, float rate, float momentum) : IUpdateRule
    {
        public float[] Parameters => w;

        public float[] Gradients => g;

        public float[]? First => v;

        public float[]? Second => null;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Update<TLanes, TVector>(ref TVector w, TVector g, ref TVector first, ref TVector second)
            where TLanes : struct, ILanes<TVector>
            where TVector : struct
        {
            first = WithoutSubnormals<TLanes, TVector>(TLanes.Add(
                TLanes.Multiply(TLanes.Create(momentum), first), TLanes.Multiply(TLanes.Create(rate), g)));
            w = TLanes.Subtract(w, first);
        }
    }
}

/// <summary>
/// v ← momentum·v + rate·g; w ← w − momentum·v − rate·g (Nesterov 1983, in the form of Sutskever, Martens, Dahl and Hinton,
/// "On the importance of initialization and momentum in deep learning", 2013, with the gradient at the point looked ahead to).
/// </summary>
/// <param name="rate">The learning rate that a schedule starts from.</param>
/// <param name="momentum">The share of the old velocity that stays, below 1.</param>
/// <exception cref="InputException">A number is out of the range that recipes allow.</exception>
public sealed class Nesterov(float rate = 0.01f, float momentum = 0.9f) : Optimizer("nesterov", rate)
{
    private readonly float _momentum = Checked("nesterov", MomentumParameter, momentum);
    private float[] _velocity = [];

    internal override IReadOnlyList<KeyValuePair<string, float>> Settings => [new("momentum", _momentum)];

    internal override IReadOnlyList<KeyValuePair<string, float[]>> Buffers => [new("velocity", _velocity)];

    internal override void Begin(int count) => _velocity = new float[count];

    internal override bool Step(float[] parameters, float[] gradients, float rate) =>
        Run(parameters.Length, new Rule(parameters, gradients, _velocity, rate, _momentum));

    private readonly struct Rule(float[] w, float[] g, float[] v, float rate, float momentum) : IUpdateRule
    {
        public float[] Parameters => w;

        public float[] Gradients => g;

        public float[]? First => v;

        public float[]? Second => null;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Update<TLanes, TVector>(ref TVector w, TVector g, ref TVector first, ref TVector second)
            where TLanes : struct, ILanes<TVector>
            where TVector : struct
        {
            TVector step = TLanes.Multiply(TLanes.Create(rate), g);
            first = WithoutSubnormals<TLanes, TVector>(TLanes.Add(TLanes.Multiply(TLanes.Create(momentum), first), step));
            w = TLanes.Subtract(w, TLanes.Add(TLanes.Multiply(TLanes.Create(momentum), first), step));
        }
    }
}

/// <summary>v ← decay·v + (1 − decay)·g²; w ← w − rate·g / (√v + ε) (Tieleman and Hinton, "Lecture 6.5: RMSProp", 2012).</summary>
/// <param name="rate">The learning rate that a schedule starts from.</param>
/// <param name="decay">The share of the old mean square that stays, below 1.</param>
/// <param name="epsilon">ε, which keeps the divisor from 0.</param>
/// <exception cref="InputException">A number is out of the range that recipes allow.</exception>
public sealed class RmsProp(float rate = 0.001f, float decay = 0.9f, float epsilon = 1e-8f) : Optimizer("rmsprop", rate)
{
    private readonly float _decay = Checked("rmsprop", MeanSquareParameter, decay);
    private readonly float _epsilon = Checked("rmsprop", EpsilonParameter, epsilon);
    private float[] _squares = [];

    internal override IReadOnlyList<KeyValuePair<string, float>> Settings => [new("decay", _decay), new("epsilon", _epsilon)];

    internal override IReadOnlyList<KeyValuePair<string, float[]>> Buffers => [new("squares", _squares)];

    internal override void Begin(int count) => _squares = new float[count];

    internal override bool Step(float[] parameters, float[] gradients, float rate) =>
        Run(parameters.Length, new Rule(parameters, gradients, _squares, rate, _decay, _epsilon));

    private readonly struct Rule(float[] w, float[] g, float[] v, float rate, float decay, float epsilon) : IUpdateRule
    {
        public float[] Parameters => w;

        public float[] Gradients => g;

        public float[]? First => v;

        public float[]? Second => null;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Update<TLanes, TVector>(ref TVector w, TVector g, ref TVector first, ref TVector second)
            where TLanes : struct, ILanes<TVector>
            where TVector : struct
        {
            first = Mixed<TLanes, TVector>(decay, first, TLanes.Multiply(g, g));
            w = TLanes.Subtract(
                w, TLanes.Divide(TLanes.Multiply(TLanes.Create(rate), g), TLanes.Add(TLanes.Sqrt(first), TLanes.Create(epsilon))));
        }
    }
}
