namespace Explain.Core.Tests;

public sealed class AugmentationTests
{
    private static readonly Augmentation Everything = new() { Shift = 2, Scale = 0.1, Rotate = 10, Elastic = new(1, 3) };
    private static readonly Dataset Digits = Datasets.Strokes(seed: 3, train: 150, test: 0).Train;

    [Fact]
    public void The_pictures_are_the_same_bits_everywhere() =>
        Everything.Apply(Digits, seed: 5, epoch: 2).Fingerprint()
            .ShouldBe("6eb8a858b118a3707078aea27e0e788fcf40de12878b05d90c955cb268309d30");

    [Fact]
    public void Without_anything_to_do_every_picture_stays_as_it_is()
    {
        new Augmentation().Apply(Digits, 1, 1).Fingerprint().ShouldBe(Digits.Fingerprint());
        new Augmentation { Elastic = new(0) }.Apply(Digits, 1, 1).Fingerprint().ShouldBe(Digits.Fingerprint());
        new Augmentation().IsIdentity.ShouldBeTrue();
        Everything.IsIdentity.ShouldBeFalse();
    }

    [Fact]
    public void A_sample_depends_on_seed_epoch_and_index_alone()
    {
        var all = Everything.Apply(Digits, 5, 2);
        Everything.Apply(Digits.Take(40), 5, 2).Fingerprint().ShouldBe(all.Take(40).Fingerprint());
        Everything.Apply(Digits, 6, 2).Inputs.Row(7).ToArray().ShouldNotBe(all.Inputs.Row(7).ToArray());
        Everything.Apply(Digits, 5, 3).Inputs.Row(7).ToArray().ShouldNotBe(all.Inputs.Row(7).ToArray());

        // The same picture twice becomes two pictures.
        var twins = Everything.Apply(Digits.Select([7, 7]), 5, 2);
        twins.Inputs.Row(0).ToArray().ShouldNotBe(twins.Inputs.Row(1).ToArray());
    }

    [Fact]
    public void Batches_deal_out_the_samples_of_the_epoch_whatever_their_size()
    {
        var expected = Everything.Apply(Digits, 5, 4);
        var targets = new Readout(Loss.SoftmaxCrossEntropy, TargetEncoding.OneHot).Encode(Digits.Labels, 10);
        foreach (int? size in new int?[] { null, 150, 64, 7 })
        {
            var batches = new TrainingBatches(Digits, targets, size, 5, Everything);
            batches.Shuffle(4);
            var rows = new List<string>();
            for (int b = 0; b < batches.Count; b++)
            {
                var batch = batches.At(b);
                for (int n = 0; n < batch.Inputs.Rows; n++) rows.Add(Print(batch.Inputs.Row(n)));
            }
            rows.Order(StringComparer.Ordinal).ShouldBe(
                Enumerable.Range(0, 150).Select(n => Print(expected.Inputs.Row(n))).Order(StringComparer.Ordinal), $"batches of {size}");
        }

        static string Print(ReadOnlySpan<float> row) => string.Join(' ', row.ToArray());
    }

    [Fact]
    public void Shifts_fill_their_range_evenly_and_move_nothing_else()
    {
        var moved = new Augmentation { Shift = 2 }.Apply(Spots(2000, 13), 1, 1);
        double[] across = new double[2000], down = new double[2000];
        for (int n = 0; n < 2000; n++)
        {
            (double x, double y, double mass) = Centre(moved.Inputs.Row(n), 13);
            (across[n], down[n]) = (x - 6, y - 6);
            mass.ShouldBe(9, 1e-4);
        }
        foreach (var shifts in new[] { across, down })
        {
            shifts.Max().ShouldBeInRange(1.95, 2.0001);
            shifts.Min().ShouldBeInRange(-2.0001, -1.95);
            shifts.Average().ShouldBe(0, 0.08);
            shifts.Average(s => s * s).ShouldBe(4.0 / 3, 0.08);
        }
        across.Zip(down).Average(p => p.First * p.Second).ShouldBe(0, 0.08);
    }

