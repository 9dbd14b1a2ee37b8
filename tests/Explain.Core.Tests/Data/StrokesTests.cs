namespace Explain.Core.Tests;

public sealed class StrokesTests
{
    [Fact]
    public void The_digits_are_the_same_bits_everywhere() =>
        Datasets.Strokes(seed: 7, train: 200, test: 0).Train.Fingerprint()
            .ShouldBe("2aa242ca14753e585842b9fea9f8f46de10f33dbecaf596a2bd58441eb3148f7");

    [Fact]
    public void The_number_of_threads_changes_nothing()
    {
        int threads = Rows.Threads;
        try
        {
            var fingerprints = new[] { 1, 2, 3 }.Select(t =>
            {
                Rows.Threads = t;
                return Datasets.Strokes(seed: 3, train: 300, test: 50).Train.Fingerprint();
            });
            fingerprints.Distinct().Count().ShouldBe(1);
        }
        finally
        {
            Rows.Threads = threads;
        }
    }

    [Fact]
    public void A_sample_depends_on_the_seed_and_its_index_alone()
    {
        var few = Datasets.Strokes(seed: 5, train: 70, test: 0).Train;
        var many = Datasets.Strokes(seed: 5, train: 300, test: 0).Train;
        many.Take(70).Fingerprint().ShouldBe(few.Fingerprint());
        Datasets.Strokes(seed: 6, train: 70, test: 0).Train.Fingerprint().ShouldNotBe(few.Fingerprint());
    }

    [Fact]
    public void Test_digits_are_others_than_training_digits()
    {
        var data = Datasets.Strokes(seed: 5, train: 70, test: 70);
        data.Test!.Fingerprint().ShouldNotBe(data.Train.Fingerprint());
    }

    [Fact]
    public void All_classes_come_about_equally_often()
    {
        int[] counts = new int[10];
        foreach (int label in Datasets.Strokes(train: 5000, test: 0).Train.Labels) counts[label]++;
        counts.ShouldAllBe(c => c > 420 && c < 580);
    }

    [Fact]
    public void Digits_lie_in_the_middle_and_fill_as_much_as_those_of_mnist()
    {
        var data = Datasets.Strokes(train: 2000, test: 0).Train;
        double total = 0;
        for (int i = 0; i < data.Count; i++)
        {
            double mass = 0, x = 0, y = 0;
            for (int p = 0; p < 784; p++)
            {
                float ink = data.Inputs[i, p];
                ink.ShouldBeInRange(0, 1);
                (ink * 255).ShouldBe(MathF.Round(ink * 255), 1e-4);
                mass += ink;
                x += ink * ((p % 28) + 0.5);
                y += ink * ((p / 28) + 0.5);
            }
            (x / mass).ShouldBe(14, 4);
            (y / mass).ShouldBe(14, 4);
            total += mass;
        }
        (total / (784 * 2000)).ShouldBe(0.1307, 0.03);
    }

    [Fact]
    public void Every_way_of_writing_is_a_sound_glyph()
    {
        StrokeGlyphs.Digits.Count.ShouldBe(10);
        foreach (var ways in StrokeGlyphs.Digits)
        {
            ways.Count.ShouldBeInRange(3, 5);
            foreach (var stroke in ways.SelectMany(w => w.Strokes))
            {
                stroke.ShouldAllBe(piece => piece.Count >= 2);
                for (int p = 1; p < stroke.Count; p++) stroke[p][0].ShouldBe(stroke[p - 1][^1]);
                stroke.SelectMany(piece => piece).ShouldAllBe(q => q.X >= -5 && q.X <= 75 && q.Y >= -5 && q.Y <= 105);
            }
        }
    }
}
