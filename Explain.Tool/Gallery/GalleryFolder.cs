using System.Text.Json;
using Explain.Core;

namespace Explain.Tool;

/// <summary>
/// The folder a gallery is built in. Everything is written to a sibling and takes its place at the end in one rename, so a build that
/// fails or is killed never leaves half a gallery that looks complete, and never loses the one that was there.
/// </summary>
internal sealed class GalleryFolder : IDisposable
{
    /// <summary>Says that a folder is a gallery, and so may be replaced by a newer one.</summary>
    public const string Marker = "gallery.json";

    private readonly string _target;
    private bool _done;

    /// <summary>Makes the sibling folder.</summary>
    /// <exception cref="InputException"><paramref name="target"/> holds something else than a gallery.</exception>
    public GalleryFolder(string target)
    {
        _target = Path.GetFullPath(target);
        Check(_target);
        string parent = Path.GetDirectoryName(_target)
            ?? throw new InputException($"'{target}' is the root of the file system; name a folder for the gallery.");
        Root = Path.Combine(parent, $".{Path.GetFileName(_target)}.{Environment.ProcessId}.building");
        Directory.CreateDirectory(Root);
    }

    /// <summary>Where to write.</summary>
    public string Root { get; }

    /// <summary>Throws where the folder may not be replaced.</summary>
    /// <exception cref="InputException">It holds something else than a gallery.</exception>
    public static void Check(string target)
    {
        if (File.Exists(target)) throw new InputException($"'{target}' is a file; name a folder for the gallery.");
        if (Directory.Exists(target) && Directory.EnumerateFileSystemEntries(target).Any() && !File.Exists(Path.Combine(target, Marker)))
            throw new InputException($"'{target}' is not empty and is not a gallery, so it is left alone; name another folder with --out.");
    }

    /// <summary>Writes a file, making its folder.</summary>
    public void Write(string path, ReadOnlySpan<byte> content)
    {
        string full = Path.Combine(Root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllBytes(full, content);
    }

    /// <summary>Writes the marker and puts the gallery in its place.</summary>
    /// <returns>The full path of its index.html.</returns>
    public string Complete(string title, IEnumerable<string> runs)
    {
        Write(Marker, JsonSerializer.SerializeToUtf8Bytes(new { title, runs }));
        string? old = null;
        if (Directory.Exists(_target))
        {
            old = Root + ".old";
            Directory.Move(_target, old);
        }
        Directory.Move(Root, _target);
        _done = true;
        if (old is not null) Directory.Delete(old, recursive: true);
        return Path.Combine(_target, "index.html");
    }

    /// <summary>Removes what was built where the build did not come to its end.</summary>
    public void Dispose()
    {
        if (!_done && Directory.Exists(Root)) Directory.Delete(Root, recursive: true);
    }
}
