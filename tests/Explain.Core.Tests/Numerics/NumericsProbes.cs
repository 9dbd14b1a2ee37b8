namespace Explain.Core.Tests;

/// <summary>Products large enough to be shared among threads, with edges in every direction.</summary>
internal sealed class GemmProbe : Probe
{
    public override void Run(ProbeHash hash)
    {
        Matrix x = Values(101, 211), w = Values(53, 211), y = new(101, 53), dx = new(101, 211), dw = new(53, 211);
        Gemm.NT(x, w, y);
        Gemm.NN(y, w, dx);
        Gemm.TN(y, x, dw);
        Gemm.TN(y, x, dw, accumulate: true);
        hash.Add(y);
        hash.Add(dx);
        hash.Add(dw);
    }

    private static Matrix Values(int rows, int columns)
    {
        var matrix = new Matrix(rows, columns);
        var random = new CounterRandom(3, $"{rows}×{columns}");
        foreach (ref float value in matrix.Span) value = random.NextSingle() - 0.5f;
        return matrix;
    }
}

/// <summary>Every elementary function over floats from all of the range.</summary>
internal sealed class VectorMathProbe : Probe
{
    public override void Run(ProbeHash hash)
    {
        float[] x = [.. Enumerable.Range(0, 70001)
            .Select(i => i % 2 == 0 ? BitConverter.UInt32BitsToSingle((uint)i * 61356u) : (i - 35000) * 0.003f)],
            y = new float[x.Length];
        Elementwise.Apply(x, y, default(Functions.Exp));
        hash.Add<float>(y);
        Elementwise.Apply(x, y, default(Functions.Log));
        hash.Add<float>(y);
        Elementwise.Apply(x, y, default(Functions.Tanh));
        hash.Add<float>(y);
        Elementwise.Apply(x, y, default(Functions.Sigmoid));
        hash.Add<float>(y);
        AddActivations(hash, x, y);
        for (int i = 0; i < x.Length; i++) x[i] = (i * 0.0001f) - 3f;
        Elementwise.Axpy(0.3f, x, y);
        hash.Add<float>(y);
    }

    private static void AddActivations(ProbeHash hash, float[] x, float[] y)
    {
        Add(default(GeluFormula), default(GeluSlopeFromInput));
        Add(default(GeluTanhFormula), default(GeluTanhSlopeFromInput));
        Add(default(SeluFormula), default(SeluSlope));
        Add(default(SoftplusFormula), default(SoftplusSlope));
        Add(default(MishFormula), default(MishSlopeFromInput));
        Add(default(HardSigmoidFormula), default(HardSigmoidSlope));

        void Add<TFunction, TSlope>(TFunction function, TSlope slope)
            where TFunction : struct, IFormula
            where TSlope : struct, IFormula
        {
            Elementwise.Apply(x, y, new Lanewise<TFunction>(function));
            hash.Add<float>(y);
            Elementwise.Apply(x, y, new Lanewise<TSlope>(slope));
            hash.Add<float>(y);
        }
    }
}

/// <summary>Reductions over lengths with and without a rest, long enough for several threads.</summary>
internal sealed class ReduceProbe : Probe
{
    public override void Run(ProbeHash hash)
    {
        var random = new CounterRandom(8, "probe");
        foreach (int n in new[] { 5, 100, 4111, 140007 })
        {
            float[] x = [.. Enumerable.Range(0, n).Select(_ => random.NextSingle() - 0.3f)], y = [.. x.Reverse()];
            hash.Add(Reduce.Sum(x));
            hash.Add(Reduce.SumAbs(x));
            hash.Add(Reduce.SumOfSquares(x));
            hash.Add(Reduce.Dot(x, y));
            hash.Add(Reduce.SumOfSquaredDifferences(x, y));
            hash.Add(Reduce.Min(x));
            hash.Add(Reduce.Max(x));
            hash.Add(Reduce.MeanAndStd(x));
        }
        var matrix = new Matrix(7001, 11);
        foreach (ref float value in matrix.Span) value = (random.NextSingle() * 20) - 10;
        float[] sums = new float[11], logs = new float[7001];
        MatrixRows.ColumnSums(matrix, sums);
        MatrixRows.LogSumExp(matrix, logs);
        MatrixRows.Softmax(matrix, matrix);
        hash.Add<float>(sums);
        hash.Add<float>(logs);
        hash.Add(matrix);
    }
}

/// <summary>Random numbers of every distribution.</summary>
internal sealed class CounterRandomProbe : Probe
{
    public override void Run(ProbeHash hash)
    {
        var values = new float[9001];
        new CounterRandom(1, "uniform").FillUniform(values, -1f, 2f);
        hash.Add<float>(values);
        new CounterRandom(1, "normal").FillNormal(values, 0.5f, 3f);
        hash.Add<float>(values);
        new CounterRandom(1, "poisson").FillPoisson(values, 1f);
        hash.Add<float>(values);
    }
}
