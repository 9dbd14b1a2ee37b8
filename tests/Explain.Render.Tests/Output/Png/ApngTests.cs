using System.Buffers.Binary;
using System.Text;
using static Explain.Render.Tests.Exact;

namespace Explain.Render.Tests;

public class ApngTests
{
    private static readonly SceneInfo Info = new() { Title = "Moving", AltText = "A square that moves." };

    [Fact]
    public void Every_frame_comes_out_as_it_was_drawn()
    {
        byte[] file = Moving(5).ToApng(2);
        var frames = Frames(file);
        frames.Count.ShouldBe(5);
        for (int i = 0; i < 5; i++)
            frames[i].Canvas.Pixels.ShouldBe(BitmapCanvas.Render(Square(i), 2).Pixels, $"frame {i}");
    }

    [Fact]
    public void The_first_frame_is_what_a_reader_of_plain_png_sees() =>
        PngDecoder.Decode(Moving(3).ToApng()).Bitmap.Pixels.ShouldBe(BitmapCanvas.Render(Square(0)).Pixels);

    [Fact]
    public void Later_frames_hold_only_what_changes()
    {
        var frames = Frames(Moving(3).ToApng());
        (frames[0].Width, frames[0].Height).ShouldBe((40, 30));
        // A square of 6 that moves on by 4 touches 10 × 6 pixels.
        (frames[1].Width, frames[1].Height, frames[1].Left, frames[1].Top).ShouldBe((10, 6, 2, 12));
    }

    [Fact]
    public void Frames_that_do_not_differ_are_kept_with_a_pixel()
    {
        var frames = Frames(new Animation(2, 5, _ => Square(1), Info).ToApng());
        (frames[1].Width, frames[1].Height).ShouldBe((1, 1));
        frames[1].Canvas.Pixels.ShouldBe(frames[0].Canvas.Pixels);
    }

    [Fact]
    public void Pictures_of_many_colours_and_translucent_ones_keep_them()
    {
        Animation Colourful(byte alpha) => new(
            3,
            5,
            i => new Scene(40, 30, new Color(200, 10, 90, alpha),
                [new PixelsNode(
                    20,
                    15,
                    [.. Enumerable.Range(0, 300).Select(k => new Color((byte)(k * 7), (byte)(k + (i * 50)), (byte)(k / 3)))],
                    new Rect(0, 0, 20, 15))], Info, TestFont.Face),
            Info);
        foreach (byte alpha in new byte[] { 255, 100 })
        {
            var frames = Frames(Colourful(alpha).ToApng());
            for (int i = 0; i < 3; i++)
                frames[i].Canvas.Pixels.ShouldBe(BitmapCanvas.Render(Colourful(alpha).Frame(i)).Pixels);
        }
    }

    [Theory]
    [InlineData(10, 1, 10)]
    [InlineData(4, 1, 4)]
    [InlineData(29.97, 33, 1000)]
    [InlineData(0.001, 1000, 1)]
    public void A_frame_is_shown_for_a_fraction_of_a_second(double perSecond, int numerator, int denominator)
    {
        var frames = Frames(new Animation(2, perSecond, Square, Info) { Hold = 2 }.ToApng());
        ((double)frames[0].Numerator / frames[0].Denominator).ShouldBe((double)numerator / denominator, 1e-3 * numerator / denominator);
        ((double)frames[1].Numerator / frames[1].Denominator).ShouldBe((1 / perSecond) + 2, 0.002);
    }

    [Fact]
    public void Frames_of_different_sizes_are_refused()
    {
        var uneven = new Animation(2, 5, i => new Scene(10 + i, 10, White, [], Info, TestFont.Face), Info);
        Should.Throw<ArgumentException>(() => uneven.ToApng())
            .Message.ShouldContain("Frame 1 of the animation has 11 × 10 pixels, frame 0 10 × 10");
    }

