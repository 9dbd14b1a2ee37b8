using System.Text;
using static Explain.Render.Tests.Exact;

namespace Explain.Render.Tests;

public class FinitePathTests
{
    private const double No = double.NaN;

    [Fact]
    public void A_contour_whose_start_is_lost_begins_at_its_next_point_and_not_where_the_one_before_ended()
    {
        var path = new PathBuilder().MoveTo(1, 1).LineTo(5, 1).MoveTo(No, 2).LineTo(3, 7).LineTo(8, 7).Build();
        FinitePath.Of(path).Verbs.ShouldBe([PathVerb.Move, PathVerb.Line, PathVerb.Move, PathVerb.Line]);
        FinitePath.Of(path).Points.ShouldBe([new(1, 1), new(5, 1), new(3, 7), new(8, 7)]);
    }

    [Fact]
    public void A_curve_with_a_lost_control_point_is_a_line_to_its_end()
    {
        var path = new PathBuilder().MoveTo(1, 1).QuadTo(No, 3, 4, 4).CubicTo(5, 5, double.PositiveInfinity, 6, 7, 7).Close().Build();
        FinitePath.Of(path).Verbs.ShouldBe([PathVerb.Move, PathVerb.Line, PathVerb.Line, PathVerb.Close]);
    }

    [Fact]
    public void An_outline_of_finite_points_is_left_as_it_is()
    {
        var path = PathData.Circle(new Point(5, 5), 3);
        FinitePath.Of(path).ShouldBeSameAs(path);
    }

    [Fact]
    public void Every_canvas_leaves_the_same_gap()
    {
        var lost = new PathBuilder().MoveTo(1, 1).LineTo(5, 1).MoveTo(No, 2).LineTo(3, 7).LineTo(8, 7).Build();
        var known = new PathBuilder().MoveTo(1, 1).LineTo(5, 1).MoveTo(3, 7).LineTo(8, 7).Build();
        static Scene Of(PathData path) => Picture(10, 10, new PathNode(path, Stroke: new Stroke(White)));
        BitmapCanvas.Render(Of(lost)).Pixels.ShouldBe(BitmapCanvas.Render(Of(known)).Pixels);
        Of(lost).ToSvg().ShouldBe(Of(known).ToSvg());
        Of(lost).ToPdf().ShouldBe(Of(known).ToPdf());
    }
}
