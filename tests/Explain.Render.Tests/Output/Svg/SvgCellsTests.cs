using static Explain.Render.Tests.Exact;

namespace Explain.Render.Tests;

public class SvgCellsTests
{
    [Fact]
    public void A_small_matrix_is_rectangles_of_its_colours_side_by_side()
    {
        string svg = Svg(new PixelsNode(3, 2, [Red, Red, White, White, new(0, 0, 0, 0), new(0, 0, 0, 51)], new Rect(10, 20, 30, 10)));
        svg.ShouldContain(
            "<g shape-rendering=\"crispEdges\"><path fill=\"#ff0000\" d=\"M10 20H30V25H10z\"/>"
                + "<path fill=\"#ffffff\" d=\"M30 20H40V25H30zM10 25H20V30H10z\"/>"
                + "<path fill=\"#000000\" fill-opacity=\"0.2\" d=\"M30 25H40V30H30z\"/></g>");
        svg.ShouldNotContain("<image");
    }

    [Fact]
    public void Cells_share_their_borders_wherever_these_lie()
    {
        string svg = Svg(new PixelsNode(7, 1, [Red, White, Red, White, Red, White, Red], new Rect(0.333, 0, 50, 9)));
        // Column 1 begins at 0.333 + 50/7 = 7.476, where column 0 ends.
        svg.ShouldContain("M0.33 0H7.48V9");
        svg.ShouldContain("M7.48 0H14.62V9");
    }

    [Theory]
    [InlineData(40, 40, 400, 400)] // Many cells.
    [InlineData(10, 10, 5, 5)] // Shrunk.
    public void Others_are_images(int columns, int rows, double width, double height) =>
        Svg(new PixelsNode(columns, rows, [.. Enumerable.Repeat(Red, columns * rows)], new Rect(0, 0, width, height)))
            .ShouldContain("<image");

    [Fact]
    public void Blended_cells_are_an_image() =>
        Svg(new PixelsNode(2, 1, [Red, White], new Rect(0, 0, 40, 9), Sampling.Bilinear)).ShouldContain("<image");

    private static string Svg(PixelsNode node) => Picture(500, 500, node).ToSvg();
}
