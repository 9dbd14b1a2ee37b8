using static Explain.Render.Tests.Exact;

namespace Explain.Render.Tests;

public class PngTests
{
    [Theory]
    [InlineData(1, 1, 1, 255, 3)]
    [InlineData(37, 23, 5, 255, 3)]
    [InlineData(16, 16, 256, 255, 3)]
    [InlineData(16, 16, 256, 40, 3)]
    [InlineData(40, 40, 257, 255, 2)]
    [InlineData(300, 50, 15000, 255, 2)]
    [InlineData(300, 50, 15000, 3, 6)]
    public void What_is_encoded_is_decoded_and_takes_the_smallest_colour_type(
        int width, int height, int colors, byte leastAlpha, int colorType)
    {
        var bitmap = Noise(width, height, colors, leastAlpha);
        var file = PngDecoder.Decode(PngEncoder.Encode(bitmap));
        file.ColorType.ShouldBe(colorType);
        file.Bitmap.Width.ShouldBe(width);
        file.Bitmap.Pixels.ShouldBe(bitmap.Pixels);
    }

    [Fact]
    public void A_picture_without_colours_is_written_as_grey_unless_it_is_translucent()
    {
        var bitmap = new Bitmap(20, 20);
        for (int i = 0; i < bitmap.Pixels.Length; i++)
            bitmap.Pixels[i] = Bitmap.Pack(new Color((byte)(i % 100), (byte)(i % 100), (byte)(i % 100)));
        var file = PngDecoder.Decode(PngEncoder.Encode(bitmap));
        file.ColorType.ShouldBe(0);
        file.Bitmap.Pixels.ShouldBe(bitmap.Pixels);
        bitmap[3, 3] = new Color(9, 9, 9, 128);
        PngDecoder.Decode(PngEncoder.Encode(bitmap)).ColorType.ShouldBe(3);
    }

    [Fact]
    public void Every_filter_comes_to_use_and_is_undone()
    {
        // Rows that suit one filter each: noise, a ramp, a repeat, the mean of left and above, Paeth's choice.
        var bitmap = new Bitmap(64, 50);
        var random = new Random(5);
        for (int y = 0; y < 50; y++)
        {
            for (int x = 0; x < 64; x++)
            {
                Color left = x > 0 ? bitmap[x - 1, y] : default, up = y > 0 ? bitmap[x, y - 1] : default,
                    corner = x > 0 && y > 0 ? bitmap[x - 1, y - 1] : default;
                bitmap[x, y] = (y % 5) switch
                {
                    0 => new Color((byte)random.Next(-20, 20), (byte)random.Next(-20, 20), (byte)random.Next(-20, 20)),
                    1 => new Color((byte)(100 + (7 * x)), (byte)(30 + (11 * x)), (byte)(200 - (13 * x))),
                    2 => new Color((byte)(up.R + 1), up.G, up.B),
                    3 => new Color((byte)((left.R + up.R) / 2), (byte)((left.G + up.G) / 2), (byte)((left.B + up.B) / 2)),
                    _ => new Color(Nearest(left.R, up.R, corner.R), Nearest(left.G, up.G, corner.G), Nearest(left.B, up.B, corner.B)),
                };
            }
        }
        var file = PngDecoder.Decode(PngEncoder.Encode(bitmap, level: DeflateLevel.Small));
        file.Bitmap.Pixels.ShouldBe(bitmap.Pixels);
        file.Filters.Distinct().Order().ShouldBe([(byte)0, (byte)1, (byte)2, (byte)3, (byte)4]);

        // Off by a little each time, or the row would repeat the one above.
        static byte Nearest(int a, int b, int c) => (byte)(new[] { a, b, c }.MinBy(v => Math.Abs(a + b - c - v)) + 3);
    }

    [Fact]
    public void The_file_says_its_resolution_title_and_description()
    {
        var scene = Picture(4, 4) with { Info = new SceneInfo { Title = "Loss", AltText = "Falls from 2.3 to 0.1 – quickly." } };
        var file = PngDecoder.Decode(new RasterCanvas().Encode(scene, 2));
        file.PixelsPerMetre.ShouldBe(7559); // 192 / 0.0254.
        file.Texts["Title"].ShouldBe("Loss");
        file.Texts["Description"].ShouldBe("Falls from 2.3 to 0.1 – quickly.");
        file.Bitmap.Width.ShouldBe(8);
    }

    [Fact]
    public void A_damaged_file_is_noticed()
    {
        byte[] png = PngEncoder.Encode(Noise(20, 20, 9, 255));
        png[^20] ^= 1;
        Should.Throw<InvalidDataException>(() => PngDecoder.Decode(png));
    }

    [Theory]
    [InlineData(2, 1)]
    [InlineData(3, 2)]
    [InlineData(4, 2)]
    [InlineData(5, 4)]
    [InlineData(16, 4)]
    [InlineData(17, 8)]
    public void Few_colours_take_few_bits_at_every_width(int colors, int bits)
    {
        for (int width = 1; width < 20; width++)
        {
            var bitmap = Noise(width, 40, colors, 255);
            var file = PngDecoder.Decode(PngEncoder.Encode(bitmap));
            file.BitDepth.ShouldBe(bits);
            file.Bitmap.Pixels.ShouldBe(bitmap.Pixels);
        }
    }

    private static Bitmap Noise(int width, int height, int colors, byte leastAlpha)
    {
        var bitmap = new Bitmap(width, height);
        for (int i = 0; i < width * height; i++)
        {
            int c = i % colors;
            bitmap[i % width, i / width] = new Color(
                (byte)c, (byte)((c >> 8) + (c * 3)), (byte)(c * 7), (byte)(leastAlpha + (c % (256 - leastAlpha))));
        }
        return bitmap;
    }
}
