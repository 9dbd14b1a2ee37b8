using Explain.Core;

namespace Explain.Tool;

/// <summary>Builds a gallery from recorded runs: draws the pictures, renders the pages, copies styles and scripts.</summary>
public static class GalleryBuilder
{
    /// <summary>Builds it.</summary>
    /// <param name="runs">At least one.</param>
    /// <param name="options">Title, theme and folder.</param>
    /// <param name="progress">Told how far it has come.</param>
    /// <param name="cancellation">Stops the build; nothing is left behind.</param>
    /// <returns>The full path of index.html.</returns>
    /// <exception cref="InputException">The folder holds something else than a gallery, or a run cannot be read.</exception>
    public static Task<string> BuildAsync(
        IReadOnlyList<RunFolder> runs, GalleryOptions options, GalleryProgress? progress = null,
        CancellationToken cancellation = default) =>
        BuildAsync(runs, options, new Analyst(), progress ?? new GalleryProgress(), cancellation);

    /// <summary>Builds it with the results of an analyst, whom others may have asked before.</summary>
    internal static async Task<string> BuildAsync(
        IReadOnlyList<RunFolder> runs, GalleryOptions options, Analyst analyst, GalleryProgress progress, CancellationToken cancellation)
    {
        using var folder = new GalleryFolder(options.Out);
        var model = new GalleryModel(options, GalleryRun.Wrap(runs));
        PictureDrawer.Draw(folder, model, analyst, progress, cancellation);
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
