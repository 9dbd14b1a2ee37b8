using Explain.Core;

namespace Explain.Tool.Tests;

/// <summary>Small run folders written directly, without training: 8×8 pictures, a hidden layer of 12, four classes.</summary>
internal static class SampleRuns
{
    private const int Classes = 4, Hidden = 12, Pixels = 64, Probes = 24;

    /// <summary>Four runs below <paramref name="folder"/>, two activations by two initialisations; the last diverged.</summary>
    public static string Four(string folder)
    {
        string runs = Path.Combine(folder, "runs");
        Write(Path.Combine(runs, "relu-he"), "relu-he", "relu", "he normal", quality: 0.97);
        Write(Path.Combine(runs, "relu-unit"), "relu-unit", "relu", "normal(1)", quality: 0.91);
        Write(Path.Combine(runs, "tanh-he"), "tanh-he", "tanh", "he normal", quality: 0.95);
        Write(Path.Combine(runs, "tanh-unit"), "tanh-unit", "tanh", "normal(1)", quality: 0.6, diverges: true);
        return runs;
    }

    /// <summary>One run.</summary>
    public static string Write(
        string path,
        string name,
        string activation,
        string initializer,
        double quality,
        bool diverges = false,
        string notes = "Two activations by two initialisations.\n\n- *Look* at the first layer.\n"
            + "- See [the paper](https://example.org/paper) & <b>compare</b>.")
    {
        var random = new CounterRandom(7, name);
        int done = diverges ? 3 : 5;
        using var run = RunWriter.Create(path);
        run.Begin(Info(name, activation, initializer, notes), Probe());
        Matrix[] before = [Values(random, Hidden, Pixels, 0.3), Values(random, Classes, Hidden, 0.5)];
        if (run.WantsSnapshot(0)) run.Record(Snapshot(0, before, before, random, 0.25));
        for (int epoch = 1; epoch <= done; epoch++)
        {
            double accuracy = quality * (1 - Math.Exp(-1.2 * epoch));
            run.Record(Metrics(epoch, accuracy, diverges && epoch == done), new string((char)('a' + epoch), 64));
            Matrix[] now = [Moved(before[0], random), Moved(before[1], random)];
            if (run.WantsSnapshot(epoch)) run.Record(Snapshot(epoch, now, before, random, accuracy));
            before = now;
        }
        run.End(
            diverges
                ? new RunOutcome(
                    RunStatus.Diverged,
                    "The loss was not finite in epoch 4: layer dense1 has weights of 3e38. Try a smaller rate.",
                    done,
                    done,
                    [new("train accuracy", 0.31)])
                : new RunOutcome(
                    RunStatus.Finished,
                    "",
                    done,
                    done,
                    [new("train accuracy", quality), new("validation accuracy", quality - 0.01), new("test accuracy", quality - 0.02)]));
        return path;
    }

    private static RunInfo Info(string name, string activation, string initializer, string notes) => new()
    {
        Name = name,
        Title = $"{activation} from {initializer}",
        Notes = notes,
        Recipe = $"name: {name}\nseed: 7\nnetwork:\n  layers: [12, 4]\n",
        Seed = 7,
        Epochs = 5,
        Network = new NetworkDescription(new Shape(8, 8),
        [
            new LayerDescription(
                "dense1", "dense", Shape.Vector(Hidden), Activation.Parse(activation), true, Initializer.Parse(initializer),
                (Pixels + 1) * Hidden),
            new LayerDescription(
                "dense2", "dense", Shape.Vector(Classes), Activation.Identity, true, Initializer.Parse(initializer),
                (Hidden + 1) * Classes),
        ]),
        Settings = [new("activation", activation), new("initialisation", initializer), new("optimiser", "adam"), new("rate", "0.001")],
        Objective = new Objective { Loss = Loss.SoftmaxCrossEntropy },
        Data = new DataDescription
        {
            Name = "blocks",
            Train = 600,
            Validation = 100,
            Test = 100,
            ClassNames = Names,
            Fingerprint = new string('0', 64),
            Normalisation = "values divided by 255",
        },
    };

