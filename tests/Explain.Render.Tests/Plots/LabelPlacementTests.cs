namespace Explain.Render.Tests;

public class LabelPlacementTests
{
    [Fact]
    public void Labels_that_would_overlap_move_apart_about_their_mean()
    {
        double[] placed = EndLabels.Place([50, 50, 50], 10, 0, 100);
        placed.Order().ShouldBe([40, 50, 60]);
    }

    [Fact]
    public void Labels_with_room_stay_where_they_are() => EndLabels.Place([80, 20, 50], 10, 0, 100).ShouldBe([80, 20, 50]);

    [Fact]
    public void Labels_stay_within_the_range_while_there_is_room()
    {
        double[] placed = EndLabels.Place([99, 98, 97, 2, 1], 10, 0, 100);
        placed.ShouldAllBe(y => y >= 0 && y <= 100);
        for (int i = 0; i < placed.Length; i++)
        {
            for (int j = 0; j < i; j++)
                Math.Abs(placed[i] - placed[j]).ShouldBeGreaterThanOrEqualTo(10 - 1e-9);
        }
    }

    [Fact]
    public void Order_follows_the_lines() =>
        EndLabels.Place([30, 31, 29], 10, 0, 100).ShouldBe([30, 40, 20]);

    [Fact]
    public void Leaders_touch_no_label_and_do_not_cross()
    {
        var random = new Explain.Core.CounterRandom(5, "labels");
        for (int trial = 0; trial < 60; trial++)
        {
            int count = 2 + (trial % 11);
            EndLabel[] labels = [.. Enumerable.Range(0, count).Select(i =>
                new EndLabel($"line {i}", trial % 3 == 0 ? 90 : 20 + (160 * Next()), Color.FromRgb(0)) { X = trial % 2 == 0 ? 40 : null })];
            Node[] nodes = [.. EndLabels.Draw(labels, 100, 80, 0, 200, TestFont.Face)];
            double text = nodes.OfType<TextNode>().Min(t => t.Origin.X);
            Point[][] leaders = [.. nodes.OfType<PathNode>().Select(n => n.Data.Points.ToArray())];
            leaders.SelectMany(l => l).ShouldAllBe(p => p.X <= text - 2.5);
            Point[][] moved = [.. leaders.Where(l => l.Length > 2)];
            for (int i = 0; i < moved.Length; i++)
            {
                for (int j = 0; j < i; j++)
                    ((moved[i][0].Y - moved[j][0].Y) * (moved[i][^1].Y - moved[j][^1].Y)).ShouldBeGreaterThanOrEqualTo(0);
            }
        }

        double Next() => random.NextDouble();
    }
}
