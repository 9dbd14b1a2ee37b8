namespace Explain.Core.Tests;

public class PcaTests
{
    [Fact]
    public void Points_on_a_line_have_one_component_along_it()
    {
        // (3, 4) t + (1, 2): the direction is (0.6, 0.8), the variance of 5 t for t = −1, 0, 1 is 25.
        var pca = Pca.Fit(Matrix.FromRows([-2f, -2f], [1f, 2f], [4f, 6f]), 2);

        pca.Mean.ToArray().ShouldBe([1f, 2f]);
        pca.Components[0, 0].ShouldBe(0.6f, 1e-6f);
        pca.Components[0, 1].ShouldBe(0.8f, 1e-6f);
        pca.Variances[0].ShouldBe(25, 1e-5);
        pca.Variances[1].ShouldBe(0, 1e-5);
        pca.TotalVariance.ShouldBe(25, 1e-5);
        pca.Project(Matrix.FromRows([4f, 6f]))[0, 0].ShouldBe(5f, 1e-5f);
    }

    [Theory]
    [InlineData(40, 7)]
    [InlineData(7, 40)]
    public void Components_are_orthonormal_and_projections_have_their_variances_and_no_covariance(int samples, int features)
    {
        Matrix x = Random(samples, features);
        const int kept = 4;
        var pca = Pca.Fit(x, kept);
        Matrix projected = pca.Project(x);

        for (int a = 0; a < kept; a++)
        {
            for (int b = 0; b < kept; b++)
            {
                double dot = 0, covariance = 0;
                for (int f = 0; f < features; f++) dot += (double)pca.Components[a, f] * pca.Components[b, f];
                for (int i = 0; i < samples; i++) covariance += (double)projected[i, a] * projected[i, b] / (samples - 1);
                dot.ShouldBe(a == b ? 1 : 0, 1e-5);
                covariance.ShouldBe(a == b ? pca.Variances[a] : 0, 1e-4);
            }
        }
        pca.Variances.ShouldBeInOrder(SortDirection.Descending);
    }

    [Fact]
    public void All_components_together_keep_all_distances()
    {
        Matrix x = Random(20, 5);
        Matrix projected = Pca.Fit(x, 5).Project(x);
        for (int i = 1; i < 20; i++)
            Neighbours.SquaredDistance(projected.Row(0), projected.Row(i)).ShouldBe(Neighbours.SquaredDistance(x.Row(0), x.Row(i)), 1e-4);
    }

    [Theory]
    [InlineData(30, 6)]
    [InlineData(6, 30)]
    public void The_entry_of_largest_magnitude_is_positive(int samples, int features)
    {
        var pca = Pca.Fit(Random(samples, features), 5);
        for (int c = 0; c < 5; c++) pca.Components.Row(c).ToArray().MaxBy(Math.Abs).ShouldBeGreaterThan(0);
    }

    [Fact]
    public void Samples_without_variance_project_to_zero() =>
        Pca.Fit(Matrix.FromRows([3f, 3f], [3f, 3f], [3f, 3f]), 2).Project(Matrix.FromRows([3f, 3f])).Span.ToArray().ShouldBe([0f, 0f]);

    [Fact]
    public void Values_that_are_not_finite_are_refused() =>
        Should.Throw<InputException>(() => Pca.Fit(Matrix.FromRows([1f], [float.NaN]), 1))
            .Message.ShouldBe("Sample 1 of 2 holds NaN; only finite values can be embedded.");

    private static Matrix Random(int rows, int columns)
    {
        var random = new CounterRandom(5, "pca");
        var x = new Matrix(rows, columns);
        for (int i = 0; i < x.Length; i++) x.Span[i] = random.NextSingle() * (1 + (i % columns));
        return x;
    }
}
