using System.Text;
using Explain.Core;
using Explain.Render;

namespace Explain.Tool;

/// <summary>Draws every figure of a gallery, in both themes and on all threads, and writes the files.</summary>
internal sealed class PictureDrawer
{
    private readonly GalleryFolder _folder;
    private readonly GalleryPlan _plan;
    private readonly Theme _light;
    private readonly Theme _dark;
    private readonly Picture?[] _pictures;

    private PictureDrawer(GalleryFolder folder, GalleryPlan plan, ITypeface face)
    {
        _folder = folder;
        _plan = plan;
        (_light, _dark) = (Theme.Light with { Face = face }, Theme.Dark with { Face = face });
        _pictures = new Picture?[plan.Jobs.Count];
    }

    /// <summary>Has the analyses ready that the pictures need, draws everything and hands each run its pictures.</summary>
    /// <param name="folder">Where to write.</param>
    /// <param name="model">The runs; their figures are set.</param>
    /// <param name="analyst">Computes what was not computed before.</param>
    /// <param name="progress">Told how far it has come.</param>
    /// <param name="cancellation">Stops within an analysis, or between two pictures.</param>
    public static void Draw(
        GalleryFolder folder, GalleryModel model, Analyst analyst, GalleryProgress progress, CancellationToken cancellation)
    {
        var plan = new GalleryPlan(model.Runs, analyst);
        analyst.Prepare(plan.First, progress.Analyses(plan.Jobs.Count), cancellation);
        analyst.Prepare(plan.Needs, progress.Analyses(plan.Jobs.Count), cancellation);
        var drawer = new PictureDrawer(folder, plan, model.Options.Face ?? Typeface.Default);
        Rows.For(plan.Jobs.Count, 1, new DrawOne(drawer, progress.Pictures(plan.Jobs.Count), cancellation));
        cancellation.ThrowIfCancellationRequested();
        foreach (var run in model.Runs) run.Figures = drawer.SetsOf(run);
        model.Together = drawer.SetsOf(null);
    }

    private Picture Draw(PictureJob job)
    {
        string path = $"{job.Folder}/{(job.Epoch is { } epoch ? epoch.ToString("00000") : "all")}";
        var (picture, svg) = Write(job, _plan.Request(job), path, unless: null);
        if (picture is null) throw new InvalidOperationException("A picture that is like no other is written.");
        return _plan.Shared(job) is { } shared ? picture with { Shared = Write(job, shared, path + ".shared", unless: svg).Picture }
            : picture;
    }

    // Nothing is written where the light picture is the one that is there already.
    private (Picture? Picture, string Svg) Write(PictureJob job, FigureRequest request, string path, string? unless)
    {
        var figure = job.Kind.Create(request);
        var light = figure.Draw(_light);
        string svg = light.ToSvg();
        if (svg == unless) return (null, svg);
        _folder.Write($"{path}.light.svg", Encoding.UTF8.GetBytes(svg));
        _folder.Write($"{path}.dark.svg", Encoding.UTF8.GetBytes(figure.Draw(_dark).ToSvg()));
        return (new Picture(job.Epoch, path, light.Width, light.Height, light.Info), svg);
    }

    private List<PictureSet> SetsOf(GalleryRun? run) =>
    [
        .. from drawn in _plan.Jobs.Zip(_pictures, (job, picture) => (Job: job, Picture: picture!))
           where drawn.Job.Run == run
           group drawn by (drawn.Job.Kind, drawn.Job.Layer) into same
           orderby FigureCatalog.All.ToList().IndexOf(same.Key.Kind), same.Key.Layer
           select new PictureSet(
               same.Key.Kind,
               same.Key.Layer,
               LayerName(run, same.Key.Layer),
               same.First().Job.Folder,
               [.. same.Select(drawn => drawn.Picture)]),
    ];

    private static string LayerName(GalleryRun? run, int? layer) => run is not null && layer is { } index ? run.Weighted[index].Name : "";

    private readonly struct DrawOne(PictureDrawer drawer, Action tell, CancellationToken cancellation) : IRowOperation
    {
        public void Invoke(int first, int count)
        {
            for (int i = first; i < first + count && !cancellation.IsCancellationRequested; i++)
            {
                drawer._pictures[i] = drawer.Draw(drawer._plan.Jobs[i]);
                tell();
            }
        }
    }
}
