using System.Globalization;
using Xunit.Abstractions;

namespace Explain.Render.Tests;

/// <summary>
/// Our rasteriser against Skia's, over every scene that has a golden. Text edges, where both may differ, are pixels within one pixel of the
/// outline of a glyph; both fill the same outlines.
/// </summary>
/// <remarks>
/// Skia's software rasteriser finds the coverage of most small or many-cornered shapes from 4 × 4 samples a pixel, and draws lines up to a
/// pixel wide as paler hairlines; either is off by tens of steps here and there. So where a pixel differs by more than the bar, some
/// thousand samples of the scene decide who is right (<see cref="SampledTruth"/>, which knows nothing of either rasteriser): the test
/// passes only where we are, and closely. No scene is excepted.
/// </remarks>
public sealed class ParityTests(SkiaPeer skia, ITestOutputHelper output) : IClassFixture<SkiaPeer>
{
    /// <summary>Steps of 255 that the pictures may differ by in the mean over pixels and channels.</summary>
    private const double Mean = 1;

    /// <summary>Steps of 255 that a channel of a pixel may differ by.</summary>
    private const int Single = 24;

    /// <summary>
    /// Steps of 255 that a channel of ours may differ by from the truth where it is beyond the bar from Skia: each shape laid over a pixel
    /// rounds, and translucent lines lie many deep.
    /// </summary>
    private const double Close = 6;

    public static TheoryData<string> Names => [.. GoldenScenes.Names];

    [SkiaTheory]
    [MemberData(nameof(Names))]
    public void Skia_draws_the_same_picture(string name)
    {
        var picture = skia.Picture(name);
        var (ours, theirs) = (picture.Ours, picture.Skia);
        bool[] text = TextEdges.Of(picture.Scene, picture.Scale, ours.Width, ours.Height);
        var difference = PictureDifference.Of(ours, theirs, Single, i => !text[i]);
        var truth = new SampledTruth(picture.Scene, picture.Scale);
        var judged = Enumerable.Range(0, ours.Pixels.Length)
            .Where(i => !text[i] && PictureDifference.Pixel(ours.Pixels[i], theirs.Pixels[i]).Most > Single)
            .Select(i => (At: (X: i % ours.Width, Y: i / ours.Width), Truth: truth.At(i % ours.Width, i / ours.Width), Pixel: i))
            .Select(j => (
                j.At,
                Ours: SampledTruth.Difference(ours.Pixels[j.Pixel], j.Truth),
                Skia: SampledTruth.Difference(theirs.Pixels[j.Pixel], j.Truth)))
            .OrderByDescending(j => j.Ours).ToList();
        var wrong = judged.FindAll(j => j.Ours > Close || j.Ours >= j.Skia);
        string report = string.Create(CultureInfo.InvariantCulture,
            $"{name}: mean {difference.Mean:F3}, largest {difference.Largest} at {difference.Where}, {judged.Count} pixels beyond "
                + $"{Single}; of these ours is off by {judged.Select(j => j.Ours).FirstOrDefault():F1} at most, "
                + $"Skia by {judged.Select(j => j.Skia).DefaultIfEmpty().Min():F1} at least "
                + $"and {judged.Select(j => j.Skia).DefaultIfEmpty().Average():F1} in the mean");
        output.WriteLine(report);
        if (difference.Mean <= Mean && wrong.Count == 0)
            return;
        Save(name, "ours", ours);
        Save(name, "skia", theirs);
        Save(name, "difference", PictureDifference.Heat(ours, theirs, Single, i => !text[i]));
        string which = string.Join("; ", wrong.Take(10).Select(j =>
            string.Create(CultureInfo.InvariantCulture, $"{j.At} ours {j.Ours:F1} and Skia {j.Skia:F1} from the truth")));
        throw new ShouldAssertException(
            $"{report}.\nAllowed is a mean of {Mean}, and ours off by {Close} and nearer than Skia; {wrong.Count} pixels are not: {which}. "
                + $"See {name}.*.received.png beside the goldens.");
    }

    [Fact]
    public void Every_golden_is_among_the_scenes_that_are_compared() =>
        Directory.GetFiles(Golden.DefaultFolder).Select(Path.GetFileName)
            .Where(file => !file!.Contains(".received.", StringComparison.Ordinal))
            .Select(file => Path.GetFileNameWithoutExtension(file!)).Distinct()
            // The specimen is text alone, and the picture of a space is painted before a canvas sees it.
            .Except(["specimen", "space"]).Except(GoldenScenes.Names.Select(name => name.Split('.')[0]))
            .ShouldBeEmpty("add their scenes to GoldenScenes");

    [Fact]
    public void A_pixel_that_differs_is_found_where_it_counts_and_weighs_in_the_mean()
    {
        Bitmap one = new(10, 10), two = new(10, 10);
        two[3, 7] = new Color(0, 40, 0, 0);
        var difference = PictureDifference.Of(one, two, 24, _ => true);
        (difference.Mean, difference.Largest, difference.Beyond, difference.Where).ShouldBe((0.1, 40, 1, (3, 7)));
        PictureDifference.Of(one, two, 24, i => i != 73).Beyond.ShouldBe(0);
    }

    [Fact]
    public void Text_edges_reach_one_pixel_from_the_outline_and_no_farther()
    {
        var scene = Exact.Picture(60, 60, new TextNode("l", new Point(20, 50), 40, Exact.White));
        bool[] edges = TextEdges.Of(scene, 1, 60, 60);
        var drawn = RasterCanvas.Render(scene);
        int marked = 0;
        for (int i = 0; i < edges.Length; i++)
        {
            marked += edges[i] ? 1 : 0;
            bool partly = drawn.Pixels[i] is not (0xFFFFFFFF or 0xFF000000);
            if (partly)
                edges[i].ShouldBeTrue($"pixel {i % 60}, {i / 60} is partly covered");
        }
        marked.ShouldBeInRange(60, 250);
    }

    private static void Save(string name, string what, Bitmap bitmap) =>
        File.WriteAllBytes(Path.Combine(Golden.DefaultFolder, $"{name}.{what}.received.png"), PngEncoder.Encode(bitmap));
}
