namespace Explain.Core.Tests;

/// <summary>A small run whose every value is a function of the epoch, so that a reader can tell whether it got the right bits.</summary>
public static class SampleRun
{
    public static RunInfo Info(int epochs) => new()
    {
        Name = "relu",
        Title = "Three inputs, \"two\" units — and a title with λ",
        Recipe = "name: relu\nlayers:\n  - dense 2\n",
        Notes = "# Notes\n",
        Seed = ulong.MaxValue,
        Epochs = epochs,
        Network = new NetworkDescription(new Shape(1, 3),
        [
            new LayerDescription(
                "dense1", "dense", Shape.Vector(2), Activation.LeakyRelu(0.01f), true, Initializer.Uniform(-0.5f, 0.25f), 8,
                0.25f) { Settings = [new("units", 2)] },
            new LayerDescription("dense2", "dense", Shape.Vector(2), Activation.Identity, false, Initializer.GlorotUniform, 4),
            new LayerDescription("flatten3", "flatten", Shape.Vector(2), Activation.Identity, false, null, 0),
        ]),
        Objective = new Objective
        {
            Loss = Loss.Focal(1.5f),
            Targets = TargetEncoding.OneHot,
            LabelSmoothing = 0.1,
            ClassWeights = [0.5f, 1.25f],
            BalancedClasses = true,
            Penalty = new Penalty(0.001, 0.25, Biases: true),
        },
        Optimizer = new OptimizerSettings(
            "adam", Numbers(("rate", 1e-3), ("beta1", 0.9)), GradientReduction.Sum, "cosine", Numbers(("cycles", 2))),
        BatchSize = 32,
        Clip = GradientClip.ByNorm(5),
        Augmentation = new Augmentation { Shift = 2, Rotate = 10.5, Elastic = new ElasticDeformation(1.4, 4) },
        KeepBest = new KeepBest(Measure.TrainLoss, 0.05),
        EarlyStopping = new EarlyStopping(Measure.TrainLoss, 7, 0.25),
        Comparison = new ComparisonPlace("activations", "leaky relu", 2, 3),
        Settings = [new("activation", "relu"), new("a rate", "0.1"), new("initialiser", "he normal")],
        Data = new DataDescription
        {
            Name = "dots",
            Source = "xor",
            Seed = 5,
            Options = [new("noise", 0.25)],
            Train = 10,
            Validation = 4,
            ClassNames = ["no", "yes, \"sure\""],
            FeatureNames = ["left", "middle", "right"],
            Fingerprint = new string('a', 64),
            Normalisation = "(x − 0.5) / 0.25",
        },
    };

    public static Core.Probe Probe() => new(
        new Dataset("dots", new Matrix([1f, 2f, 3f, -0f, float.Epsilon, 0.1f], 0, 2, 3), new Shape(1, 3), [1, 0], ["no", "yes, \"sure\""]),
        "validation");

    public static EpochMetrics Metrics(int epoch) => new()
    {
        Epoch = epoch,
        Loss = 1.0 / 3 / epoch,
        Accuracy = 0.1 * epoch,
        ValidationAccuracy = epoch % 2 == 0 ? double.NaN : 1e-310,
        Rate = 1e-3,
        Seconds = 0.1 + 0.2,
        Layers = [Layer("dense1", epoch), Layer("dense2", -epoch)],
    };

    public static string Hash(int epoch) => epoch.ToString("x64");

    /// <summary>With NaNs of several payloads, infinities, negative zero and subnormals.</summary>
    public static Snapshot Snapshot(int epoch) => new()
    {
        Epoch = epoch,
        Layers = [LayerAt("dense1", 2, 3, epoch, [-0f, BitConverter.UInt32BitsToSingle(0x7FC12345)]), LayerAt("dense2", 2, 2, epoch, [])],
        ProbeOutputs = new Matrix([1f, 2f, epoch, float.NegativeInfinity], 0, 2, 2),
        TrainConfusion = new[,] { { 5, epoch }, { int.MaxValue, 0 } },
        HeldOutConfusion = new int[0, 0],
    };

    public static RunOutcome Outcome(int epochs) => new(
        RunStatus.Finished,
        "All went well.",
        epochs,
        epochs,
        [new("test accuracy", 1.0 / 3), new("loss", double.NaN), new("a", double.NegativeInfinity)]);

