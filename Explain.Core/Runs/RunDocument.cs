using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Explain.Core;

/// <summary>run.json as it stands on disk.</summary>
internal sealed record RunDocument
{
    /// <summary>Version of the format that this program writes, and the highest it reads.</summary>
    public const int CurrentFormat = 1;

    public required int Format { get; init; }

    public required RunInfo Run { get; init; }

    public required RunEnvironment Environment { get; init; }

    public required DateTimeOffset Started { get; init; }

    /// <summary>Null while the run is under way, and for ever if it was killed.</summary>
    public DateTimeOffset? Finished { get; init; }

    public required RunOutcome Outcome { get; init; }

    /// <summary>Copied from metrics.csv at the end, so that run.json is written twice in a run and not once an epoch.</summary>
    public required IReadOnlyList<string> WeightsHashes { get; init; }

    private static RunJson Json { get; } = new(new JsonSerializerOptions(RunJson.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, NewLine = "\n" });

    public void Write(string path) => AtomicFile.Write(path, stream =>
    {
        JsonSerializer.Serialize(stream, this, Json.RunDocument);
        stream.WriteByte((byte)'\n');
    });

    public static RunDocument Read(string path)
    {
        byte[] bytes = AtomicFile.ReadAllBytes(path);
        RunDocument document;
        try
        {
            document = JsonSerializer.Deserialize(bytes, Json.RunDocument) ?? throw new InputException($"{path}: the file holds null; expected a run.");
        }
        catch (JsonException e)
        {
            string place = e.LineNumber is long line ? $"{path}, line {line + 1}" : path;
            throw new InputException($"{place}: not a run's description: {e.Message}", e);
        }
        if (document.Format is < 1 or > CurrentFormat)
            throw new InputException($"{path}: the run has format {document.Format}; this version of Explain reads {CurrentFormat}.");
        return document;
    }
}

/// <summary>How run.json maps to its records.</summary>
[JsonSourceGenerationOptions(
    WriteIndented = true,
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    IgnoreReadOnlyProperties = true,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    Converters = [typeof(ShapeConverter), typeof(TextPairsConverter), typeof(NumberPairsConverter)])]
[JsonSerializable(typeof(RunDocument))]
internal sealed partial class RunJson : JsonSerializerContext;

/// <summary>A shape as [height, width, channels].</summary>
internal sealed class ShapeConverter : JsonConverter<Shape>
{
    public override Shape Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        Span<int> sizes = stackalloc int[3];
        if (reader.TokenType != JsonTokenType.StartArray) throw new JsonException("Expected a shape [height, width, channels].");
        for (int i = 0; i < 3; i++)
        {
            if (!reader.Read() || reader.TokenType != JsonTokenType.Number || !reader.TryGetInt32(out sizes[i]) || sizes[i] < 1)
                throw new JsonException("Expected a shape [height, width, channels] of positive whole numbers.");
        }
        if (!reader.Read() || reader.TokenType != JsonTokenType.EndArray) throw new JsonException("Expected a shape of three numbers.");
        return new Shape(sizes[0], sizes[1], sizes[2]);
    }

    public override void Write(Utf8JsonWriter writer, Shape value, JsonSerializerOptions options) =>
        writer.WriteRawValue($"[{value.Height}, {value.Width}, {value.Channels}]");
}

/// <summary>Ordered pairs as one JSON object, which keeps their order.</summary>
internal abstract class PairsConverter<T> : JsonConverter<IReadOnlyList<KeyValuePair<string, T>>>
{
    public override IReadOnlyList<KeyValuePair<string, T>> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartObject) throw new JsonException("Expected an object.");
        var pairs = new List<KeyValuePair<string, T>>();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string name = reader.GetString()!;
            reader.Read();
            pairs.Add(new KeyValuePair<string, T>(name, ReadValue(ref reader)));
        }
        return pairs;
    }

    public override void Write(Utf8JsonWriter writer, IReadOnlyList<KeyValuePair<string, T>> value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        foreach ((string name, T item) in value) WriteValue(writer, name, item);
        writer.WriteEndObject();
    }

    protected abstract T ReadValue(ref Utf8JsonReader reader);

    protected abstract void WriteValue(Utf8JsonWriter writer, string name, T value);
}

/// <summary>Names and texts.</summary>
internal sealed class TextPairsConverter : PairsConverter<string>
{
    protected override string ReadValue(ref Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.String ? reader.GetString()! : throw new JsonException("Expected a string.");

    protected override void WriteValue(Utf8JsonWriter writer, string name, string value) => writer.WriteString(name, value);
}

/// <summary>Names and numbers; what JSON cannot write as a number stands as "NaN", "Infinity" or "-Infinity".</summary>
internal sealed class NumberPairsConverter : PairsConverter<double>
{
    protected override double ReadValue(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.Number => reader.GetDouble(),
        JsonTokenType.String when reader.GetString() is string text => text switch
        {
            "NaN" => double.NaN,
            "Infinity" => double.PositiveInfinity,
            "-Infinity" => double.NegativeInfinity,
            _ => throw new JsonException("Expected a number, \"NaN\", \"Infinity\" or \"-Infinity\"."),
        },
        _ => throw new JsonException("Expected a number, \"NaN\", \"Infinity\" or \"-Infinity\"."),
    };

    protected override void WriteValue(Utf8JsonWriter writer, string name, double value)
    {
        if (double.IsFinite(value)) writer.WriteNumber(name, value);
        else writer.WriteString(name, double.IsNaN(value) ? "NaN" : value > 0 ? "Infinity" : "-Infinity");
    }
}