    [Fact]
    public void Factors_fill_their_range_evenly_and_keep_the_centre()
    {
        var scaled = new Augmentation { Scale = 0.5 }.Apply(Ramps(2000, 13), 1, 1);
        double[] factors = new double[2000];
        for (int n = 0; n < 2000; n++)
        {
            scaled.Inputs[n, (6 * 13) + 6].ShouldBe(6, 1e-5f);
            scaled.Inputs[n, (7 * 13) + 6].ShouldBe(6, 1e-5f, "a ramp across does not rise downwards");
            factors[n] = 1 / (scaled.Inputs[n, (6 * 13) + 7] - 6);
        }
        factors.Max().ShouldBeInRange(1.49, 1.5001);
        factors.Min().ShouldBeInRange(0.4999, 0.51);
        factors.Average().ShouldBe(1, 0.02);
    }

    [Fact]
    public void Angles_fill_their_range_evenly_and_keep_the_centre()
    {
        var turned = new Augmentation { Rotate = 30 }.Apply(Ramps(2000, 13), 1, 1);
        double[] angles = new double[2000];
        for (int n = 0; n < 2000; n++)
        {
            double centre = turned.Inputs[n, (6 * 13) + 6], across = turned.Inputs[n, (6 * 13) + 7] - centre,
                down = turned.Inputs[n, (7 * 13) + 6] - centre;
            centre.ShouldBe(6, 1e-5);
            ((across * across) + (down * down)).ShouldBe(1, 1e-4, "a turn keeps lengths");
            angles[n] = Math.Atan2(down, across) * 180 / Math.PI;
        }
        angles.Max().ShouldBeInRange(29.5, 30.001);
        angles.Min().ShouldBeInRange(-30.001, -29.5);
        angles.Average().ShouldBe(0, 1.2);
    }

    [Fact]
    public void A_quarter_turn_is_exact_and_clockwise()
    {
        var shape = new Shape(3, 3);
        Warped([1, 2, 3, 4, 5, 6, 7, 8, 9], shape, ImageWarp.Of(shape, 0, 0, 1, 90)).ShouldBe([7, 4, 1, 8, 5, 2, 9, 6, 3], 1e-5);
        Warped([1, 2, 3, 4, 5, 6, 7, 8, 9], shape, ImageWarp.Of(shape, 0, 0, 1, 180)).ShouldBe([9, 8, 7, 6, 5, 4, 3, 2, 1], 1e-5);
    }

    [Fact]
    public void Half_a_pixel_of_shift_averages_neighbours_and_lets_the_background_in()
    {
        var shape = new Shape(2, 3, 2);
        Warped([1, 10, 2, 20, 3, 30, 4, 40, 5, 50, 6, 60], shape, ImageWarp.Of(shape, 0.5, 0, 1, 0), background: -1)
            .ShouldBe([0, 4.5f, 1.5f, 15, 2.5f, 25, 1.5f, 19.5f, 4.5f, 45, 5.5f, 55]);
        Warped([1, 10, 2, 20, 3, 30, 4, 40, 5, 50, 6, 60], shape, ImageWarp.Of(shape, 0, -1, 1, 0), background: -1)
            .ShouldBe([4, 40, 5, 50, 6, 60, -1, -1, -1, -1, -1, -1]);
        Warped([1, 10, 2, 20, 3, 30, 4, 40, 5, 50, 6, 60], shape, ImageWarp.Of(shape, 1e6, -1e6, 1, 0), background: -1)
            .ShouldAllBe(v => v == -1);
    }

    [Fact]
    public void Twice_as_large_shows_the_middle_half()
    {
        var shape = new Shape(4, 4);
        float[] ramp = [.. Enumerable.Range(0, 16).Select(i => (float)(i % 4))];
        Warped(ramp, shape, ImageWarp.Of(shape, 0, 0, 2, 0))[..4].ShouldBe([0.75f, 1.25f, 1.75f, 2.25f]);
    }

