using Explain.Core;

namespace Explain.Render.Tests;

/// <summary>A small run made up by formulas: the same on every machine, without training.</summary>
internal sealed record SyntheticRun
{
    private ulong _state = 1;

    public string Name { get; init; } = "relu";

    public string Title { get; init; } = "Small relu network";

    /// <summary>Finished epochs.</summary>
    public int Epochs { get; init; } = 6;

    public IReadOnlyList<int> Kept { get; init; } = [0, 1, 3, 6];

    public Shape Input { get; init; } = new(8, 8);

    public IReadOnlyList<int> Units { get; init; } = [16, 9, 4];

    /// <summary>Names of the layers; dense1, dense2 … for those that have none.</summary>
    public IReadOnlyList<string> Layers { get; init; } = [];

    public string Activation { get; init; } = "relu";

    public bool Bias { get; init; } = true;

    public bool Validation { get; init; } = true;

    public IReadOnlyList<string> Classes { get; init; } = ["one", "two", "three", "four"];

    public string Loss { get; init; } = "softmax cross-entropy";

    /// <summary>A class that is never predicted; none where negative.</summary>
    public int NeverPredicted { get; init; } = -1;

    /// <summary>Replaces every value that would be drawn.</summary>
    public float? Everything { get; init; }

    public RunStatus Status { get; init; } = RunStatus.Finished;

    public int Probes { get; init; } = 24;

    /// <summary>Whether the updates of the last layer sum to zero over its units but for rounding.</summary>
    public bool CancellingUpdates { get; init; }

    /// <summary>Shifts curves, so that several runs differ.</summary>
    public double Skill { get; init; } = 1;

    /// <summary>The learning rate it says it was trained with; none where null.</summary>
    public string? Rate { get; init; }

    public ulong Seed { get; init; } = 1;

    /// <summary>Other data for another seed of it.</summary>
    public ulong? DataSeed { get; init; }

    public ComparisonPlace? Comparison { get; init; }

    public RunFolder Write(string path)
    {
        using (var run = RunWriter.Create(path))
        {
            run.Begin(Info(), new Probe(ProbeSamples(), Validation ? "validation" : "train"));
            if (Kept.Contains(0)) run.Record(Snapshot(0));
            for (int epoch = 1; epoch <= Epochs; epoch++)
            {
                run.Record(Metrics(epoch), new string('0', 64));
                if (Kept.Contains(epoch)) run.Record(Snapshot(epoch));
            }
            var final = Epochs == 0 ? []
                : new[]
                {
                    KeyValuePair.Create("train accuracy", Accuracy(Epochs)),
                    KeyValuePair.Create("validation accuracy", Metrics(Epochs).ValidationAccuracy),
                }
                    .Where(m => double.IsFinite(m.Value))
                    .ToArray();
            run.End(new RunOutcome(
                Status,
                Status == RunStatus.Diverged ? "The loss was not finite after epoch 6; try a lower rate." : "",
                Epochs,
                Epochs,
                final));
        }
        return RunFolder.Open(path);
    }

    private string LayerName(int index) => index < Layers.Count ? Layers[index] : $"dense{index + 1}";

    private RunInfo Info()
    {
        var layers = new List<LayerDescription>();
        int inputs = Input.Size;
        for (int l = 0; l < Units.Count; l++)
        {
            bool last = l == Units.Count - 1;
            layers.Add(new LayerDescription(
                LayerName(l),
                "dense",
                Shape.Vector(Units[l]),
                last ? Core.Activation.Identity : Core.Activation.Parse(Activation),
                Bias,
                Initializer.HeNormal,
                (inputs * Units[l]) + (Bias ? Units[l] : 0)));
            inputs = Units[l];
        }
        return new RunInfo
        {
            Name = Name,
            Title = Title,
            Seed = Seed,
            Epochs = Epochs,
            Comparison = Comparison,
            Network = new NetworkDescription(Input, layers),
            Objective = new Objective { Loss = Core.Loss.Parse(Loss) },
            Settings =
            [
                KeyValuePair.Create("activation", Activation),
                .. Rate is { } rate ? [KeyValuePair.Create("rate", rate)] : Array.Empty<KeyValuePair<string, string>>(),
            ],
            Data = new DataDescription
            {
                Name = "patterns",
                Train = 600,
                Validation = Validation ? 120 : 0,
                ClassNames = Classes,
                Seed = DataSeed,
                Fingerprint = DataSeed is { } seed ? seed.ToString("x64") : new string('f', 64),
            },
        };
    }

    private double Accuracy(int epoch) => Math.Clamp(1 - (0.75 * Math.Exp(-0.5 * Skill * epoch)), 0, 1);

    private EpochMetrics Metrics(int epoch) => new()
    {
        Epoch = epoch,
        Loss = Everything ?? (1.4 * Math.Exp(-0.6 * Skill * epoch)) + 0.02,
        Accuracy = Everything ?? Accuracy(epoch),
        ValidationLoss = Validation ? Everything ?? (1.4 * Math.Exp(-0.5 * Skill * epoch)) + 0.08 : double.NaN,
        ValidationAccuracy = Validation ? Everything ?? Accuracy(epoch) - 0.03 : double.NaN,
        Rate = 0.001,
        Seconds = 0.5,
        Layers =
        [
            .. Units.Select((_, l) => new LayerMetrics
            {
                Name = LayerName(l),
                WeightMean = 0.01,
                WeightStd = 0.3,
                UpdateMean = Everything ?? (2e-3 * Math.Pow(3, l) * Math.Exp(-0.4 * epoch)),
                GradientMean = Everything ?? 1e-3,
                UpdateRatio = Everything ?? (4e-3 * Math.Pow(2, l) * Math.Exp(-0.3 * epoch)),
                ActivationMean = 0.2,
                ActivationStd = 0.4,
                DeadShare = l == 0 ? 0.125 : 0,
                SaturatedShare = 0.3,
            }),
        ],
    };

