using System.Globalization;
using System.Text.Json;

namespace Explain.Core;

/// <summary>A kind of analysis as the catalogue lists it.</summary>
/// <param name="Name">As <see cref="Analysis.Name"/>.</param>
/// <param name="Summary">One line: what it finds.</param>
/// <param name="Defaults">Those to make of a run where nobody says which; none where it makes no sense for the run.</param>
/// <param name="Restore">The analysis that has these options, as a kept file names them.</param>
public sealed record AnalysisKind(
    string Name, string Summary, Func<RunFolder, IEnumerable<Analysis>> Defaults, Func<AnalysisOptions, Analysis> Restore);

/// <summary>The options of a kept result, read back.</summary>
public sealed class AnalysisOptions
{
    private readonly Dictionary<string, string> _values;

    private AnalysisOptions(Dictionary<string, string> values) => _values = values;

    /// <summary>The options of a file's metadata.</summary>
    /// <exception cref="InputException">They are not names and texts in JSON.</exception>
    internal static AnalysisOptions Parse(string json)
    {
        try
        {
            return new AnalysisOptions(JsonSerializer.Deserialize<Dictionary<string, string>>(json) ?? []);
        }
        catch (JsonException e)
        {
            throw new InputException($"The options of a kept analysis are '{json}'; expected a JSON object of texts.", e);
        }
    }

    /// <summary>Those of an analysis.</summary>
    public static AnalysisOptions Of(Analysis analysis)
    {
        ArgumentNullException.ThrowIfNull(analysis);
        return new AnalysisOptions(analysis.Options.ToDictionary(option => option.Key, option => option.Value));
    }

    /// <summary>All of them, as names and values.</summary>
    public IReadOnlyDictionary<string, string> Values => _values;

    /// <summary>An option as it stands.</summary>
    /// <exception cref="InputException">It is missing.</exception>
    public string Text(string name) =>
        _values.TryGetValue(name, out string? value) ? value : throw new InputException($"The kept analysis has no option '{name}'.");

    /// <summary>A whole number.</summary>
    /// <exception cref="InputException">It is missing or no whole number.</exception>
    public int Whole(string name) => int.TryParse(Text(name), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value)
        ? value
        : throw new InputException($"The option '{name}' of a kept analysis is '{Text(name)}'; expected a whole number.");

    /// <summary>A number.</summary>
    /// <exception cref="InputException">It is missing or no number.</exception>
    public double Number(string name) => double.TryParse(Text(name), NumberStyles.Float, CultureInfo.InvariantCulture, out double value)
        ? value
        : throw new InputException($"The option '{name}' of a kept analysis is '{Text(name)}'; expected a number.");
}
