using Explain.Core;

namespace Explain.Tool;

/// <summary>How far a gallery has come: its analyses first, then its pictures.</summary>
/// <param name="tell">Told how much is done, of how much, and in words; from several threads.</param>
public sealed class GalleryProgress(Action<double, double, string>? tell = null)
{
    // Analyses take about as long as pictures; nobody knows before.
    private int _analyses;

    internal IProgress<AnalysisProgress>? Analyses(int pictures) => tell is null ? null : new Listener(this, pictures);

    internal Action Pictures(int count)
    {
        int done = 0;
        return () =>
        {
            int now = Interlocked.Increment(ref done);
            tell?.Invoke(_analyses + now, _analyses + count, $"{now} of {count} pictures");
        };
    }

    private sealed class Listener(GalleryProgress owner, int pictures) : IProgress<AnalysisProgress>
    {
        public void Report(AnalysisProgress value)
        {
            // One analysis counts as so many pictures that half of the bar is theirs.
            double each = (double)pictures / Math.Max(1, value.Total);
            owner._analyses = pictures;
            owner.Tell(each * (value.Done + (value.Ended is null ? value.Share : 0)), 2 * pictures, value.ToString());
        }
    }

    private void Tell(double done, double total, string words) => tell!(done, total, words);
}