    private static string[] Names => ["north", "east", "south", "west"];

    private static Probe Probe()
    {
        var random = new CounterRandom(3, "probe");
        var inputs = Values(random, Probes, Pixels, 0.2);
        var labels = new int[Probes];
        for (int i = 0; i < Probes; i++)
        {
            labels[i] = i % Classes;
            for (int j = 0; j < Pixels; j++) inputs[i, j] = Math.Clamp(inputs[i, j] + (j / 16 == labels[i] ? 0.8f : 0), 0, 1);
        }
        return new Probe(new Dataset("blocks", inputs, new Shape(8, 8), labels, Names), "validation");
    }

    private static EpochMetrics Metrics(int epoch, double accuracy, bool diverges) => new()
    {
        Epoch = epoch,
        Loss = diverges ? double.PositiveInfinity : 2.3 * (1.02 - accuracy),
        Accuracy = accuracy,
        ValidationLoss = diverges ? double.NaN : 2.4 * (1.04 - accuracy),
        ValidationAccuracy = accuracy - 0.01,
        Rate = 0.001,
        Seconds = 0.25,
        Layers = [.. from layer in (string[])["dense1", "dense2"] select new LayerMetrics
        {
            Name = layer, WeightMean = 0.01, WeightStd = 0.3, UpdateMean = 1e-3 / epoch, GradientMean = 1e-2 / epoch,
            UpdateRatio = 3e-3 / epoch,
            ActivationMean = 0.4, ActivationStd = 0.5, DeadShare = layer == "dense1" ? 0.25 : 0, SaturatedShare = 0.1,
        }],
    };

    private static Snapshot Snapshot(int epoch, Matrix[] now, Matrix[] before, CounterRandom random, double accuracy) => new()
    {
        Epoch = epoch,
        Layers =
        [
            Layer("dense1", now[0], before[0], random),
            Layer("dense2", now[1], before[1], random),
        ],
        ProbeOutputs = Outputs(random, accuracy),
        TrainConfusion = Confusion(600, accuracy),
        HeldOutConfusion = Confusion(100, accuracy - 0.01),
    };

    private static LayerSnapshot Layer(string name, Matrix now, Matrix before, CounterRandom random)
    {
        var update = new Matrix(now.Rows, now.Columns);
        for (int i = 0; i < now.Span.Length; i++) update.Span[i] = now.Span[i] - before.Span[i];
        return new LayerSnapshot
        {
            Name = name,
            Weights = now,
            Bias = Values(random, 1, now.Rows, 0.1).Span.ToArray(),
            Update = update,
            Gradient = Values(random, now.Rows, now.Columns, 0.01),
            Activations = new Histogram(-1, 3, [5, 40, 90, 60, 20, 9, 4, 1]),
            MeanActivation = Values(random, 1, now.Rows, 0.4).Span.ToArray(),
            ProbeActivations = Values(random, Probes, now.Rows, 0.7),
        };
    }

    private static Matrix Outputs(CounterRandom random, double accuracy)
    {
        var outputs = Values(random, Probes, Classes, 1);
        for (int i = 0; i < Probes; i++) outputs[i, i % Classes] += (float)(4 * accuracy);
        return outputs;
    }

    private static int[,] Confusion(int samples, double accuracy)
    {
        var counts = new int[Classes, Classes];
        int each = samples / Classes, right = (int)(each * accuracy);
        for (int i = 0; i < Classes; i++)
        {
            counts[i, i] = right;
            counts[i, (i + 1) % Classes] = each - right;
        }
        return counts;
    }

    private static Matrix Moved(Matrix from, CounterRandom random)
    {
        var to = Values(random, from.Rows, from.Columns, 0.02);
        for (int i = 0; i < to.Span.Length; i++) to.Span[i] += from.Span[i];
        return to;
    }

    private static Matrix Values(CounterRandom random, int rows, int columns, double deviation)
    {
        var values = new Matrix(rows, columns);
        foreach (ref float value in values.Span)
            value = (float)(deviation * (random.NextDouble() + random.NextDouble() + random.NextDouble() - 1.5) * 2);
        return values;
    }
}
