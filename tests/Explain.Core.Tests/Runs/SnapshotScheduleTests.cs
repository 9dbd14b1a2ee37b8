namespace Explain.Core.Tests;

public class SnapshotScheduleTests
{
    [Fact]
    public void A_run_within_its_budget_keeps_every_epoch()
    {
        new SnapshotSchedule(0).Epochs.ShouldBe([0]);
        new SnapshotSchedule(23, budget: 24).Epochs.ShouldBe(Enumerable.Range(0, 24));
    }

    [Fact]
    public void A_longer_run_keeps_its_first_epochs_and_then_evenly_in_log_time() =>
        new SnapshotSchedule(200, budget: 24)
            .Epochs.ShouldBe([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 14, 18, 23, 29, 37, 47, 60, 76, 97, 124, 157, 200]);

    [Fact]
    public void Whatever_the_plan_the_budget_is_met_the_epochs_ascend_and_the_ends_are_kept()
    {
        foreach (int budget in new[] { 2, 3, 5, 24, 100 })
        {
            foreach (int epochs in new[] { 1, 2, 3, 4, 5, 6, 22, 23, 24, 25, 26, 30, 99, 100, 101, 200, 1000, 10_000, int.MaxValue })
            {
                var schedule = new SnapshotSchedule(epochs, budget);

                schedule.Epochs.Count.ShouldBe((int)Math.Min(budget, epochs + 1L), $"{epochs} epochs, budget {budget}");
                schedule.Epochs[0].ShouldBe(0);
                schedule.Epochs[^1].ShouldBe(epochs);
                schedule.Epochs.Zip(schedule.Epochs.Skip(1)).ShouldAllBe(pair => pair.First < pair.Second);
                schedule.Epochs.ShouldAllBe(epoch => schedule.Keeps(epoch));
            }
        }
        new SnapshotSchedule(200).Keeps(100).ShouldBeFalse();
    }

    [Fact]
    public void A_budget_holds_at_least_the_first_and_the_last()
    {
        Should.Throw<ArgumentOutOfRangeException>(() => new SnapshotSchedule(10, 1));
        Should.Throw<ArgumentOutOfRangeException>(() => new SnapshotSchedule(-1));
    }
}
