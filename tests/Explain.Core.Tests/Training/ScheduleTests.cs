namespace Explain.Core.Tests;

/// <summary>Schedules against their closed forms; 4 steps an epoch.</summary>
public class ScheduleTests
{
    [Fact]
    public void Constant_never_changes() => Schedule.Parse("constant").RateAt(0.3f, 999, 4, 10).ShouldBe(0.3f);

    [Theory]
    [InlineData(0, 0.8f)]
    [InlineData(11, 0.8f)]
    [InlineData(12, 0.4f)]
    [InlineData(23, 0.4f)]
    [InlineData(24, 0.2f)]
    public void Step_changes_at_the_beginning_of_every_third_epoch(int step, float rate) =>
        Schedule.Parse("step(0.5, 3)").RateAt(0.8f, step, 4, 10).ShouldBe(rate);

    [Theory]
    [InlineData(3, 0)]
    [InlineData(4, 1)]
    [InlineData(39, 9)]
    public void Exponential_is_a_power_of_the_epochs_done(int step, int epochs) =>
        Schedule.Parse("exponential(0.9)").RateAt(1f, step, 4, 10).ShouldBe((float)Math.Pow(0.9, epochs), 1e-6f);

    [Fact]
    public void Cosine_goes_from_maximum_to_minimum_in_every_cycle()
    {
        var cosine = Schedule.Create("cosine", new Dictionary<string, double> { ["minimum"] = 0.1, ["maximum"] = 0.9, ["cycles"] = 2 });
        for (int step = 0; step < 40; step++)
        {
            double done = step % 20 / 20.0;
            cosine.RateAt(5f, step, 4, 10).ShouldBe((float)(0.1 + (0.4 * (1 + Math.Cos(Math.PI * done)))), 1e-6f, $"step {step}");
        }
        cosine.RateAt(5f, 0, 4, 10).ShouldBe(0.9f);
        cosine.RateAt(5f, 20, 4, 10).ShouldBe(0.9f, 1e-6f);
    }

    [Fact]
    public void Cosine_warms_up_from_a_part_of_the_optimisers_own_rate()
    {
        var cosine = new CosineSchedule(warmUp: 2);
        for (int step = 0; step < 8; step++) cosine.RateAt(0.8f, step, 4, 10).ShouldBe(0.1f * (step + 1), 1e-6f);
        cosine.RateAt(0.8f, 8, 4, 10).ShouldBe(0.8f);
        cosine.RateAt(0.8f, 24, 4, 10).ShouldBe(0.4f, 1e-6f);
        cosine.RateAt(0.8f, 39, 4, 10).ShouldBeInRange(0, 0.002f);
    }

    [Fact]
    public void The_trainer_reports_the_rate_of_the_epochs_last_step()
    {
        var trainer = new Trainer(
            Xor.Network(), Loss.BinaryCrossEntropy, new GradientDescent(0.8f)) { BatchSize = 1, Schedule = new StepSchedule(0.5, 2) };
        trainer.Fit(new DataSplit(Xor.Data), 4).Metrics.Select(m => (float)m.Rate).ShouldBe([0.8f, 0.8f, 0.4f, 0.4f]);
    }

    [Fact]
    public void Numbers_may_bear_their_names_in_their_order()
    {
        Schedule.Parse("step(factor = 0.25, epochs = 3)").RateAt(1, 3, 1, 9).ShouldBe(0.25f);
        Should.Throw<InputException>(() => Schedule.Parse("step(epochs = 3)")).Message
            .ShouldBe(
                "'epochs = 3' stands where the schedule step(factor = 0.5, epochs = 10) has factor; numbers are given in this order.");
    }

    [Fact]
    public void Lengths_that_no_schedule_can_have_are_refused()
    {
        Should.Throw<ArgumentOutOfRangeException>(() => new StepSchedule(0.5, 0)).Message.ShouldContain("at least 1 epoch");
        Should.Throw<ArgumentOutOfRangeException>(() => new CosineSchedule(cycles: 0)).Message.ShouldContain("at least 1 cycle");
        Should.Throw<ArgumentOutOfRangeException>(() => new CosineSchedule(warmUp: double.NaN)).Message.ShouldContain("0 epochs or more");
    }
}
