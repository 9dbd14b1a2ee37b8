using Explain.Core;

namespace Explain.Render;

/// <summary>
/// Something that can be drawn from recorded runs. A figure reads everything it needs in its constructor or in Draw and keeps no state
/// between draws.
/// </summary>
public interface IFigure
{
    /// <summary>Draws it. Never throws for odd data: what is missing is said inside the picture.</summary>
    Scene Draw(Theme theme);
}

/// <summary>A figure that can also move: a body that turns, a network that learns.</summary>
public interface IAnimatedFigure : IFigure
{
    /// <summary>Draws it moving. All frames have the size and the limits of the first.</summary>
    Animation Animate(Theme theme);
}

/// <summary>What a figure looks at, which decides where the gallery puts it.</summary>
public enum FigureScope
{
    /// <summary>One run at one epoch: the gallery draws it for every kept epoch, behind the slider.</summary>
    Epoch,

    /// <summary>One run over all its epochs.</summary>
    Run,

    /// <summary>Several runs together.</summary>
    Runs,
}

/// <summary>What to draw.</summary>
public sealed record FigureRequest
{
    /// <summary>The run; the first where the figure takes several.</summary>
    public RunFolder Run => Runs[0];

    /// <summary>All runs the figure takes.</summary>
    public required IReadOnlyList<RunFolder> Runs { get; init; }

    /// <summary>One of the run's snapshot epochs, where the figure takes one; the last where null.</summary>
    public int? Epoch { get; init; }

    /// <summary>A layer by index among the layers with weights (0 = first, −1 = last); the figure's own default where null.</summary>
    public int? Layer { get; init; }

    /// <summary>Width in pixels; the figure's own where null. Heights follow.</summary>
    public double? Width { get; init; }

    /// <summary>
    /// Device pixels per scene pixel that a figure which paints its own pixels (surfaces, point clouds) should be fine enough for.
    /// </summary>
    public double Density { get; init; } = 2;

    /// <summary>
    /// Runs whose colour and axis limits are shared with this picture, over all their kept epochs; only <see cref="Runs"/> where empty.
    /// </summary>
    public IReadOnlyList<RunFolder> SharedWith { get; init; } = [];

    /// <summary>Where the results of analyses come from: what was kept or prepared is read, what was not is computed and kept.</summary>
    public Analyst Analyst { get; init; } = new();

    /// <summary>Further options by name, see <see cref="FigureKind.Options"/>.</summary>
    public IReadOnlyDictionary<string, string> Options { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>A run stands for the request to draw it, the rest being as usual.</summary>
    public static implicit operator FigureRequest(RunFolder run) => FromRunFolder(run);

    /// <summary>The request to draw a run, the rest being as usual.</summary>
    public static FigureRequest FromRunFolder(RunFolder run) => new() { Runs = [run] };
}

/// <summary>An option of a figure, for the command line and for documentation.</summary>
public sealed record FigureOption(string Name, string Allowed, string Default, string Help);

/// <summary>A kind of figure as the catalogue lists it.</summary>
/// <param name="Name">Kebab-case, e.g. "weight-sheet".</param>
/// <param name="Title">For headings in the gallery.</param>
/// <param name="Summary">One line: what it shows.</param>
/// <param name="HowToRead">Two or three sentences for a reader who sees it for the first time: how to read it, what to beware of.</param>
/// <param name="Scope">What it looks at.</param>
/// <param name="PerLayer">Whether the gallery draws one for each layer with weights.</param>
/// <param name="Options">Options beside epoch, layer and width.</param>
/// <param name="Applies">Whether it makes sense for a run (e.g. decision regions need two inputs).</param>
/// <param name="Create">Makes the figure.</param>
public sealed record FigureKind(
    string Name, string Title, string Summary, string HowToRead, FigureScope Scope, bool PerLayer, IReadOnlyList<FigureOption> Options,
    Func<RunFolder, bool> Applies, Func<FigureRequest, IFigure> Create)
{
    /// <summary>Whether it looks at one layer, which a request may choose; all that the gallery draws for each layer do.</summary>
    public bool TakesLayer { get; init; } = PerLayer;

    /// <summary>
    /// Whether it can be drawn of a layer of the run, by index among the layers with weights; the gallery leaves out the others.
    /// </summary>
    public Func<RunFolder, int, bool> AppliesToLayer { get; init; } = (_, _) => true;

    /// <summary>
    /// The analyses whose results the figure draws: made ready first (<see cref="Analyst.Prepare"/>), with progress and side by side, so
    /// that drawing itself computes nothing that takes time.
    /// </summary>
    public Func<FigureRequest, IEnumerable<AnalysisRequest>> Needs { get; init; } = _ => [];

    /// <summary>What a run lacks that the figure does not apply to, e.g. "it needs 2 inputs; this run has 784".</summary>
    public Func<RunFolder, string> Unmet { get; init; } = _ => "it needs what this run does not have";

    /// <summary>
    /// Of runs it applies to one by one, why it cannot show them together, e.g. "one plane holds runs of one architecture"; null where it
    /// can.
    /// </summary>
    public Func<IReadOnlyList<RunFolder>, string?> AppliesTogether { get; init; } = _ => null;

    /// <summary>What a reader may be misled by: one to three sentences.</summary>
    public string Beware { get; init; } = "";

    /// <summary>The lines of C# that draw it, with <c>run</c> (or <c>runs</c>) already open, ending in a call of SavePng.</summary>
    public string Program { get; init; } = "";

    /// <summary>
    /// Whether the gallery draws it of the last kept epoch only: pictures so large, or so slow to draw, that one an epoch would swell it.
    /// </summary>
    public bool LastEpochOnly { get; init; }

    /// <summary>Where the gallery puts it.</summary>
    public FigureScope GalleryScope => LastEpochOnly && Scope == FigureScope.Epoch ? FigureScope.Run : Scope;

    /// <summary>Whether it looks at one epoch, which a request may choose.</summary>
    public bool TakesEpoch => Scope == FigureScope.Epoch;
}