    [Theory]
    [InlineData(0.5, 1)]
    [InlineData(3, 4)]
    public void Elastic_displacements_have_their_standard_deviation_everywhere_and_their_smoothness(double strength, double smoothness)
    {
        const int Size = 24, Fields = 600;
        var field = new ElasticField(Size, Size, new(strength, smoothness));
        double squares = 0, corner = 0, neighbours = 0, components = 0;
        for (int f = 0; f < Fields; f++)
        {
            field.Draw(new CounterRandom(1, $"field/{f}"), 0);
            for (int y = 0; y < Size; y++)
            {
                for (int x = 0; x < Size; x++)
                {
                    double across = field.X[(y * field.Stride) + x], down = field.Y[(y * field.Stride) + x];
                    squares += across * across;
                    components += across * down;
                    if (x + 1 < Size) neighbours += across * field.X[(y * field.Stride) + x + 1];
                    if ((x, y) == (0, 0)) corner += across * across;
                }
            }
        }
        Math.Sqrt(squares / (Size * Size * Fields)).ShouldBe(strength, strength * 0.08);
        Math.Sqrt(corner / Fields).ShouldBe(strength, strength * 0.12);
        (components / squares).ShouldBe(0, 0.06);
        // Noise smoothed by a Gaussian of σ correlates as exp(−d²/4σ²) over a distance d.
        (neighbours / squares * Size / (Size - 1)).ShouldBe(Math.Exp(-1 / (4 * smoothness * smoothness)), 0.01);
    }

    [Fact]
    public void Bending_keeps_a_picture_of_one_colour_inside_its_edges()
    {
        var flat = new Matrix(3, 400);
        flat.Span.Fill(0.5f);
        flat.Row(2).Fill(0.25f);
        var bent = new Augmentation { Elastic = new(1) }.Apply(new Dataset("flat", flat, new Shape(20, 20), new int[3], ["a"]), 1, 1);
        for (int y = 6; y < 14; y++)
        {
            for (int x = 6; x < 14; x++) bent.Inputs[0, (y * 20) + x].ShouldBe(0.5f);
        }
        bent.Inputs.Span.ToArray().Min().ShouldBe(0.25f);
    }

    [Fact]
    public void What_comes_in_from_outside_is_black_also_after_normalisation()
    {
        var data = new DataSplit(Digits).Normalise(0.1307, 0.3081);
        float black = (0 - 0.1307f) / 0.3081f;
        var moved = new Augmentation { Shift = 20 }.Apply(data.Train, 1, 1, data.Normalisation);
        moved.Inputs.Span.ToArray().Min().ShouldBe(black);
        moved.Inputs.Row(0).ToArray().Count(v => v == black).ShouldBeGreaterThan(300);
    }

    [Fact]
    public void Pixels_that_were_normalised_one_by_one_move_as_they_were_before()
    {
        var raw = new DataSplit(Digits);
        var split = raw.Normalise(Normalisation.StandardPerFeature(raw.Train));
        var expected = split.Normalisation!.Apply(Everything.Apply(Digits, 1, 1));
        float[] moved = Everything.Apply(split.Train, 1, 1, split.Normalisation).Inputs.Span.ToArray();
        float largest = 0;
        for (int i = 0; i < moved.Length; i++)
            largest = Math.Max(largest, Math.Abs(moved[i] - expected.Inputs.Span[i]) / (1 + Math.Abs(moved[i])));
        largest.ShouldBeLessThan(1e-4f);
    }

    [Fact]
    public void Channels_move_together()
    {
        var one = Digits.Take(20);
        var coloured = new Matrix(20, 3 * 784);
        for (int n = 0; n < 20; n++)
        {
            for (int c = 0; c < 3; c++)
            {
                for (int p = 0; p < 784; p++) coloured[n, (p * 3) + c] = (c + 1) * one.Inputs[n, p];
            }
        }
        var grey = Everything.Apply(one, 1, 1).Inputs;
        var moved = Everything.Apply(new Dataset("colours", coloured, new Shape(28, 28, 3), one.Labels, one.ClassNames), 1, 1).Inputs;
        for (int n = 0; n < 20; n++)
        {
            moved.Row(n).ToArray().ShouldBe(Enumerable.Range(0, 3 * 784).Select(i => ((i % 3) + 1) * grey[n, i / 3]), 1e-5);
        }
    }

