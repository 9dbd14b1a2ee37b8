namespace Explain.Core;

/// <summary>What a random direction is scaled to.</summary>
public enum DirectionScale
{
    /// <summary>Each unit's or filter's part to the norm of its weights.</summary>
    Filter,

    /// <summary>Each layer's part to the norm of its weights.</summary>
    Layer,
}

/// <summary>
/// Random directions in which networks can be compared although a network's weights may be large in one layer and small in the next without
/// changing what it computes: each part of a direction is as long as the weights it is added to (Li, Xu, Taylor, Studer and Goldstein,
/// "Visualizing the loss landscape of neural nets", 2018). Biases and the parameters of batch normalisation stay where they are.
/// </summary>
public static class RandomDirections
{
    /// <summary>One value a parameter: normal numbers, scaled part by part.</summary>
    /// <param name="network">Its weights give the norms.</param>
    /// <param name="seed">Of the random numbers.</param>
    /// <param name="index">Which direction of this seed: 0, 1, …</param>
    /// <param name="scale">What a part is.</param>
    public static float[] Normalised(Network network, ulong seed, int index, DirectionScale scale = DirectionScale.Filter)
    {
        float[] direction = new float[network.ParameterCount];
        foreach (var layer in network.Layers.Where(l => l.HasWeights && l.HasPenalty))
        {
            var part = new Matrix(direction, layer.Offset, layer.Weights.Rows, layer.Weights.Columns);
            new CounterRandom(seed, $"landscape/{index}/{layer.Name}").FillNormal(part.Span);
            if (scale == DirectionScale.Layer)
            {
                Rescale(part.Span, layer.Weights.Span);
                continue;
            }
            for (int unit = 0; unit < part.Rows; unit++) Rescale(part.Row(unit), layer.Weights.Row(unit));
        }
        return direction;
    }

    private static void Rescale(Span<float> part, ReadOnlySpan<float> weights)
    {
        double length = Norm(part), wanted = Norm(weights), factor = length > 0 && double.IsFinite(wanted) ? wanted / length : 0;
        foreach (ref float value in part) value = (float)(value * factor);
    }

    private static double Norm(ReadOnlySpan<float> values)
    {
        double squares = 0;
        foreach (float value in values) squares += (double)value * value;
        return Math.Sqrt(squares);
    }
}
