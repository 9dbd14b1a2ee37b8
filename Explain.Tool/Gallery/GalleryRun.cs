using System.Text;
using Explain.Core;
using Explain.Render;

namespace Explain.Tool;

/// <summary>A run as the pages show it: its record, read once, and its pictures.</summary>
public sealed class GalleryRun
{
    /// <summary>Reads what every page needs.</summary>
    /// <param name="folder">The run.</param>
    /// <param name="name">What it is called, unique in the gallery.</param>
    /// <param name="slug">Its name in file names, unique in the gallery.</param>
    public GalleryRun(RunFolder folder, string name, string slug)
    {
        Folder = folder;
        Name = name;
        Slug = slug;
        Info = folder.Info;
        Outcome = folder.Outcome;
        Metrics = folder.Metrics;
        Results = folder.Results;
        Epochs = folder.SnapshotEpochs;
        Weighted = [.. Info.Network.Layers.Where(layer => layer.Parameters > 0)];
    }

    /// <summary>The run on disk.</summary>
    public RunFolder Folder { get; }

    /// <summary>What the pages call it: its name, or its folder's where other runs share the name.</summary>
    public string Name { get; }

    /// <summary>Its name in file names and addresses.</summary>
    public string Slug { get; }

    /// <summary>What it is.</summary>
    public RunInfo Info { get; }

    /// <summary>How it ended.</summary>
    public RunOutcome Outcome { get; }

    /// <summary>What it came to.</summary>
    public RunResults Results { get; }

    /// <summary>One entry an epoch.</summary>
    public IReadOnlyList<EpochMetrics> Metrics { get; }

    /// <summary>The epochs that have pictures, ascending.</summary>
    public IReadOnlyList<int> Epochs { get; }

    /// <summary>The layers with weights, in order.</summary>
    public IReadOnlyList<LayerDescription> Weighted { get; }

    /// <summary>All pictures of this run; set once they are drawn.</summary>
    public IReadOnlyList<PictureSet> Figures { get; set; } = [];

    /// <summary>Its page, from the gallery's root.</summary>
    public string Page => $"runs/{Slug}.html";

    /// <summary>Wall-clock time of all training steps, in seconds.</summary>
    public double Seconds => Metrics.Sum(row => double.IsNaN(row.Seconds) ? 0 : row.Seconds);

    /// <summary>The setting called <paramref name="name"/>, or a dash.</summary>
    public string Setting(string name) => Info.Settings.FirstOrDefault(setting => setting.Key == name).Value ?? "–";

    /// <summary>The result called <paramref name="name"/>, or NaN.</summary>
    public double Final(string name) => Results.Final(name);

    /// <summary>Metrics after <paramref name="epoch"/>; null before the first step.</summary>
    public EpochMetrics? At(int epoch) => epoch >= 1 && epoch <= Metrics.Count ? Metrics[epoch - 1] : null;

    /// <summary>Wraps the runs, giving each a file name of its own.</summary>
    public static IReadOnlyList<GalleryRun> Wrap(IReadOnlyList<RunFolder> folders)
    {
        var taken = new HashSet<string>(StringComparer.Ordinal) { "all" };
        var runs = new List<GalleryRun>(folders.Count);
        foreach (var (folder, label) in folders.Zip(RunLabels.Of(folders)))
        {
            string name = SlugOf(label);
            string slug = name;
            int number = 1;
            while (!taken.Add(slug)) slug = $"{name}-{++number}";
            runs.Add(new GalleryRun(folder, label, slug));
        }
        return runs;
    }

    /// <summary>Lower-case ASCII letters, digits, dots within and single hyphens: safe in any address and on any file system.</summary>
    internal static string SlugOf(string name)
    {
        var slug = new StringBuilder(name.Length);
        foreach (char c in name.ToLowerInvariant())
        {
            if (char.IsAsciiLetterOrDigit(c) || (c == '.' && slug.Length > 0 && char.IsAsciiLetterOrDigit(slug[^1]))) slug.Append(c);
            else if (slug.Length > 0 && slug[^1] != '-') slug.Append('-');
        }
        string trimmed = slug.ToString().Trim('-', '.');
        return trimmed.Length == 0 ? "run" : trimmed;
    }
}
