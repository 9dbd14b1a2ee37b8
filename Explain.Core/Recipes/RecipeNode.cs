using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Explain.Core;

/// <summary>
/// A piece of YAML that knows its line: a scalar, a list or a mapping. Keys that come twice are kept, so that they can be reported with
/// everything else.
/// </summary>
internal sealed class RecipeNode
{
    private const int MaxDepth = 16;

    private RecipeNode(int line, string? origin)
    {
        Line = line;
        Origin = origin;
    }

    /// <summary>The line in the file, from 1.</summary>
    public int Line { get; }

    /// <summary>What it came from if not from the file, e.g. "--set optimizer.rate"; null for the file.</summary>
    public string? Origin { get; }

    /// <summary>Where it stands, for messages: "line 7" or "--set optimizer.rate".</summary>
    public string Where => Origin ?? $"line {Line}";

    /// <summary>The text of a scalar; null for lists and mappings.</summary>
    public string? Scalar { get; private init; }

    /// <summary>Whether the scalar was quoted or a block, and so is text whatever it looks like.</summary>
    public bool Quoted { get; private init; }

    /// <summary>The elements of a list; null for anything else.</summary>
    public List<RecipeNode>? Items { get; private init; }

    /// <summary>The keys and values of a mapping, in order; null for anything else.</summary>
    public List<(RecipeNode Key, RecipeNode Value)>? Entries { get; private init; }

    /// <summary>What it is, for messages.</summary>
    public string What => Scalar is { } s ? (s.Length == 0 ? "nothing" : $"'{(s.Length <= 40 ? s : s[..40] + "…")}'")
        : Items is not null ? "a list"
        : "a mapping";

    /// <summary>The value of the last entry with that key, or null.</summary>
    public RecipeNode? this[string key] => Entries?.LastOrDefault(e => e.Key.Scalar == key).Value;

    /// <summary>Reads one document.</summary>
    /// <param name="text">YAML.</param>
    /// <param name="source">Its name, for messages.</param>
    /// <param name="origin">Where the text comes from if not from a file; stands in messages instead of the line.</param>
    /// <exception cref="InputException">It is not YAML, or uses anchors or tags, which recipes do without.</exception>
    public static RecipeNode Parse(string text, string source, string? origin = null)
    {
        var parser = new Parser(new StringReader(text));
        try
        {
            parser.Consume<StreamStart>();
            if (parser.Accept<StreamEnd>(out _)) return new RecipeNode(1, origin) { Entries = [] };
            parser.Consume<DocumentStart>();
            var node = Read(parser, source, origin, 0);
            parser.Consume<DocumentEnd>();
            if (!parser.Accept<StreamEnd>(out _))
                throw new InputException(
                    $"{source}, line {parser.Current?.Start.Line}: a second document begins here; a recipe is one document.");
            return node;
        }
        catch (YamlException e)
        {
            throw new InputException($"{source}, {origin ?? $"line {e.Start.Line}"}: this is not YAML: {e.Message.TrimEnd('.')}.", e);
        }
        catch (InvalidOperationException e)
        {
            // The parser loses its way after some errors, such as a bracket that is never closed.
            throw new InputException(
                $"{source}, {origin ?? $"after line {parser.Current?.Start.Line ?? 1}"}: this is not YAML: "
                    + "something is opened and not closed.",
                e);
        }
    }

    /// <summary>Reads a value given on a command line; nothing at all is an empty text.</summary>
    /// <exception cref="InputException">It is not YAML.</exception>
    public static RecipeNode ParseValue(string text, string origin) =>
        string.IsNullOrWhiteSpace(text) ? new RecipeNode(0, origin) { Scalar = "" } : Parse(text, "the command line", origin);

    /// <summary>A text that comes from nowhere.</summary>
    public static RecipeNode Text(string text) => new(0, null) { Scalar = text, Quoted = true };

    /// <summary>A mapping of one key, the long form of a scalar: "adam" is {kind: adam}.</summary>
    public RecipeNode AsMapping(string key) => Scalar is null
        ? this
        : new RecipeNode(Line, Origin) { Entries = [(new RecipeNode(Line, Origin) { Scalar = key }, this)] };

