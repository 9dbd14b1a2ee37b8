namespace Explain.Core.Tests;

public class NeighboursTests
{
    [Theory]
    [InlineData(2, 1, 1)]
    [InlineData(40, 3, 39)]
    [InlineData(600, 17, 10)]
    public void They_are_those_of_an_exhaustive_search(int samples, int features, int count)
    {
        (Matrix x, _) = Clusters.Make(samples, features, 3);
        var near = Neighbours.Find(x, count);
        for (int i = 0; i < samples; i += 7)
        {
            (double Distance, int Index)[] all =
            [
                .. Enumerable.Range(0, samples).Where(j => j != i).Select(j => (Neighbours.SquaredDistance(x.Row(i), x.Row(j)), j)).Order(),
            ];
            near.Indices.AsSpan(i * count, count).ToArray().ShouldBe(all.Take(count).Select(pair => pair.Index));
            for (int c = 0; c < count; c++) near.SquaredDistances[(i * count) + c].ShouldBe(all[c].Distance, 1e-4);
        }
    }

    [Fact]
    public void Far_from_the_origin_they_are_still_exact()
    {
        // Without centring, 1000² swallows differences of 0.001 in float32.
        Matrix x = Matrix.FromRows([1000f, 0f], [1000.01f, 0f], [1000.03f, 0f], [1000.07f, 0f]);
        Neighbours.Find(x, 3).Indices.ShouldBe([1, 2, 3, 0, 2, 3, 1, 0, 3, 2, 1, 0]);
    }

    [Fact]
    public void Equally_near_ones_come_by_index() =>
        Neighbours.Find(Matrix.FromRows([1f], [1f], [1f], [1f], [0f], [2f]), 2).Indices.ShouldBe([1, 2, 0, 2, 0, 1, 0, 1, 0, 1, 0, 1]);

    [Fact]
    public void There_are_fewer_than_samples()
    {
        Should.Throw<ArgumentOutOfRangeException>(() => Neighbours.Find(new Matrix(3, 2), 3));
        Should.Throw<ArgumentOutOfRangeException>(() => Neighbours.Find(new Matrix(3, 2), 0));
    }
}
