namespace Explain.Core;

/// <summary>What happens to a piece of C once its sums are complete and while it is still in the nearest cache.</summary>
internal unsafe interface IGemmEpilogue
{
    /// <summary>
    /// Finishes a piece of C whose first column is <paramref name="column"/>; <paramref name="stride"/> is the distance between its rows.
    /// </summary>
    void Finish(float* c, nint stride, int rows, int columns, int column);
}

/// <summary>Leaves the sums as they are.</summary>
internal readonly unsafe struct NoEpilogue : IGemmEpilogue
{
    public void Finish(float* c, nint stride, int rows, int columns, int column)
    {
    }
}

/// <summary>c = f(c + bias), the bias by column; null adds nothing.</summary>
internal readonly unsafe struct BiasEpilogue<TElementwise>(float* bias, TElementwise f) : IGemmEpilogue
    where TElementwise : struct, IElementwise
{
    private readonly float* _bias = bias;
    private readonly TElementwise _f = f;

    public void Finish(float* c, nint stride, int rows, int columns, int column)
    {
        for (; rows > 0; rows--, c += stride)
        {
            if (_bias != null) ElementwiseLoops.BiasThen(c, _bias + column, columns, _f);
            else ElementwiseLoops.Map(c, c, columns, _f);
        }
    }
}
