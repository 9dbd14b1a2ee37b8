using System.Text.Json;
using System.Text.Json.Serialization;

namespace Explain.Core;

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
    public override IReadOnlyList<KeyValuePair<string, T>> Read(
        ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
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

/// <summary>
/// A member of a family that is found by name, as data: <c>{"kind": "leaky relu", "slope": 0.01}</c>. Records of before have the name with
/// its numbers as one string.
/// </summary>
internal abstract class KindConverter<T>(Catalog<T> family, Func<T, string> name) : JsonConverter<T>
    where T : class
{
    private const string Kind = "kind";

    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        try
        {
            if (reader.TokenType == JsonTokenType.String) return family.Parse(reader.GetString()!);
            var (kind, numbers) = ReadObject(ref reader);
            return family.Create(kind, numbers);
        }
        catch (InputException e)
        {
            throw new JsonException(e.Message, e);
        }
    }

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options)
    {
        var (kind, values) = family.Take(name(value));
        writer.WriteStartObject();
        writer.WriteString(Kind, kind.Name);
        foreach (var (parameter, number) in kind.Parameters.Zip(values)) writer.WriteNumber(parameter.Name, number);
        writer.WriteEndObject();
    }

    private static (string Kind, Dictionary<string, double> Numbers) ReadObject(ref Utf8JsonReader reader)
    {
        string? kind = null;
        var numbers = new Dictionary<string, double>();
        if (reader.TokenType != JsonTokenType.StartObject)
            throw new JsonException("Expected a kind with its numbers, e.g. {\"kind\": \"relu\"}.");
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string key = reader.GetString()!;
            reader.Read();
            if (key == Kind && reader.TokenType == JsonTokenType.String) kind = reader.GetString();
            else if (key != Kind && reader.TokenType == JsonTokenType.Number) numbers.Add(key, reader.GetDouble());
            else throw new JsonException($"Expected {(key == Kind ? "a name" : "a number")} as '{key}'.");
        }
        return (kind ?? throw new JsonException("Expected a kind, e.g. {\"kind\": \"relu\"}."), numbers);
    }
}

/// <summary>An activation as data.</summary>
internal sealed class ActivationConverter() : KindConverter<Activation>(Activation.Family, activation => activation.Name);

/// <summary>An initialiser as data.</summary>
internal sealed class InitializerConverter() : KindConverter<Initializer>(Initializer.Family, initializer => initializer.Name);

/// <summary>A loss as data.</summary>
internal sealed class LossConverter() : KindConverter<Loss>(Loss.Family, loss => loss.Name);

/// <summary>A bound for gradients as <c>{"norm": 1}</c> or <c>{"value": 1}</c>.</summary>
internal sealed class GradientClipConverter : JsonConverter<GradientClip>
{
    public override GradientClip Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var document = JsonDocument.ParseValue(ref reader);
        try
        {
            if (document.RootElement.ValueKind == JsonValueKind.Object
                && document.RootElement.EnumerateObject().ToList() is [{ Value.ValueKind: JsonValueKind.Number } only])
            {
                if (only.NameEquals("norm")) return GradientClip.ByNorm(only.Value.GetDouble());
                if (only.NameEquals("value")) return GradientClip.ByValue(only.Value.GetDouble());
            }
        }
        catch (InputException e)
        {
            throw new JsonException(e.Message, e);
        }
        throw new JsonException("Expected a bound for gradients, {\"norm\": 1} or {\"value\": 1}.");
    }

    public override void Write(Utf8JsonWriter writer, GradientClip value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        if (value.Norm is { } norm) writer.WriteNumber("norm", norm);
        if (value.Value is { } bound) writer.WriteNumber("value", bound);
        writer.WriteEndObject();
    }
}
