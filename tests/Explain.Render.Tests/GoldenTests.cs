using static Explain.Render.Tests.Exact;

namespace Explain.Render.Tests;

public sealed class GoldenTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("explain-golden").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_missing_golden_fails_and_leaves_what_was_received()
    {
        Should.Throw<ShouldAssertException>(() => Golden.MatchSvg("a", "<svg/>", _folder, update: false))
            .Message.ShouldContain("There is no golden");
        File.ReadAllText(Path.Combine(_folder, "a.received.svg")).ShouldBe("<svg/>");
        Golden.MatchSvg("a", "<svg/>", _folder, update: true);
        Golden.MatchSvg("a", "<svg/>", _folder, update: false);
        File.Exists(Path.Combine(_folder, "a.received.svg")).ShouldBeFalse();
    }

    [Fact]
    public void A_changed_line_is_named()
    {
        Golden.MatchSvg("b", "one\ntwo\nthree", _folder, update: true);
        string message = Should.Throw<ShouldAssertException>(() => Golden.MatchSvg("b", "one\n2\nthree", _folder, update: false)).Message;
        message.ShouldContain("line 2");
        message.ShouldContain("golden   two");
    }

    [Fact]
    public void Changed_pixels_are_counted_and_placed()
    {
        byte[] one = Canvases.Png.Encode(Picture(9, 9, new PathNode(PathData.Rectangle(new Rect(2, 3, 2, 1)), White)));
        byte[] two = Canvases.Png.Encode(Picture(9, 9));
        Golden.MatchPng("c", one, _folder, update: true);
        Golden.MatchPng("c", one, _folder, update: false);
        Should.Throw<ShouldAssertException>(() => Golden.MatchPng("c", two, _folder, update: false)).Message
            .ShouldContain("2 of 81 pixels differ, all within x 2–3, y 3–3; first at (2, 3) golden #ffffff, received #000000");
        File.Exists(Path.Combine(_folder, "c.received.png")).ShouldBeTrue();
        var difference = PngDecoder.Decode(File.ReadAllBytes(Path.Combine(_folder, "c.received.difference.png"))).Bitmap;
        difference[2, 3].ShouldBe(Black);
        difference[0, 0].ShouldBe(White);
        Golden.MatchPng("c", one, _folder, update: false);
        Directory.GetFiles(_folder).Length.ShouldBe(1);
    }

    [Fact]
    public void Images_in_documents_are_compared_by_their_pixels()
    {
        static string Document(byte[] png) => $"<svg><image href=\"data:image/png;base64,{Convert.ToBase64String(png)}\"/></svg>";
        var bitmap = new Bitmap(2, 1) { [0, 0] = White, [1, 0] = Red };
        byte[] Png(int level) => PngFile.Encode(bitmap.Pixels, 2, 1, opaque: true, metadata: null, level);
        Golden.MatchSvg("d", Document(Png(PngFile.Quick)), _folder, update: true);
        Golden.MatchSvg("d", Document(Png(0)), _folder, update: false); // Another file, the same pixels.
        bitmap[1, 0] = Black;
        Should.Throw<ShouldAssertException>(() => Golden.MatchSvg("d", Document(Png(PngFile.Quick)), _folder, update: false));
    }
}
