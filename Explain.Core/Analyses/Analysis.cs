using System.Globalization;

namespace Explain.Core;

/// <summary>
/// Something that can be computed of recorded runs and kept: a map of samples, a loss landscape, limits over all epochs. The record itself
/// is the options; two of equal options are equal. An <see cref="Analyst"/> computes it once and keeps the result in the <c>analysis/</c>
/// folder of the first run.
/// </summary>
public abstract record Analysis
{
    /// <summary>Kebab-case, e.g. "tsne": what it is called on the command line, and how the names of its files begin.</summary>
    public abstract string Name { get; }

    /// <summary>Counts the changes of the method that change its results: a kept result of another version is not used.</summary>
    public abstract int Version { get; }

    /// <summary>
    /// All options that the result depends on, as names and values in a fixed order; <see cref="Text(double)"/> writes numbers.
    /// </summary>
    public abstract IReadOnlyList<KeyValuePair<string, string>> Options { get; }

    /// <summary>What is computed, as one says it while it is under way, e.g. "t-SNE (layer 1)".</summary>
    public virtual string Words => ToString();

    /// <summary>The name with all options, e.g. "pca (layer 1, components 2)"; the name alone where there are none.</summary>
    public sealed override string ToString() =>
        Options.Count == 0 ? Name : $"{Name} ({string.Join(", ", Options.Select(option => $"{option.Key} {option.Value}"))})";

    /// <summary>
    /// What of a run the result depends on beside the network, its loss, the data, the probe samples and the weights after each of
    /// <see cref="Epochs"/>, which always count. Lines of text, e.g. a status.
    /// </summary>
    protected internal virtual IEnumerable<string> FurtherInputs(RunFolder run) => [];

    /// <summary>The kept epochs that the result depends on; all of them unless an analysis says less.</summary>
    protected internal virtual IReadOnlyList<int> Epochs(RunFolder run) => run.SnapshotEpochs;

    /// <summary>Computes or reads the result for later use, whatever its type, and says what was done.</summary>
    internal abstract AnalysisReport Prepare(
        Analyst analyst, IReadOnlyList<RunFolder> runs, IProgress<double>? progress, CancellationToken cancellation);

    /// <summary>A number as it stands among the options: it reads back to the same bits.</summary>
    protected static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}

/// <summary>An analysis with its type of result.</summary>
/// <typeparam name="TResult">An immutable record. Where there can be no result, it says why.</typeparam>
public abstract record Analysis<TResult> : Analysis
    where TResult : class
{
    /// <summary>Computes the result. Same bits for any number of threads.</summary>
    /// <exception cref="InputException">There is no such thing for these runs; the sentence says why. It is not kept.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; nothing is kept.</exception>
    protected internal abstract TResult Compute(AnalysisContext context);

    /// <summary>Writes a result as tensors and metadata; the keys of <see cref="AnalysisFile"/> are taken.</summary>
    protected internal abstract void Write(TResult result, SafetensorsWriter file);

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <exception cref="InputException">The file is not such a result; it is computed anew then.</exception>
    protected internal abstract TResult Read(SafetensorsFile file);

    internal sealed override AnalysisReport Prepare(
        Analyst analyst, IReadOnlyList<RunFolder> runs, IProgress<double>? progress, CancellationToken cancellation) =>
        analyst.Report(this, runs, progress, cancellation);
}

/// <summary>What an analysis is computed from.</summary>
/// <param name="Runs">At least one, as most analyses take just one.</param>
/// <param name="Progress">Told the share that is done, from 0 to 1; null where nobody asks.</param>
/// <param name="Cancellation">Looked at often enough that a user who presses Ctrl+C waits less than a second.</param>
public sealed record AnalysisContext(IReadOnlyList<RunFolder> Runs, IProgress<double>? Progress, CancellationToken Cancellation)
{
    /// <summary>The run; the first where there are several.</summary>
    public RunFolder Run => Runs[0];

    /// <summary>What one of so many parts of equal length reports its own share to; null where nobody asks.</summary>
    public IProgress<double>? Part(int index, int of) => Part((double)index / of, (index + 1.0) / of);

    /// <summary>What the part from one share of the whole to another reports its own share to; null where nobody asks.</summary>
    public IProgress<double>? Part(double from, double to) => Progress is null ? null : new Within(Progress, from, to);

    /// <summary>Reports so many of so many parts as done, and ends the computation where it was cancelled.</summary>
    public void Report(int done, int of)
    {
        Cancellation.ThrowIfCancellationRequested();
        Progress?.Report((double)done / of);
    }

    private sealed class Within(IProgress<double> whole, double from, double to) : IProgress<double>
    {
        public void Report(double value) => whole.Report(from + ((to - from) * value));
    }
}