    [Fact]
    public void The_bytes_do_not_depend_on_the_number_of_threads()
    {
        int before = Explain.Core.Rows.Threads;
        try
        {
            Explain.Core.Rows.Threads = 1;
            byte[] one = Moving(4).ToApng(3);
            Explain.Core.Rows.Threads = 3;
            Moving(4).ToApng(3).ShouldBe(one);
        }
        finally
        {
            Explain.Core.Rows.Threads = before;
        }
    }

    [Fact]
    public void The_file_says_how_many_frames_there_are_and_that_they_play_for_ever()
    {
        var (_, control) = Chunks(Moving(4).ToApng()).Single(chunk => chunk.Type == "acTL");
        BinaryPrimitives.ReadInt32BigEndian(control).ShouldBe(4);
        BinaryPrimitives.ReadInt32BigEndian(control.AsSpan(4)).ShouldBe(0);
    }

    private static Animation Moving(int frames) => new(frames, 10, Square, Info);

    private static Scene Square(int i) =>
        new(40, 30, White, [new PathNode(PathData.Rectangle(new Rect(2 + (4 * i), 12, 6, 6)), Red)], Info, TestFont.Face);

    /// <summary>Plays the file: each frame is put together as a PNG of its own, decoded, and laid over the canvas.</summary>
    private static List<Shown> Frames(byte[] file)
    {
        var shown = new List<Shown>();
        var chunks = Chunks(file);
        byte[] header = chunks[0].Data;
        Bitmap? canvas = null;
        int sequence = 0;
        for (int i = 0; i < chunks.Count; i++)
        {
            if (chunks[i].Type != "fcTL") continue;
            byte[] c = chunks[i].Data, data = chunks[i + 1].Data;
            BinaryPrimitives.ReadInt32BigEndian(c).ShouldBe(sequence++);
            if (chunks[i + 1].Type == "fdAT")
            {
                BinaryPrimitives.ReadInt32BigEndian(data).ShouldBe(sequence++);
                data = data[4..];
            }
            int width = BinaryPrimitives.ReadInt32BigEndian(c.AsSpan(4)), height = BinaryPrimitives.ReadInt32BigEndian(c.AsSpan(8)),
                left = BinaryPrimitives.ReadInt32BigEndian(c.AsSpan(12)), top = BinaryPrimitives.ReadInt32BigEndian(c.AsSpan(16));
            byte[] own = [.. header];
            BinaryPrimitives.WriteInt32BigEndian(own, width);
            BinaryPrimitives.WriteInt32BigEndian(own.AsSpan(4), height);
            var part = PngDecoder.Decode(
                Png([("IHDR", own), .. chunks.Where(chunk => chunk.Type is "PLTE" or "tRNS"), ("IDAT", data), ("IEND", [])])).Bitmap;
            var next = new Bitmap(canvas?.Width ?? width, canvas?.Height ?? height);
            canvas?.Pixels.CopyTo(next.Pixels, 0);
            for (int y = 0; y < height; y++)
            {
                for (int x = 0; x < width; x++)
                    next[left + x, top + y] = part[x, y];
            }
            canvas = next;
            shown.Add(new Shown(
                left, top, width, height, BinaryPrimitives.ReadUInt16BigEndian(c.AsSpan(20)),
                BinaryPrimitives.ReadUInt16BigEndian(c.AsSpan(22)), next));
        }
        return shown;
    }

    private static List<(string Type, byte[] Data)> Chunks(byte[] file)
    {
        var chunks = new List<(string, byte[])>();
        for (int at = 8; at < file.Length;)
        {
            int length = BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(at));
            chunks.Add((Encoding.ASCII.GetString(file, at + 4, 4), file[(at + 8)..(at + 8 + length)]));
            at += length + 12;
        }
        return chunks;
    }

    private static byte[] Png(IEnumerable<(string Type, byte[] Data)> chunks)
    {
        using var output = new MemoryStream();
        output.Write([0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]);
        foreach (var (type, data) in chunks)
            PngFile.Chunk(output, Encoding.ASCII.GetBytes(type), data);
        return output.ToArray();
    }

    private sealed record Shown(int Left, int Top, int Width, int Height, ushort Numerator, ushort Denominator, Bitmap Canvas);
}
