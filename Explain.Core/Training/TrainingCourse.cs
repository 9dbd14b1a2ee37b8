namespace Explain.Core;

/// <summary>
/// What a training carries from epoch to epoch beside network and optimiser: the network of the last whole epoch, the best one, and the
/// patience left.
/// </summary>
internal sealed class TrainingCourse(
    Network network, KeepBest? keep, EarlyStopping? early, IReadOnlyList<KeyValuePair<string, string>> settings)
{
    private readonly BestSoFar? _best = keep is null ? null : new BestSoFar(keep.Measure, keep.MinimumImprovement);
    private readonly BestSoFar? _patience = early is null ? null : new BestSoFar(early.Measure, early.MinimumImprovement);
    private readonly NetworkValues _whole = NetworkValues.Of(network);
    private readonly NetworkValues? _kept = keep is null ? null : NetworkValues.Of(network);

    /// <summary>Finished epochs.</summary>
    public int Epoch { get; private set; }

    /// <summary>The epoch whose network is kept: the best, or the last.</summary>
    public int KeptEpoch => _best is { Epoch: > 0 } best ? best.Epoch : Epoch;

    /// <summary>
    /// The epoch after which nothing was better, where early stopping has waited long enough; 0 where training may go on.
    /// </summary>
    public int StoppedSince => _patience is { Epoch: > 0 } seen && Epoch - seen.Epoch >= early!.Patience ? seen.Epoch : 0;

    /// <summary>SHA-256 of all parameters after the last whole epoch; empty before the first.</summary>
    public string WeightsHash => Epoch == 0 ? "" : _whole.Hash();

    /// <summary>Takes note of a finished epoch.</summary>
    /// <returns>Whether it is the best so far, where the best is kept.</returns>
    public bool Finish(EpochMetrics row)
    {
        Epoch = row.Epoch;
        _whole.CopyFrom(network);
        bool best = _best?.Offer(row) == true;
        if (best) _kept!.CopyFrom(network);
        _patience?.Offer(row);
        return best;
    }

    /// <summary>Takes the network back to the end of the last whole epoch.</summary>
    public void GoBack() => _whole.CopyTo(network);

    /// <summary>Gives the network the values that are to be kept.</summary>
    public void Keep()
    {
        if (_best is { Epoch: > 0 }) _kept!.CopyTo(network);
    }

    /// <summary>Adds what a checkpoint needs of this.</summary>
    public TrainingState Save(TrainingState state) => state with
    {
        Epoch = Epoch,
        Settings = settings,
        UnderWay = state.UnderWay is { } underWay ? underWay with { Before = _whole.Copy() } : null,
        Best = _best is null ? null : new BestEpoch(_best.Epoch, _best.Value, _kept!.Copy()),
        Patience = _patience is null ? null : new BestEpoch(_patience.Epoch, _patience.Value),
    };

    /// <summary>Goes on from a checkpoint.</summary>
    /// <exception cref="InputException">It is not of such a training.</exception>
    public void Restore(TrainingState state)
    {
        TrainingIdentity.Check(state.Settings, settings);
        var whole = state.UnderWay?.Before ?? state.Network;
        if (!state.Network.Fits(network) || !whole.Fits(network))
            throw new InputException(
                $"The checkpoint is of a network with {state.Network.Parameters.Length} parameters and {state.Network.State.Length} values "
                    + $"of state; this one has {network.ParameterCount} and {network.State.Length}.");
        if (state.Best is null != _best is null
            || state.Best?.Network?.Fits(network) == false
            || (state.Best is not null && state.Best.Network is null))
            throw new InputException(
                $"The checkpoint is of a training that keeps the {(state.Best is null ? "last" : "best")} epoch; "
                    + $"this one keeps the {(_best is null ? "last" : "best")}.");
        if (state.Patience is null != _patience is null)
            throw new InputException(
                $"The checkpoint is of a training {(state.Patience is null ? "without" : "with")} early stopping; "
                    + $"this one is {(_patience is null ? "without" : "with")}.");
        Epoch = state.Epoch;
        state.Network.CopyTo(network);
        _whole.CopyFrom(whole);
        if (state.Best is { Network: { } kept } best)
        {
            _best!.Restore(best);
            _kept!.CopyFrom(kept);
        }
        _patience?.Restore(state.Patience!);
    }
}