    [Fact]
    public void Training_sees_other_pictures_in_every_epoch_and_measures_held_out_ones_as_they_are()
    {
        var data = new DataSplit(Digits, Test: Digits);
        var network = Network.Sequential(new Shape(28, 28)).Dense(10).Build();
        string start = network.WeightsHash();
        var result = new Trainer(network, Loss.SoftmaxCrossEntropy, new GradientDescent(0)) { Augmentation = Everything, BatchSize = 40 }
            .Fit(data, 3);
        network.WeightsHash().ShouldBe(start, "a rate of 0 changes nothing");
        result.Metrics.Select(m => m.Loss).Distinct().Count().ShouldBe(3);
        result.Final("train loss").ShouldBe(result.Final("test loss"));
        var plain = new Trainer(network, Loss.SoftmaxCrossEntropy, new GradientDescent(0)) { BatchSize = 40, Augmentation = new() }
            .Fit(data, 1);
        plain.Metrics[0].Loss.ShouldBe(result.Final("test loss"), 1e-6);
        Math.Abs(result.Metrics[0].Loss - plain.Metrics[0].Loss).ShouldBeGreaterThan(1e-4);
    }

    [Fact]
    public void What_is_no_picture_is_refused() =>
        Should.Throw<InputException>(() =>
            new Trainer(Network.Sequential(2).Dense(2).Build(), Loss.SoftmaxCrossEntropy, new Adam()) { Augmentation = Everything }
                .Fit(Datasets.Moons(n: 20), 1))
            .Message.ShouldBe(
                "Augmentation moves pixels, but samples of 'moons' are no pictures: they are 2 values in a row; "
                    + "leave it out, or take data with a height and a width.");

    [Fact]
    public void Numbers_out_of_range_are_refused()
    {
        Refused(() => new Augmentation { Shift = -1 }, "Augmentation is to have -1 pixels of shift; allowed are values from 0 to 1000.");
        Refused(() => new Augmentation { Scale = 1 }, "Augmentation is to have 1 change of scale; allowed are values from 0 to 0.9.");
        Refused(
            () => new Augmentation { Rotate = double.NaN },
            "Augmentation is to have NaN degrees of rotation; allowed are values from 0 to 180.");
        Refused(
            () => new Augmentation { Elastic = new(-2) },
            "Augmentation is to have -2 pixels of elastic strength; allowed are values from 0 to 100.");
        Refused(
            () => new Augmentation { Elastic = new(1, 0.1) },
            "Augmentation is to have 0.1 pixels of elastic smoothness; allowed are values from 0.5 to 64.");

        static void Refused(Func<Augmentation> make, string message) =>
            Should.Throw<ArgumentOutOfRangeException>(make).Message.ShouldStartWith(message);
    }

    /// <summary>Black pictures with a white square of 3×3 in the middle.</summary>
    private static Dataset Spots(int count, int size)
    {
        var inputs = new Matrix(count, size * size);
        for (int n = 0; n < count; n++)
        {
            for (int y = (size / 2) - 1; y <= (size / 2) + 1; y++) inputs.Row(n).Slice((y * size) + (size / 2) - 1, 3).Fill(1);
        }
        return new Dataset("spots", inputs, new Shape(size, size), new int[count], ["spot"]);
    }

    /// <summary>Pictures whose pixels are their column.</summary>
    private static Dataset Ramps(int count, int size)
    {
        var inputs = new Matrix(count, size * size);
        for (int i = 0; i < inputs.Length; i++) inputs.Span[i] = i % size;
        return new Dataset("ramps", inputs, new Shape(size, size), new int[count], ["ramp"]);
    }

    /// <summary>The centre of mass of a square picture, and its mass.</summary>
    private static (double X, double Y, double Mass) Centre(ReadOnlySpan<float> picture, int size)
    {
        double x = 0, y = 0, mass = 0;
        for (int p = 0; p < picture.Length; p++)
        {
            x += picture[p] * (p % size);
            y += picture[p] * (p / size);
            mass += picture[p];
        }
        return (x / mass, y / mass, mass);
    }

    private static float[] Warped(float[] source, Shape shape, ImageWarp warp, float background = 0)
    {
        var framed = new float[ImageWarp.FramedSize(shape)];
        Array.Fill(framed, background);
        ImageWarp.IntoFrame(source, shape, framed);
        var result = new float[source.Length];
        warp.Apply(framed, shape, null, result);
        return result;
    }
}
