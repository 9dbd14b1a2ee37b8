namespace Explain.Core.Tests;

/// <summary>What the steps of a training cost once every buffer is there.</summary>
internal static class SteadySteps
{
    public static void ShouldAllocateNothing(Func<TrainingEpoch> begin)
    {
        int threads = Rows.Threads;
        Rows.Threads = 1; // The count is of this thread's allocations; with one thread that is all of them.
        try
        {
            var epoch = begin();
            for (int e = 1; e <= 3; e++) epoch.Run(e, default);
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int e = 4; e <= 6; e++) epoch.RunSteps(e, default).ShouldBeNull();
            (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
        }
        finally
        {
            Rows.Threads = threads;
        }
    }
}
