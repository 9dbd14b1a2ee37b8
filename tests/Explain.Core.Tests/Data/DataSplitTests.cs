namespace Explain.Core.Tests;

public sealed class DataSplitTests
{
    [Fact]
    public void The_share_is_taken_from_every_class_alike()
    {
        var data = new DataSplit(Numbered(1000, 3)).Split(validation: 0.15, seed: 4);
        data.Validation!.Count.ShouldBe(150);
        data.Train.Count.ShouldBe(850);
        for (int c = 0; c < 3; c++) data.Validation.Labels.Count(l => l == c).ShouldBe(50);
    }

    [Fact]
    public void Every_sample_is_in_one_part_and_the_order_stays()
    {
        var data = new DataSplit(Numbered(100, 2)).Split(validation: 0.3);
        float[] train = data.Train.Inputs.Span.ToArray(), validation = data.Validation!.Inputs.Span.ToArray();
        train.Concat(validation).Order().ShouldBe(Enumerable.Range(0, 100).Select(i => (float)i));
        train.ShouldBe(train.Order());
        validation.ShouldBe(validation.Order());
        for (int i = 0; i < data.Train.Count; i++) data.Train.Labels[i].ShouldBe((int)train[i] % 3 % 2);
    }

    [Fact]
    public void The_seed_decides_which_samples_go()
    {
        string Part(ulong seed) => new DataSplit(Numbered(100, 2)).Split(0.2, seed).Validation!.Fingerprint();
        Part(1).ShouldBe(Part(1));
        Part(1).ShouldNotBe(Part(2));
    }

    [Fact]
    public void A_share_of_0_takes_none() => new DataSplit(Numbered(10, 2)).Split(0).Validation.ShouldBeNull();

    [Fact]
    public void A_share_that_leaves_a_part_empty_is_refused() =>
        Should.Throw<InputException>(() => new DataSplit(Numbered(10, 2)).Split(0.01))
            .Message.ShouldContain("leaves 0 for validation and 10 for training");

    [Fact]
    public void A_share_out_of_range_is_refused() =>
        Should.Throw<ArgumentOutOfRangeException>(() => new DataSplit(Numbered(10, 2)).Split(1));

    [Fact]
    public void Normalisation_with_given_values_is_applied_to_all_parts()
    {
        var data = new DataSplit(Numbered(4, 2), Numbered(2, 2), Numbered(3, 2)).Normalise(1, 2);
        data.Train.Inputs.Span.ToArray().ShouldBe([-0.5f, 0, 0.5f, 1]);
        data.Validation!.Inputs.Span.ToArray().ShouldBe([-0.5f, 0]);
        data.Test!.Inputs.Span.ToArray().ShouldBe([-0.5f, 0, 0.5f]);
        data.Normalisation!.ToString().ShouldBe("(x − 1) / 2");
    }

    [Fact]
    public void What_is_measured_is_measured_on_training_data_alone()
    {
        var train = Vectors([0, 5], [2, 5], [4, 5]);
        var test = Vectors([100, 50]);
        var standard = new DataSplit(train, Test: test).Normalise(Normalisation.StandardPerFeature(train));
        standard.Train.Inputs.Row(1).ToArray().ShouldBe([0f, 0f]);
        standard.Train.Inputs[2, 0].ShouldBe(2 / MathF.Sqrt(8 / 3f), 1e-6);
        standard.Test!.Inputs.Row(0).ToArray().ShouldBe([98 / MathF.Sqrt(8 / 3f), 45f]);
        var range = new DataSplit(train, Test: test).Normalise(Normalisation.UnitRange(train));
        range.Train.Inputs.Span.ToArray().ShouldBe([0, 0, 0.5f, 0, 1, 0]);
        range.Test!.Inputs.Row(0).ToArray().ShouldBe([25f, 45f]);
    }

    [Fact]
    public void One_mean_and_deviation_for_all_features_keep_pictures_pictures()
    {
        var train = Vectors([0, 2], [4, 6]);
        var data = Normalisation.Standard(train).Apply(train);
        data.Inputs.Span.ToArray().Average().ShouldBe(0, 1e-6);
        data.Inputs.Span.ToArray().Average(x => x * x).ShouldBe(1, 1e-6);
        (data.Inputs[0, 1] - data.Inputs[0, 0]).ShouldBe(data.Inputs[1, 1] - data.Inputs[1, 0], 1e-6);
    }

    [Fact]
    public void Inverting_gives_the_sample_back()
    {
        var normalisation = Normalisation.UnitRange(Vectors([1, -3], [5, 9]));
        float[] sample = [2.5f, 4];
        normalisation.Transform(sample, sample);
        sample.ShouldNotBe([2.5f, 4]);
        normalisation.Invert(sample, sample);
        sample[0].ShouldBe(2.5f, 1e-6);
        sample[1].ShouldBe(4, 1e-6);
    }

    [Fact]
    public void Constant_data_cannot_be_normalised_as_a_whole() =>
        Should.Throw<InputException>(() => Normalisation.Standard(Vectors([3, 3], [3, 3])))
            .Message.ShouldContain("every training value is 3");

    [Fact]
    public void Data_is_normalised_once() =>
        Should.Throw<InvalidOperationException>(() => new DataSplit(Numbered(4, 2)).Normalise(1, 2).Normalise(1, 2));

    /// <summary>Sample i has the one feature i and the class i mod 3 mod classes.</summary>
    private static Dataset Numbered(int count, int classes) => new(
        "numbers",
        new Matrix([.. Enumerable.Range(0, count).Select(i => (float)i)], 0, count, 1),
        Shape.Vector(1),
        [.. Enumerable.Range(0, count).Select(i => i % 3 % classes)],
        [.. Enumerable.Range(0, classes).Select(c => $"{c}")]);

    private static Dataset Vectors(params float[][] rows) =>
        new("vectors", Matrix.FromRows(rows), Shape.Vector(rows[0].Length), new int[rows.Length], ["a"]);
}
