namespace Explain.Core;

/// <summary>One step's samples.</summary>
/// <param name="Inputs">[n, in]</param>
/// <param name="Targets">[n, out]</param>
/// <param name="Labels">[n]</param>
internal readonly record struct TrainingBatch(Matrix Inputs, Matrix Targets, Memory<int> Labels);

/// <summary>
/// Deals out the training data: all of it at once, or shuffled batches gathered into buffers that are allocated once; augmented where that
/// is wanted.
/// </summary>
internal sealed class TrainingBatches
{
    /// <summary>Fewest values of a batch worth more than one thread.</summary>
    private const int MinimumParallelGather = 1 << 14;

    /// <summary>Samples that a thread gathers at a time.</summary>
    private const int GatheredRows = 16;

    private readonly Dataset _data;
    private readonly Matrix _targets;
    private readonly ulong _seed;
    private readonly int[] _order;
    private readonly Matrix _inputs;
    private readonly Matrix _batchTargets;
    private readonly int[] _labels;
    private readonly Augmenter? _augmenter;

    /// <summary>Deals out <paramref name="data"/> with its <paramref name="targets"/>, augmented where there is an augmentation.</summary>
    public TrainingBatches(
        Dataset data, Matrix targets, int? batchSize, ulong seed, Augmentation? augmentation = null, Normalisation? normalisation = null)
    {
        _data = data;
        _targets = targets;
        _seed = seed;
        Size = Math.Min(batchSize ?? data.Count, data.Count);
        Count = (data.Count + Size - 1) / Size;
        _order = [.. Enumerable.Range(0, data.Count)];
        if (augmentation is { IsIdentity: false }) _augmenter = new Augmenter(augmentation, data, normalisation, seed, Size);
        int gathered = FullBatch ? 0 : Size;
        _inputs = new Matrix(_augmenter is null ? gathered : Size, data.Inputs.Columns);
        _batchTargets = new Matrix(gathered, targets.Columns);
        _labels = new int[gathered];
    }

    /// <summary>Samples of a batch; the last of an epoch may have fewer.</summary>
    public int Size { get; }

    /// <summary>Batches of an epoch.</summary>
    public int Count { get; }

    /// <summary>Samples of an epoch.</summary>
    public int Samples => _data.Count;

    /// <summary>True where every step sees all samples.</summary>
    public bool FullBatch => Size == _data.Count;

    /// <summary>Draws the order of an epoch, from 1, and turns the augmentation to it.</summary>
    public void Shuffle(int epoch)
    {
        _augmenter?.Begin(epoch);
        if (FullBatch) return;
        for (int n = 0; n < _order.Length; n++) _order[n] = n;
        new CounterRandom(_seed, $"shuffle/{epoch}").Shuffle(_order);
    }

    /// <summary>The batch at place <paramref name="index"/> of the epoch's order. It holds until the next is asked for.</summary>
    public TrainingBatch At(int index)
    {
        if (FullBatch)
        {
            _augmenter?.Fill(_order, _inputs);
            return new TrainingBatch(_augmenter is null ? _data.Inputs : _inputs, _targets, _data.Labels);
        }
        int first = index * Size, count = Math.Min(Size, _data.Count - first);
        var gather = new Gather(this, first);
        if (count * _inputs.Columns >= MinimumParallelGather) Rows.For(count, GatheredRows, gather);
        else gather.Invoke(0, count);
        _augmenter?.Fill(_order.AsMemory(first, count), _inputs);
        return new TrainingBatch(_inputs.RowRange(0, count), _batchTargets.RowRange(0, count), _labels.AsMemory(0, count));
    }

    /// <summary>
    /// Copies samples from where they lie, all over the data, which is mostly waiting for memory: so each thread does some.
    /// </summary>
    private readonly struct Gather(TrainingBatches batches, int place) : IRowOperation
    {
        public void Invoke(int first, int count)
        {
            var data = batches._data;
            for (int n = first; n < first + count; n++)
            {
                int sample = batches._order[place + n];
                if (batches._augmenter is null) data.Inputs.Row(sample).CopyTo(batches._inputs.Row(n));
                batches._targets.Row(sample).CopyTo(batches._batchTargets.Row(n));
                batches._labels[n] = data.Labels[sample];
            }
        }
    }
}
