using System.Diagnostics;

namespace Explain.Render.Tests;

/// <summary>Real Skia: processes of node for all goldens, started when the first picture is asked for.</summary>
public sealed class SkiaPeer : IDisposable
{
    private const int ScenesAProcess = 10;

    private readonly string _folder = Directory.CreateTempSubdirectory("explain-parity-").FullName;
    private readonly Lazy<Dictionary<string, SkiaPicture>> _pictures;

    public SkiaPeer() => _pictures = new(Draw);

    /// <summary>What the machine lacks for it, or null.</summary>
    public static string? Lacking { get; } =
        Installed.Node is null ? "there is no node. Install it (apt-get install nodejs npm) or set EXPLAIN_NODE to its path"
        : !Directory.Exists(Path.Combine(Scripts, "node_modules", "canvaskit-wasm")) ? "Skia's packages are not there. "
            + "Run npm ci in tests/Explain.Render.Tests/Parity/skia"
        : null;

    private static string Scripts => Path.Combine(Golden.Project, "Parity", "skia");

    /// <summary>One golden's scene, our pixels and Skia's.</summary>
    internal SkiaPicture Picture(string name) => _pictures.Value[name];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private Dictionary<string, SkiaPicture> Draw()
    {
        if (Lacking is not null)
            throw new InvalidOperationException($"Our pictures cannot be compared with Skia's: {Lacking}.");
        var scenes = GoldenScenes.Draw().ToList();
        // A few scenes a process: the memory of a WebAssembly module never shrinks, and runs out after some dozens of them.
        foreach (var few in scenes.Chunk(ScenesAProcess))
        {
            string folder = Directory.CreateDirectory(Path.Combine(_folder, few[0].Name)).FullName;
            foreach (var (name, scene, scale) in few)
                SceneJson.Write(scene, scale, Path.Combine(folder, name + ".json"));
            Run("parity.mjs", folder);
            foreach (string picture in Directory.GetFiles(folder, "*.rgba"))
                File.Move(picture, Path.Combine(_folder, Path.GetFileName(picture)));
        }
        return scenes.ToDictionary(made => made.Name, made =>
        {
            var ours = RasterCanvas.Render(made.Scene, made.Scale);
            return new SkiaPicture(made.Scene, made.Scale, ours, Read(made.Name + ".rgba", ours));
        });
    }

    private Bitmap Read(string file, Bitmap like)
    {
        byte[] bytes = File.ReadAllBytes(Path.Combine(_folder, file));
        var bitmap = new Bitmap(like.Width, like.Height);
        bytes.Length.ShouldBe(4 * bitmap.Pixels.Length, file);
        Buffer.BlockCopy(bytes, 0, bitmap.Pixels, 0, bytes.Length);
        return bitmap;
    }

    private static void Run(string script, params string[] arguments)
    {
        var start = new ProcessStartInfo(
            Installed.Node!, [Path.Combine(Scripts, script), .. arguments]) { UseShellExecute = false, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        string errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        process.ExitCode.ShouldBe(0, $"node {script} failed:\n{errors}");
    }
}

/// <summary>A golden's scene drawn by us and by Skia.</summary>
internal sealed record SkiaPicture(Scene Scene, double Scale, Bitmap Ours, Bitmap Skia);

/// <summary>A test that needs node and Skia's packages, and says so where it cannot run. Under CI it runs and fails instead.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class SkiaTheoryAttribute : TheoryAttribute
{
    public SkiaTheoryAttribute()
    {
        if (SkiaPeer.Lacking is { } lacking && Environment.GetEnvironmentVariable("CI") is not ("true" or "1"))
            Skip = $"NOT RUN: {lacking}.";
    }
}
