using static Explain.Render.Tests.Exact;

namespace Explain.Render.Tests;

public sealed class SceneFilesTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("explain-scene").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Files_are_what_the_canvases_make_in_folders_that_are_made_when_missing()
    {
        var scene = TrialScene.Make();
        string png = Path.Combine(_folder, "a", "trial.png"), svg = Path.Combine(_folder, "trial.svg");
        scene.SavePng(png, 0.5);
        scene.SaveSvg(svg);
        File.ReadAllBytes(png).ShouldBe(scene.ToPng(0.5));
        File.ReadAllText(svg).ShouldBe(scene.ToSvg());
        Directory.GetFiles(_folder, "*", SearchOption.AllDirectories).Length.ShouldBe(2);
    }

    [Fact]
    public void An_older_file_is_replaced_and_a_failure_leaves_nothing_behind()
    {
        string path = Path.Combine(_folder, "picture.svg");
        File.WriteAllText(path, "old");
        Picture(1, 1).SaveSvg(path);
        File.ReadAllText(path).ShouldStartWith("<svg");
        string taken = Path.Combine(_folder, "folder.svg");
        Directory.CreateDirectory(taken);
        Should.Throw<Exception>(() => Picture(1, 1).SaveSvg(taken)).ShouldBeAssignableTo<SystemException>();
        Directory.GetFiles(_folder).ShouldBe([path]);
    }
}
