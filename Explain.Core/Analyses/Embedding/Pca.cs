using System.Numerics;
using MathNet.Numerics.Providers.LinearAlgebra;

namespace Explain.Core;

/// <summary>
/// Principal component analysis (Pearson, 1901; Hotelling, 1933): the orthogonal directions of largest variance. The eigenvectors come from
/// the covariance matrix, or from the matrix of inner products where there are fewer samples than features. The sign of each is fixed: the
/// entry of largest magnitude is positive.
/// </summary>
public sealed class Pca
{
    private readonly float[] _mean;

    private Pca(float[] mean, Matrix components, double[] variances, double totalVariance)
    {
        _mean = mean;
        Components = components;
        Variances = variances;
        TotalVariance = totalVariance;
    }

    /// <summary>Mean of each feature.</summary>
    public ReadOnlySpan<float> Mean => _mean;

    /// <summary>Components × features: orthonormal rows, largest variance first.</summary>
    public Matrix Components { get; }

    /// <summary>Variance along each component, with N − 1 in the denominator.</summary>
    public IReadOnlyList<double> Variances { get; }

    /// <summary>Sum of the variances of all features, to tell what share the components explain.</summary>
    public double TotalVariance { get; }

    /// <summary>
    /// Finds the first <paramref name="components"/> components of samples × features; fewer if there are fewer samples or features.
    /// </summary>
    /// <exception cref="InputException">A value is not finite.</exception>
    public static Pca Fit(Matrix samples, int components)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(components);
        ArgumentOutOfRangeException.ThrowIfZero(samples.Length);
        EmbeddingInput.CheckFinite(samples);
        int n = samples.Rows, features = samples.Columns;
        float[] mean = EmbeddingInput.Mean(samples);
        Matrix centred = EmbeddingInput.Centred(samples, mean);
        bool inner = n < features;
        int size = inner ? n : features;
        var products = new Matrix(size, size);
        if (inner) Gemm.NT(centred, centred, products);
        else Gemm.TN(centred, centred, products);

        // The values of the decomposition go through one thread of managed code, whatever provider a program has chosen for itself, so
        // their bits do not depend on the machine.
        double[] values = Array.ConvertAll(products.Span.ToArray(), value => (double)value), vectors = new double[size * size];
        var eigenvalues = new Complex[size];
        ManagedLinearAlgebraProvider.Instance.EigenDecomp(true, size, values, vectors, eigenvalues, new double[size * size]);
        int kept = Math.Min(components, size);
        var rows = new Matrix(kept, features);
        double[] variances = new double[kept];
        for (int c = 0; c < kept; c++)
        {
            int column = size - 1 - c; // Eigenvalues ascend, each with a column of its own.
            variances[c] = Math.Max(0, eigenvalues[column].Real) / Math.Max(1, n - 1);
            double[] vector = vectors[(column * size)..((column + 1) * size)];
            if (inner) vector = Features(centred, vector);
            Normalise(vector);
            for (int f = 0; f < features; f++) rows[c, f] = (float)vector[f];
        }
        double total = 0;
        for (int i = 0; i < size; i++) total += products[i, i];
        return new Pca(mean, rows, variances, total / Math.Max(1, n - 1));
    }

    /// <summary>The coordinates of samples × features along the components: samples × components.</summary>
    /// <exception cref="ArgumentException">The number of features is not that of the fitted samples.</exception>
    public Matrix Project(Matrix samples)
    {
        if (samples.Columns != _mean.Length)
            throw new ArgumentException(
                $"The samples have {samples.Columns} features; the components were fitted to {_mean.Length}.", nameof(samples));
        var result = new Matrix(samples.Rows, Components.Rows);
        Gemm.NT(EmbeddingInput.Centred(samples, _mean), Components, result);
        return result;
    }

    /// <summary>The direction among the features that belongs to an eigenvector of the inner products: Xᵀu.</summary>
    private static double[] Features(Matrix centred, double[] weights)
    {
        double[] vector = new double[centred.Columns];
        for (int i = 0; i < centred.Rows; i++)
        {
            ReadOnlySpan<float> row = centred.Row(i);
            for (int f = 0; f < vector.Length; f++) vector[f] += weights[i] * row[f];
        }
        return vector;
    }

    /// <summary>To length 1, with the entry of largest magnitude positive; a direction without variance stays zero.</summary>
    private static void Normalise(Span<double> vector)
    {
        double squares = 0, largest = 0;
        foreach (double value in vector)
        {
            squares += value * value;
            if (Math.Abs(value) > Math.Abs(largest)) largest = value;
        }
        if (squares == 0) return;
        double scale = Math.CopySign(1 / Math.Sqrt(squares), largest);
        foreach (ref double value in vector) value *= scale;
    }
}
