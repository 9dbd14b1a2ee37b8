using System.Globalization;
using CsvHelper;

namespace Explain.Core;

/// <summary>How a CSV file is to be read.</summary>
/// <param name="Label">Name of the column with the class; null for the last column.</param>
/// <param name="Separator">Between the fields of a line; null to tell comma, semicolon, tab and bar apart by looking.</param>
public sealed record CsvOptions(string? Label = null, char? Separator = null);

/// <summary>CSV with a header line: one sample a line, numeric features, one column with the class.</summary>
public static class Csv
{
    private const int MaxValues = 1 << 29; // 2 GiB of float32: beyond it a single buffer cannot hold the features.

    /// <summary>
    /// Reads a file. Classes are the distinct labels, in numeric order where all are numbers and in ordinal order otherwise.
    /// </summary>
    /// <exception cref="InputException">The file is missing or malformed; says line, column and value.</exception>
    public static Dataset Read(string path, CsvOptions? options = null)
    {
        options ??= new CsvOptions();
        if (!File.Exists(path)) throw new InputException($"{path}: no such file. A CSV file with a header line is expected.");
        try
        {
            using var reader = CsvReader.FromFile(path, new CsvReaderOptions
            {
                Separator = options.Separator,
                HasHeader = false, // It is read as a record of its own, so that what is wrong with it can be told.
                TrimWhitespace = true,
                TrackLineNumbers = true,
                MalformedData = CsvMalformedDataHandling.Throw,
            });
            return Read(reader, path, options);
        }
        catch (CsvFormatException e)
        {
            throw new InputException(
                $"{path}, line {e.LineNumber}: the quotes do not match. "
                    + "A field with quotes in it must be quoted whole and its quotes doubled.",
                e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"{path}: cannot be read ({e.Message.TrimEnd('.')}).", e);
        }
    }

    private static Dataset Read(CsvReader reader, string path, CsvOptions options)
    {
        if (!reader.Read())
            throw new InputException($"{path}: the file is empty; a header line with the names of the columns is expected.");
        string[] header = Fields(reader);
        int label = CheckHeader(path, header, reader.Separator, options);

        var features = new List<float>();
        var labels = new List<string>();
        while (reader.Read())
        {
            string[] fields = Fields(reader);
            long line = reader.LineNumber;
            if (fields.Length != header.Length)
                throw new InputException(
                    $"{path}, line {line}: {fields.Length} fields; the header has {header.Length}, so must every line.");
            for (int c = 0; c < fields.Length; c++)
            {
                if (c == label) continue;
                if (!float.TryParse(fields[c], NumberStyles.Float, CultureInfo.InvariantCulture, out float value) || !float.IsFinite(value))
                    throw new InputException(
                        $"{path}, line {line}, column {c + 1} ('{header[c]}'): '{Shorten(fields[c])}' is not a number; "
                            + "features must be finite numbers such as -1.5 or 2e-3.");
                features.Add(value);
            }
            if (fields[label].Length == 0)
                throw new InputException(
                    $"{path}, line {line}, column {label + 1} ('{header[label]}'): the label is empty; every sample needs a class.");
            labels.Add(fields[label]);
            if (features.Count > MaxValues)
                throw new InputException($"{path}, line {line}: more than {MaxValues} values; that is the most that can be read.");
        }
        if (labels.Count == 0)
            throw new InputException($"{path}: there is a header but no line of data; at least one sample is needed.");

        string[] classNames = SortedClasses(labels);
        var index = classNames.Select((name, i) => (name, i)).ToDictionary(p => p.name, p => p.i, StringComparer.Ordinal);
        var inputs = new Matrix([.. features], 0, labels.Count, header.Length - 1);
        return new Dataset(
            Path.GetFileNameWithoutExtension(path), inputs, Shape.Vector(header.Length - 1), [.. labels.Select(l => index[l])], classNames)
        {
            FeatureNames = [.. header.Where((_, c) => c != label)],
        };
    }

    private static string[] Fields(CsvReader reader)
    {
        var fields = new string[reader.FieldCount];
        for (int i = 0; i < fields.Length; i++) fields[i] = reader.GetString(i);
        return fields;
    }

    /// <summary>The index of the label column, once the header is known to be sound.</summary>
    private static int CheckHeader(string path, string[] header, char separator, CsvOptions options)
    {
        if (header.Length < 2)
            throw new InputException(
                $"{path}, line 1: the header has one column ('{Shorten(header[0])}'); at least one feature and the label are needed, "
                    + $"separated by '{separator}'.");
        for (int c = 0; c < header.Length; c++)
        {
            if (header[c].Length == 0)
                throw new InputException($"{path}, line 1, column {c + 1}: the column has no name; every column needs one.");
            if (Array.IndexOf(header, header[c]) < c)
                throw new InputException($"{path}, line 1, column {c + 1}: the name '{header[c]}' is used twice; names must differ.");
        }
        if (header.All(name => double.TryParse(name, NumberStyles.Float, CultureInfo.InvariantCulture, out _)))
            throw new InputException(
                $"{path}, line 1: every name in the header is a number ('{Shorten(string.Join(separator, header))}'); "
                    + "the first line must name the columns.");
        if (options.Label is null) return header.Length - 1;
        int label = Array.IndexOf(header, options.Label);
        return label >= 0
            ? label
            : throw new InputException(
                $"{path}, line 1: there is no column '{options.Label}' to take the label from; the columns are {Names.List(header)}.");
    }

    private static string[] SortedClasses(List<string> labels)
    {
        string[] names = [.. labels.Distinct(StringComparer.Ordinal)];
        double[] numbers = new double[names.Length];
        bool numeric = true;
        for (int i = 0; i < names.Length && numeric; i++)
            numeric = double.TryParse(names[i], NumberStyles.Float, CultureInfo.InvariantCulture, out numbers[i]);
        if (numeric) Array.Sort(numbers, names);
        else Array.Sort(names, StringComparer.Ordinal);
        return names;
    }

    private static string Shorten(string value)
    {
        value = value.TrimEnd('\r', '\n');
        return value.Length <= 40 ? value : value[..40] + "…";
    }
}
