using System.Globalization;
using Xunit.Abstractions;

namespace Explain.Render.Tests;

/// <summary>
/// Our rasteriser against Skia's, over every scene that has a golden. Text edges, where both may differ freely, are pixels within one pixel of the outline of a glyph; both fill the same outlines.
/// </summary>
public sealed class ParityTests(SkiaPeer skia, ITestOutputHelper output) : IClassFixture<SkiaPeer>
{
    /// <summary>Steps of 255 that the pictures may differ by in the mean over pixels and channels.</summary>
    private const double Mean = 1;

    /// <summary>Steps of 255 that a channel of a single pixel may differ by.</summary>
    private const int Single = 24;

    public static TheoryData<string> Names => [.. GoldenScenes.Names];

    [SkiaTheory]
    [MemberData(nameof(Names))]
    public void Skia_draws_the_same_picture(string name)
    {
        var picture = skia.Picture(name);
        var (ours, theirs) = (picture.Ours, picture.Skia);
        bool[] text = TextEdges.Of(picture.Scene, picture.Scale, ours.Width, ours.Height);
        var difference = PictureDifference.Of(ours, theirs, Single, i => !text[i]);
        var fine = PictureDifference.Of(ours, picture.Fine, Single, i => !text[i]);
        var both = PictureDifference.Of(ours, theirs, Single, i => !text[i] && PictureDifference.Pixel(ours.Pixels[i], picture.Fine.Pixels[i]).Most > Single);
        string L(PictureDifference d) => string.Create(CultureInfo.InvariantCulture, $"mean {d.Mean:F3} largest {d.Largest} beyond {d.Beyond} at {d.Where}");
        output.WriteLine($"{name}: {L(difference)} | fine {L(fine)} | both {both.Beyond} at {both.Where}");
        File.AppendAllText("/tmp/pp/report.txt", $"{name,-40}: {L(difference)} | fine {L(fine)} | both {both.Beyond} at {both.Where}\n");
        if (difference.Beyond > 0 || difference.Mean > Mean) {
        Save(name, "ours", ours);
        Save(name, "skia", theirs);
        Save(name, "fine", picture.Fine);
        Save(name, "heat", PictureDifference.Heat(ours, theirs, Single, i => !text[i])); }
        difference.Beyond.ShouldBe(0);
    }

    private static void Save(string name, string what, Bitmap bitmap) =>
        File.WriteAllBytes(Path.Combine(Golden.DefaultFolder, $"{name}.{what}.received.png"), PngEncoder.Encode(bitmap));
}
