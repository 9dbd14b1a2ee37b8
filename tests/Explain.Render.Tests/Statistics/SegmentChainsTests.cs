using Explain.Core;

namespace Explain.Render.Tests;

public class SegmentChainsTests
{
    [Fact]
    public void Segments_end_to_end_are_one_line_whichever_way_they_point() =>
        SegmentChains.Of([(3, 2), (5, 4), (2, 4)]).ShouldHaveSingleItem().ShouldBe([3, 2, 4, 5]);

    [Fact]
    public void A_ring_comes_back_to_where_it_began() =>
        SegmentChains.Of([(1, 2), (3, 2), (3, 1)]).ShouldHaveSingleItem().ShouldBe([1, 2, 3, 1]);

    [Fact]
    public void Lines_end_where_three_meet() =>
        SegmentChains.Of([(1, 2), (2, 0), (3, 0), (0, 4), (4, 5)]).ShouldBe([[1, 2, 0], [3, 0], [0, 4, 5]], ignoreOrder: false);

    [Fact]
    public void Every_segment_of_any_graph_is_in_one_line()
    {
        for (int seed = 0; seed < 200; seed++)
        {
            var random = new CounterRandom((ulong)seed, "chains");
            int places = 2 + random.NextInt32(9);
            var segments = Enumerable.Range(0, random.NextInt32(20))
                .Select(_ => (From: random.NextInt32(places), To: random.NextInt32(places)))
                .Where(s => s.From != s.To).DistinctBy(s => (Math.Min(s.From, s.To), Math.Max(s.From, s.To))).ToList();
            var lines = SegmentChains.Of(segments);
            lines.SelectMany(line => line.Zip(line.Skip(1))).Select(s => (Math.Min(s.First, s.Second), Math.Max(s.First, s.Second))).Order()
                .ShouldBe(segments.Select(s => (Math.Min(s.From, s.To), Math.Max(s.From, s.To))).Order(), $"seed {seed}");
            int Ends(int place) =>
                lines.Count(line => line[0] == place && line[^1] != place) + lines.Count(line => line[^1] == place && line[0] != place);
            foreach (int place in Enumerable.Range(0, places))
            {
                if (segments.Count(s => s.From == place || s.To == place) == 2)
                    Ends(place).ShouldBe(0, $"seed {seed}, place {place}");
            }
        }
    }
}
