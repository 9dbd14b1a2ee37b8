using Explain.Core;

namespace Explain.Render.Tests;

public sealed class RunsSpreadTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("explain-spread-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void The_best_of_all_groups_is_named_and_shown_however_many_there_are()
    {
        RunFolder[] runs = [.. Enumerable.Range(0, 14).Select(i =>
            new SyntheticRun { Name = $"units-{i}", Units = [i + 2, 4], Skill = 0.3 + (0.05 * i) }.Write(Path.Combine(_folder, $"{i}")))];
        var info = new RunsSpread(new FigureRequest { Runs = runs }).Draw(Theme.Light).Info;
        info.AltText.ShouldContain("of units-13");
        info.Table!.Rows.Select(row => row[0]).ShouldContain("units-13");
    }

    [Fact]
    public void A_number_at_the_end_of_a_name_is_a_setting_unless_it_is_the_seed()
    {
        RunFolder[] runs = [.. new[] { "rate-0.03", "rate-0.003" }
            .Select((name, i) => new SyntheticRun { Name = name, Units = [i + 2, 4] }.Write(Path.Combine(_folder, name)))];
        var names = new RunsSpread(new FigureRequest { Runs = runs }).Draw(Theme.Light).Info.Table!.Rows.Select(row => row[0]).Distinct();
        names.ShouldBe(["rate-0.03", "rate-0.003"]);
    }

    [Fact]
    public void Runs_on_different_data_are_not_pooled_as_repeats_and_get_no_interval()
    {
        RunFolder[] runs = [.. Enumerable.Range(1, 2)
            .Select(i => new SyntheticRun { Name = $"moons-{i}", DataSeed = (ulong)i, Skill = i }.Write(Path.Combine(_folder, $"{i}")))];

        var scene = new RunsSpread(new FigureRequest { Runs = runs }).Draw(Theme.Light);

        scene.Info.Table!.Rows.Select(row => (row[0], row[1])).Distinct().ShouldBe([("moons-1", "1"), ("moons-2", "1")]);
    }

    [Fact]
    public void Repeats_of_a_variant_bear_its_name()
    {
        RunFolder[] runs =
        [
            .. from variant in new[] { "relu", "tanh" }
               from repeat in new[] { 1, 2 }
               select new SyntheticRun
               {
                   Name = $"{repeat} {variant}",
                   Activation = variant,
                   Seed = (ulong)repeat,
                   Comparison = new ComparisonPlace("activations", variant, repeat, 2),
                   Skill = repeat,
               }.Write(Path.Combine(_folder, $"{variant}{repeat}")),
        ];

        new RunsSpread(new FigureRequest { Runs = runs }).Draw(Theme.Light).Info.Table!.Rows.Select(row => (row[0], row[1])).Distinct()
            .ShouldBe([("relu", "2"), ("tanh", "2")]);
    }

    [Fact]
    public void No_band_of_losses_goes_below_zero()
    {
        RunFolder[] runs = [.. Enumerable.Range(1, 2).Select(i =>
            new SyntheticRun { Name = $"same-seed-{i}", Seed = (ulong)i, Skill = i == 1 ? 1 : 0.2 }.Write(Path.Combine(_folder, $"{i}")))];
        var rows = new RunsSpread(new FigureRequest { Runs = runs }).Draw(Theme.Light).Info.Table!.Rows;
        rows.ShouldAllBe(row => row[0] == "same-seed" && row[1] == "2");
        rows.ShouldAllBe(row => !row[4].StartsWith('−'));
    }
}
