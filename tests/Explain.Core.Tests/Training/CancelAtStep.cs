namespace Explain.Core.Tests;

/// <summary>A constant rate that asks for an end while a step is under way, as a signal would.</summary>
/// <param name="source">Of the training's token.</param>
/// <param name="at">Steps done before the one in which it asks, over all epochs.</param>
internal sealed class CancelAtStep(CancellationTokenSource source, long at) : Schedule("constant")
{
    internal override IReadOnlyList<KeyValuePair<string, double>> Settings => [];

    public override float RateAt(float rate, long step, int stepsPerEpoch, int epochs)
    {
        if (step == at) source.Cancel();
        return rate;
    }
}
