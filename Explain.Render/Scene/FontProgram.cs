namespace Explain.Render;

/// <summary>A font file, or one font of a collection: what an output needs to draw glyphs by their numbers.</summary>
public sealed class FontProgram
{
    private readonly Lazy<byte[]> _bytes;

    /// <summary>A font whose file is read when its bytes are first asked for.</summary>
    /// <param name="family">Name of its family.</param>
    /// <param name="file">Where it is from, for messages.</param>
    /// <param name="index">Its place in a collection, 0 for a file of one font.</param>
    /// <param name="read">Reads the file.</param>
    public FontProgram(string family, string file, int index, Func<byte[]> read)
    {
        Family = family;
        File = file;
        Index = index;
        _bytes = new Lazy<byte[]>(read);
    }

    /// <summary>Name of its family.</summary>
    public string Family { get; }

    /// <summary>Where it is from, for messages.</summary>
    public string File { get; }

    /// <summary>Its place in a collection, 0 for a file of one font.</summary>
    public int Index { get; }

    /// <summary>The whole file: TrueType, OpenType, or a collection of them.</summary>
    public ReadOnlyMemory<byte> Bytes => _bytes.Value;
}
