using System.Runtime.InteropServices;

namespace Explain.Render;

/// <summary>
/// Segments between numbered places → lines as long as they go, so that a pen runs through instead of beginning anew at every step. Where
/// other than two segments meet, lines end; a line that comes back to where it began is closed and has the place at both ends. Every
/// segment is in one line.
/// </summary>
internal static class SegmentChains
{
    /// <summary>
    /// The lines, as places in order: those with ends first, in the order in which their ends come up in <paramref name="segments"/>.
    /// </summary>
    public static IReadOnlyList<IReadOnlyList<int>> Of(IReadOnlyList<(int From, int To)> segments)
    {
        var at = new Dictionary<int, List<int>>();
        for (int i = 0; i < segments.Count; i++)
        {
            Meet(at, segments[i].From, i);
            Meet(at, segments[i].To, i);
        }
        bool[] used = new bool[segments.Count];
        var lines = new List<IReadOnlyList<int>>();
        for (int pass = 0; pass < 2; pass++)
        {
            for (int i = 0; i < segments.Count; i++)
            {
                var (from, to) = segments[i];
                // First from the ends; what is left then is closed.
                if (!used[i] && (pass == 1 || at[from].Count != 2))
                    lines.Add(Follow(segments, at, used, i, from));
                if (!used[i] && at[to].Count != 2)
                    lines.Add(Follow(segments, at, used, i, to));
            }
        }
        return lines;
    }

    private static void Meet(Dictionary<int, List<int>> at, int place, int segment)
    {
        ref var list = ref CollectionsMarshal.GetValueRefOrAddDefault(at, place, out _);
        (list ??= new List<int>(2)).Add(segment);
    }

    private static List<int> Follow(
        IReadOnlyList<(int From, int To)> segments, Dictionary<int, List<int>> at, bool[] used, int segment, int start)
    {
        var places = new List<int> { start };
        while (segment >= 0)
        {
            used[segment] = true;
            int place = segments[segment].From == places[^1] ? segments[segment].To : segments[segment].From;
            places.Add(place);
            var here = at[place];
            segment = here.Count == 2 && place != start ? here.FindIndex(s => !used[s]) is >= 0 and var k ? here[k] : -1 : -1;
        }
        return places;
    }
}