    private Snapshot Snapshot(int epoch)
    {
        var layers = new List<LayerSnapshot>();
        int inputs = Input.Size;
        var probe = ProbeSamples();
        for (int l = 0; l < Units.Count; l++)
        {
            int units = Units[l], width = inputs;
            bool last = l == Units.Count - 1;
            layers.Add(new LayerSnapshot
            {
                Name = LayerName(l),
                Weights = Fill(units, inputs, (u, i) => Weight(u, i, width, epoch)),
                Bias = Bias ? [.. Enumerable.Range(0, units).Select(u => Everything ?? 0.01f * u)] : [],
                Update = Update(
                    Fill(units, inputs, (u, i) => epoch == 0 ? 0 : 0.2f * Weight(u, i + 3, width, epoch) / (epoch * epoch)), last),
                Gradient = Fill(units, inputs, (u, i) => epoch == 0 ? 0 : 0.01f * Weight(u, i + 5, width, epoch)),
                Activations = Counts(l, epoch),
                MeanActivation =
                    [.. Enumerable.Range(0, units).Select(u => Everything ?? Math.Max(0, 0.6f * MathF.Sin((u * 1.3f) + epoch)))],
                ProbeActivations = last ? Outputs(probe, epoch, units)
                    : Fill(probe.Count, units, (n, u) => Math.Max(0, MathF.Sin((probe.Labels[n] * 2f) + (u * 0.7f)) + (0.2f * Noise()))),
            });
            inputs = units;
        }
        return new Snapshot
        {
            Epoch = epoch,
            Layers = layers,
            ProbeOutputs = Outputs(probe, epoch, Units[^1]),
            TrainConfusion = Confusion(epoch, 600),
            HeldOutConfusion = Validation ? Confusion(epoch, 120) : new int[0, 0],
        };
    }

    private Matrix Update(Matrix update, bool last) =>
        last && CancellingUpdates ? Fill(update.Rows, update.Columns, (u, i) => u % 2 == 0 ? update[u, i] : -update[u - 1, i] * (1 + 1e-7f))
            : update;

    private Matrix Outputs(Dataset probe, int epoch, int units) =>
        Fill(probe.Count, units, (n, u) => (probe.Labels[n] == u ? 0.5f * epoch : 0) + (1.5f * Noise()));

    private float Weight(int unit, int input, int inputs, int epoch)
    {
        int side = Math.Max(1, (int)Math.Sqrt(inputs));
        float x = input % side / (float)side, y = input / side / (float)side;
        float wave = MathF.Sin((3 + (unit % 4)) * x * 2) * MathF.Cos((2 + (unit % 3)) * y * 2);
        return (0.15f * epoch / 6 * wave * 4) + (0.3f * Noise());
    }

    private Histogram Counts(int layer, int epoch)
    {
        if (Everything is { } v) return new Histogram(v, v, [100]);
        var counts = new long[50];
        for (int b = 0; b < counts.Length; b++)
            counts[b] = (long)(5000 * Math.Exp(-b / (4.0 + epoch + layer)));
        counts[0] += 20000;
        return new Histogram(0, 2 + (0.5f * epoch), counts);
    }

    private int[,] Confusion(int epoch, int samples)
    {
        int n = Classes.Count;
        var counts = new int[n, n];
        double right = Accuracy(Math.Max(1, epoch));
        for (int s = 0; s < samples; s++)
        {
            int label = s % n;
            int predicted = (s * 37 % 100) < 100 * right ? label : (label + 1 + (s / n % Math.Max(1, n - 1))) % n;
            if (predicted == NeverPredicted) predicted = (predicted + 1) % n;
            counts[label, predicted]++;
        }
        return counts;
    }

    private Dataset ProbeSamples()
    {
        var inputs = new Matrix(Probes, Input.Size);
        var labels = new int[Probes];
        for (int n = 0; n < Probes; n++)
        {
            labels[n] = n % Math.Max(1, Classes.Count);
            for (int i = 0; i < Input.Size; i++)
            {
                int x = i % Input.Width, y = i / Input.Width;
                inputs[n, i] = Everything
                    ?? (Input.IsImage ? Stroke(labels[n], x - Input.Width / 2, y - Input.Height / 2, n)
                        : MathF.Sin(n * (1 + i)) * (1 + labels[n]));
            }
        }
        return new Dataset("patterns", inputs, Input, labels, Classes);
    }

    private static float Stroke(int label, int x, int y, int shift) => (label % 4) switch
    {
        0 => Math.Abs(x - (shift % 2)) <= 1 ? 1 : 0,
        1 => Math.Abs(y - (shift % 2)) <= 1 ? 1 : 0.05f,
        2 => Math.Abs(x - y) <= 1 ? 0.9f : 0,
        _ => Math.Abs(x + y) <= 1 ? 0.8f : 0,
    };

    private Matrix Fill(int rows, int columns, Func<int, int, float> value)
    {
        var m = new Matrix(rows, columns);
        for (int r = 0; r < rows; r++)
        {
            for (int c = 0; c < columns; c++)
                m[r, c] = Everything ?? value(r, c);
        }
        return m;
    }

    // A linear congruential generator (Knuth's MMIX constants) is enough here.
    private float Noise()
    {
        _state = (_state * 6364136223846793005) + 1442695040888963407;
        return ((_state >> 40) / (float)(1 << 24) * 2) - 1;
    }
}
