namespace Explain.Core.Tests;

public class CounterRandomTests
{
    [Theory] // The known answers that the authors of Philox publish with their implementation (Random123, kat_vectors).
    [InlineData(0u, 0u, 0u, 0u, 0u, 0u, 0x6627e8d5u, 0xe169c58du, 0xbc57ac4cu, 0x9b00dbd8u)]
    [InlineData(
        0xffffffffu, 0xffffffffu, 0xffffffffu, 0xffffffffu, 0xffffffffu, 0xffffffffu, 0x408f276du, 0x41c83b0eu, 0xa20bc7c6u, 0x6d5451fdu)]
    [InlineData(
        0x243f6a88u, 0x85a308d3u, 0x13198a2eu, 0x03707344u, 0xa4093822u, 0x299f31d0u, 0xd16cfe09u, 0x94fdccebu, 0x5001e420u, 0x24126ea1u)]
    public void Philox_gives_the_published_answers(uint c0, uint c1, uint c2, uint c3, uint k0, uint k1, uint a, uint b, uint c, uint d) =>
        CounterRandom.Philox(c0, c1, c2, c3, k0, k1).ShouldBe((a, b, c, d));

    [Fact]
    public void Streams_differ_by_seed_and_by_purpose_and_repeat_by_both()
    {
        Words(1, "a").ShouldBe(Words(1, "a"));
        Words(1, "a").ShouldNotBe(Words(2, "a"));
        Words(1, "a").ShouldNotBe(Words(1, "b"));
        Words(1UL << 32, "a").ShouldNotBe(Words(0, "a"));
        static uint[] Words(ulong seed, string purpose)
        {
            var random = new CounterRandom(seed, purpose);
            return [.. Enumerable.Range(0, 9).Select(_ => random.NextUInt32())];
        }
    }

    [Fact]
    public void A_stream_can_be_entered_at_any_block()
    {
        var whole = new CounterRandom(4, "enter");
        uint[] words = [.. Enumerable.Range(0, 40).Select(_ => whole.NextUInt32())];
        new CounterRandom(4, "enter", start: 5).NextUInt32().ShouldBe(words[20]);
    }

    [Fact]
    public void Filling_gives_what_drawing_one_by_one_gives()
    {
        foreach (int n in new[] { 0, 1, 2, 3, 5, 4099, 20001 })
        {
            var values = new float[n];
            CounterRandom one = Fresh();
            Fresh().FillUniform(values, -2f, 3f);
            values.ShouldBe([.. Enumerable.Range(0, n).Select(_ => MathF.FusedMultiplyAdd(one.NextSingle(), 5f, -2f))]);
            one = Fresh();
            Fresh().FillNormal(values);
            values.ShouldBe([.. Enumerable.Range(0, n).Select(_ => one.NextNormal())]);
            one = Fresh();
            Fresh().FillPoisson(values, 1.5f);
            values.ShouldBe([.. Enumerable.Range(0, n).Select(_ => (float)one.NextPoisson(1.5f))]);
        }
        static CounterRandom Fresh() => new(6, "fill");
    }

    [Fact]
    public void A_second_fill_goes_on_with_fresh_numbers()
    {
        var random = new CounterRandom(6, "again");
        float[] first = new float[100], second = new float[100];
        random.FillNormal(first);
        random.FillNormal(second);
        first.Intersect(second).ShouldBeEmpty();
    }

    [Fact]
    public void Uniform_numbers_are_spread_evenly()
    {
        var values = new float[100_000];
        new CounterRandom(1, "uniform").FillUniform(values, -1f, 1f);
        values.Min().ShouldBeInRange(-1f, -0.999f);
        values.Max().ShouldBeInRange(0.999f, 1f);
        values.Average().ShouldBe(0f, 0.01f); // the standard error is 0.0018
        values.Average(x => x * x).ShouldBe(1f / 3, 0.005f);
    }

    [Fact]
    public void Normal_numbers_have_the_moments_and_the_tails_of_the_normal_distribution()
    {
        var values = new float[200_000];
        new CounterRandom(2, "normal").FillNormal(values, mean: 3f, deviation: 2f);
        double[] z = [.. values.Select(x => (x - 3.0) / 2)];
        z.Average().ShouldBe(0, 0.01);
        z.Average(x => x * x).ShouldBe(1, 0.015);
        z.Average(x => x * x * x).ShouldBe(0, 0.03);
        z.Average(x => x * x * x * x).ShouldBe(3, 0.12);
        (z.Count(x => Math.Abs(x) > 1.959964) / 200_000.0).ShouldBe(0.05, 0.0025);
        (z.Count(x => x > 3) / 200_000.0).ShouldBe(0.00135, 0.0004);
        z.ShouldAllBe(x => Math.Abs(x) < 6.7);
    }

    [Theory]
    [InlineData(0.3f)]
    [InlineData(1f)]
    [InlineData(7.5f)]
    [InlineData(64f)]
    public void Poisson_numbers_have_the_mean_and_the_variance_asked_for(float mean)
    {
        var values = new float[50_000];
        new CounterRandom(3, "poisson").FillPoisson(values, mean);
        double average = values.Average(x => (double)x);
        average.ShouldBe(mean, 5 * Math.Sqrt(mean / 50_000));
        values.Average(x => (x - average) * (x - average)).ShouldBe(mean, mean * 0.06);
        values.ShouldAllBe(x => x >= 0 && x == MathF.Floor(x));
    }

    [Fact]
    public void A_poisson_mean_out_of_range_is_refused()
    {
        var random = new CounterRandom(3, "poisson");
        random.NextPoisson(0f).ShouldBe(0);
        foreach (float mean in new[] { -1f, 65f, float.NaN })
        {
            Should.Throw<ArgumentOutOfRangeException>(() => random.NextPoisson(mean));
            Should.Throw<ArgumentOutOfRangeException>(() => random.FillPoisson(new float[1], mean));
        }
    }

    [Fact]
    public void Integers_fill_their_range_evenly_and_a_shuffle_is_a_permutation()
    {
        var random = new CounterRandom(9, "integers");
        var counts = new int[7];
        for (int i = 0; i < 70_000; i++) counts[random.NextInt32(7)]++;
        counts.ShouldAllBe(count => Math.Abs(count - 10_000) < 500);
        int[] order = [.. Enumerable.Range(0, 100)];
        random.Shuffle(order);
        order.ShouldNotBe(Enumerable.Range(0, 100));
        order.Order().ShouldBe(Enumerable.Range(0, 100));
    }
}
