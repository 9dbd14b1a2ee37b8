using static Explain.Render.Tests.Exact;

namespace Explain.Render.Tests;

public class DeterminismTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_bytes_are_the_same_for_one_two_and_three_threads(bool paints)
    {
        var scene = paints ? TrialScene.Paints() : TrialScene.Make();
        int threads = Explain.Core.Rows.Threads;
        try
        {
            byte[][] files = [.. new[] { 1, 2, 3 }.Select(n =>
            {
                Explain.Core.Rows.Threads = n;
                return Canvases.Png.Encode(scene, 1.7);
            })];
            files[1].ShouldBe(files[0]);
            files[2].ShouldBe(files[0]);
        }
        finally
        {
            Explain.Core.Rows.Threads = threads;
        }
    }

    [Fact]
    public void A_picture_of_everything_looks_as_it_did() => Golden.MatchPng("trial", Canvases.Png.Encode(TrialScene.Make()));

    [Fact]
    public void A_picture_of_all_paints_clips_and_mosaics_looks_as_it_did() =>
        Golden.MatchPng("trial-paints", Canvases.Png.Encode(TrialScene.Paints()));

    [Fact]
    public void A_document_of_everything_reads_as_it_did() => Golden.MatchSvg("trial", new SvgWriter().Write(TrialScene.Make()));

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(1e6)]
    public void Impossible_sizes_are_refused(double scale) =>
        Should.Throw<ArgumentOutOfRangeException>(() => BitmapCanvas.Render(Picture(100, 100), scale))
            .Message.ShouldContain("100 × 100 at this scale");
}
