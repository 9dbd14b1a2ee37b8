using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace Explain.Core;

/// <summary>Labelled samples: one row of <see cref="Inputs"/> and one class index of <see cref="Labels"/> each.</summary>
public sealed class Dataset
{
    /// <summary>Wraps the given arrays; they are not copied and must not change afterwards.</summary>
    /// <param name="name">For titles and messages.</param>
    /// <param name="inputs">N × features.</param>
    /// <param name="sampleShape">The shape of one row.</param>
    /// <param name="labels">N class indices, each in 0 … classNames.Count − 1.</param>
    /// <param name="classNames">One name a class.</param>
    /// <exception cref="ArgumentException">Lengths disagree or a label is out of range.</exception>
    public Dataset(string name, Matrix inputs, Shape sampleShape, int[] labels, IReadOnlyList<string> classNames)
    {
        if (inputs.Columns != sampleShape.Size)
            throw new ArgumentException(
                $"Samples of shape {sampleShape} have {sampleShape.Size} values, but the input matrix has {inputs.Columns} columns.",
                nameof(inputs));
        if (labels.Length != inputs.Rows)
            throw new ArgumentException($"{inputs.Rows} samples need as many labels; there are {labels.Length}.", nameof(labels));
        for (int i = 0; i < labels.Length; i++)
        {
            if ((uint)labels[i] >= (uint)classNames.Count)
                throw new ArgumentException(
                    $"Label {labels[i]} of sample {i} is not a class; allowed are 0 to {classNames.Count - 1}.", nameof(labels));
        }
        Name = name;
        Inputs = inputs;
        SampleShape = sampleShape;
        Labels = labels;
        ClassNames = classNames;
    }

    /// <summary>Name for titles and messages.</summary>
    public string Name { get; }

    /// <summary>N × features.</summary>
    public Matrix Inputs { get; }

    /// <summary>The shape of one sample.</summary>
    public Shape SampleShape { get; }

    /// <summary>N class indices.</summary>
    public int[] Labels { get; }

    /// <summary>One name a class.</summary>
    public IReadOnlyList<string> ClassNames { get; }

    /// <summary>One name a feature, in the order of the columns of <see cref="Inputs"/>; null where they have none.</summary>
    /// <exception cref="ArgumentException">There are more or fewer names than features.</exception>
    public IReadOnlyList<string>? FeatureNames
    {
        get;
        init => field = value is null || value.Count == Inputs.Columns
            ? value
            : throw new ArgumentException($"{Inputs.Columns} features need as many names; there are {value.Count}.", nameof(value));
    }

    /// <summary>Number of samples.</summary>
    public int Count => Inputs.Rows;

    /// <summary>Number of classes.</summary>
    public int ClassCount => ClassNames.Count;

    /// <summary>The samples at <paramref name="indices"/>, copied, in that order.</summary>
    public Dataset Select(ReadOnlySpan<int> indices)
    {
        var inputs = new Matrix(indices.Length, Inputs.Columns);
        var labels = new int[indices.Length];
        for (int i = 0; i < indices.Length; i++)
        {
            Inputs.Row(indices[i]).CopyTo(inputs.Row(i));
            labels[i] = Labels[indices[i]];
        }
        return new Dataset(Name, inputs, SampleShape, labels, ClassNames) { FeatureNames = FeatureNames };
    }

    /// <summary>A view of the first <paramref name="count"/> samples (all, if there are fewer).</summary>
    public Dataset Take(int count)
    {
        count = Math.Min(count, Count);
        return new Dataset(Name, Inputs.RowRange(0, count), SampleShape, Labels.AsSpan(0, count).ToArray(), ClassNames)
        {
            FeatureNames = FeatureNames,
        };
    }

    /// <summary>
    /// SHA-256 over shapes, class names, values and labels (little-endian), in lower-case hexadecimal: equal data, equal fingerprint.
    /// </summary>
    public string Fingerprint()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{Count}|{SampleShape}|{string.Join('|', ClassNames)}\n"));
        hash.AppendData(MemoryMarshal.AsBytes(Inputs.Span));
        hash.AppendData(MemoryMarshal.AsBytes(Labels.AsSpan()));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
