namespace Explain.Core;

/// <summary>
/// Positions and forces of t-SNE, one array a dimension, padded to whole vectors with points so far away that they exert no force.
/// </summary>
internal sealed class TsneMap
{
    /// <summary>Every array has a multiple of this many elements.</summary>
    public const int Lanes = 16;

    private const float FarAway = 1e25f; // its square overflows, so the similarity is exactly 0, and 0 times the distance is 0

    public TsneMap(int count, int dimensions)
    {
        Count = count;
        Dimensions = dimensions;
        Padded = (count + Lanes - 1) / Lanes * Lanes;
        Position = NewVectors();
        Attraction = NewVectors();
        Repulsion = NewVectors();
        foreach (float[] positions in Position) positions.AsSpan(count).Fill(FarAway);
    }

    public int Count { get; }

    public int Dimensions { get; }

    public int Padded { get; }

    /// <summary>y_i.</summary>
    public float[][] Position { get; }

    /// <summary>Σ_j p_ij w_ij (y_i − y_j) with w_ij = (1 + |y_i − y_j|²)⁻¹.</summary>
    public float[][] Attraction { get; }

    /// <summary>Σ_j w_ij² (y_i − y_j).</summary>
    public float[][] Repulsion { get; }

    public float[][] NewVectors() => [.. Enumerable.Range(0, Dimensions).Select(_ => new float[Padded])];

    public double SquaredDistance(int i, int j)
    {
        double sum = 0;
        foreach (float[] positions in Position)
        {
            double difference = (double)positions[i] - positions[j];
            sum += difference * difference;
        }
        return sum;
    }

    public void Set(Matrix points)
    {
        for (int d = 0; d < Dimensions; d++)
        {
            for (int i = 0; i < Count; i++) Position[d][i] = points[i, d];
        }
    }

    public Matrix ToMatrix()
    {
        var points = new Matrix(Count, Dimensions);
        for (int d = 0; d < Dimensions; d++)
        {
            for (int i = 0; i < Count; i++) points[i, d] = Position[d][i];
        }
        return points;
    }
}

/// <summary>Computes the two sums of forces of a map.</summary>
internal interface ITsneForces
{
    /// <summary>Sets attraction and repulsion; returns Z = Σ_i Σ_{j≠i} w_ij.</summary>
    double Compute(TsneMap map);
}
