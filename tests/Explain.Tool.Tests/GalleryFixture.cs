using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Explain.Core;

namespace Explain.Tool.Tests;

/// <summary>One gallery of four small runs, built once and looked at by many tests.</summary>
public sealed class GalleryFixture : IAsyncLifetime
{
    private readonly TemporaryFolder _scratch = new();

    /// <summary>The gallery's folder.</summary>
    public string Folder => _scratch["gallery"];

    /// <summary>The runs it was built from.</summary>
    public IReadOnlyList<RunFolder> Runs { get; private set; } = [];

    /// <summary>Paths of all pages, from the gallery's folder.</summary>
    public IEnumerable<string> Pages => Directory.EnumerateFiles(Folder, "*.html", SearchOption.AllDirectories)
        .Select(path => Path.GetRelativePath(Folder, path))
        .Order(StringComparer.Ordinal);

    public async ValueTask InitializeAsync()
    {
        Runs = RunFolder.OpenAll(SampleRuns.Four(_scratch.Path));
        await GalleryBuilder.BuildAsync(Runs, new GalleryOptions("Two activations <and> two initialisations", "auto", Folder));
    }

    public ValueTask DisposeAsync()
    {
        _scratch.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>The text of a file of the gallery.</summary>
    public string Read(string path) => File.ReadAllText(Path.Combine(Folder, path));

    /// <summary>A page, parsed.</summary>
    public IHtmlDocument Parse(string page) => new HtmlParser().ParseDocument(Read(page));
}
