namespace Explain.Tool.Tests;

/// <summary>A folder of its own for a test, removed at its end.</summary>
internal sealed class Scratch : IDisposable
{
    public string Folder { get; } = Directory.CreateTempSubdirectory("explain-test-").FullName;

    /// <summary>A path in the folder.</summary>
    public string this[string name] => Path.Combine(Folder, name);

    /// <summary>Writes a file into the folder.</summary>
    /// <returns>Its path.</returns>
    public string Write(string name, string text)
    {
        File.WriteAllText(this[name], text);
        return this[name];
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
