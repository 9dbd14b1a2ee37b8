namespace Explain.Core;

/// <summary>A kept epoch in a plane.</summary>
/// <param name="Epoch">Number of finished epochs.</param>
/// <param name="A">Coordinate along the first direction of the nearest point of the plane.</param>
/// <param name="B">Coordinate along the second direction.</param>
/// <param name="Distance">Euclidean distance of the parameters from the plane.</param>
/// <param name="Loss">The loss of the network itself, not of the plane under it.</param>
public sealed record PathPoint(int Epoch, double A, double B, double Distance, double Loss);

/// <summary>The way of one run's parameters through a plane.</summary>
/// <param name="Points">The kept epochs whose parameters are finite, in order.</param>
/// <param name="Omitted">Kept epochs whose parameters are not.</param>
public sealed record TrainingPath(IReadOnlyList<PathPoint> Points, int Omitted)
{
    /// <summary>The parameters of all kept epochs of a run.</summary>
    internal static IReadOnlyList<(int Epoch, NetworkValues Values)> Read(RunFolder run, CancellationToken cancellation)
    {
        var all = new List<(int, NetworkValues)>();
        foreach (int epoch in run.SnapshotEpochs)
        {
            cancellation.ThrowIfCancellationRequested();
            var values = NetworkValues.Of(run.ReadSnapshot(epoch).Restore(run.Info.Network));
            if (values.Parameters.All(float.IsFinite) && values.State.All(float.IsFinite)) all.Add((epoch, values));
        }
        return all;
    }

    /// <summary>Places parameters in a plane and evaluates them.</summary>
    internal static TrainingPath Of(
        IReadOnlyList<(int Epoch, NetworkValues Values)> kept, int omitted, ParameterPlane plane, NetworkDescription description,
        Readout readout, Dataset data, CancellationToken cancellation)
    {
        var network = Network.FromDescription(description);
        var points = new List<PathPoint>();
        foreach (var (epoch, values) in kept)
        {
            cancellation.ThrowIfCancellationRequested();
            values.CopyTo(network);
            var (a, b, distance) = plane.Project(values.Parameters);
            points.Add(new PathPoint(epoch, a, b, distance, Evaluation.Of(network, readout, data).Loss));
        }
        return new TrainingPath(points, omitted);
    }
}
