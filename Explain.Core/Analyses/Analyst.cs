using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Explain.Core;

/// <summary>
/// Computes analyses, each once: what a run's <c>analysis/</c> folder holds already is read, what is computed is kept there, and while the
/// analyst lives in memory too. May be asked from several threads; the second to ask for a result under way waits for it. A folder that
/// cannot be written to costs nothing but the keeping.
/// </summary>
/// <param name="keep">Whether results are read from and kept in the runs' folders; false for memory alone.</param>
public sealed class Analyst(bool keep = true)
{
    private readonly ConcurrentDictionary<Asked, Lazy<Entry>> _results = new();
    private int _computed, _read;

    /// <summary>How many results were computed.</summary>
    public int Computed => Volatile.Read(ref _computed);

    /// <summary>How many results were read from where they had been kept.</summary>
    public int Read => Volatile.Read(ref _read);

    /// <summary>The result of an analysis.</summary>
    /// <param name="analysis">What is asked, with its options.</param>
    /// <param name="runs">Of which runs; at least one.</param>
    /// <param name="progress">Told the share that is done, where it has to be computed.</param>
    /// <param name="cancellation">Ends the computation.</param>
    /// <exception cref="InputException">There is no such thing for these runs, or a run cannot be read.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; nothing was kept.</exception>
    public TResult Get<TResult>(
        Analysis<TResult> analysis, IReadOnlyList<RunFolder> runs, IProgress<double>? progress = null,
        CancellationToken cancellation = default)
        where TResult : class => (TResult)Obtain(analysis, runs, progress, cancellation).Result;

    /// <inheritdoc cref="Get{TResult}(Analysis{TResult}, IReadOnlyList{RunFolder}, IProgress{double}?, CancellationToken)"/>
    public TResult Get<TResult>(Analysis<TResult> analysis, RunFolder run)
        where TResult : class => Get(analysis, [run]);

    /// <summary>
    /// Has all of them ready, on <see cref="Rows.Threads"/> threads: side by side where there are enough of them, else one after the other,
    /// each on all threads. One for which there is no result is passed over: who asks for it is told why.
    /// </summary>
    /// <param name="requests">What is wanted; the same may come twice.</param>
    /// <param name="progress">
    /// Told how much of one that is under way is done, and what came of one that has ended; called from several threads.
    /// </param>
    /// <param name="cancellation">Ends the work.</param>
    /// <returns>What came of each that was asked, once, in the order of asking.</returns>
    /// <exception cref="OperationCanceledException">Cancelled; what was finished is kept.</exception>
    public IReadOnlyList<AnalysisReport> Prepare(
        IEnumerable<AnalysisRequest> requests, IProgress<AnalysisProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(requests);
        AnalysisRequest[] distinct = [.. requests.DistinctBy(request => new Asked(request.Analysis, request.Runs))];
        var reports = new AnalysisReport[distinct.Length];
        var one = new PrepareOne(this, distinct, reports, new Tally(progress, distinct.Length), cancellation);
        if (distinct.Length >= Rows.Threads) Rows.For(distinct.Length, 1, one);
        else one.Invoke(0, distinct.Length);
        cancellation.ThrowIfCancellationRequested();
        return reports;
    }

    /// <summary>Has a result ready and says what was done.</summary>
    /// <exception cref="OperationCanceledException">Cancelled; nothing was kept.</exception>
    internal AnalysisReport Report<TResult>(
        Analysis<TResult> analysis, IReadOnlyList<RunFolder> runs, IProgress<double>? progress, CancellationToken cancellation)
        where TResult : class
    {
        var request = new AnalysisRequest(analysis, runs);
        try
        {
            Entry entry = Obtain(analysis, runs, progress, cancellation);
            return new AnalysisReport(request, entry.Origin, entry.Seconds, entry.File, entry.Bytes, "");
        }
        catch (InputException e)
        {
            return new AnalysisReport(request, AnalysisOrigin.None, 0, null, 0, e.Message);
        }
    }

