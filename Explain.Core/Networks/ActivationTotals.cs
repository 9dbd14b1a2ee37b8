namespace Explain.Core;

/// <summary>What passed through a layer's activation in the steps of an epoch so far.</summary>
/// <param name="Layer">The layer's name.</param>
/// <param name="Count">Outputs seen.</param>
/// <param name="Sum">Their sum.</param>
/// <param name="SumOfSquares">The sum of their squares.</param>
/// <param name="Flat">How many lay where the function is flat.</param>
/// <param name="Slopes">One value a unit, not 0 once a slope was seen.</param>
public sealed record ActivationTotals(string Layer, long Count, double Sum, double SumOfSquares, long Flat, float[] Slopes);
