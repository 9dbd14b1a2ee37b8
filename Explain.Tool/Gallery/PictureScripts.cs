using System.Text.Encodings.Web;
using System.Text.Json;

namespace Explain.Tool;

/// <summary>
/// What the pages' scripts need to know of the pictures. A page opened from disk may not fetch anything, but it may load a script, so the
/// data are scripts: <c>pictures.js</c> of a run holds words and sizes of all its pictures, <c>tables.js</c> of a figure the numbers drawn,
/// loaded only where a reader asks for them.
/// </summary>
internal static class PictureScripts
{
    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes the scripts of all runs.</summary>
    public static void Write(GalleryFolder folder, GalleryModel model)
    {
        foreach (var run in model.Runs)
        {
            Write(folder, PicturesPath(run), "runs", run.Slug, Pictures(run));
            foreach (var set in run.Figures) WriteTables(folder, set);
        }
        foreach (var set in model.Together) WriteTables(folder, set);
    }

    /// <summary>Where a run's script lies, from the gallery's root.</summary>
    public static string PicturesPath(GalleryRun run) => $"figures/{run.Slug}/pictures.js";

    private static object Pictures(GalleryRun run) => new
    {
        epochs = run.Epochs,
        readouts = run.Epochs.Select(epoch => Readout(run, epoch)),
        figures = run.Figures.Where(set => set.Kind.GalleryScope == Render.FigureScope.Epoch)
            .ToDictionary(set => set.Key, set => set.Pictures.Select(Words)),
    };

    private static Dictionary<string, object> Words(Picture picture)
    {
        var words = new Dictionary<string, object>
        {
            ["src"] = picture.Base,
            ["width"] = Math.Round(picture.Width),
            ["height"] = Math.Round(picture.Height),
            ["alt"] = picture.Info.AltText,
            ["caption"] = picture.Info.Caption,
        };
        if (picture.Shared is { } shared) words["shared"] = Words(shared);
        return words;
    }

    /// <summary>What the run had come to after an epoch, for the bar with the slider: "loss 0.0831 · accuracy 97.86 %".</summary>
    public static string Readout(GalleryRun run, int epoch)
    {
        if (run.At(epoch) is not { } row) return epoch == 0 ? "before the first step" : "";
        var parts = new List<string> { $"loss {Numbers.Short(row.Loss)}" };
        if (!double.IsNaN(row.Accuracy)) parts.Add($"accuracy {Numbers.Percent(row.Accuracy)}");
        if (!double.IsNaN(row.ValidationAccuracy)) parts.Add($"validation {Numbers.Percent(row.ValidationAccuracy)}");
        return string.Join(" · ", parts);
    }

    private static void WriteTables(GalleryFolder folder, PictureSet set) =>
        Write(folder, $"{set.Folder}/tables.js", "tables", set.Folder, set.Pictures.Select(picture => new
        {
            columns = picture.Info.Table?.Columns ?? [],
            rows = picture.Info.Table?.Rows ?? [],
            description = picture.Info.Description,
            command = picture.Info.Command,
        }));

    private static void Write(GalleryFolder folder, string path, string group, string key, object value)
    {
        using var script = new MemoryStream();
        script.Write("explain."u8);
        script.Write(System.Text.Encoding.UTF8.GetBytes($"{group}[{JsonSerializer.Serialize(key, Json)}]="));
        JsonSerializer.Serialize(script, value, Json);
        script.Write(";\n"u8);
        folder.Write(path, script.ToArray());
    }
}
