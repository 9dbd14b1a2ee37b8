using System.Text.Json.Nodes;

namespace Explain.Core.Tests;

/// <summary>Runs recorded by the version before run.json had typed facts (format 1), kept as they were written.</summary>
public class OldRunsTests
{
    private static readonly string Facts = Path.Combine(TestData.Reference, "format1", "facts");

    private static readonly string Balanced = Path.Combine(TestData.Reference, "format1", "balanced");

    [Fact]
    public void Facts_that_stood_in_the_recipe_are_typed_now()
    {
        RunInfo info = RunFolder.Open(Facts).Info;

        info.Objective.Loss.ShouldBe(Loss.SoftmaxCrossEntropy);
        info.Objective.Targets.ShouldBe(TargetEncoding.OneHot);
        info.Objective.LabelSmoothing.ShouldBe(0.1);
        info.Objective.ClassWeights.ShouldBe([0.5f, 1.5f]);
        info.Objective.BalancedClasses.ShouldBeFalse();
        info.Objective.Penalty.ShouldBe(new Penalty(0.001, 0.01, Biases: true));
        info.Objective.Unrecorded.ShouldBeNull();
        info.Optimizer!.Kind.ShouldBe("adam");
        info.Optimizer.Settings["rate"].ShouldBe(0.01);
        info.Optimizer.Settings["beta2"].ShouldBe(0.999);
        info.Optimizer.Gradient.ShouldBe(GradientReduction.Sum);
        info.Optimizer.Schedule.ShouldBe("exponential");
        info.Optimizer.ScheduleSettings["factor"].ShouldBe(0.9);
        info.BatchSize.ShouldBe(16);
        info.Clip.ShouldBe(GradientClip.ByNorm(5));
        info.Augmentation.ShouldBeNull();
        info.KeepBest.ShouldBe(new KeepBest(Measure.ValidationLoss, 0.001));
        info.EarlyStopping.ShouldBe(new EarlyStopping(Measure.TrainAccuracy, 3));
        info.Data.Source.ShouldBe("moons");
        info.Data.Seed.ShouldBe(9UL);
        info.Data.Options.ShouldBe([new("n", 30), new("noise", 0.1)]);
        info.Network.Layers[0].Activation.ShouldBe(Activation.LeakyRelu(0.2f));
        info.Network.Layers[0].Initializer.ShouldBe(Initializer.GlorotUniform);
        info.Settings.ShouldBe([new("units of layer 1", "5")]);
    }

    [Fact]
    public void Their_weights_metrics_and_kept_epoch_are_what_they_were()
    {
        RunFolder run = RunFolder.Open(Facts);

        run.Outcome.KeptEpoch.ShouldBe(4);
        run.Outcome.WeightsHash.ShouldBe("7e734fea28a81ded5054db1741170c816461c203a34fe475558841cf33ab5f1c");
        run.Results.Final("validation accuracy").ShouldBe(0.875);
        run.SnapshotEpochs.ShouldBe([0, 1, 2, 3, 4]);
        run.ReadSnapshot(4).Restore(run.Info.Network).WeightsHash().ShouldBe(run.WeightsHashes[3]);
    }

    [Fact]
    public void Trained_again_they_give_the_same_bits() => RunVerification.Of(RunFolder.Open(Facts)).Difference.ShouldBeNull();

    [Fact]
    public void The_loss_recorded_in_training_is_measured_again_from_the_facts()
    {
        RunFolder run = RunFolder.Open(Facts);
        DataSplit data = RecipeRunner.LoadData(Recipe.Parse(run.Info.Recipe));
        Network network = run.ReadSnapshot(4).Restore(run.Info.Network);

        Evaluation.Of(network, run.Info.Objective.Readout(), data.Validation!).Loss.ShouldBe(run.Metrics[3].ValidationLoss);
    }

    [Fact]
    public void A_loss_whose_weights_were_balanced_and_not_recorded_is_not_measured_with_other_ones()
    {
        RunFolder run = RunFolder.Open(Balanced);

        run.Info.Objective.BalancedClasses.ShouldBeTrue();
        run.Info.Objective.Unrecorded.ShouldNotBeNull();
        Should.Throw<InputException>(() => LossLandscape.Of([run]))
            .Message.ShouldContain("the loss of this run cannot be measured again: its class weights were balanced");
    }

    [Theory]
    [InlineData(": : [", "its recipe, which alone told of label smoothing, class weights and penalty, cannot be read")]
    [InlineData("- a\n- list\n", "cannot be read")]
    public void A_recipe_that_cannot_be_read_any_more_is_told_and_never_taken_for_a_plain_loss(string recipe, string message)
    {
        using var folder = new TemporaryFolder();
        RunFolder run = WithRecipe(folder, recipe);

        run.Info.Objective.Unrecorded.ShouldNotBeNull().ShouldContain(message);
        Should.Throw<InputException>(() => LossLandscape.Of([run])).Message.ShouldContain("cannot be measured again");
    }

    [Fact]
    public void Keys_that_recipes_do_not_know_any_more_do_not_hide_those_beside_them()
    {
        using var folder = new TemporaryFolder();
        RunFolder run = WithRecipe(folder, "a key of another day: 7\nlabel smoothing: 0.25\nclass weights: none\nnetwork: [{gone: 5}]\n");

        run.Info.Objective.LabelSmoothing.ShouldBe(0.25);
        run.Info.Objective.Unrecorded.ShouldBeNull();
    }

    private static RunFolder WithRecipe(TemporaryFolder folder, string recipe)
    {
        string path = folder["run"];
        Directory.CreateDirectory(Path.Combine(path, "snapshots"));
        foreach (string file in Directory.EnumerateFiles(Facts, "*", SearchOption.AllDirectories))
            File.Copy(file, Path.Combine(path, Path.GetRelativePath(Facts, file)));
        var json = JsonNode.Parse(File.ReadAllText(Path.Combine(path, "run.json")))!;
        json["run"]!["recipe"] = recipe;
        File.WriteAllText(Path.Combine(path, "run.json"), json.ToJsonString());
        return RunFolder.Open(path);
    }
}
