namespace Explain.Render.Tests;

/// <summary>Each vectorised loop against its scalar twin, for lengths that use every step and every tail.</summary>
public class SpanBlendTests
{
    private static readonly int[] Lengths = [0, 1, 3, 4, 7, 8, 15, 16, 17, 31, 61];

    [Fact]
    public void A_colour_at_every_alpha_gives_the_bytes_of_the_scalar_twin()
    {
        for (uint alpha = 0; alpha < 256; alpha++)
        {
            foreach (int length in Lengths)
            {
                uint[] run = Premultiplied(length, alpha);
                uint solid = 0xFF000000 | (alpha * 0x010307);
                uint[] expected = [.. run.Select(under => Blend.Mix(under, solid, alpha))];
                SpanBlend.Mix(run, solid, alpha);
                run.ShouldBe(expected, $"{length} pixels at alpha {alpha}");
            }
        }
    }

    [Fact]
    public void Pixels_over_pixels_give_the_bytes_of_the_scalar_twin()
    {
        for (uint seed = 0; seed < 256; seed++)
        {
            foreach (int length in Lengths)
            {
                uint[] under = Premultiplied(length, seed), source = Premultiplied(length, seed + 1000);
                uint[] expected = [.. under.Zip(source, Blend.Over)];
                SpanBlend.Over(under, source);
                under.ShouldBe(expected, $"{length} pixels, sequence {seed}");
            }
        }
    }

    [Fact]
    public void Faded_pixels_over_pixels_give_the_bytes_of_the_scalar_twin_for_every_share()
    {
        for (uint share = 0; share < 256; share++)
        {
            foreach (int length in Lengths)
            {
                uint[] under = Premultiplied(length, share), source = Premultiplied(length, share + 1000);
                uint[] expected = [.. under.Zip(source, (u, s) => Blend.Over(u, Blend.Scale(s, share)))];
                SpanBlend.Over(under, source, share);
                under.ShouldBe(expected, $"{length} pixels at {share}");
            }
        }
    }

    [Fact]
    public void Every_source_alpha_over_every_value_is_right_in_every_lane()
    {
        for (uint alpha = 0; alpha < 256; alpha++)
        {
            uint[] under = [.. Enumerable.Range(0, 256).Select(v => (uint)v * 0x01010101)], source = new uint[256];
            Array.Fill(source, (alpha << 24) | (alpha / 2 * 0x010101));
            uint[] expected = [.. under.Select(u => Blend.Over(u, source[0]))];
            SpanBlend.Over(under, source);
            under.ShouldBe(expected, $"alpha {alpha}");
        }
    }

    [Fact]
    public void Floats_become_the_nearest_bytes_and_come_back()
    {
        for (uint a = 0; a < 256; a++)
        {
            uint p = (a << 24) | (a / 3) | (a << 8);
            Pixel.Pack(Pixel.Unpack(p)).ShouldBe(p);
        }
        Pixel.Pack(System.Runtime.Intrinsics.Vector128.Create(10.49f, 10.5f, 99f, 50f))
            .ShouldBe(10u | (11u << 8) | (50u << 16) | (50u << 24));
    }

    private static uint[] Premultiplied(int length, uint seed)
    {
        uint state = (seed * 2654435761) + 1;
        uint[] pixels = new uint[length];
        foreach (ref uint p in pixels.AsSpan())
        {
            state = (state * 1664525) + 1013904223;
            // Opaque and empty pixels are the most frequent in pictures.
            uint straight = (state >> 3) | (state << 29);
            p = (state >> 28) switch { 0 => 0, 1 or 2 => straight | 0xFF000000, _ => Blend.Premultiply(straight) };
        }
        return pixels;
    }
}
