using Explain.Core;

namespace Explain.Render.Tests;

/// <summary>The numbers that figures print are those of the data.</summary>
public sealed class FindingsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("explain-findings-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Rows_of_the_confusion_matrix_are_true_classes()
    {
        var run = new SyntheticRun().Write(Path.Combine(_folder, "run"));
        int[,] counts = run.ReadSnapshot(1).HeldOutConfusion;
        var info = new ConfusionFigure(run, epoch: 1).Draw(Theme.Light).Info;
        info.Table.ShouldNotBeNull();
        for (int i = 0; i < 4; i++)
        {
            info.Table.Rows[i][0].ShouldBe(run.Info.Data.ClassNames[i]);
            for (int j = 0; j < 4; j++)
                info.Table.Rows[i][j + 1].ShouldBe($"{counts[i, j]}");
            int row = Enumerable.Range(0, 4).Sum(j => counts[i, j]);
            info.Table.Rows[i][5].ShouldBe(NumberFormat.Percent((double)counts[i, i] / row));
        }
    }

    [Fact]
    public void A_class_never_predicted_is_named_and_has_no_precision()
    {
        var run = new SyntheticRun { NeverPredicted = 2 }.Write(Path.Combine(_folder, "run"));
        var info = new ConfusionFigure(run).Draw(Theme.Light).Info;
        info.AltText.ShouldContain("Never predicted: three");
        info.Description.ShouldContain("three: recall 0.0\u00A0%, precision n/a");
    }

    [Fact]
    public void Colour_limits_are_the_same_at_every_epoch_and_grow_with_the_runs_they_are_shared_with()
    {
        var run = new SyntheticRun().Write(Path.Combine(_folder, "run"));
        var loud = new SyntheticRun { Everything = 7 }.Write(Path.Combine(_folder, "loud"));
        string early = Limits(new WeightSheet(run, epoch: 0)), late = Limits(new WeightSheet(run, epoch: 6));
        early.ShouldBe(late);
        Limits(new WeightSheet(new FigureRequest { Runs = [run], SharedWith = [run, loud] })).ShouldBe("Colours from −7.00 to 7.00");

        static string Limits(WeightSheet sheet)
        {
            string caption = sheet.Draw(Theme.Light).Info.Caption;
            int start = caption.IndexOf("Colours from", StringComparison.Ordinal);
            return caption[start..caption.IndexOf(';', start)];
        }
    }

    [Fact]
    public void The_printed_share_of_clipped_values_is_the_share_beyond_the_limits()
    {
        var run = new SyntheticRun().Write(Path.Combine(_folder, "run"));
        float[] weights = run.ReadSnapshot(6).Layers[0].Weights.Span.ToArray();
        double limit = run.SnapshotEpochs.Max(e => Quantiles.OfMagnitudes(run.ReadSnapshot(e).Layers[0].Weights.Span, Quantiles.Robust));
        double share = weights.Count(w => Math.Abs(w) > limit * (1 + 1e-5)) / (double)weights.Length;
        share.ShouldBeGreaterThan(0);
        new WeightSheet(run).Draw(Theme.Light).Info.Caption.ShouldContain($"{NumberFormat.Percent(share)} of the values lie beyond");
    }

    [Fact]
    public void Mean_updates_that_cancel_out_are_said_to_and_not_drawn_as_if_their_rounding_were_signal()
    {
        var ordinary = new TwelvePanelSheet(new SyntheticRun().Write(Path.Combine(_folder, "run"))).Draw(Theme.Light);
        var cancelling = new TwelvePanelSheet(new SyntheticRun { CancellingUpdates = true }.Write(Path.Combine(_folder, "cancelling")))
            .Draw(Theme.Light);
        Texts(ordinary.Nodes).ShouldNotContain(text => text.StartsWith("cancels out"));
        Texts(cancelling.Nodes).Count(text => text.StartsWith("cancels out")).ShouldBe(1);
        ordinary.Info.Caption.ShouldNotContain("sum to zero");
        cancelling.Info.Caption.ShouldContain("the mean updates of dense3 sum to zero but for rounding");

        static IEnumerable<string> Texts(IEnumerable<Node> nodes) => nodes.SelectMany(node => node switch
        {
            GroupNode group => Texts(group.Children),
            TextNode text => [text.Text],
            _ => [],
        });
    }

    [Fact]
    public void Integrated_gradients_add_up_and_say_so()
    {
        var run = new SyntheticRun().Write(Path.Combine(_folder, "run"));
        var table = new Why(run).Draw(Theme.Light).Info.Table;
        table.ShouldNotBeNull();
        table.Rows.ShouldNotBeEmpty();
        foreach (var row in table.Rows)
            double.Parse(row[^1].Split('\u00A0')[0], System.Globalization.CultureInfo.InvariantCulture).ShouldBeLessThan(5);
    }

    [Fact]
    public void Bars_of_final_accuracy_are_sorted_and_carry_their_values()
    {
        RunFolder[] runs =
        [
            new SyntheticRun { Name = "weak", Skill = 0.2 }.Write(Path.Combine(_folder, "weak")),
            new SyntheticRun { Name = "strong" }.Write(Path.Combine(_folder, "strong")),
        ];
        var info = new FinalAccuracy(runs).Draw(Theme.Light).Info;
        info.Table.ShouldNotBeNull();
        info.Table.Rows.Select(r => r[0]).ShouldBe(["strong", "weak"]);
        info.Table.Rows[0][1].ShouldBe(NumberFormat.Percent(runs[1].Metrics[^1].ValidationAccuracy, 2));
    }

    [Fact]
    public void A_diverged_run_has_no_rank_in_final_accuracy()
    {
        RunFolder[] runs =
        [
            new SyntheticRun { Name = "diverged", Status = RunStatus.Diverged }.Write(Path.Combine(_folder, "diverged")),
            new SyntheticRun { Name = "weak", Skill = 0.2 }.Write(Path.Combine(_folder, "weak")),
        ];
        var info = new FinalAccuracy(runs).Draw(Theme.Light).Info;
        info.Table.ShouldNotBeNull();
        info.Table.Rows.Select(r => r[0]).ShouldBe(["weak", "diverged"]);
        info.AltText.ShouldContain("weak is best");
        info.AltText.ShouldContain("1 of 2 runs have no result");
    }

    [Fact]
    public void The_command_draws_the_same_picture_again()
    {
        var run = new SyntheticRun().Write(Path.Combine(_folder, "my run"));
        new FigureRequest { Runs = [run], Epoch = 3, Layer = 1 }.Command("weight-sheet")
            .ShouldBe("explain render \"my run\" --figure weight-sheet --epoch 3 --layer 1 -o weight-sheet.png");
    }
}
