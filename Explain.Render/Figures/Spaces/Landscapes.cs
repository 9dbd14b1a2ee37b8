using System.Runtime.CompilerServices;
using Explain.Core;

namespace Explain.Render;

/// <summary>Landscapes that were computed already, for as long as their first run is open: a picture in another theme or from another side costs nothing more.</summary>
internal static class Landscapes
{
    private static readonly ConditionalWeakTable<RunFolder, Dictionary<string, LossLandscape>> Cache = [];

    /// <summary>The landscape of runs.</summary>
    /// <exception cref="InputException">There is none; the sentence says why.</exception>
    public static LossLandscape Of(IReadOnlyList<RunFolder> runs, LandscapeOptions options)
    {
        var known = Cache.GetValue(runs[0], _ => []);
        string key = $"{options}|{string.Join('|', runs.Select(run => $"{run.Path}:{run.SnapshotEpochs.Count}"))}";
        lock (known)
        {
            if (!known.TryGetValue(key, out var landscape)) known[key] = landscape = LossLandscape.Of(runs, options);
            return landscape;
        }
    }
}
