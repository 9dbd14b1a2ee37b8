namespace Explain.Core;

/// <summary>
/// Counts values in bins of equal width in one pass, without knowing their range before: where a function has a range, that is it;
/// otherwise bins are a power of two wide, zero is an edge between two, and when a value falls outside, neighbours are merged so that the
/// bins are twice as wide.
/// </summary>
internal sealed class ActivationHistogram
{
    /// <summary>Bins over a known range.</summary>
    private const int Bins = 64;

    /// <summary>Bins over a range that grows: half of them below zero.</summary>
    private const int OpenBins = 256;

    private readonly bool _fixed;
    private readonly long[] _counts;
    private float _minimum;
    private float _width;

    public ActivationHistogram((float Minimum, float Maximum)? range)
    {
        _fixed = range is not null;
        _counts = new long[_fixed ? Bins : OpenBins];
        if (range is { } r)
        {
            _minimum = r.Minimum;
            _width = (r.Maximum - r.Minimum) / Bins;
        }
        else
        {
            Reset();
        }
    }

    public void Reset()
    {
        Array.Clear(_counts);
        if (_fixed) return;
        _width = 1f / (1 << 20);
        _minimum = -_width * (OpenBins / 2);
    }

    public void Add(ReadOnlySpan<float> values)
    {
        long[] counts = _counts;
        float scale = 1 / _width, minimum = _minimum;
        foreach (float v in values)
        {
            float place = (v - minimum) * scale;
            if (!(place >= 0 && place < counts.Length))
            {
                if (_fixed || !float.IsFinite(v))
                {
                    if (!float.IsNaN(v)) counts[place < 0 ? 0 : ^1]++; // The upper edge itself, or a hair beyond through rounding.
                    continue;
                }
                while (!(place >= 0 && place < counts.Length))
                {
                    Widen();
                    scale = 1 / _width;
                    minimum = _minimum;
                    place = (v - minimum) * scale;
                }
            }
            counts[(int)place]++;
        }
    }

    /// <summary>The counts, without the empty bins at both ends where the range was open.</summary>
    public Histogram Take()
    {
        if (_fixed) return new Histogram(_minimum, _minimum + (_width * Bins), (long[])_counts.Clone());
        int first = Array.FindIndex(_counts, c => c > 0), last = Array.FindLastIndex(_counts, c => c > 0);
        if (first < 0) return new Histogram(0, 1, new long[1]);
        return new Histogram(_minimum + (first * _width), _minimum + ((last + 1) * _width), _counts[first..(last + 1)]);
    }

    /// <summary>Doubles the width of the bins around zero.</summary>
    private void Widen()
    {
        int half = _counts.Length / 2;
        for (int i = 0; i < half / 2; i++)
        {
            _counts[half + i] = _counts[half + (2 * i)] + _counts[half + (2 * i) + 1];
            _counts[half - 1 - i] = _counts[half - 1 - (2 * i)] + _counts[half - 2 - (2 * i)];
        }
        Array.Clear(_counts, half + (half / 2), half / 2);
        Array.Clear(_counts, 0, half / 2);
        _width *= 2;
        _minimum *= 2;
    }
}
