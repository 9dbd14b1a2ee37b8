using System.Collections.Concurrent;
using System.Runtime.CompilerServices;

namespace Explain.Core;

/// <summary>
/// Computes analyses, each once: what a run's <c>analysis/</c> folder holds already is read, what is computed is kept there, and while the analyst lives in memory too. May be asked from several
/// threads; the second to ask for a result under way waits for it. A folder that cannot be written to costs nothing but the keeping.
/// </summary>
/// <param name="keep">Whether results are read from and kept in the runs' folders; false for memory alone.</param>
public sealed class Analyst(bool keep = true)
{
    private readonly ConcurrentDictionary<Asked, Lazy<object>> _results = new();
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
    public TResult Get<TResult>(Analysis<TResult> analysis, IReadOnlyList<RunFolder> runs, IProgress<double>? progress = null, CancellationToken cancellation = default)
        where TResult : class
    {
        ArgumentNullException.ThrowIfNull(analysis);
        ArgumentNullException.ThrowIfNull(runs);
        ArgumentOutOfRangeException.ThrowIfZero(runs.Count);
        var asked = new Asked(analysis, runs);
        var result = _results.GetOrAdd(asked, _ => new Lazy<object>(() => ReadOrCompute(analysis, new AnalysisContext(runs, progress, cancellation))));
        try
        {
            return (TResult)result.Value;
        }
        catch (OperationCanceledException)
        {
            // The next who asks has not cancelled.
            _results.TryRemove(KeyValuePair.Create(asked, result));
            throw;
        }
    }

    /// <inheritdoc cref="Get{TResult}(Analysis{TResult}, IReadOnlyList{RunFolder}, IProgress{double}?, CancellationToken)"/>
    public TResult Get<TResult>(Analysis<TResult> analysis, RunFolder run)
        where TResult : class => Get(analysis, [run]);

    /// <summary>
    /// Has all of them ready, side by side on <see cref="Rows.Threads"/> threads. One for which there is no result is passed over: who asks for it is told why.
    /// </summary>
    /// <param name="requests">What is wanted; the same may come twice.</param>
    /// <param name="progress">Told after each how many are done, and the share of one that is under way; called from several threads.</param>
    /// <param name="cancellation">Ends the work.</param>
    /// <exception cref="OperationCanceledException">Cancelled; what was finished is kept.</exception>
    public void Prepare(IEnumerable<AnalysisRequest> requests, IProgress<AnalysisProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(requests);
        AnalysisRequest[] distinct = [.. requests.DistinctBy(request => new Asked(request.Analysis, request.Runs))];
        Rows.For(distinct.Length, 1, new PrepareOne(this, distinct, new Tally(progress, distinct.Length), cancellation));
        cancellation.ThrowIfCancellationRequested();
    }

    private object ReadOrCompute<TResult>(Analysis<TResult> analysis, AnalysisContext context)
        where TResult : class
    {
        AnalysisFile? file = keep ? AnalysisFile.Of(analysis, context.Runs) : null;
        if (file?.Read(analysis) is { } kept)
        {
            Interlocked.Increment(ref _read);
            return kept;
        }
        var clock = System.Diagnostics.Stopwatch.StartNew();
        TResult result = analysis.Compute(context);
        Interlocked.Increment(ref _computed);
        file?.Write(analysis, result, clock.Elapsed);
        return result;
    }

    private readonly struct PrepareOne(Analyst analyst, AnalysisRequest[] requests, Tally tally, CancellationToken cancellation) : IRowOperation
    {
        public void Invoke(int first, int count)
        {
            for (int i = first; i < first + count && !cancellation.IsCancellationRequested; i++)
            {
                (Analysis analysis, IReadOnlyList<RunFolder> runs) = requests[i];
                try
                {
                    analysis.Prepare(analyst, runs, tally.Part(analysis), cancellation);
                }
                catch (Exception e) when (e is InputException or OperationCanceledException)
                {
                    // Whoever asks for it is told; a cancellation is told at the end of the loop.
                }
                tally.Done(analysis);
            }
        }
    }

    private sealed class Tally(IProgress<AnalysisProgress>? progress, int total)
    {
        private int _done;

        public IProgress<double>? Part(Analysis analysis) => progress is null ? null : new Share(this, analysis);

        public void Done(Analysis analysis) => progress?.Report(new AnalysisProgress(Interlocked.Increment(ref _done), total, 0, analysis));

        private sealed class Share(Tally tally, Analysis analysis) : IProgress<double>
        {
            public void Report(double value) => tally.Report(value, analysis);
        }

        private void Report(double share, Analysis analysis) => progress?.Report(new AnalysisProgress(Volatile.Read(ref _done), total, share, analysis));
    }

    /// <summary>Runs are the same where they are the same opened folders: an opened run does not change.</summary>
    private sealed class Asked(Analysis analysis, IReadOnlyList<RunFolder> runs) : IEquatable<Asked>
    {
        private readonly Analysis _analysis = analysis;
        private readonly RunFolder[] _runs = [.. runs];

        public bool Equals(Asked? other) => other is not null && _analysis.Equals(other._analysis) && _runs.AsSpan().SequenceEqual(other._runs, ReferenceEqualityComparer.Instance);

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

/// <summary>How far <see cref="Analyst.Prepare"/> has come.</summary>
/// <param name="Done">Analyses that are ready.</param>
/// <param name="Total">Of so many.</param>
/// <param name="Share">How much of <paramref name="Analysis"/>, which is under way, is done; 0 where it has just ended.</param>
/// <param name="Analysis">The one that was heard of last.</param>
public sealed record AnalysisProgress(int Done, int Total, double Share, Analysis Analysis);
