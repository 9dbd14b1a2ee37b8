namespace Explain.Core;

/// <summary>The loss over a rectangle of a <see cref="ParameterPlane"/>.</summary>
public sealed class LossSurface
{
    internal LossSurface(double[] first, double[] second, double[,] losses) => (First, Second, Losses) = (first, second, losses);

    /// <summary>Coordinates along the first direction, ascending.</summary>
    public IReadOnlyList<double> First { get; }

    /// <summary>Coordinates along the second direction, ascending.</summary>
    public IReadOnlyList<double> Second { get; }

    /// <summary>Mean loss at [second, first]; not finite where the network's outputs are not.</summary>
    public double[,] Losses { get; }

    /// <summary>
    /// Evaluates a grid: one network a point, each on all samples. Points share the threads of <see cref="Rows"/>; the bits do not depend
    /// on their number.
    /// </summary>
    /// <param name="plane">Where the networks lie.</param>
    /// <param name="network">What they compute.</param>
    /// <param name="readout">Gives the loss, with its smoothing and class weights.</param>
    /// <param name="data">The samples.</param>
    /// <param name="first">Coordinates along the first direction.</param>
    /// <param name="second">Coordinates along the second direction.</param>
    /// <param name="progress">Told the share of points that are done, now and then, from several threads.</param>
    /// <param name="cancellation">Stops between two points.</param>
    public static LossSurface Over(
        ParameterPlane plane,
        NetworkDescription network,
        Readout readout,
        Dataset data,
        double[] first,
        double[] second,
        IProgress<double>? progress = null,
        CancellationToken cancellation = default)
    {
        var places = new (double A, double B)[first.Length * second.Length];
        for (int i = 0; i < places.Length; i++) places[i] = (first[i % first.Length], second[i / first.Length]);
        double[] found = new PlaneLoss(plane, network, readout, data).At(places, progress, cancellation);
        var losses = new double[second.Length, first.Length];
        for (int i = 0; i < places.Length; i++) losses[i / first.Length, i % first.Length] = found[i];
        return new LossSurface(first, second, losses);
    }

    /// <summary>The multiply-adds that a surface of <paramref name="points"/> points costs for one sample, about.</summary>
    internal static long Work(NetworkDescription network, int points) => PlaneLoss.WorkOf(Network.FromDescription(network)) * points;
}