    /// <summary>Writes the run's first <paramref name="recorded"/> of <paramref name="epochs"/> epochs and does not end it.</summary>
    public static RunWriter Write(string path, int epochs, int recorded)
    {
        RunWriter run = RunWriter.Create(path);
        run.Begin(Info(epochs), Probe());
        run.Record(Snapshot(0));
        for (int epoch = 1; epoch <= recorded; epoch++)
        {
            run.Record(Metrics(epoch), Hash(epoch));
            if (run.WantsSnapshot(epoch)) run.Record(Snapshot(epoch));
        }
        return run;
    }

    /// <summary>
    /// Writes more epochs than there is time for, for a test that kills the process. Every epoch has a snapshot, so that the kill is likely
    /// to come while one is written.
    /// </summary>
    public static void WriteForEver(string path)
    {
        const int epochs = 100_000;
        using RunWriter run = Write(path, epochs, recorded: 0);
        for (int epoch = 1; epoch <= epochs; epoch++)
        {
            run.Record(Metrics(epoch), Hash(epoch));
            run.Record(Snapshot(epoch));
        }
    }

    public static void ShouldBe(Snapshot actual, Snapshot expected)
    {
        actual.Epoch.ShouldBe(expected.Epoch);
        Bits(actual.ProbeOutputs).ShouldBe(Bits(expected.ProbeOutputs));
        actual.TrainConfusion.ShouldBe(expected.TrainConfusion);
        actual.HeldOutConfusion.Length.ShouldBe(expected.HeldOutConfusion.Length);
        actual.Layers.Select(layer => layer.Name).ShouldBe(expected.Layers.Select(layer => layer.Name));
        foreach ((LayerSnapshot read, LayerSnapshot written) in actual.Layers.Zip(expected.Layers))
        {
            (read.Weights.Rows, read.Weights.Columns).ShouldBe((written.Weights.Rows, written.Weights.Columns));
            Bits(read.Weights).ShouldBe(Bits(written.Weights));
            Bits(read.Bias).ShouldBe(Bits(written.Bias));
            Bits(read.Update).ShouldBe(Bits(written.Update));
            Bits(read.Gradient).ShouldBe(Bits(written.Gradient));
            Bits(read.MeanActivation).ShouldBe(Bits(written.MeanActivation));
            Bits(read.ProbeActivations).ShouldBe(Bits(written.ProbeActivations));
            Bits([read.Activations.Minimum, read.Activations.Maximum])
                .ShouldBe(Bits([written.Activations.Minimum, written.Activations.Maximum]));
            read.Activations.Counts.ShouldBe(written.Activations.Counts);
        }
    }

    public static void ShouldBe(EpochMetrics actual, EpochMetrics expected)
    {
        MetricsTable.Row(actual).Select(BitConverter.DoubleToUInt64Bits)
            .ShouldBe(MetricsTable.Row(expected).Select(BitConverter.DoubleToUInt64Bits));
        actual.Layers.Select(layer => layer.Name).ShouldBe(expected.Layers.Select(layer => layer.Name));
    }

    private static Dictionary<string, double> Numbers(params (string Name, double Value)[] numbers) =>
        numbers.ToDictionary(number => number.Name, number => number.Value);

    private static uint[] Bits(Matrix matrix) => Bits(matrix.Span.ToArray());

    private static uint[] Bits(float[] values) => Array.ConvertAll(values, BitConverter.SingleToUInt32Bits);

    private static LayerMetrics Layer(string name, int x) => new()
    {
        Name = name,
        WeightMean = x / 7.0,
        WeightStd = x * 1e300,
        UpdateMean = -0.0,
        GradientMean = double.PositiveInfinity,
        UpdateRatio = double.NegativeInfinity,
        ActivationMean = double.Epsilon,
        ActivationStd = Math.PI * x,
        DeadShare = 0,
        SaturatedShare = 1,
    };

    private static LayerSnapshot LayerAt(string name, int outputs, int inputs, int epoch, float[] bias) => new()
    {
        Name = name,
        Weights = Values(outputs, inputs, epoch),
        Bias = bias,
        Update = Values(outputs, inputs, epoch + 0.5f),
        Gradient = Values(outputs, inputs, -epoch),
        Activations = new Histogram(-1.5f, float.MaxValue, [epoch, 0, long.MaxValue]),
        MeanActivation = [epoch / 3f, float.NaN],
        ProbeActivations = Values(2, outputs, epoch * 1e-40f),
    };

    private static Matrix Values(int rows, int columns, float from)
    {
        var matrix = new Matrix(rows, columns);
        for (int i = 0; i < matrix.Length; i++) matrix.Span[i] = from + (i / 3f);
        matrix.Span[0] = BitConverter.UInt32BitsToSingle(0xFFA00001); // a signalling NaN with a payload
        return matrix;
    }
}
