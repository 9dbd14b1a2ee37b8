using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Explain.Core;

/// <summary>run.json as it stands on disk. It is written when the run begins and when it ends, and does not grow with the epochs.</summary>
internal sealed record RunDocument
{
    /// <summary>The file's name in a run's folder.</summary>
    public const string FileName = "run.json";

    /// <summary>Version of the format that this program writes, and the highest it reads.</summary>
    public const int CurrentFormat = 2;

    public required int Format { get; init; }

    public required RunInfo Run { get; init; }

    public required RunEnvironment Environment { get; init; }

    public required DateTimeOffset Started { get; init; }

    /// <summary>Null while the run is under way, and for ever if it was killed.</summary>
    public DateTimeOffset? Finished { get; init; }

    public required RunOutcome Outcome { get; init; }

    private static RunJson Json { get; } = new(
        new JsonSerializerOptions(RunJson.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, NewLine = "\n" });

    public void Write(string path) => AtomicFile.Write(path, stream =>
    {
        JsonSerializer.Serialize(stream, this, Json.RunDocument);
        stream.WriteByte((byte)'\n');
    });

    public static RunDocument Read(string path)
    {
        byte[] bytes = AtomicFile.ReadAllBytes(path);
        try
        {
            int format = FormatOf(bytes);
            if (format is < 1 or > CurrentFormat)
                throw new InputException($"{path}: the run has format {format}; this version of Explain reads 1 to {CurrentFormat}.");
            RunDocument? document = format == CurrentFormat
                ? JsonSerializer.Deserialize(bytes, Json.RunDocument)
                : JsonSerializer.Deserialize(RunFormat1.Upgrade(JsonNode.Parse(bytes)!.AsObject()), Json.RunDocument);
            return document ?? throw new InputException($"{path}: the file holds null; expected a run.");
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            string place = e is JsonException { LineNumber: { } line } ? $"{path}, line {line + 1}" : path;
            throw new InputException($"{place}: not a run's description: {e.Message}", e);
        }
    }

    /// <summary>The entry "format", wherever it stands, without reading the rest into anything.</summary>
    private static int FormatOf(ReadOnlySpan<byte> bytes)
    {
        var reader = new Utf8JsonReader(bytes);
        if (!reader.Read() || reader.TokenType == JsonTokenType.Null) return CurrentFormat; // Told of as null.
        if (reader.TokenType != JsonTokenType.StartObject) throw new JsonException("Expected an object.", null, 0, null);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool found = reader.ValueTextEquals("format"u8);
            reader.Read();
            if (found)
                return reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out int format) ? format
                    : throw new JsonException("Expected a whole number as 'format'.");
            reader.Skip();
        }
        throw new JsonException("Expected an entry 'format'.");
    }
}

/// <summary>How run.json maps to its records.</summary>
[JsonSourceGenerationOptions(
    WriteIndented = true,
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    IgnoreReadOnlyProperties = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    Converters =
    [
        typeof(ShapeConverter), typeof(TextPairsConverter), typeof(NumberPairsConverter),
        typeof(ActivationConverter), typeof(InitializerConverter), typeof(LossConverter), typeof(GradientClipConverter),
    ])]
[JsonSerializable(typeof(RunDocument))]
internal sealed partial class RunJson : JsonSerializerContext;
