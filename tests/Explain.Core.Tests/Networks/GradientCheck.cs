namespace Explain.Core.Tests;

/// <summary>Compares a network's loss and every gradient of it with central differences of the twin in double precision.</summary>
internal static class GradientCheck
{
    /// <summary>Checks all parameters, and the inputs of every third sample.</summary>
    /// <param name="network">With as many outputs as there are classes.</param>
    /// <param name="readout">Behind it.</param>
    /// <param name="inputs">[n, in]</param>
    /// <param name="labels">[n]</param>
    /// <param name="context">What the pass is for.</param>
    public static void Run(Network network, Readout readout, Matrix inputs, int[] labels, PassContext context = default)
    {
        int samples = inputs.Rows;
        var loss = readout.Loss;
        var targets = readout.Encode(labels, network.OutputShape.Size);
        var gradients = new float[network.ParameterCount];
        var inputGradient = new Matrix(samples, inputs.Columns);
        var workspace = new Workspace(network, samples, backward: true, statistics: true);
        var pass = new LossPass(readout, network.Layers[^1].Activation, samples);
        double[] state = [.. network.State.ToArray()];
        workspace.Forward(inputs, context);
        double value = pass.Run(workspace.Outputs, targets, labels, workspace.OutputGradient, 1f / samples).Loss / samples;
        workspace.Backward(pass.Fused, gradients, accumulate: false, inputGradient).ShouldBe(-1);
        if (!context.Training) network.State.ToArray().Select(v => (double)v).ShouldBe(state);

        double[] parameters = [.. network.Parameters.ToArray().Select(p => (double)p)];
        double[][] x = Rows(inputs), t = Rows(targets);
        double[]? weights = readout.ClassWeights is { } w ? [.. labels.Select(label => (double)w[label])] : null;
        value.ShouldBe(Twin.Loss(network, loss, parameters, x, t, weights, context), 1e-5 * Math.Max(1, Math.Abs(value)));
        double share = loss.GradientShare;
        for (int p = 0; p < parameters.Length; p++)
        {
            int place = p;
            double expected = share * Difference(d =>
                Twin.Loss(network, loss, [.. parameters.Select((v, i) => i == place ? v + d : v)], x, t, weights, context));
            ((double)gradients[p]).ShouldBe(expected, 2e-5 * Math.Max(1, Math.Abs(expected)), $"parameter {p}");
        }
        for (int n = 0; n < samples; n += 3)
        {
            for (int i = 0; i < inputs.Columns; i++)
            {
                double[][] moved = [.. x.Select(row => row.ToArray())];
                double expected = share * Difference(d =>
                {
                    moved[n][i] = x[n][i] + d;
                    return Twin.Loss(network, loss, parameters, moved, t, weights, context);
                });
                ((double)inputGradient[n, i]).ShouldBe(expected, 2e-5 * Math.Max(1, Math.Abs(expected)), $"input {n}, {i}");
            }
        }
    }

    /// <summary>The gradients by all parameters where the samples go through the network in pieces.</summary>
    /// <param name="network">The network.</param>
    /// <param name="inputs">[n, in]</param>
    /// <param name="outputs">[n, out], the gradients by the outputs.</param>
    /// <param name="piece">Samples a piece.</param>
    /// <param name="statistics">Whether activations are counted on the way.</param>
    public static float[] InPieces(Network network, Matrix inputs, Matrix outputs, int piece, bool statistics)
    {
        var gradients = new float[network.ParameterCount];
        var workspace = new Workspace(network, piece, backward: true, statistics);
        for (int first = 0; first < inputs.Rows; first += piece)
        {
            int count = Math.Min(piece, inputs.Rows - first);
            workspace.Forward(inputs.RowRange(first, count));
            outputs.RowRange(first, count).Span.CopyTo(workspace.OutputGradient.Span);
            workspace.Backward(fused: false, gradients, accumulate: first > 0);
        }
        return gradients;
    }

    public static double Difference(Func<double, double> f) => (f(1e-6) - f(-1e-6)) / 2e-6;

    public static double[][] Rows(Matrix m) =>
        [.. Enumerable.Range(0, m.Rows).Select(r => m.Row(r).ToArray().Select(v => (double)v).ToArray())];

    public static Matrix Values(int rows, int columns, string name)
    {
        var m = new Matrix(rows, columns);
        var random = new CounterRandom(5, name);
        foreach (ref float v in m.Span) v = (2 * random.NextSingle()) - 1;
        return m;
    }
}
