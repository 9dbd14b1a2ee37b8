namespace Explain.Core.Tests;

public sealed class NamesTests
{
    private static readonly string[] Keys = ["optimizer", "network", "epochs", "seed"];

    [Theory]
    [InlineData("optimzer", "optimizer")]
    [InlineData("Optimiser", "optimizer")]
    [InlineData("epcohs", "epochs")]
    [InlineData("sed", "seed")]
    [InlineData("banana", null)]
    [InlineData("xy", null)]
    public void The_nearest_name_is_found_if_it_is_near_enough(string wrong, string? expected) =>
        Names.Nearest(wrong, Keys).ShouldBe(expected);

    [Fact]
    public void Lists_read_as_sentences()
    {
        Names.List([]).ShouldBe("");
        Names.List(["a"]).ShouldBe("'a'");
        Names.List(["a", "b", "c"]).ShouldBe("'a', 'b' and 'c'");
        Names.List([.. Enumerable.Range(0, 14).Select(i => $"{i}")]).ShouldEndWith("'11' and 2 more");
    }

    [Fact]
    public void Hints_end_the_sentence()
    {
        Names.Hint("sead", Keys).ShouldBe("; did you mean 'seed'?");
        Names.Hint("banana", ["a", "b"]).ShouldBe("; allowed are 'a' and 'b'.");
    }
}
