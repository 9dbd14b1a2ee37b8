namespace Explain.Core.Tests;

/// <summary>A training does not go on with settings that would take it to other bits, even where every count and shape fits.</summary>
public sealed class ResumeSettingsTests : IDisposable
{
    private static readonly DataSplit Data = Datasets.Strokes(seed: 2, train: 140, test: 20).Split(validation: 0.1);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("batch size", "'batch size' was 26 there, and is 27 here")]
    [InlineData("gradient", "'gradient' was Mean there, and is Sum here")]
    [InlineData("loss", "'loss' was softmax cross-entropy there, and is focal(2) here")]
    [InlineData("smoothing", "'label smoothing' was 0.1 there, and is 0.2 here")]
    [InlineData("weights", "'class weights' was not set there, and is balanced here")]
    [InlineData("penalty", "'penalty l2' was 0.001 there, and is 0.002 here")]
    [InlineData("no penalty", "'penalty l1' was 0 there, and is not set here")]
    [InlineData("clip", "'clip norm' was 5 there, and is 4 here")]
    [InlineData("augmentation", "'augmentation shift' was 2 there, and is 1 here")]
    [InlineData("elastic", "'augmentation elastic strength' was not set there, and is 1 here")]
    [InlineData("rate", "'optimizer rate' was 0.001 there, and is 0.0010000002 here")]
    [InlineData("beta", "'optimizer beta2' was 0.999 there, and is 0.99 here")]
    [InlineData("schedule", "'schedule' was exponential there, and is constant here")]
    [InlineData("factor", "'schedule factor' was 0.9 there, and is 0.8 here")]
    [InlineData("improvement", "'keep best improvement' was 0 there, and is 0.01 here")]
    [InlineData("patience", "'early stopping patience' was 9 there, and is 8 here")]
    [InlineData("dropout", "'dropout5 rate' was 0.3 there, and is 0.25 here")]
    [InlineData("momentum", "momentum' was 0.1 there, and is 0.2 here")]
    [InlineData("activation", "activation' was relu there, and is tanh here")]
    public void Other_settings_are_refused_by_name_with_both_values(string change, string message)
    {
        string path = _folder["run"];
        using (RunWriter run = RunWriter.Create(path)) Fit("", run, epochs: 1);
        byte[] json = File.ReadAllBytes(Path.Combine(path, "run.json"));

        using (RunWriter run = RunWriter.Resume(path))
            Should.Throw<InputException>(() => Fit(change, run, epochs: 2)).Message.ShouldContain(message);

        File.ReadAllBytes(Path.Combine(path, "run.json")).ShouldBe(json);
        using (RunWriter run = RunWriter.Resume(path)) Fit("", run, epochs: 2).EpochsDone.ShouldBe(2);
    }

    private static RunOutcome Fit(string change, RunWriter run, int epochs)
    {
        bool Is(string name) => change == name;
        Network network = Network.Sequential(Data.Train.SampleShape).Conv2D(4, 3, stride: 3)
            .BatchNorm(momentum: Is("momentum") ? 0.2 : 0.1, activation: Is("activation") ? Activation.Tanh : Activation.Relu)
            .MaxPool2D(2).Flatten().Dropout(Is("dropout") ? 0.25 : 0.3).Dense(10).Build(seed: 4);
        var optimizer = new Adam(Is("rate") ? MathF.BitIncrement(0.001f) : 0.001f, beta2: Is("beta") ? 0.99f : 0.999f);
        var trainer = new Trainer(network, Is("loss") ? Loss.Focal() : Loss.SoftmaxCrossEntropy, optimizer)
        {
            BatchSize = Is("batch size") ? 27 : 26,
            Gradient = Is("gradient") ? GradientReduction.Sum : GradientReduction.Mean,
            LabelSmoothing = Is("loss") ? 0.1 : Is("smoothing") ? 0.2 : 0.1,
            ClassWeights = Is("weights") ? ClassWeights.Balanced : null,
            Penalty = Is("no penalty") ? null : new Penalty(L2: Is("penalty") ? 0.002 : 0.001),
            Clip = GradientClip.ByNorm(Is("clip") ? 4 : 5),
            Augmentation =
                new Augmentation { Shift = Is("augmentation") ? 1 : 2, Elastic = Is("elastic") ? new ElasticDeformation(1) : null },
            Schedule = Is("schedule") ? Schedule.Constant : new ExponentialSchedule(Is("factor") ? 0.8 : 0.9),
            KeepBest = new KeepBest(MinimumImprovement: Is("improvement") ? 0.01 : 0),
            EarlyStopping = new EarlyStopping(Patience: Is("patience") ? 8 : 9),
        };
        return trainer.Fit(Data, epochs, run, from: run.Checkpoint).Outcome;
    }
}
