namespace Explain.Core;

/// <summary>
/// What a pass is for. Layers that behave otherwise in training (dropout, batch normalisation) look at it; the default is a pass that only
/// evaluates.
/// </summary>
/// <param name="Training">Whether the network is being trained.</param>
/// <param name="Seed">Of the training's random numbers, which are keyed by (seed, purpose, step, row) and so need no order.</param>
/// <param name="Step">The training's step, from 0, counted over all epochs.</param>
/// <param name="FirstRow">Place in the step's batch of the first sample that is passed: a large batch goes in pieces.</param>
internal readonly record struct PassContext(bool Training, ulong Seed, long Step, int FirstRow);
