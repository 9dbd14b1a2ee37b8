using System.Security.Cryptography;

namespace Explain.Core.Tests;

/// <summary>A training that was interrupted goes on to the very same bits.</summary>
public sealed class ResumeTests : IDisposable
{
    private const int Epochs = 7, StepsAnEpoch = 5;

    private static readonly DataSplit Data = new(EasyClusters.Make(131), EasyClusters.Make(40));

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    public static TheoryData<string, string, int> Cases()
    {
        var cases = new TheoryData<string, string, int>();
        foreach (string optimizer in Optimizer.Names)
        {
            foreach (string rule in new[] { "", "keep best", "early stopping" })
            {
                // Asked for during the 1st step of all, a 3rd step of an epoch, and the last step of an epoch: after 1 step, 3 steps, and
                // between two epochs.
                foreach (int step in new[] { 0, (2 * StepsAnEpoch) + 2, (3 * StepsAnEpoch) - 1 }) cases.Add(optimizer, rule, step);
            }
        }
        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_training_stopped_in_any_step_goes_on_to_the_same_run(string optimizer, string rule, int step)
    {
        string whole = _folder["whole"], cut = _folder["cut"];
        Train(whole, optimizer, rule, stopAt: null);
        Train(cut, optimizer, rule, stopAt: step).Status.ShouldBe(RunStatus.Cancelled);
        var state = RunWriter.Resume(cut).Checkpoint!;
        ((state.Epoch * StepsAnEpoch) + state.Step).ShouldBe(step + 1);

        GoOn(cut, optimizer, rule, stopAt: null);

        ShouldBeTheSame(cut, whole);
    }

    [Fact]
    public void A_training_may_be_stopped_again_and_again()
    {
        string whole = _folder["whole"], cut = _folder["cut"];
        Train(whole, "nadam", "keep best", stopAt: null);
        Train(cut, "nadam", "keep best", stopAt: 1);
        foreach (int step in new[] { 2, 9, 10, 11, 27 }) GoOn(cut, "nadam", "keep best", stopAt: step).Status.ShouldBe(RunStatus.Cancelled);

        GoOn(cut, "nadam", "keep best", stopAt: null);

        ShouldBeTheSame(cut, whole);
    }

    [Theory]
    [InlineData(0)]
    [InlineData((2 * StepsAnEpoch) + 2)]
    [InlineData((3 * StepsAnEpoch) - 1)]
    public void Layers_that_draw_and_layers_that_remember_go_on_too(int step)
    {
        string whole = _folder["whole"], cut = _folder["cut"];
        Images(RunWriter.Create(whole, snapshotBudget: 4), stopAt: -1);
        Images(RunWriter.Create(cut, snapshotBudget: 4), step).Status.ShouldBe(RunStatus.Cancelled);
        RunWriter.Resume(cut).Checkpoint!.Network.State.Length.ShouldBe(8);

        Images(RunWriter.Resume(cut, snapshotBudget: 4), stopAt: -1);

        ShouldBeTheSame(cut, whole);

        RunOutcome Images(RunWriter run, long stopAt)
        {
            using var source = new CancellationTokenSource();
            var images = Datasets.Strokes(seed: 2, train: 140, test: 20).Split(validation: 0.1);
            Network network = Network.Sequential(images.Train.SampleShape).Conv2D(4, 3, stride: 3).BatchNorm(activation: Activation.Relu)
                .MaxPool2D(2).Flatten().Dropout(0.3).Dense(10).Build(seed: 4);
            var trainer = new Trainer(network, Loss.SoftmaxCrossEntropy, new Adam())
            {
                BatchSize = 26,
                Augmentation = new Augmentation { Shift = 2 },
                KeepBest = new KeepBest(Measure.ValidationLoss),
                Schedule = new CancelAtStep(source, stopAt),
            };
            using (run) return trainer.Fit(images, Epochs, run, from: run.Checkpoint, cancellation: source.Token).Outcome;
        }
    }

    [Fact]
    public void A_finished_training_goes_on_with_more_epochs_to_the_weights_of_a_long_one()
    {
        string whole = _folder["whole"], longer = _folder["longer"];
        Train(whole, "adam", "keep best", stopAt: null, epochs: 12);
        Train(longer, "adam", "keep best", stopAt: null, epochs: 5);

        GoOn(longer, "adam", "keep best", stopAt: null, epochs: 12);

        RunFolder read = RunFolder.Open(longer), expected = RunFolder.Open(whole);
        read.WeightsHashes.ShouldBe(expected.WeightsHashes);
        read.Info.Epochs.ShouldBe(12);
        read.Outcome.ShouldBe(expected.Outcome with { FinalMetrics = read.Outcome.FinalMetrics });
        read.Outcome.FinalMetrics.ShouldBe(expected.Outcome.FinalMetrics);
    }

    [Fact]
    public void More_epochs_are_refused_where_the_schedule_runs_over_all_of_them()
    {
        string run = _folder["run"];
        Fit(RunWriter.Create(run), Trainer("adam", "", new CosineSchedule()), 3, null, default);
        string before = Contents(run);
        using (RunWriter folder = RunWriter.Resume(run))
            Should.Throw<InputException>(() => Fit(folder, Trainer("adam", "", new CosineSchedule()), 5, folder.Checkpoint, default))
                .Message.ShouldContain("a training of 3 epochs, over which its cosine schedule runs");
        Contents(run).ShouldBe(before);
    }

    [Fact]
    public void Whatever_was_recorded_after_the_checkpoint_is_forgotten()
    {
        string whole = _folder["whole"], cut = _folder["cut"];
        Train(whole, "rmsprop", "", stopAt: null);
        Train(cut, "rmsprop", "", stopAt: StepsAnEpoch * 2);
        byte[] checkpoint = File.ReadAllBytes(Path.Combine(cut, "checkpoint.safetensors"));
        GoOn(cut, "rmsprop", "", stopAt: StepsAnEpoch * 5);
        RunFolder.Open(cut).Metrics.Count.ShouldBe(5);

        // As if the process had been killed before the second checkpoint was written, and in the middle of a line and of a file.
        File.WriteAllBytes(Path.Combine(cut, "checkpoint.safetensors"), checkpoint);
        File.AppendAllText(Path.Combine(cut, "metrics.csv"), "6,0.2,0.");
        File.WriteAllText(Path.Combine(cut, "snapshots", "00006.safetensors.tmp"), "torn");
        File.WriteAllText(Path.Combine(cut, "checkpoint.safetensors.tmp"), "torn");
        GoOn(cut, "rmsprop", "", stopAt: null);

        ShouldBeTheSame(cut, whole);
    }

    [Theory]
    [InlineData("network", "'dense1 activation' was tanh there, and is relu here")]
    [InlineData("optimizer", "'optimizer' was adam there, and is nadam here")]
    [InlineData("rule", "'keep best' was not set there, and is ValidationAccuracy here")]
    [InlineData("data", "other data")]
    [InlineData("seed", "'seed' was 5 there, and is 6 here")]
    [InlineData("batch", "'batch size' was 29 there, and is 100 here")]
    [InlineData("epochs", "2 epochs are asked for")]
    public void Another_training_is_refused_and_nothing_is_harmed(string difference, string message)
    {
        string path = _folder["run"];
        Train(path, "adam", "", stopAt: (3 * StepsAnEpoch) + 2);
        string before = Contents(path);
        using RunWriter run = RunWriter.Resume(path);
        var data = difference == "data" ? Data with { Train = EasyClusters.Make(132).Take(131) } : Data;
        var network = Network.Sequential(19).Dense(11, difference == "network" ? Activation.Relu : Activation.Tanh).Dense(3).Build(seed: 4);
        var trainer = new Trainer(network, Loss.SoftmaxCrossEntropy, difference == "optimizer" ? new Nadam(0.02f) : new Adam(0.02f))
        {
            BatchSize = difference == "batch" ? 100 : 29,
            Seed = difference == "seed" ? 6ul : 5ul,
            KeepBest = difference == "rule" ? new KeepBest() : null,
        };

        Should.Throw<InputException>(() => trainer.Fit(data, difference == "epochs" ? 2 : Epochs, run, from: run.Checkpoint))
            .Message.ShouldContain(message);

        Contents(path).ShouldBe(before);
    }

    [Fact]
    public void A_damaged_checkpoint_is_refused_wherever_the_damage_is()
    {
        string path = _folder["run"], checkpoint = Path.Combine(path, "checkpoint.safetensors");
        Train(path, "adam", "", stopAt: (3 * StepsAnEpoch) + 2);
        byte[] whole = File.ReadAllBytes(checkpoint);
        for (int cut = 0; cut < whole.Length; cut += 997)
        {
            File.WriteAllBytes(checkpoint, whole[..cut]);
            Should.Throw<InputException>(() => RunWriter.Resume(path)).Message.ShouldContain("checkpoint.safetensors");
        }
        for (int at = whole.Length - 1; at > whole.Length - 4000; at -= 211)
        {
            byte[] bad = [.. whole];
            bad[at] ^= 4;
            File.WriteAllBytes(checkpoint, bad);
            Should.Throw<InputException>(() => RunWriter.Resume(path)).Message.ShouldContain("not those that were written");
        }

        // The header: 1 turns "3" into "2", 4 and 32 turn letters into others, and small ones into capitals. Where a tensor without values
        // lies is the only thing there that says nothing.
        int header = 8 + (int)BitConverter.ToInt64(whole);
        for (int at = 0; at < header; at++)
        {
            foreach (byte flip in new byte[] { 1, 4, 32 })
            {
                byte[] bad = [.. whole];
                bad[at] ^= flip;
                File.WriteAllBytes(checkpoint, bad);
                if (Says(bad) is { } said && said == Says(whole)) continue;
                Should.Throw<InputException>(() => RunWriter.Resume(path), $"byte {at} of the header, ^ {flip}")
                    .Message.ShouldContain("checkpoint.safetensors");
            }
        }

        static string? Says(byte[] bytes)
        {
            try
            {
                var file = SafetensorsFile.Parse(bytes, "");
                return string.Join(
                    '\n',
                    file.Metadata.OrderBy(entry => entry.Key, StringComparer.Ordinal).Select(entry => $"{entry.Key}={entry.Value}")
                        .Concat(file.Tensors.OrderBy(entry => entry.Key, StringComparer.Ordinal).Select(entry =>
                            $"{entry.Key} {entry.Value.Type} {entry.Value.ShapeText} {Convert.ToHexString(entry.Value.Data.Span)}")));
            }
            catch (SafetensorsException)
            {
                return null;
            }
        }
    }

    [Theory]
    [InlineData("step", "3", "2")]
    [InlineData("epochs", "7", "9")]
    [InlineData("epoch", "2", "1")]
    public void A_checkpoint_whose_place_in_the_training_was_changed_is_refused(string key, string was, string put)
    {
        string path = _folder["run"], checkpoint = Path.Combine(path, "checkpoint.safetensors");
        Train(path, "adam", "", stopAt: (2 * StepsAnEpoch) + 2);
        byte[] bytes = File.ReadAllBytes(checkpoint);
        int at = bytes.AsSpan().IndexOf(System.Text.Encoding.UTF8.GetBytes($"\"{key}\":\"{was}\""));
        at.ShouldBeGreaterThan(0);
        bytes[at + key.Length + 4] = (byte)put[0];
        File.WriteAllBytes(checkpoint, bytes);

        Should.Throw<InputException>(() => RunWriter.Resume(path)).Message.ShouldContain("not those that were written");
    }

    [Fact]
    public void A_checkpoint_of_another_run_is_refused()
    {
        string path = _folder["run"], other = _folder["other"];
        Train(path, "adam", "", stopAt: 3 * StepsAnEpoch);
        Train(other, "nadam", "", stopAt: 3 * StepsAnEpoch);
        File.Copy(Path.Combine(other, "checkpoint.safetensors"), Path.Combine(path, "checkpoint.safetensors"), overwrite: true);
        Should.Throw<InputException>(() => RunWriter.Resume(path)).Message.ShouldContain("the checkpoint is of another run");
    }

    [Fact]
    public void A_checkpoint_ahead_of_the_metrics_is_refused()
    {
        string path = _folder["run"], metrics = Path.Combine(path, "metrics.csv");
        Train(path, "adam", "", stopAt: 3 * StepsAnEpoch);
        File.WriteAllLines(metrics, File.ReadAllLines(metrics).Take(3));
        Should.Throw<InputException>(() => RunWriter.Resume(path))
            .Message.ShouldContain("run.json tells of 3 epochs, metrics.csv has 2 whole rows");
        // Of a run that was killed run.json does not say how far it came.
        string json = Path.Combine(path, "run.json");
        File.WriteAllText(json, File.ReadAllText(json).Replace("Cancelled", "Running", StringComparison.Ordinal));
        Should.Throw<InputException>(() => RunWriter.Resume(path))
            .Message.ShouldContain("stands after epoch 3, but metrics.csv has 2 whole rows");
    }

    [Fact]
    public void A_run_that_came_to_its_end_keeps_a_checkpoint_only_where_more_epochs_could_follow()
    {
        Train(_folder["finished"], "adam", "", stopAt: null);
        File.Exists(Path.Combine(_folder["finished"], "checkpoint.safetensors")).ShouldBeTrue();
        Fit(RunWriter.Create(_folder["early"]), Trainer("gradient descent(0)", "early stopping"), 50, null, default)
            .Status.ShouldBe(RunStatus.StoppedEarly);
        File.Exists(Path.Combine(_folder["early"], "checkpoint.safetensors")).ShouldBeFalse();
        Should.Throw<InputException>(() => RunWriter.Resume(_folder["early"])).Message.ShouldContain("has no checkpoint");
    }

    [Fact]
    public void Of_two_trainings_that_go_on_with_one_run_at_once_the_second_is_refused_before_it_writes()
    {
        string whole = _folder["whole"], cut = _folder["cut"];
        Train(whole, "adam", "", stopAt: null);
        Train(cut, "adam", "", stopAt: (3 * StepsAnEpoch) + 2);
        RunWriter first = RunWriter.Resume(cut, snapshotBudget: 4), second = RunWriter.Resume(cut, snapshotBudget: 4),
            third = RunWriter.Resume(cut, snapshotBudget: 4);
        var schedule = new AtStep(StepsAnEpoch * 5, () =>
        {
            string before = Written(cut);
            using (second)
                Should.Throw<InputException>(() => Fit(second, Trainer("adam", ""), Epochs, second.Checkpoint, default))
                    .Message.ShouldContain("the run is being written by this process since ");
            Written(cut).ShouldBe(before);
            RunFolder.Open(cut).Metrics.Count.ShouldBe(5);
        });

        Fit(first, Trainer("adam", "", schedule), Epochs, first.Checkpoint, default);

        schedule.Done.ShouldBeTrue();
        File.Exists(Path.Combine(cut, "writer.lock")).ShouldBeFalse();
        string after = Contents(cut);
        Should.Throw<InputException>(() => Fit(third, Trainer("adam", ""), Epochs, third.Checkpoint, default))
            .Message.ShouldContain("has gone on with the run since it was opened");
        Contents(cut).ShouldBe(after);
        ShouldBeTheSame(cut, whole);

        static string Written(string folder) => string.Join(
            '\n',
            Directory.GetFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
                .Select(file => $"{file} {new FileInfo(file).Length} {File.GetLastWriteTimeUtc(file).Ticks}"));
    }

    [Fact]
    public void A_lock_that_a_kill_left_behind_keeps_nobody_off()
    {
        string whole = _folder["whole"], cut = _folder["cut"];
        Train(whole, "adam", "", stopAt: null);
        Train(cut, "adam", "", stopAt: StepsAnEpoch * 2);
        File.WriteAllText(Path.Combine(cut, "writer.lock"), "");

        GoOn(cut, "adam", "", stopAt: null);

        ShouldBeTheSame(cut, whole);
    }

    /// <summary>A constant rate that does something once, before a step.</summary>
    private sealed class AtStep(long at, Action action) : Schedule("constant")
    {
        public bool Done { get; private set; }

        internal override IReadOnlyList<KeyValuePair<string, double>> Settings => [];

        public override float RateAt(float rate, long step, int stepsPerEpoch, int epochs)
        {
            if (step != at || Done) return rate;
            Done = true;
            action();
            return rate;
        }
    }

    /// <summary>Everything that a run says of itself but times: metrics, hashes, outcome, and every snapshot to the bit.</summary>
    private static void ShouldBeTheSame(string path, string expected)
    {
        RunFolder a = RunFolder.Open(path), b = RunFolder.Open(expected);
        a.WeightsHashes.ShouldBe(b.WeightsHashes);
        MetricsTable mine = MetricsTable.Of(a.Metrics), its = MetricsTable.Of(b.Metrics);
        foreach (string column in its.Columns.Where(name => name != "seconds")) mine[column].ShouldBe(its[column], column);
        a.Outcome.ShouldBe(b.Outcome with { FinalMetrics = a.Outcome.FinalMetrics });
        a.Outcome.FinalMetrics.ShouldBe(b.Outcome.FinalMetrics);
        a.SnapshotEpochs.ShouldBe(b.SnapshotEpochs);
        foreach (string file in Directory.GetFiles(Path.Combine(expected, "snapshots")))
            File.ReadAllBytes(Path.Combine(path, "snapshots", Path.GetFileName(file))).ShouldBe(File.ReadAllBytes(file), file);
        File.ReadAllLines(Path.Combine(path, "metrics.csv")).Length.ShouldBe(a.Metrics.Count + 1);
    }

    private static string Contents(string folder) => string.Join(
        '\n',
        Directory.GetFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            .Select(file => $"{Path.GetRelativePath(folder, file)} {Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(file)))}"));

    private static RunOutcome Train(string path, string optimizer, string rule, int? stopAt, int epochs = Epochs) =>
        Fit(RunWriter.Create(path, snapshotBudget: 4), optimizer, rule, stopAt, epochs, null);

    private static RunOutcome GoOn(string path, string optimizer, string rule, int? stopAt, int epochs = Epochs)
    {
        RunWriter run = RunWriter.Resume(path, snapshotBudget: 4);
        return Fit(run, optimizer, rule, stopAt, epochs, run.Checkpoint);
    }

    private static RunOutcome Fit(RunWriter run, string optimizer, string rule, int? stopAt, int epochs, TrainingState? from)
    {
        using var source = new CancellationTokenSource();
        return Fit(run, Trainer(optimizer, rule, new CancelAtStep(source, stopAt ?? -1)), epochs, from, source.Token);
    }

    private static RunOutcome Fit(RunWriter run, Trainer trainer, int epochs, TrainingState? from, CancellationToken cancellation)
    {
        using (run) return trainer.Fit(Data, epochs, run, from: from, cancellation: cancellation).Outcome;
    }

    private static Trainer Trainer(string optimizer, string rule, Schedule? schedule = null)
    {
        var kind = optimizer.Contains('(') ? Optimizer.Parse(optimizer)
            : Optimizer.Create(optimizer, new Dictionary<string, double> { ["rate"] = 0.02 });
        return new Trainer(Network.Sequential(19).Dense(11, Activation.Tanh).Dense(3).Build(seed: 4), Loss.SoftmaxCrossEntropy, kind)
        {
            BatchSize = 29,
            Seed = 5,
            Schedule = schedule ?? Schedule.Constant,
            KeepBest = rule == "keep best" ? new KeepBest(Measure.ValidationLoss) : null,
            EarlyStopping = rule == "early stopping" ? new EarlyStopping(Measure.TrainAccuracy, Patience: 2) : null,
        };
    }
}
