using System.Buffers.Binary;

namespace Explain.Render;

/// <summary>
/// Animation → APNG (PNG third edition, 2025; before that Mozilla's specification of 2008): a PNG whose further frames stand in chunks of
/// their own, so that a program that does not know them shows the first. A frame holds the rectangle that differs from the one before.
/// Frames are drawn one after the other, and only two are in memory.
/// </summary>
internal static class ApngEncoder
{
    private const int MostDelay = ushort.MaxValue;

    // Frames lie about in many and are played often, so that their size counts; above this no file gets much smaller.
    private const int Level = 6;

    /// <summary>The file.</summary>
    /// <exception cref="ArgumentException">A frame has another size than the first.</exception>
    public static byte[] Encode(Animation animation, double scale)
    {
        // A later frame may turn out to be translucent; then all are written with alpha.
        return TryEncode(animation, scale, opaque: true) ?? TryEncode(animation, scale, opaque: false)!;
    }

    /// <summary>Null where a frame is translucent though all are to be opaque.</summary>
    private static byte[]? TryEncode(Animation animation, double scale, bool opaque)
    {
        var frames = new List<(Region Region, ReadOnlyMemory<byte> Data)>();
        Bitmap? before = null;
        for (int i = 0; i < animation.Count; i++)
        {
            var scene = animation.Frame(i);
            if (opaque && scene.Background.A < 255)
                return null;
            var now = BitmapCanvas.Render(scene, scale);
            if (before is not null && (now.Width, now.Height) != (before.Width, before.Height))
                throw new ArgumentException(
                    $"Frame {i} of the animation has {now.Width} × {now.Height} pixels, frame 0 {before.Width} × {before.Height}; "
                        + "all frames are to have the same size.",
                    nameof(animation));
            var region = before is null ? new Region(0, 0, now.Width, now.Height) : Region.OfChange(before, now);
            var pixels = now.Pixels.AsSpan((region.Top * now.Width) + region.Left);
            frames.Add((region, PngFile.Compress(pixels, now.Width, region.Width, region.Height, opaque, Level)));
            before = now;
        }
        return File(animation, scale, opaque, frames);
    }

    private static byte[] File(Animation animation, double scale, bool opaque, List<(Region Region, ReadOnlyMemory<byte> Data)> frames)
    {
        var output = new MemoryStream(4096 + frames.Sum(frame => frame.Data.Length + 64));
        Span<byte> control = stackalloc byte[8];
        control.Clear(); // The second number: played for ever.
        BinaryPrimitives.WriteInt32BigEndian(control, frames.Count);
        PngFile.Begin(output, frames[0].Region.Width, frames[0].Region.Height, opaque, PngMetadata.Of(animation.Info, scale), control);
        int sequence = 0;
        for (int i = 0; i < frames.Count; i++)
        {
            var (region, data) = frames[i];
            Control(
                output,
                sequence++,
                region,
                Delay((1 / animation.FramesPerSecond) + (i == frames.Count - 1 ? Math.Max(0, animation.Hold) : 0)));
            if (i == 0)
            {
                PngFile.Chunk(output, "IDAT"u8, data.Span);
                continue;
            }
            byte[] numbered = new byte[data.Length + 4];
            BinaryPrimitives.WriteInt32BigEndian(numbered, sequence++);
            data.Span.CopyTo(numbered.AsSpan(4));
            PngFile.Chunk(output, "fdAT"u8, numbered);
        }
        PngFile.Chunk(output, "IEND"u8, []);
        return output.ToArray();
    }

    // The frame stays as it is when the next comes (disposal 0), and replaces what it covers (blending 0).
    private static void Control(Stream output, int sequence, Region region, (ushort Numerator, ushort Denominator) delay)
    {
        Span<byte> control = stackalloc byte[26];
        control.Clear();
        BinaryPrimitives.WriteInt32BigEndian(control, sequence);
        BinaryPrimitives.WriteInt32BigEndian(control[4..], region.Width);
        BinaryPrimitives.WriteInt32BigEndian(control[8..], region.Height);
        BinaryPrimitives.WriteInt32BigEndian(control[12..], region.Left);
        BinaryPrimitives.WriteInt32BigEndian(control[16..], region.Top);
        BinaryPrimitives.WriteUInt16BigEndian(control[20..], delay.Numerator);
        BinaryPrimitives.WriteUInt16BigEndian(control[22..], delay.Denominator);
        PngFile.Chunk(output, "fcTL"u8, control);
    }

    /// <summary>
    /// Seconds as a fraction: exact where a denominator up to 1000 makes it so, to the millisecond elsewhere; at most what 16 bits hold.
    /// </summary>
    internal static (ushort Numerator, ushort Denominator) Delay(double seconds)
    {
        for (int denominator = 1; denominator <= 1000; denominator++)
        {
            double numerator = seconds * denominator, whole = Math.Round(numerator);
            if (whole is >= 1 and <= MostDelay && Math.Abs(numerator - whole) < 1e-9 * whole)
                return ((ushort)whole, (ushort)denominator);
        }
        foreach (int denominator in new[] { 1000, 100, 10, 1 })
        {
            double whole = Math.Max(1, Math.Round(seconds * denominator));
            if (whole <= MostDelay)
                return ((ushort)whole, (ushort)denominator);
        }
        return (MostDelay, 1);
    }

    /// <summary>A rectangle of pixels.</summary>
    private readonly record struct Region(int Left, int Top, int Width, int Height)
    {
        /// <summary>The smallest that holds all pixels that differ; one pixel where none does, since a frame cannot be empty.</summary>
        public static Region OfChange(Bitmap before, Bitmap now)
        {
            int top = 0, bottom = now.Height;
            while (top < bottom && Row(before, top).SequenceEqual(Row(now, top)))
                top++;
            if (top == bottom)
                return new Region(0, 0, 1, 1);
            while (Row(before, bottom - 1).SequenceEqual(Row(now, bottom - 1)))
                bottom--;
            int left = now.Width, right = 0;
            for (int y = top; y < bottom; y++)
            {
                ReadOnlySpan<uint> a = Row(before, y), b = Row(now, y);
                int same = a.CommonPrefixLength(b);
                if (same == a.Length)
                    continue;
                left = Math.Min(left, same);
                int x = a.Length;
                while (x > right && a[x - 1] == b[x - 1])
                    x--;
                right = Math.Max(right, x);
            }
            return new Region(left, top, right - left, bottom - top);
        }

        private static ReadOnlySpan<uint> Row(Bitmap bitmap, int y) => bitmap.Pixels.AsSpan(y * bitmap.Width, bitmap.Width);
    }
}
