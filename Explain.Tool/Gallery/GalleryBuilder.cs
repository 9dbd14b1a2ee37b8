using Explain.Core;

namespace Explain.Tool;

/// <summary>Builds a gallery from recorded runs: draws the pictures, renders the pages, copies styles and scripts.</summary>
public static class GalleryBuilder
{
    /// <summary>Builds it.</summary>
    /// <param name="runs">At least one.</param>
    /// <param name="options">Title, theme and folder.</param>
    /// <param name="progress">Told after each picture how many are done, and of how many.</param>
    /// <param name="cancellation">Stops the build; nothing is left behind.</param>
    /// <returns>The full path of index.html.</returns>
    /// <exception cref="InputException">The folder holds something else than a gallery, or a run cannot be read.</exception>
    public static async Task<string> BuildAsync(IReadOnlyList<RunFolder> runs, GalleryOptions options, Action<int, int>? progress = null, CancellationToken cancellation = default)
    {
        using var folder = new GalleryFolder(options.Out);
        var model = new GalleryModel(options, GalleryRun.Wrap(runs));
        PictureDrawer.Draw(folder, model, progress ?? ((_, _) => { }), cancellation);
        PictureScripts.Write(folder, model);
        foreach (string asset in Assets.Names("assets")) folder.Write(asset, Assets.Read(asset));
        await using var pages = new PageRenderer();
        folder.Write("index.html", await pages.RenderAsync<OverviewPage>((nameof(OverviewPage.Model), model)));
        foreach (var run in model.Runs)
            folder.Write(run.Page, await pages.RenderAsync<RunPage>((nameof(RunPage.Model), model), (nameof(RunPage.Run), run)));
        if (model.HasComparison) folder.Write("compare.html", await pages.RenderAsync<ComparePage>((nameof(ComparePage.Model), model)));
        return folder.Complete(options.Title, model.Runs.Select(run => run.Name));
    }
}
