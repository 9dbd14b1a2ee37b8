namespace Explain.Core.Tests;

public class ConfusionMatrixTests
{
    private static readonly ConfusionMatrix Example = new([0, 0, 0, 1, 1, 2], [0, 0, 1, 1, 0, 1], 4);

    [Fact]
    public void Counts_go_by_true_class_then_predicted()
    {
        Example[0, 1].ShouldBe(1);
        Example[1, 0].ShouldBe(1);
        Example[2, 1].ShouldBe(1);
        Example.Total.ShouldBe(6);
        Example.Accuracy.ShouldBe(0.5);
    }

    [Fact]
    public void Shares_add_up_over_what_they_are_normalised_by()
    {
        Example.Normalised(ConfusionNormalisation.True)[0, 0].ShouldBe(2.0 / 3);
        Example.Normalised(ConfusionNormalisation.Predicted)[2, 1].ShouldBe(1.0 / 3);
        Example.Normalised(ConfusionNormalisation.All)[0, 0].ShouldBe(2.0 / 6);
        Example.Normalised(ConfusionNormalisation.True)[3, 3].ShouldBe(double.NaN);
        Example.Normalised(ConfusionNormalisation.Predicted)[0, 2].ShouldBe(double.NaN);
    }

    [Fact]
    public void The_report_has_precision_recall_and_their_harmonic_mean()
    {
        var report = Example.Report(["a", "b", "c", "d"]);
        report.Classes[0].ShouldBe(new ClassScore("a", 2.0 / 3, 2.0 / 3, 2.0 / 3, 3, 3));
        report.Classes[1].ShouldBe(new ClassScore("b", 1.0 / 3, 0.5, 0.4, 2, 3));
        report.Classes[2].ShouldBe(new ClassScore("c", double.NaN, 0, 0, 1, 0));
        report.MacroF1.ShouldBe(((2.0 / 3) + 0.4 + 0) / 3, 1e-12);
    }

    [Fact]
    public void Counts_that_are_not_square_are_refused() => Should.Throw<ArgumentException>(() => new ConfusionMatrix(new int[2, 3]))
        .Message.ShouldStartWith("Confusion counts must be square; these are 2×3.");
}
