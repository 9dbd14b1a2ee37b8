using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Explain.Core;

/// <summary>Writes a recipe as YAML that leaves nothing to a default.</summary>
internal static class RecipeWriter
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Write(Recipe recipe)
    {
        var yaml = new StringBuilder();
        Line(yaml, $"name: {Text(recipe.Name)}");
        Line(yaml, $"title: {Text(recipe.Title)}");
        WriteNotes(yaml, recipe.Notes);
        Line(yaml, $"seed: {recipe.Seed}");
        WriteData(yaml, recipe.Data);
        Line(yaml, $"augment: {AugmentationRecipe.Write(recipe.Augmentation)}");
        if (recipe.Targets is { } targets) Line(yaml, $"targets: {RecipeReader.Targets[(int)targets]}");
        Line(yaml, "network:");
        NetworkRecipe.Write(yaml, recipe.Network, Text);
        Line(yaml, $"loss: {Text(recipe.Loss.Name)}");
        Line(yaml, $"label smoothing: {Number(recipe.LabelSmoothing)}");
        Line(yaml, $"class weights: {recipe.ClassWeights?.ToString() ?? "none"}");
        if (recipe.Penalty is { } penalty)
            Line(yaml, $"penalty: {{l1: {Number(penalty.L1)}, l2: {Number(penalty.L2)}, biases: {(penalty.Biases ? "true" : "false")}}}");
        if (recipe.Clip is { } clip)
            Line(yaml, clip.Norm is { } norm ? $"clip: {{norm: {Number(norm)}}}" : $"clip: {{value: {Number(clip.Value!.Value)}}}");
        Line(yaml, "optimizer:");
        Line(yaml, $"  kind: {recipe.Optimizer.Kind}");
        WriteSettings(yaml, "  ", recipe.Optimizer.Settings);
        Line(yaml, $"  gradient: {RecipeReader.Gradients[(int)recipe.Optimizer.Gradient]}");
        Line(yaml, "  schedule:");
        Line(yaml, $"    kind: {recipe.Optimizer.Schedule}");
        WriteSettings(yaml, "    ", recipe.Optimizer.ScheduleSettings);
        Line(yaml, $"epochs: {recipe.Epochs}");
        Line(yaml, $"batch: {(recipe.BatchSize is { } batch ? Number(batch) : "full")}");
        if (recipe.KeepBest is { } keep)
            Line(
                yaml,
                $"keep: {{measure: {RecipeReader.Measures[(int)keep.Measure]}, minimum improvement: {Number(keep.MinimumImprovement)}}}");
        else
            Line(yaml, "keep: last");
        if (recipe.EarlyStopping is { } stop)
            Line(
                yaml,
                $"early stopping: {{measure: {RecipeReader.Measures[(int)stop.Measure]}, patience: {stop.Patience}, minimum improvement: "
                    + $"{Number(stop.MinimumImprovement)}}}");
        Line(yaml, $"snapshots: {recipe.Snapshots}");
        return yaml.ToString();
    }

    private static void WriteNotes(StringBuilder yaml, string notes)
    {
        if (notes.Length == 0) return;
        bool block = notes[0] is not (' ' or '\n' or '\t') && notes.All(c => c == '\n' || !char.IsControl(c));
        if (!block)
        {
            Line(yaml, $"notes: {JsonSerializer.Serialize(notes, Plain)}");
            return;
        }
        Line(yaml, "notes: |");
        foreach (string line in notes.Split('\n')) Line(yaml, line.Length == 0 ? "" : "  " + line);
    }

    private static void WriteData(StringBuilder yaml, DataRecipe data)
    {
        Line(yaml, "data:");
        Line(yaml, $"  source: {data.Request.Source}");
        if (data.Request.Label is { } label) Line(yaml, $"  label: {Text(label)}");
        WriteSettings(yaml, "  ", data.Request.Options);
        Line(yaml, $"  validation: {Number(data.Validation)}");
        Line(yaml, $"  normalise: {Normalise(data.Normalise)}");
    }

    private static string Normalise(NormaliseRecipe normalise) => normalise.Kind switch
    {
        NormaliseKind.Given => $"{{mean: {Number(normalise.Mean)}, std: {Number(normalise.Std)}}}",
        NormaliseKind.Standard => RecipeReader.Normalisations[1],
        NormaliseKind.EachFeature => RecipeReader.Normalisations[2],
        NormaliseKind.UnitRange => RecipeReader.Normalisations[3],
        _ => RecipeReader.Normalisations[0],
    };

    private static void WriteSettings(StringBuilder yaml, string indent, IReadOnlyDictionary<string, double> settings)
    {
        foreach (var (name, value) in settings) Line(yaml, $"{indent}{name}: {Number(value)}");
    }

    private static void Line(StringBuilder yaml, string line) => yaml.Append(line).Append('\n');

    private static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    /// <summary>As it is where it is a plain word, quoted where YAML could take it for something else.</summary>
    private static string Text(string text) =>
        text.Length > 0 && char.IsAsciiLetter(text[0])
            && text.All(c => char.IsAsciiLetterOrDigit(c) || c is ' ' or '-' or '_' or '.' or '(' or ')' or '/' or '*') && text[^1] != ' '
            ? text
            : JsonSerializer.Serialize(text, Plain);
}
