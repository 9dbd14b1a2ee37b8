using System.Globalization;

namespace Explain.Core.Tests;

/// <summary>The mathematics of a network in double precision, written as in a textbook: what the fast code is compared with.</summary>
internal static class Twin
{
    /// <summary>
    /// Mean over the samples of the loss, each times its weight (1 where null), for parameters given flat as in
    /// <see cref="Network.Parameters"/>.
    /// </summary>
    public static double Loss(
        Network network, Loss loss, double[] parameters, double[][] inputs, double[][] targets, double[]? weights = null,
        PassContext context = default)
    {
        double[][] outputs = Forward(network, parameters, inputs, context);
        return outputs.Select((y, n) => (weights?[n] ?? 1) * SampleLoss(loss, y, targets[n])).Average();
    }

    public static double[][] Forward(Network network, double[] parameters, double[][] inputs, PassContext context = default)
    {
        int at = 0;
        double[][] x = inputs;
        foreach (var layer in network.Layers)
        {
            double[] weights = parameters[at..(at + layer.Weights.Length)];
            at += layer.ParameterCount;
            double[] biases = layer.HasBias ? parameters[(at - layer.Bias.Length)..at] : new double[layer.Weights.Rows];
            double[][] z = layer switch
            {
                ConvLayer conv => LayerTwins.Convolve(conv, weights, biases, x),
                MaxPoolLayer or AveragePoolLayer => LayerTwins.Pool(layer, x),
                DropoutLayer dropout => LayerTwins.Drop(dropout, x, context),
                BatchNormLayer norm => LayerTwins.Normalise(norm, weights, biases, x, context.Training),
                FlattenLayer => x,
                _ => [.. x.Select(row =>
                    biases.Select((bias, u) => row.Select((v, i) => v * weights[(u * row.Length) + i]).Sum() + bias).ToArray())],
            };
            x = Activate(layer.Activation.Name, z);
        }
        return x;
    }

    public static double SampleLoss(Loss loss, double[] y, double[] t) => loss.Name switch
    {
        "sum of squares" => y.Zip(t, (a, b) => (a - b) * (a - b)).Sum(),
        "mean squared error" => y.Zip(t, (a, b) => (a - b) * (a - b)).Average(),
        "binary cross-entropy" => -y.Zip(t, (a, b) => (b * Math.Log(a)) + ((1 - b) * Math.Log(1 - a))).Sum(),
        "binary cross-entropy on logits" => -y.Zip(t, (a, b) => (b * Math.Log(Sigmoid(a))) + ((1 - b) * Math.Log(1 - Sigmoid(a)))).Sum(),
        "cross-entropy" => -y.Zip(t, (a, b) => b == 0 ? 0 : b * Math.Log(a)).Sum(),
        "softmax cross-entropy" => Math.Log(y.Sum(Math.Exp)) - y.Zip(t, (a, b) => a * b).Sum(),
        _ when loss.Name.StartsWith(
            "focal(",
            StringComparison.Ordinal) => y.Zip(t, (a, b) => b * Focal(1 / y.Sum(other => Math.Exp(other - a)), Gamma(loss))).Sum(),
        _ when loss.Name.StartsWith("binary focal(", StringComparison.Ordinal) =>
            y.Zip(t, (a, b) => (b * Focal(Sigmoid(a), Gamma(loss))) + ((1 - b) * Focal(Sigmoid(-a), Gamma(loss)))).Sum(),
        _ => throw new ArgumentException(loss.Name, nameof(loss)),
    };

    private static double Focal(double p, double gamma) => -Math.Pow(1 - p, gamma) * Math.Log(p);

    private static double Gamma(Loss loss) => double.Parse(loss.Name[(loss.Name.IndexOf('(') + 1)..^1], CultureInfo.InvariantCulture);

    private static double[][] Activate(string name, double[][] z) => name switch
    {
        "softmax" => [.. z.Select(row => row.Select(v => Math.Exp(v) / row.Sum(Math.Exp)).ToArray())],
        "softmax over batch" => [.. z.Select(row => row.Select((v, u) => Math.Exp(v) / z.Sum(other => Math.Exp(other[u]))).ToArray())],
        _ => [.. z.Select(row => row.Select(v => Activate(name, v)).ToArray())],
    };

    public static double Activate(string name, double x) => name switch
    {
        "identity" => x,
        "sigmoid" => Sigmoid(x),
        "sigmoid(0.4)" => Sigmoid(0.4 * x),
        "tanh" => Math.Tanh(x),
        "relu" => Math.Max(x, 0),
        "relu6" => Math.Min(Math.Max(x, 0), 6),
        "leaky relu(0.01)" => x < 0 ? 0.01 * x : x,
        "elu" => x < 0 ? Math.Exp(x) - 1 : x,
        "elu(0.5)" => x < 0 ? 0.5 * (Math.Exp(x) - 1) : x,
        "swish" => x * Sigmoid(x),
        "gelu" => x * VectorMathTests.NormalCdf(x),
        "gelu tanh" => 0.5 * x * (1 + Math.Tanh(Math.Sqrt(2 / Math.PI) * (x + (0.044715 * x * x * x)))),
        "selu" => 1.0507009873554805 * (x < 0 ? 1.6732632423543772 * (Math.Exp(x) - 1) : x),
        "softplus" => Math.Max(x, 0) + Math.Log(1 + Math.Exp(-Math.Abs(x))),
        "mish" => x * Math.Tanh(Math.Max(x, 0) + Math.Log(1 + Math.Exp(-Math.Abs(x)))),
        "hard sigmoid" => Math.Clamp((x / 6) + 0.5, 0, 1),
        _ => throw new ArgumentException(name, nameof(name)),
    };

    private static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));
}
