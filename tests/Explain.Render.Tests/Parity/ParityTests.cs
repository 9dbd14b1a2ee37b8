using System.Globalization;
using Xunit.Abstractions;

namespace Explain.Render.Tests;

/// <summary>
/// Our rasteriser against Skia's, over every scene that has a golden. Text edges, where both may differ, are pixels within one pixel of the outline of a glyph; both fill the same outlines.
/// </summary>
/// <remarks>
/// Skia's software rasteriser finds the coverage of most small or many-cornered shapes from 4 × 4 samples a pixel, and draws lines up to a pixel wide as paler hairlines; either is off by tens of
/// steps. So Skia draws each scene a second time, with each shape's coverage found by itself on a grid 4 or 8 times finer. A pixel may differ by more than the bar from what Skia draws only where it
/// agrees, more closely than the bar asks, with what Skia draws then: where Skia's quick answer is far from its careful one.
/// </remarks>
public sealed class ParityTests(SkiaPeer skia, ITestOutputHelper output) : IClassFixture<SkiaPeer>
{
    /// <summary>Steps of 255 that the pictures may differ by in the mean over pixels and channels.</summary>
    private const double Mean = 1;

    /// <summary>Steps of 255 that a channel of a pixel may differ by.</summary>
    private const int Single = 24;

    /// <summary>Steps of 255 that a channel may differ by from Skia with finer coverage where it is beyond the bar with its usual one.</summary>
    private const int Careful = 12;

    /// <summary>
    /// Scenes with pixels beyond both, and the most of them. Parts of one stroke's outline that overlap inside a pixel add up their areas there (see <see cref="CoverageBuffer"/>), so that the pixel
    /// comes out too dark: we are off, not Skia. A zigzag sharper than its pen is wide (the trial's wave), steps lower than half a pen (histograms), or segments laid end on end with round caps
    /// (borders of decision regions) do it. Besides, the trial has lines a tenth of a pixel wide, which we draw a quarter wide on purpose and Skia does not, and a clip that we cut from each shape of a faded group, Skia once from all of it.
    /// </summary>
    private static readonly Dictionary<string, int> Known = new(StringComparer.Ordinal)
    {
        ["figure-decision-regions.light"] = 132,
        ["figure-decision-regions.dark"] = 124,
        ["figure-activation-histograms.light"] = 96,
        ["figure-activation-histograms.dark"] = 80,
        ["convolution-twelve-panel.light"] = 16,
        ["convolution-twelve-panel.dark"] = 15,
        ["figure-class-scores.dark"] = 20,
        ["figure-class-scores.light"] = 20,
        ["figure-decision-surface.dark"] = 12,
        ["figure-decision-surface.light"] = 14,
        ["figure-histogram-landscape.dark"] = 9,
        ["figure-histogram-landscape.light"] = 10,
        ["figure-loss-contours.dark"] = 9,
        ["figure-loss-contours.light"] = 9,
        ["figure-loss-landscape.dark"] = 10,
        ["figure-loss-landscape.light"] = 13,
        ["figure-runs-landscape.dark"] = 8,
        ["figure-runs-landscape.light"] = 11,
        ["figure-unit-similarity.dark"] = 49,
        ["figure-unit-similarity.light"] = 51,
        ["figure-weight-distributions.dark"] = 4,
        ["figure-weight-distributions.light"] = 7,
        ["figure-weight-spectrum.dark"] = 11,
        ["figure-weight-spectrum.light"] = 13,
        ["trial-paints"] = 750,
        ["trial"] = 585,
        ["trial.larger"] = 679,
    };

    public static TheoryData<string> Names => [.. GoldenScenes.Names];

    [SkiaTheory]
    [MemberData(nameof(Names))]
    public void Skia_draws_the_same_picture(string name)
    {
        var picture = skia.Picture(name);
        var (ours, theirs, fine) = (picture.Ours, picture.Skia, picture.Fine);
        bool[] text = TextEdges.Of(picture.Scene, picture.Scale, ours.Width, ours.Height);
        var quick = PictureDifference.Of(ours, theirs, Single, i => !text[i]);
        var careful = PictureDifference.Of(ours, fine, Single, i => !text[i]);
        bool Explained(int i) => PictureDifference.Pixel(ours.Pixels[i], fine.Pixels[i]).Most <= Careful;
        var wrong = PictureDifference.Of(ours, theirs, Single, i => !text[i] && !Explained(i));
        string report = string.Create(CultureInfo.InvariantCulture,
            $"{name}: mean {quick.Mean:F3}, largest {quick.Largest} at {quick.Where}, {quick.Beyond} pixels beyond {Single}; with finer coverage mean {careful.Mean:F3}, largest {careful.Largest} at {careful.Where}, {careful.Beyond} beyond; {wrong.Beyond} beyond both, the worst at {wrong.Where}");
        output.WriteLine(report);
        var sampled = new SampledTruth(picture.Scene, picture.Scale);
        int off3 = 0, off8 = 0, off24 = 0, n = 0;
        var lines = new List<string>();
        for (int i = 0; i < ours.Pixels.Length; i++)
        {
            if (text[i] || PictureDifference.Pixel(ours.Pixels[i], theirs.Pixels[i]).Most <= Single)
                continue;
            n++;
            var t = sampled.At(i % ours.Width, i / ours.Width);
            double o = SampledTruth.Difference(ours.Pixels[i], t), s = SampledTruth.Difference(theirs.Pixels[i], t), f = SampledTruth.Difference(fine.Pixels[i], t);
            off3 += o > 3 ? 1 : 0; off8 += o > 8 ? 1 : 0; off24 += o > 24 ? 1 : 0;
            if (o > 5)
                lines.Add(string.Create(CultureInfo.InvariantCulture, $"   px {name} ({i % ours.Width}, {i / ours.Width}) ours {o:F1} skia {s:F1} fine {f:F1}"));
        }
        output.WriteLine($"TRUTH {name}: {n} beyond, ours off by >3 {off3}, >8 {off8}, >24 {off24}");
        foreach (string line in lines) output.WriteLine(line);
        int known = Known.GetValueOrDefault(name);
        if (quick.Mean <= Mean && wrong.Beyond <= known)
            return;
        Save(name, "ours", ours);
        Save(name, "skia", theirs);
        Save(name, "skia-finer", fine);
        Save(name, "difference", PictureDifference.Heat(ours, theirs, Single, i => !text[i]));
        throw new ShouldAssertException($"{report}.\nAllowed are a mean of {Mean} and {known} pixels beyond both. See {name}.*.received.png beside the goldens.");
    }

    [Fact]
    public void Every_golden_is_among_the_scenes_that_are_compared() =>
        Directory.GetFiles(Golden.DefaultFolder).Select(Path.GetFileName).Where(file => !file!.Contains(".received.", StringComparison.Ordinal))
            .Select(file => Path.GetFileNameWithoutExtension(file!)).Distinct()
            // The specimen is text alone, and the picture of a space is painted before a canvas sees it.
            .Except(["specimen", "space"]).Except(GoldenScenes.Names.Select(name => name.Split('.')[0])).ShouldBeEmpty("add their scenes to GoldenScenes");

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
