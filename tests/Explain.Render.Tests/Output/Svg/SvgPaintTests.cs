using System.Globalization;
using System.Xml.Linq;
using static Explain.Render.Tests.Exact;

namespace Explain.Render.Tests;

public class SvgPaintTests
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";
    private static readonly GradientStop[] Two = [new(0, Red), new(1, White.WithAlpha(0.2))];

    [Fact]
    public void Paints_clips_and_mosaics_are_written_as_they_were_seen() => Golden.MatchSvg("trial-paints", TrialScene.Paints().ToSvg());

    [Fact]
    public void A_linear_gradient_runs_in_the_coordinates_of_its_path()
    {
        var root = Parse(On(
            White, 60, 60, new PathNode(PathData.Circle(new(20, 20), 9), new LinearGradient(new(11, 20), new(29, 22.5), Two))));
        var gradient = root.Elements(Svg + "linearGradient").Single();
        ((string?)gradient.Attribute("gradientUnits")).ShouldBe("userSpaceOnUse");
        new[] { "x1", "y1", "x2", "y2" }.Select(name => (string?)gradient.Attribute(name)).ShouldBe(["11", "20", "29", "22.5"]);
        var stops = gradient.Elements(Svg + "stop").ToList();
        stops.Select(stop => (string?)stop.Attribute("offset")).ShouldBe(["0", "1"]);
        stops.Select(stop => (string?)stop.Attribute("stop-color")).ShouldBe(["#ff0000", "#ffffff"]);
        stops.Select(stop => (string?)stop.Attribute("stop-opacity")).ShouldBe([null, "0.2"]);
        ((string?)root.Elements(Svg + "path").Single().Attribute("fill")).ShouldBe($"url(#{(string?)gradient.Attribute("id")})");
    }

    [Fact]
    public void A_radial_gradient_has_a_centre_and_a_radius()
    {
        var gradient = Parse(On(White, 60, 60, new PathNode(PathData.Circle(new(20, 20), 9), new RadialGradient(new(18, 19), 12, Two))))
            .Elements(Svg + "radialGradient")
            .Single();
        new[] { "cx", "cy", "r" }.Select(name => (string?)gradient.Attribute(name)).ShouldBe(["18", "19", "12"]);
    }

    [Fact]
    public void Gradients_that_look_alike_are_defined_once_and_a_gradient_without_extent_is_its_last_colour()
    {
        var root = Parse(On(White, 60, 60,
            new PathNode(PathData.Circle(new(20, 20), 9), new LinearGradient(new(0, 0), new(60, 0), Two)),
            new PathNode(PathData.Circle(new(40, 20), 9), new LinearGradient(new(0, 0), new(60, 0), Two)),
            new PathNode(PathData.Circle(new(40, 40), 9), new LinearGradient(new(0, 0), new(30, 0), Two)),
            new PathNode(PathData.Circle(new(20, 40), 9), new LinearGradient(new(5, 5), new(5, 5), Two))));
        root.Elements(Svg + "linearGradient").Select(g => (string?)g.Attribute("id")).ShouldBe(["g1", "g2"]);
        root.Elements(Svg + "path").Select(p => (string?)p.Attribute("fill")).ShouldBe(["url(#g1)", "url(#g1)", "url(#g2)", "#ffffff"]);
    }

    [Fact]
    public void A_group_with_an_outline_and_a_rectangle_is_cut_by_both()
    {
        var group = new GroupNode([new PathNode(PathData.Circle(new(5, 5), 9), Red)])
        {
            Clip = new Rect(0, 0, 6, 7),
            ClipPath = PathData.Circle(new(5, 5), 4),
        };
        var root = Parse(On(White, 20, 20, group));
        var clips = root.Descendants(Svg + "clipPath").ToList();
        clips.Select(clip => clip.Elements().Single().Name.LocalName).ShouldBe(["rect", "path"]);
        var outer = root.Elements(Svg + "g").Single();
        var inner = outer.Elements(Svg + "g").Single();
        ((string?)outer.Attribute("clip-path")).ShouldBe("url(#c1)");
        ((string?)inner.Attribute("clip-path")).ShouldBe("url(#c2)");
        inner.Elements(Svg + "path").Count().ShouldBe(1);
    }

    [Fact]
    public void Clips_within_clips_nest()
    {
        var star = Exact.Polygon(new(0, 0), new(10, 0), new(5, 10));
        var inner = new GroupNode([new PathNode(star, Red)]) { ClipPath = star, Transform = Transform.Rotate(30) };
        var root = Parse(On(White, 20, 20, new GroupNode([inner]) { ClipPath = PathData.Circle(new(5, 5), 4) }));
        var drawn = root.Descendants(Svg + "path").Single(p => (string?)p.Attribute("fill") == "#ff0000");
        drawn.Ancestors().Attributes("clip-path").Select(a => a.Value).ShouldBe(["url(#c2)", "url(#c1)"]);
    }

    [Fact]
    public void Adjoining_shapes_are_closed_by_a_border_of_their_own_colour_and_others_are_not()
    {
        Node[] halves =
        [
            new PathNode(PathData.Rectangle(new Rect(0, 0, 5, 9)), Red),
            new PathNode(PathData.Rectangle(new Rect(5, 0, 5, 9)), White),
            new PathNode(PathData.Rectangle(new Rect(5, 9, 5, 9)), Red.WithAlpha(0.5)),
            new PathNode(PathData.Line(0, 0, 9, 9), null, new Stroke(Black, 2)),
        ];
        var root = XDocument.Parse(new SvgWriter { IdPrefix = "f-" }
            .Write(On(White, 20, 20, new GroupNode(halves) { Adjoining = true }, new GroupNode(halves)))).Root!;
        var groups = root.Elements(Svg + "g").ToList();
        groups.Select(g => (string?)g.Attribute("class")).ShouldBe(["f-a", null]);
        groups[0].Elements(Svg + "path").Select(p => (string?)p.Attribute("stroke"))
            .ShouldBe(["#ff0000", "#ffffff", null, "#000000"], "a border would show within what one sees through");
        groups[1].Elements(Svg + "path").Select(p => (string?)p.Attribute("stroke")).ShouldBe([null, null, null, "#000000"]);
        root.Elements(Svg + "style").Single().Value.ShouldStartWith(".f-a>");
    }

    [Fact]
    public void Every_text_of_more_than_one_letter_is_held_to_the_width_it_was_laid_out_with()
    {
        string[] words = ["7", "10", "100.0 %", "96.7 %", "a much longer line of words"];
        var texts =
            Parse(On(White, 300, 99, [.. words.Select(word => new TextNode(word, new(9, 9), 9.5, Black))])).Elements(Svg + "text").ToList();
        texts[0].Attribute("textLength").ShouldBeNull();
        for (int i = 1; i < words.Length; i++)
        {
            double.Parse((string)texts[i].Attribute("textLength")!, CultureInfo.InvariantCulture)
                .ShouldBe(TestFont.Face.Measure(words[i], 9.5), 0.051, words[i]);
            ((string?)texts[i].Attribute("lengthAdjust")).ShouldBe("spacingAndGlyphs");
        }
    }

    [Fact]
    public void Title_and_description_are_named_by_their_ids_and_ids_begin_as_asked()
    {
        var root = XDocument.Parse(new SvgWriter { IdPrefix = "fig7-" }.Write(TrialScene.Paints())).Root!;
        ((string?)root.Attribute("aria-labelledby")).ShouldBe((string?)root.Element(Svg + "title")!.Attribute("id"));
        ((string?)root.Attribute("aria-describedby")).ShouldBe((string?)root.Element(Svg + "desc")!.Attribute("id"));
        SvgCheck.IsSound(root, "trial-paints");
        root.DescendantsAndSelf().Attributes("id").ShouldAllBe(id => id.Value.StartsWith("fig7-", StringComparison.Ordinal));
    }

    private static XElement Parse(Scene scene) => XDocument.Parse(scene.ToSvg()).Root!;
}
