using System.Text.Json;

namespace Explain.Core;

/// <summary>
/// What was settled before a training but chance and words: two runs of the same conditions and data are repeats of one experiment.
/// </summary>
internal static class RunConditions
{
    /// <summary>The facts as one text: all but seed, name, title, notes, recipe, and the place in a comparison.</summary>
    public static string Of(RunInfo info) => JsonSerializer.Serialize(
        info with
        {
            Name = "",
            Title = "",
            Notes = "",
            Seed = 0,
            Recipe = "",
            Comparison = null,
            // What old records say of the optimiser stands only here.
            Settings = info.Optimizer is null ? [.. info.Settings.Where(setting => setting.Key != "seed")] : [],
        },
        RunJson.Default.RunInfo);
}
