namespace Explain.Core;

/// <summary>
/// x ↦ (x − shift) / scale, with one pair for all features or one a feature. What is measured is measured on training data alone, then
/// applied to all parts alike: whoever lets test data take part learns from what should judge him.
/// </summary>
public sealed class Normalisation
{
    private readonly float[] _shift;
    private readonly float[] _scale;
    private readonly string _description;

    private Normalisation(float[] shift, float[] scale, string description)
    {
        _shift = shift;
        _scale = scale;
        _description = description;
    }

    /// <summary>True where features differ in shift or scale, so that a value means another thing in another feature.</summary>
    internal bool IsPerFeature => _shift.Length > 1;

    /// <summary>(x − mean) / std with values given in advance.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The deviation is not positive, or a value is not finite.</exception>
    public static Normalisation Given(double mean, double std)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(std);
        if (!double.IsFinite(mean) || !double.IsFinite(std))
            throw new ArgumentOutOfRangeException(nameof(mean), $"Mean {mean} and standard deviation {std} must be finite.");
        return new([(float)mean], [(float)std], $"(x − {mean:0.####}) / {std:0.####}");
    }

    /// <summary>Mean 0 and standard deviation 1 over all values of the training data together, which keeps pictures pictures.</summary>
    /// <exception cref="InputException">All values are the same.</exception>
    public static Normalisation Standard(Dataset train)
    {
        double sum = 0, squares = 0;
        foreach (float x in train.Inputs.Span) sum += x;
        double mean = sum / train.Inputs.Length;
        foreach (float x in train.Inputs.Span) squares += (x - mean) * (x - mean);
        double std = Math.Sqrt(squares / train.Inputs.Length);
        if (!(std > 0)) throw new InputException($"{train.Name}: cannot be normalised, every training value is {mean}.");
        return new([(float)mean], [(float)std], $"(x − {mean:0.####}) / {std:0.####}, measured on the training data");
    }

    /// <summary>Mean 0 and standard deviation 1 for each feature by itself; a feature that never changes is only shifted.</summary>
    public static Normalisation StandardPerFeature(Dataset train)
    {
        int n = train.Inputs.Columns;
        double[] mean = new double[n], squares = new double[n];
        for (int i = 0; i < train.Count; i++)
        {
            var row = train.Inputs.Row(i);
            for (int f = 0; f < n; f++) mean[f] += row[f];
        }
        for (int f = 0; f < n; f++) mean[f] /= train.Count;
        for (int i = 0; i < train.Count; i++)
        {
            var row = train.Inputs.Row(i);
            for (int f = 0; f < n; f++) squares[f] += (row[f] - mean[f]) * (row[f] - mean[f]);
        }
        float[] scale = Array.ConvertAll(squares, s => s > 0 ? (float)Math.Sqrt(s / train.Count) : 1f);
        return new(
            Array.ConvertAll(mean, m => (float)m), scale, "each feature to mean 0 and standard deviation 1, measured on the training data");
    }

    /// <summary>0 … 1 for each feature by itself; a feature that never changes becomes 0.</summary>
    public static Normalisation UnitRange(Dataset train)
    {
        int n = train.Inputs.Columns;
        float[] low = new float[n], high = new float[n];
        Array.Fill(low, float.PositiveInfinity);
        Array.Fill(high, float.NegativeInfinity);
        for (int i = 0; i < train.Count; i++)
        {
            var row = train.Inputs.Row(i);
            for (int f = 0; f < n; f++)
            {
                low[f] = MathF.Min(low[f], row[f]);
                high[f] = MathF.Max(high[f], row[f]);
            }
        }
        for (int f = 0; f < n; f++) high[f] = high[f] > low[f] ? high[f] - low[f] : 1f;
        return new(low, high, "each feature to 0 … 1, measured on the training data");
    }

    /// <summary>A normalised copy.</summary>
    /// <exception cref="ArgumentException">The data has another number of features than the normalisation was measured on.</exception>
    public Dataset Apply(Dataset data)
    {
        if (_shift.Length != 1 && _shift.Length != data.Inputs.Columns)
            throw new ArgumentException(
                $"The normalisation is for {_shift.Length} features; {data.Name} has {data.Inputs.Columns}.", nameof(data));
        var inputs = new Matrix(data.Count, data.Inputs.Columns);
        for (int i = 0; i < data.Count; i++)
            Transform(data.Inputs.Row(i), inputs.Row(i));
        return new Dataset(data.Name, inputs, data.SampleShape, data.Labels, data.ClassNames) { FeatureNames = data.FeatureNames };
    }

    /// <summary>One sample normalised; source and destination may be the same.</summary>
    public void Transform(ReadOnlySpan<float> source, Span<float> destination)
    {
        for (int f = 0; f < source.Length; f++)
        {
            int k = _shift.Length == 1 ? 0 : f;
            destination[f] = (source[f] - _shift[k]) / _scale[k];
        }
    }

    /// <summary>One sample as it was before, for pictures.</summary>
    public void Invert(ReadOnlySpan<float> source, Span<float> destination)
    {
        for (int f = 0; f < source.Length; f++)
        {
            int k = _shift.Length == 1 ? 0 : f;
            destination[f] = (source[f] * _scale[k]) + _shift[k];
        }
    }

    /// <summary>In words, for <see cref="DataDescription.Normalisation"/>.</summary>
    public override string ToString() => _description;
}
