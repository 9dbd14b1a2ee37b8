using Explain.Core;

namespace Explain.Benchmarks;

/// <summary>One product to time: C[m,n] over k, in the form NN, NT or TN.</summary>
public sealed record GemmShape(string Form, int M, int N, int K)
{
    /// <summary>What training the reference networks multiplies (full batch, then batches of 128), tiny networks, and squares.</summary>
    public static IReadOnlyList<GemmShape> All { get; } =
    [
        new("NT", 60000, 256, 784), new("NT", 60000, 128, 256), new("NT", 60000, 10, 128),
        new("TN", 256, 784, 60000), new("TN", 128, 256, 60000), new("TN", 10, 128, 60000),
        new("NN", 60000, 256, 128), new("NN", 256, 60000, 784), new("NN", 128, 60000, 256), new("NN", 256, 784, 60000),
        new("NT", 2048, 256, 784), new("TN", 256, 784, 2048), new("NT", 2048, 128, 256), new("TN", 128, 256, 2048),
        new("NN", 2048, 256, 128),
        new("NT", 128, 256, 784), new("NN", 128, 256, 784), new("TN", 256, 784, 128), new("NN", 128, 784, 256), new("NT", 128, 128, 256),
        new("NT", 128, 10, 128),
        new("NT", 200, 4, 2), new("NT", 200, 15, 15), new("TN", 15, 15, 200),
        new("NN", 1024, 1024, 1024), new("NN", 2048, 2048, 2048),
    ];

    /// <summary>Reads "NN,256,60000,784".</summary>
    public static GemmShape Parse(string text) =>
        text.Split(',') is [("NN" or "NT" or "TN") and var form, var m, var n, var k]
            ? new(form, int.Parse(m), int.Parse(n), int.Parse(k))
            : throw new FormatException($"'{text}' is not a product; write NN, NT or TN, then m, n and k, with commas.");

    /// <summary>Floating-point operations of one product.</summary>
    public double Operations => 2.0 * M * N * K;

    /// <inheritdoc/>
    public override string ToString() => $"{Form,-2} {M,7}{N,7}{K,7}";
}

/// <summary>The matrices of a shape, filled with fixed values in [-1, 1).</summary>
internal sealed class GemmProduct
{
    private readonly GemmShape _shape;
    private readonly Matrix _a, _b, _c;

    public GemmProduct(GemmShape shape)
    {
        _shape = shape;
        _a = shape.Form == "TN" ? new Matrix(shape.K, shape.M) : new Matrix(shape.M, shape.K);
        _b = shape.Form == "NT" ? new Matrix(shape.N, shape.K) : new Matrix(shape.K, shape.N);
        _c = new Matrix(shape.M, shape.N);
        var random = new CounterRandom(1, "benchmark");
        foreach (Matrix matrix in new[] { _a, _b })
        {
            foreach (ref float value in matrix.Span) value = (random.NextSingle() * 2) - 1;
        }
    }

    public void Run()
    {
        switch (_shape.Form)
        {
            case "NN": Gemm.NN(_a, _b, _c); break;
            case "NT": Gemm.NT(_a, _b, _c); break;
            default: Gemm.TN(_a, _b, _c); break;
        }
    }
}
