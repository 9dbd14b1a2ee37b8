using Microsoft.Data.Analysis;

namespace Explain.Core.Tests;

public sealed class MetricsDataFrameTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("explain-test-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void One_runs_frame_has_the_columns_of_metrics_csv_and_a_row_an_epoch()
    {
        RunFolder run = Run("a", "relu", 3);
        DataFrame frame = MetricsDataFrame.Of(run.Metrics);
        frame.Columns.Select(column => column.Name).ShouldBe(MetricsTable.Of(run.Metrics).Columns);
        frame.Rows.Count.ShouldBe(3);
        frame["epoch"].ShouldBeOfType<Int32DataFrameColumn>()[2].ShouldBe(3);
        frame["loss"][1].ShouldBe(run.Metrics[1].Loss);
    }

    [Fact]
    public void Many_runs_are_one_long_table_of_what_was_measured()
    {
        RunFolder[] runs = [Run("a", "relu", 2), Run("b", "tanh", 1)];

        DataFrame frame = RunIndex.Of(_folder).Metrics();

        frame.Columns.Select(column => column.Name).ShouldBe(["run", "activation", "epoch", "metric", "layer", "value"]);
        // Two layers of nine columns, five of the epoch; the second epoch has no validation accuracy, and no epoch a validation loss.
        frame.Rows.Count.ShouldBe(23 + 22 + 23);
        frame["value"].Cast<double?>().ShouldAllBe(value => !double.IsNaN(value!.Value), "what was not measured has no row");
        DataFrame second = frame.Filter(frame["run"].ElementwiseEquals("b"));
        second["activation"].Cast<string>().Distinct().ShouldBe(["tanh"]);
        DataFrame losses = second.Filter(second["metric"].ElementwiseEquals("loss"));
        losses.Rows.Count.ShouldBe(1);
        losses["value"][0].ShouldBe(runs[1].Metrics[0].Loss);
        losses["layer"][0].ShouldBe("");
        DataFrame spread = second.Filter(second["metric"].ElementwiseEquals("weight_std"));
        spread["layer"][0].ShouldBe("dense1");
    }

    [Fact]
    public void Runs_of_a_comparison_say_which_and_which_repeat_they_are()
    {
        Run("a-1", "relu", 1, place: new ComparisonPlace("which seed", "", 1, 2));
        Run("a-2", "relu", 1, place: new ComparisonPlace("which seed", "", 2, 2));
        DataFrame frame = RunIndex.Of(_folder).Metrics();
        frame.Columns.Select(column => column.Name).ShouldBe(["run", "group", "repeat", "epoch", "metric", "layer", "value"]);
        frame["group"].Cast<string>().Distinct().ShouldBe(["which seed"]);
        frame["repeat"].Cast<string>().Distinct().ShouldBe(["1", "2"]);
    }

    [Fact]
    public void Runs_of_one_name_are_told_apart_by_their_folders()
    {
        RunFolder[] runs = [Run("a", "relu", 1), Run("a", "relu", 1, "again")];
        new LongMetrics(runs).Runs.Select(run => run.Label).ShouldBe(runs.Select(run => run.Path));
    }

    private RunFolder Run(string name, string activation, int epochs, string? folder = null, ComparisonPlace? place = null)
    {
        string path = Path.Combine(_folder, folder ?? name);
        using (RunWriter run = RunWriter.Create(path))
        {
            run.Begin(
                SampleRun.Info(
                    epochs) with { Name = name, Comparison = place, Settings = [new("activation", activation), new("rate", "0.1")] },
                SampleRun.Probe());
            for (int epoch = 1; epoch <= epochs; epoch++) run.Record(SampleRun.Metrics(epoch), new string('0', 64));
        }
        return RunFolder.Open(path);
    }
}
