namespace Explain.Core;

/// <summary>The number F(x) that an attribution explains, and its gradient.</summary>
internal sealed class ExplainedFunction
{
    private readonly Network _network;

    public ExplainedFunction(Network network, ExplainedOutput explained)
    {
        if (network.CouplesSamples)
            throw new InputException(
                "The network's outputs depend on the other samples of the batch, so no sample can be explained by itself. "
                    + "Train with the softmax over each sample's outputs.");
        _network = network;
        Explained = explained;
    }

    public ExplainedOutput Explained { get; }

    public void Check(Matrix inputs, ReadOnlySpan<int> targets)
    {
        if (inputs.Columns != _network.InputShape.Size)
            throw new ArgumentException(
                $"Samples have {inputs.Columns} values; the network takes {_network.InputShape.Size}.", nameof(inputs));
        if (targets.Length != inputs.Rows)
            throw new ArgumentException($"{inputs.Rows} samples need as many target classes; there are {targets.Length}.", nameof(targets));
        int classes = Math.Max(2, _network.OutputShape.Size);
        foreach (int target in targets)
        {
            if ((uint)target >= (uint)classes)
                throw new ArgumentException($"Target {target} is not a class; allowed are 0 to {classes - 1}.", nameof(targets));
        }
    }

    /// <summary>F of each row.</summary>
    public double[] Values(Matrix inputs, ReadOnlySpan<int> targets)
    {
        Matrix outputs = _network.Predict(inputs);
        double[] values = new double[inputs.Rows];
        double[] probabilities = new double[outputs.Columns];
        for (int n = 0; n < values.Length; n++)
        {
            ReadOnlySpan<float> output = outputs.Row(n);
            int target = targets[n];
            if (Explained == ExplainedOutput.Output)
            {
                values[n] = output.Length > 1 ? output[target] : target == 1 ? output[0] : -output[0];
            }
            else
            {
                Probabilities(output, probabilities);
                values[n] = output.Length > 1 ? probabilities[target] : target == 1 ? probabilities[0] : 1 - probabilities[0];
            }
        }
        return values;
    }

    /// <summary>∂F/∂x of each row, n × features.</summary>
    public Matrix Gradients(Matrix inputs, ReadOnlySpan<int> targets)
    {
        var seed = new Matrix(inputs.Rows, _network.OutputShape.Size);
        if (Explained == ExplainedOutput.Output)
        {
            for (int n = 0; n < inputs.Rows; n++)
            {
                if (seed.Columns > 1) seed[n, targets[n]] = 1;
                else seed[n, 0] = targets[n] == 1 ? 1 : -1;
            }
            return _network.InputGradient(inputs, seed);
        }

        Matrix outputs = _network.Predict(inputs);
        double[] p = new double[outputs.Columns];
        for (int n = 0; n < inputs.Rows; n++)
        {
            Probabilities(outputs.Row(n), p);
            if (p.Length == 1)
            {
                seed[n, 0] = (float)(p[0] * (1 - p[0]) * (targets[n] == 1 ? 1 : -1));
                continue;
            }
            for (int k = 0; k < p.Length; k++) seed[n, k] = (float)(p[targets[n]] * ((k == targets[n] ? 1 : 0) - p[k]));
        }
        return _network.InputGradient(inputs, seed);
    }

    /// <summary>Softmax, or the sigmoid of a single logit.</summary>
    private static void Probabilities(ReadOnlySpan<float> logits, Span<double> p)
    {
        if (logits.Length == 1)
        {
            p[0] = 1 / (1 + PortableMath.Exp(-logits[0]));
            return;
        }
        double largest = double.NegativeInfinity, sum = 0;
        foreach (float logit in logits) largest = Math.Max(largest, logit);
        for (int k = 0; k < p.Length; k++) sum += p[k] = PortableMath.Exp(logits[k] - largest);
        for (int k = 0; k < p.Length; k++) p[k] /= sum;
    }
}
