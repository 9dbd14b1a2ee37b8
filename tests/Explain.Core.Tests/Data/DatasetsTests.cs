namespace Explain.Core.Tests;

public sealed class DatasetsTests
{
    [Fact]
    public void Xor_has_the_four_patterns_in_order()
    {
        var data = Datasets.Xor().Train;
        data.Inputs.Span.ToArray().ShouldBe([-1, -1, -1, 1, 1, -1, 1, 1]);
        data.Labels.ShouldBe([0, 1, 1, 0]);
    }

    [Fact]
    public void Noisy_xor_stays_near_its_patterns()
    {
        var data = Datasets.Xor(n: 400, noise: 0.1).Train;
        for (int i = 0; i < data.Count; i++)
        {
            var row = data.Inputs.Row(i);
            Math.Abs(Math.Abs(row[0]) - 1).ShouldBeLessThan(0.5f);
            data.Labels[i].ShouldBe(row[0] * row[1] < 0 ? 1 : 0);
        }
    }

    [Fact]
    public void Circles_have_their_radii_and_evenly_spaced_angles()
    {
        var data = Datasets.Circles(n: 101, noise: 0).Train;
        data.Count.ShouldBe(202);
        data.Inputs[0, 0].ShouldBe(2);
        data.Inputs[25, 1].ShouldBe(2, 1e-6);
        for (int i = 0; i < data.Count; i++)
        {
            data.Labels[i].ShouldBe(i < 101 ? 0 : 1);
            Radius(data, i).ShouldBe(i < 101 ? 2 : 0.5, 1e-6);
        }
    }

    [Fact]
    public void The_noise_of_circles_has_its_standard_deviation()
    {
        var data = Datasets.Circles(n: 20000, noise: 0.1).Train;
        double[] deviations = [.. Enumerable.Range(0, 20000).Select(i => Radius(data, i) - 2)];
        deviations.Average().ShouldBe(0, 0.003);
        Math.Sqrt(deviations.Average(d => d * d)).ShouldBe(0.1, 0.002);
    }

    [Fact]
    public void Spirals_follow_their_formula_and_meet_in_the_origin()
    {
        var data = Datasets.Spirals(n: 100).Train;
        data.Inputs.Row(0).ToArray().ShouldBe([0f, 0f]);
        data.Inputs.Row(100).ToArray().ShouldBe([0f, 0f]);
        for (int i = 0; i < 100; i++)
        {
            double theta = 4 * Math.PI * i / 99;
            ((double)data.Inputs[i, 0]).ShouldBe(theta * Math.Sin(theta), 1e-5);
            ((double)data.Inputs[i, 1]).ShouldBe(theta * Math.Cos(theta), 1e-5);
            data.Inputs[100 + i, 0].ShouldBe(-data.Inputs[i, 0]);
        }
    }

    [Fact]
    public void Moons_are_half_circles_that_reach_into_each_other()
    {
        var data = Datasets.Moons(n: 50, noise: 0).Train;
        for (int i = 0; i < 50; i++)
        {
            Radius(data, i).ShouldBe(1, 1e-6);
            data.Inputs[i, 1].ShouldBeGreaterThanOrEqualTo(-1e-6f);
            data.Inputs[50 + i, 1].ShouldBeLessThanOrEqualTo(0.5f);
        }
    }

    [Fact]
    public void Blobs_lie_round_their_centres()
    {
        var data = Datasets.Blobs(n: 2000, classes: 4, noise: 0.5).Train;
        data.ClassCount.ShouldBe(4);
        double x = 0, y = 0;
        for (int i = 2000; i < 4000; i++)
        {
            x += data.Inputs[i, 0] / 2000;
            y += data.Inputs[i, 1] / 2000;
        }
        x.ShouldBe(0, 0.05);
        y.ShouldBe(4, 0.05);
    }

    [Theory]
    [InlineData("xor", "noise", 0.1)]
    [InlineData("circles", "n", 100)]
    [InlineData("spirals", "noise", 0.3)]
    [InlineData("moons", "n", 30)]
    [InlineData("blobs", "n", 30)]
    public void The_seed_decides_everything(string source, string option, double value)
    {
        string Draw(int seed) =>
            DataCatalog.Load(new DataRequest(source) { Options = new Dictionary<string, double> { [option] = value, ["seed"] = seed } })
                .Train.Fingerprint();
        Draw(1).ShouldBe(Draw(1));
        Draw(1).ShouldNotBe(Draw(2));
    }

    [Fact]
    public void Shrinking_averages_over_area()
    {
        // 28 → 20: new pixel 0 covers old pixels 0 and 0.4 of 1, so a step from 1 to 0 after the first old pixel leaves 1 / 1.4.
        var inputs = new Matrix(1, 784);
        for (int y = 0; y < 28; y++) inputs[0, y * 28] = 1;
        var small = Datasets.Digits20(new DataSplit(new Dataset("d", inputs, new Shape(28, 28), [0], ["0"]))).Train;
        small.SampleShape.ShouldBe(new Shape(20, 20));
        for (int y = 0; y < 20; y++)
        {
            small.Inputs[0, y * 20].ShouldBe(1 / 1.4f, 1e-6);
            small.Inputs[0, (y * 20) + 1].ShouldBe(0);
        }
    }

    [Fact]
    public void Shrinking_keeps_the_mean_and_takes_the_first_images()
    {
        var digits = Datasets.Strokes(seed: 1, train: 12, test: 3);
        var small = Datasets.Digits20(digits, n: 10);
        small.Train.Count.ShouldBe(10);
        small.Test!.Count.ShouldBe(3);
        for (int i = 0; i < 10; i++)
        {
            small.Train.Labels[i].ShouldBe(digits.Train.Labels[i]);
            Mean(small.Train, i).ShouldBe(Mean(digits.Train, i), 1e-6);
        }
    }

    private static double Radius(Dataset data, int i) =>
        Math.Sqrt((data.Inputs[i, 0] * (double)data.Inputs[i, 0]) + (data.Inputs[i, 1] * (double)data.Inputs[i, 1]));

    private static double Mean(Dataset data, int i)
    {
        double sum = 0;
        foreach (float x in data.Inputs.Row(i)) sum += x;
        return sum / data.Inputs.Columns;
    }
}
