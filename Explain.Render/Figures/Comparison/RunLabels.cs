using Explain.Core;

namespace Explain.Render;

/// <summary>
/// What runs are called beside each other: by their names, and those that share one by their folders, since the same recipe may have been
/// trained twice.
/// </summary>
public static class RunLabels
{
    /// <summary>One label a run, in their order; all differ where the folders do.</summary>
    public static IReadOnlyList<string> Of(IReadOnlyList<RunFolder> runs)
    {
        ArgumentNullException.ThrowIfNull(runs);
        string[] labels = [.. runs.Select(run => RequestExtensions.Isolated(run.Info.Name))];
        // Folders of the same name, in different places, need their parents too.
        for (int parts = 1; parts <= 3; parts++)
        {
            var taken = labels.CountBy(label => label, StringComparer.Ordinal).Where(pair => pair.Value > 1).Select(pair => pair.Key)
                .ToHashSet(StringComparer.Ordinal);
            if (taken.Count == 0) break;
            for (int i = 0; i < labels.Length; i++)
            {
                if (taken.Contains(labels[i])) labels[i] = RequestExtensions.Isolated(End(runs[i].Path, parts));
            }
        }
        return labels;
    }

    private static string End(string path, int parts) =>
        string.Join(
            '/',
            Path.GetFullPath(path)
                .Split([Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar], StringSplitOptions.RemoveEmptyEntries)
                .TakeLast(parts));
}
