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
}
