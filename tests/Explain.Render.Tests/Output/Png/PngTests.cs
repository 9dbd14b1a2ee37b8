using static Explain.Render.Tests.Exact;

namespace Explain.Render.Tests;

public class PngTests
{
    [Theory]
    [InlineData(1, 1, true)]
    [InlineData(5, 3, true)]
    [InlineData(37, 23, true)]
    [InlineData(300, 50, false)]
    [InlineData(7, 2000, true)]
    [InlineData(20_000, 3, false)]
    public void What_is_encoded_is_decoded_with_alpha_only_where_there_is_some(int width, int height, bool opaque)
    {
        var bitmap = Noise(width, height, opaque ? (byte)255 : (byte)3);
        foreach (int level in (int[])[PngFile.Quick, PngFile.Small])
        {
            var file = PngDecoder.Decode(PngFile.Encode(bitmap.Pixels, width, height, opaque, metadata: null, level));
            file.ColorType.ShouldBe(opaque ? 2 : 6);
            (file.Bitmap.Width, file.Bitmap.Height).ShouldBe((width, height));
            file.Bitmap.Pixels.ShouldBe(bitmap.Pixels);
        }
    }

    [Fact]
    public void A_picture_on_no_background_keeps_its_colours_and_says_how_much_shows_through()
    {
        var scene = On(new Color(0, 0, 0, 0), 4, 2, new PathNode(PathData.Rectangle(new Rect(0, 0, 2, 2)), new Color(200, 100, 50, 51)));
        var file = PngDecoder.Decode(scene.ToPng());
        file.ColorType.ShouldBe(6);
        file.Bitmap[0, 0].A.ShouldBe((byte)51);
        ((int)file.Bitmap[0, 0].R).ShouldBeInRange(198, 202);
        file.Bitmap[3, 1].ShouldBe(new Color(0, 0, 0, 0));
    }

    [Fact]
    public void The_file_says_its_resolution_title_and_description()
    {
        var scene = Picture(4, 4) with { Info = new SceneInfo { Title = "Loss", AltText = "Falls from 2.3 to 0.1 – quickly." } };
        var file = PngDecoder.Decode(Canvases.Png.Encode(scene, 2));
        file.PixelsPerMetre.ShouldBe(7559); // 192 / 0.0254.
        file.Texts["Title"].ShouldBe("Loss");
        file.Texts["Description"].ShouldBe("Falls from 2.3 to 0.1 – quickly.");
        file.Bitmap.Width.ShouldBe(8);
    }

    [Fact]
    public void A_damaged_file_is_noticed()
    {
        byte[] png = PngFile.Encode(Noise(20, 20, 255).Pixels, 20, 20, opaque: true, metadata: null, PngFile.Quick);
        png[^20] ^= 1;
        Should.Throw<InvalidDataException>(() => PngDecoder.Decode(png));
    }

    [Fact]
    public void The_checksum_agrees_with_its_definition()
    {
        // The check value of ISO 3309 (CRC-32), and pieces one after the other.
        Crc32.Of("123456789"u8, []).ShouldBe(0xCBF43926u);
        Crc32.Of("1234"u8, "56789"u8).ShouldBe(0xCBF43926u);
    }

    private static Bitmap Noise(int width, int height, byte leastAlpha)
    {
        var bitmap = new Bitmap(width, height);
        for (int i = 0; i < width * height; i++)
        {
            int c = i % 15_000;
            bitmap[i % width, i / width] = new Color(
                (byte)c, (byte)((c >> 8) + (c * 3)), (byte)(c * 7), (byte)(leastAlpha + (c % (256 - leastAlpha))));
        }
        return bitmap;
    }
}
