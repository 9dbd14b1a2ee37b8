namespace Explain.Render;

/// <summary>
/// Commands in painting order, and for each band of the picture those that touch it, in the same order. So a band looks at no other.
/// </summary>
internal sealed class BandIndex<TCommand>
    where TCommand : Command
{
    private readonly TCommand[] _commands;
    private readonly int[] _starts;
    private readonly int[] _numbers;

    /// <summary>Sorts <paramref name="commands"/> into the bands of a picture of <paramref name="height"/> rows.</summary>
    public BandIndex(IReadOnlyList<TCommand> commands, int height)
    {
        _commands = [.. commands];
        int bands = (height + BandPainter.BandRows - 1) / BandPainter.BandRows;
        _starts = new int[bands + 1];
        foreach (var command in _commands)
        {
            var (first, last) = Bands(command, bands);
            for (int band = first; band <= last; band++)
                _starts[band + 1]++;
        }
        for (int band = 0; band < bands; band++)
            _starts[band + 1] += _starts[band];
        _numbers = new int[_starts[bands]];
        int[] next = _starts[..bands];
        for (int i = 0; i < _commands.Length; i++)
        {
            var (first, last) = Bands(_commands[i], bands);
            for (int band = first; band <= last; band++)
                _numbers[next[band]++] = i;
        }
    }

    /// <summary>All commands.</summary>
    public ReadOnlySpan<TCommand> All => _commands;

    /// <summary>How many touch <paramref name="band"/>.</summary>
    public int Count(int band) => _starts[band + 1] - _starts[band];

    /// <summary>Number <paramref name="i"/> of those that touch <paramref name="band"/>.</summary>
    public TCommand this[int band, int i] => _commands[_numbers[_starts[band] + i]];

    private static (int First, int Last) Bands(TCommand command, int bands) =>
        (
            Math.Max(0, command.Bounds.FirstRow / BandPainter.BandRows),
            Math.Min(bands, (command.Bounds.EndRow + BandPainter.BandRows - 1) / BandPainter.BandRows) - 1);
}