    /// <summary>A copy whose lists and mappings can be changed without changing this.</summary>
    public RecipeNode Clone() => new(Line, Origin)
    {
        Scalar = Scalar,
        Quoted = Quoted,
        Items = Items?.ConvertAll(i => i.Clone()),
        Entries = Entries?.ConvertAll(e => (e.Key, e.Value.Clone())),
    };

    /// <summary>
    /// Puts <paramref name="value"/> at a path such as "optimizer.rate" or "network.0.units"; missing mappings on the way are made.
    /// </summary>
    /// <exception cref="InputException">The path leads through something that has no such part.</exception>
    public void Set(string path, RecipeNode value)
    {
        string[] keys = path.Split('.');
        var node = this;
        for (int k = 0; k < keys.Length; k++)
        {
            bool last = k == keys.Length - 1;
            if (node.Items is { } items)
            {
                if (!int.TryParse(keys[k], out int index) || index < 0 || index >= items.Count)
                    throw new InputException(
                        $"{value.Where}: '{keys[k]}' is no place in {string.Join('.', keys[..k])}, a list of {items.Count}; "
                            + $"allowed are 0 to {items.Count - 1}.");
                if (last) items[index] = value;
                node = items[index];
                continue;
            }
            if (node.Entries is not { } entries)
                throw new InputException($"{value.Where}: {string.Join('.', keys[..k])} is {node.What} and has no '{keys[k]}'.");
            int at = entries.FindLastIndex(e => e.Key.Scalar == keys[k]);
            var child = last ? value
                : at < 0 ? new RecipeNode(value.Line, value.Origin) { Entries = [] }
                : LongForm(keys[k], entries[at].Value);
            var entry = (at < 0 || last ? new RecipeNode(value.Line, value.Origin) { Scalar = keys[k] } : entries[at].Key, child);
            if (at < 0) entries.Add(entry);
            else entries[at] = entry;
            node = child;
        }
    }

    /// <summary>Takes every entry with that key away.</summary>
    public void Remove(string key) => Entries?.RemoveAll(e => e.Key.Scalar == key);

    /// <summary>The mapping that a short form stands for, so that a path can lead into it.</summary>
    private static RecipeNode LongForm(string key, RecipeNode value) => key switch
    {
        "optimizer" or "schedule" => value.AsMapping("kind"),
        "data" => value.AsMapping("source"),
        "elastic" => value.AsMapping("strength"),
        _ => value,
    };

    private static RecipeNode Read(IParser parser, string source, string? origin, int depth)
    {
        bool alias = parser.Accept<AnchorAlias>(out var reference);
        var current = alias ? null : parser.Consume<NodeEvent>();
        int line = (int)(current?.Start ?? reference!.Start).Line;
        string here = origin ?? $"line {line}";
        if (current is null || !current.Anchor.IsEmpty || !current.Tag.IsEmpty)
            throw new InputException($"{source}, {here}: anchors, aliases and tags have no meaning in a recipe; write the value out.");
        if (depth > MaxDepth)
            throw new InputException($"{source}, {here}: lists and mappings are nested more than {MaxDepth} deep; no recipe needs that.");
        switch (current)
        {
            case Scalar scalar:
                return new RecipeNode(line, origin) { Scalar = scalar.Value, Quoted = scalar.Style != ScalarStyle.Plain };
            case SequenceStart:
                var items = new List<RecipeNode>();
                while (!parser.TryConsume<SequenceEnd>(out _)) items.Add(Read(parser, source, origin, depth + 1));
                return new RecipeNode(line, origin) { Items = items };
            default:
                var entries = new List<(RecipeNode, RecipeNode)>();
                while (!parser.TryConsume<MappingEnd>(out _))
                    entries.Add((Read(parser, source, origin, depth + 1), Read(parser, source, origin, depth + 1)));
                return new RecipeNode(line, origin) { Entries = entries };
        }
    }
}
