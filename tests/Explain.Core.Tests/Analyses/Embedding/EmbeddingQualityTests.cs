namespace Explain.Core.Tests;

public class EmbeddingQualityTests
{
    [Fact]
    public void Label_accuracy_is_the_share_whose_neighbours_agree()
    {
        // Two groups on a line; sample 3 lies among the others' group. With three neighbours it alone is outvoted.
        Matrix line = Matrix.FromRows([0f], [1f], [2f], [10.5f], [10f], [11f], [12f], [13f]);
        EmbeddingQuality.LabelAccuracy(line, [0, 0, 0, 0, 1, 1, 1, 1], neighbours: 3).ShouldBe(7.0 / 8);
    }

    [Fact]
    public void A_map_without_change_is_trustworthy_and_a_shuffled_one_is_not()
    {
        (Matrix samples, _) = Clusters.Make(60, 2, 3);
        Matrix shuffled = samples.Clone();
        int[] order = [.. Enumerable.Range(0, 60)];
        new CounterRandom(1, "shuffle").Shuffle(order);
        for (int i = 0; i < 60; i++) samples.Row(order[i]).CopyTo(shuffled.Row(i));

        EmbeddingQuality.Trustworthiness(samples, samples, 5).ShouldBe(1);
        EmbeddingQuality.Trustworthiness(samples, shuffled, 5).ShouldBeLessThan(0.7);
    }

    [Fact]
    public void Trustworthiness_counts_ranks_beyond_the_neighbourhood()
    {
        // Samples at 0, 1, 3, 7; on the map 1 and 7 have changed places. With k = 1 the map's neighbours are 0→3rd (7), 7→0, 3→7... by
        // hand: map 0, 7, 3, 1: nearest of sample 0 (at 0) is sample 3 (at 1), rank 3 among samples 1, 3, 7: penalty 2. Sample 1 (at 7):
        // nearest sample 2 (at 3), rank 2: 1. Sample 2 (at 3): nearest sample 3 (at 1), rank of 7 from 3 among 1 (2), 0 (3), 7 (4): 3:
        // penalty 2. Sample 3 (at 1): nearest sample 0 (at 0), rank 3: penalty 2.
        Matrix samples = Matrix.FromRows([0f], [1f], [3f], [7f]), map = Matrix.FromRows([0f], [7f], [3f], [1f]);
        EmbeddingQuality.Trustworthiness(samples, map, 1).ShouldBe(1 - (2.0 * 7 / (4 * 1 * (8 - 3 - 1))), 1e-12);
    }
}
