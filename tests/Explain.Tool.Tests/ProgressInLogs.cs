using Explain.Core;

namespace Explain.Tool.Tests;

/// <summary>What standard error says while work goes on and no terminal is watched.</summary>
public sealed class ProgressInLogs
{
    private readonly Clock _clock = new();
    private readonly StringWriter _log = new() { NewLine = "\n" };

    [Fact]
    public void The_first_line_comes_at_once_and_then_one_now_and_then()
    {
        var lines = new ProgressLines(_log, "Training x", _clock);
        for (int second = 0; second <= 25; second++)
        {
            lines.Report(second, 50, $"epoch {second}");
            _clock.Seconds++;
        }
        _log.ToString().ShouldBe("Training x: epoch 0\nTraining x, 20 %: epoch 10\nTraining x, 40 %: epoch 20\n");
    }

    [Fact]
    public void What_is_worth_a_line_comes_at_once()
    {
        var lines = new ProgressLines(_log, "Training x", _clock);
        lines.Report(0, 50, "");
        lines.Tell("x: finished");
        _clock.Seconds = 9;
        lines.Report(1, 50, "too soon");
        _log.ToString().ShouldBe("Training x\nx: finished\n");
    }

    [Fact]
    public void New_best_models_are_told_once_a_second_and_the_last_one_always()
    {
        var told = new List<string>();
        var best = new NewBest(told.Add, "", new KeepBest(), _clock);
        foreach (int epoch in (int[])[1, 2, 3])
        {
            best.Found(Row(epoch));
            _clock.Seconds += 0.4;
        }
        told.ShouldBe(["new best model at epoch 1 (validation accuracy 10.00\u00A0%)"]);
        best.Found(Row(4));
        told.Count.ShouldBe(2);
        best.Found(Row(5));
        best.Flush();
        best.Flush();
        told[1..].ShouldBe(
        [
            "new best model at epoch 4 (validation accuracy 40.00\u00A0%)",
            "new best model at epoch 5 (validation accuracy 50.00\u00A0%)",
        ]);
    }

    [Fact]
    public void A_new_best_names_the_run_and_what_counts()
    {
        var told = new List<string>();
        new NewBest(told.Add, "relu", new KeepBest(Measure.TrainLoss), _clock).Found(Row(7));
        told.ShouldBe(["relu: new best model at epoch 7 (train loss 0.1429)"]);
    }

    private static EpochMetrics Row(int epoch) =>
        new() { Epoch = epoch, Loss = 1.0 / epoch, Accuracy = 0, ValidationAccuracy = epoch / 10.0, Rate = 1, Seconds = 1, Layers = [] };

    private sealed class Clock : TimeProvider
    {
        public double Seconds { get; set; }

        public override long TimestampFrequency => 1000;

        public override long GetTimestamp() => (long)(1000 * Seconds);
    }
}
