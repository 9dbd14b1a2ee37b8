using System.Text;
using System.Xml.Linq;
using static Explain.Render.Tests.Exact;

namespace Explain.Render.Tests;

public class SvgWriterTests
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    [Theory]
    [InlineData(0.0, "0")]
    [InlineData(-0.0001, "0")]
    [InlineData(1.5, "1.5")]
    [InlineData(-0.05, "-0.05")]
    [InlineData(12.3456, "12.35")]
    [InlineData(0.005, "0.01")]
    [InlineData(2.1004, "2.1")]
    [InlineData(-1234567, "-1234567")]
    [InlineData(1e300, "1000000000")]
    [InlineData(double.NaN, "0")]
    public void Numbers_have_at_most_two_decimals_and_no_trailing_zeros(double value, string expected) =>
        new StringBuilder().Number(value).ToString().ShouldBe(expected);

    [Fact]
    public void A_document_is_well_formed_and_says_what_it_shows()
    {
        var root = Parse(TrialScene.Make());
        root.Name.ShouldBe(Svg + "svg");
        ((string?)root.Attribute("role")).ShouldBe("img");
        ((string?)root.Attribute("viewBox")).ShouldBe("0 0 500 500");
        root.Element(Svg + "title")!.Value.ShouldBe("Trial of <all> nodes");
        root.Element(Svg + "desc")!.Value.ShouldBe("Shapes, lines, images & text. Every kind of node once.");
        var discs = root.Elements(Svg + "g").Single(g => (string?)g.Attribute("aria-label") == "Two discs");
        discs.Element(Svg + "title")!.Value.ShouldBe("Cut & \"faded\"");
        ((string?)discs.Attribute("opacity")).ShouldBe("0.6");
    }

    [Fact]
    public void Each_clip_has_its_own_id_and_every_reference_finds_one()
    {
        var root = XDocument.Parse(new SvgWriter { IdPrefix = "fig1-" }.Write(TrialScene.Make())).Root!;
        string[] ids = [.. root.Descendants(Svg + "clipPath").Select(c => (string)c.Attribute("id")!)];
        ids.ShouldBe(["fig1-c1", "fig1-c2"]);
        root.Descendants().Attributes("clip-path").Select(a => a.Value).ShouldBe(["url(#fig1-c1)", "url(#fig1-c2)"]);
    }

    [Fact]
    public void Text_stays_text_with_anchor_weight_and_rotation()
    {
        var texts = Parse(TrialScene.Make()).Elements(Svg + "text").ToList();
        texts.Select(t => t.Value).ShouldBe(["Accuracy 0.95", "turned", "a < b & c"]);
        ((string?)texts[0].Attribute("text-anchor")).ShouldBe("middle");
        ((string?)texts[1].Attribute("font-weight")).ShouldBe("bold");
        ((string?)texts[1].Attribute("transform")).ShouldBe("rotate(-90 495 400)");
    }

    [Fact]
    public void Characters_that_xml_forbids_are_left_out_and_others_survive()
    {
        string odd = "a\u0000b\u0007c \uD83D\uDE00 \uD800d\uFFFE \"<&>' é";
        var root = Parse(On(White, 10, 10, new GroupNode([new TextNode(odd, new Point(0, 5), 5, Black)]) { Label = odd }));
        root.Descendants(Svg + "text").Single().Value.ShouldBe("abc \uD83D\uDE00 d \"<&>' é");
        ((string?)root.Element(Svg + "g")!.Attribute("aria-label")).ShouldBe("abc \uD83D\uDE00 d \"<&>' é");
    }

    [Fact]
    public void Paths_are_short()
    {
        var path = new PathBuilder().MoveTo(1, 2).LineTo(5, 2).LineTo(5, 7.25).LineTo(1, 3).LineTo(0.5, 0.125).Close().QuadTo(1, 1, 2, 2)
            .CubicTo(1, 1, 2, 2, 3, 3).Build();
        SvgPath.Append(new StringBuilder(), path).ToString().ShouldBe("M1 2h4v5.25l-4-4.25-0.5-2.87zq0-1 1 0c-1-1 0 0 1 1");
    }

    [Fact]
    public void Rounding_does_not_add_up_along_a_path()
    {
        var path = PathData.Polyline(Enumerable.Range(0, 1000).Select(i => new Point(i * 0.334, i * 0.336)));
        string text = SvgPath.Append(new StringBuilder(), path).ToString();
        double[] steps = [.. System.Text.RegularExpressions.Regex.Matches(text, @"-?\d+(\.\d+)?")
            .Select(m => double.Parse(m.Value, System.Globalization.CultureInfo.InvariantCulture))];
        steps.Length.ShouldBe(2000);
        steps.Where((_, i) => i % 2 == 0).Sum().ShouldBe(999 * 0.334, 0.006);
        steps.Where((_, i) => i % 2 == 1).Sum().ShouldBe(999 * 0.336, 0.006);
    }

    [Fact]
    public void What_is_drawn_many_times_is_defined_once_and_placed_where_it_belongs()
    {
        Point[] centers = [new(10, 10), new(30.25, 10), new(12, 40)];
        var nodes = centers.Select(c => (Node)new PathNode(PathData.Circle(c, 5), Red, new Stroke(Black)))
            .Append(new PathNode(PathData.Circle(new Point(50, 50), 5), Black))
            .ToArray();
        var root = XDocument.Parse(new SvgWriter { IdPrefix = "a-" }.Write(On(White, 60, 60, new GroupNode(nodes)))).Root!;
        var mark = root.Element(Svg + "defs")!.Elements(Svg + "path").Single();
        ((string?)mark.Attribute("id")).ShouldBe("a-m1");
        ((string?)mark.Attribute("stroke")).ShouldBe("#000000");
        ((string?)mark.Attribute("d")).ShouldStartWith("M0 0");
        var uses = root.Descendants(Svg + "use").ToList();
        uses.Select(u => (string?)u.Attribute("href")).ShouldBe(["#a-m1", "#a-m1", "#a-m1"]);
        uses.Select(u => new Point((double)u.Attribute("x")!, (double)u.Attribute("y")!))
            .ShouldBe(centers.Select(c => PathData.Circle(c, 5).Points[0]));
        root.Elements(Svg + "g").Single().Elements(Svg + "path").Count().ShouldBe(1, "the one of another colour");
    }

    [Fact]
    public void Texts_name_only_what_sets_them_apart_from_most()
    {
        var root = Parse(On(
            White, 60, 60, new TextNode("a", default, 9, Black), new TextNode("b", default, 9, Red),
            new TextNode("c", default, 12, Black)));
        ((string?)root.Attribute("font-size")).ShouldBe("9");
        ((string?)root.Attribute("fill")).ShouldBe("#000000");
        root.Elements(Svg + "text").Select(t => ((string?)t.Attribute("font-size"), (string?)t.Attribute("fill")))
            .ShouldBe([(null, null), (null, "#ff0000"), ("12", null)]);
    }

    [Fact]
    public void An_image_is_embedded_with_its_cells_and_kept_hard_only_when_it_is_enlarged()
    {
        Color[] cells = [White, Red, new(1, 2, 3, 4), Black, .. Enumerable.Repeat(White, 896)];
        var image = Parse(On(White, 90, 90, new PixelsNode(30, 30, cells, new Rect(1, 1, 80, 80)))).Element(Svg + "image")!;
        ((string?)image.Attribute("style")).ShouldBe("image-rendering:pixelated");
        var bitmap =
            PngDecoder.Decode(Convert.FromBase64String(((string)image.Attribute("href")!)["data:image/png;base64,".Length..])).Bitmap;
        new[] { bitmap[0, 0], bitmap[1, 0], bitmap[2, 0], bitmap[3, 0] }.ShouldBe(cells[..4]);
        Parse(On(White, 10, 10, new PixelsNode(30, 30, cells, new Rect(1, 1, 8, 8)))).Element(Svg + "image")!.Attribute("style")
            .ShouldBeNull();
    }

    [Fact]
    public void The_scale_sets_the_size_and_not_the_coordinates()
    {
        var root = XDocument.Parse(new SvgWriter().Write(Picture(40, 30), 2.5)).Root!;
        ((string?)root.Attribute("width")).ShouldBe("100");
        ((string?)root.Attribute("viewBox")).ShouldBe("0 0 40 30");
        Should.Throw<ArgumentOutOfRangeException>(() => new SvgWriter().Write(Picture(1, 1), 0));
    }

    private static XElement Parse(Scene scene) => XDocument.Parse(new SvgWriter().Write(scene)).Root!;
}
