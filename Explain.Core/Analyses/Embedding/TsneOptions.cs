namespace Explain.Core;

/// <summary>How to run <see cref="Tsne"/>. The defaults suit a few hundred to some ten thousand samples.</summary>
public sealed record TsneOptions
{
    /// <summary>Dimensions of the map, 2 or 3.</summary>
    public int Dimensions { get; init; } = 2;

    /// <summary>Effective number of neighbours, 1 and more; a third of the other samples at most, whatever is asked for.</summary>
    public double Perplexity { get; init; } = 30;

    /// <summary>Steps of gradient descent.</summary>
    public int Iterations { get; init; } = 1000;

    /// <summary>The first steps, in which affinities are exaggerated so that clusters can pass each other.</summary>
    public int ExaggeratedIterations { get; init; } = 250;

    /// <summary>By how much they are exaggerated.</summary>
    public double Exaggeration { get; init; } = 12;

    /// <summary>
    /// Step length along Σ (p_ij − q_ij) q_ij (y_i − y_j), the gradient without its factor 4. Where null, N / exaggeration (Belkina et al.,
    /// 2019) but at least 50, because small sets settle in better maps with short steps.
    /// </summary>
    public double? LearningRate { get; init; }

    /// <summary>More features than this are first reduced to this many principal components; 0 leaves them all.</summary>
    public int PrincipalComponents { get; init; } = 50;

    /// <summary>Up to this many samples the forces are exact, beyond it they are approximated by a tree (Barnes–Hut).</summary>
    public int ExactUpTo { get; init; } = 1000;

    /// <summary>The tree takes a cell for one point if its width is below this share of its distance; above 0, 0.5 at most.</summary>
    public double Theta { get; init; } = 0.5;

    /// <summary>
    /// N × <see cref="Dimensions"/>: the map to start from in place of the first principal components, at any scale. Starting from the map
    /// of the epoch before keeps the maps of consecutive epochs alike.
    /// </summary>
    public Matrix Initialisation { get; init; }

    /// <summary>Seed of the tiny displacements that part equal samples.</summary>
    public ulong Seed { get; init; }

    /// <summary>Checks every value.</summary>
    /// <exception cref="ArgumentException">One is out of range; says which and what is allowed.</exception>
    internal void Check(int samples)
    {
        Require(Dimensions is 2 or 3, $"{nameof(Dimensions)} is {Dimensions}; allowed are 2 and 3.");
        Require(Perplexity >= 1, $"{nameof(Perplexity)} is {Perplexity}; allowed is 1 and more.");
        Require(
            Iterations >= 0 && ExaggeratedIterations >= 0,
            $"{nameof(Iterations)} and {nameof(ExaggeratedIterations)} are {Iterations} "
                + $"and {ExaggeratedIterations}; allowed is 0 and more.");
        Require(Exaggeration >= 1, $"{nameof(Exaggeration)} is {Exaggeration}; allowed is 1 and more.");
        Require(LearningRate is null or > 0, $"{nameof(LearningRate)} is {LearningRate}; it must be positive.");
        Require(PrincipalComponents >= 0, $"{nameof(PrincipalComponents)} is {PrincipalComponents}; allowed is 0 and more.");
        Require(Theta is > 0 and <= 0.5, $"{nameof(Theta)} is {Theta}; allowed is above 0 to 0.5.");
        Require(
            Initialisation.IsEmpty || (Initialisation.Rows == samples && Initialisation.Columns == Dimensions),
            $"{nameof(Initialisation)} is {Initialisation}; expected {samples}×{Dimensions}.");
    }

    private static void Require(bool condition, string message)
    {
        if (!condition) throw new ArgumentException(message);
    }
}