    private Entry Obtain<TResult>(
        Analysis<TResult> analysis, IReadOnlyList<RunFolder> runs, IProgress<double>? progress, CancellationToken cancellation)
        where TResult : class
    {
        ArgumentNullException.ThrowIfNull(analysis);
        ArgumentNullException.ThrowIfNull(runs);
        ArgumentOutOfRangeException.ThrowIfZero(runs.Count);
        var asked = new Asked(analysis, runs);
        var own = new Lazy<Entry>(() => ReadOrCompute(analysis, new AnalysisContext(runs, progress, cancellation)));
        while (true)
        {
            var entry = _results.GetOrAdd(asked, own);
            try
            {
                return entry.Value;
            }
            catch (OperationCanceledException)
            {
                // Whoever began has cancelled. The next who asks has not, and one who waited begins anew.
                _results.TryRemove(KeyValuePair.Create(asked, entry));
                if (entry == own || cancellation.IsCancellationRequested) throw;
            }
        }
    }

    private Entry ReadOrCompute<TResult>(Analysis<TResult> analysis, AnalysisContext context)
        where TResult : class
    {
        AnalysisFile? file = keep ? AnalysisFile.Of(analysis, context.Runs) : null;
        if (file?.Read(analysis) is var (kept, seconds))
        {
            Interlocked.Increment(ref _read);
            return new Entry(
                kept, AnalysisOrigin.Kept, seconds, file.Path, new FileInfo(file.Path) is { Exists: true } info ? info.Length : 0);
        }
        var clock = Stopwatch.StartNew();
        TResult result = analysis.Compute(context);
        Interlocked.Increment(ref _computed);
        long bytes = file?.Write(analysis, result, clock.Elapsed) ?? 0;
        return new Entry(result, AnalysisOrigin.Computed, clock.Elapsed.TotalSeconds, bytes > 0 ? file!.Path : null, bytes);
    }

    private sealed record Entry(object Result, AnalysisOrigin Origin, double Seconds, string? File, long Bytes);

    private readonly struct PrepareOne(
        Analyst analyst, AnalysisRequest[] requests, AnalysisReport[] reports, Tally tally, CancellationToken cancellation) : IRowOperation
    {
        public void Invoke(int first, int count)
        {
            for (int i = first; i < first + count && !cancellation.IsCancellationRequested; i++)
            {
                (Analysis analysis, IReadOnlyList<RunFolder> runs) = requests[i];
                try
                {
                    reports[i] = analysis.Prepare(analyst, runs, tally.Part(analysis), cancellation);
                    tally.Done(reports[i]);
                }
                catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
                {
                    // It is told at the end of the loop.
                }
            }
        }
    }

    private sealed class Tally(IProgress<AnalysisProgress>? progress, int total)
    {
        private int _done;

        public IProgress<double>? Part(Analysis analysis) => progress is null ? null : new Share(this, analysis);

        public void Done(AnalysisReport report) =>
            progress?.Report(new AnalysisProgress(Interlocked.Increment(ref _done), total, 1, report.Request.Analysis) { Ended = report });

        private sealed class Share(Tally tally, Analysis analysis) : IProgress<double>
        {
            public void Report(double value) => tally.Report(value, analysis);
        }

        private void Report(double share, Analysis analysis) =>
            progress?.Report(new AnalysisProgress(Volatile.Read(ref _done), total, share, analysis));
    }

    /// <summary>Runs are the same where they are the same opened folders: an opened run does not change.</summary>
    private sealed class Asked(Analysis analysis, IReadOnlyList<RunFolder> runs) : IEquatable<Asked>
    {
        private readonly Analysis _analysis = analysis;
        private readonly RunFolder[] _runs = [.. runs];

        public bool Equals(Asked? other) =>
            other is not null
            && _analysis.Equals(other._analysis)
            && _runs.AsSpan().SequenceEqual(other._runs, ReferenceEqualityComparer.Instance);

        public override bool Equals(object? obj) => Equals(obj as Asked);

        public override int GetHashCode()
        {
            var hash = default(HashCode);
            hash.Add(_analysis);
            foreach (RunFolder run in _runs) hash.Add(RuntimeHelpers.GetHashCode(run));
            return hash.ToHashCode();
        }
    }
}
