namespace Explain.Core.Tests;

public class RowsTests
{
    [Theory]
    [InlineData(0, 4)]
    [InlineData(1, 4)]
    [InlineData(4, 4)]
    [InlineData(1001, 7)]
    [InlineData(50, 100)]
    public void Every_row_is_done_once_in_blocks_that_do_not_depend_on_the_threads(int rows, int blockSize)
    {
        int before = Rows.Threads;
        try
        {
            foreach (int threads in new[] { 1, 2, 3, 8 })
            {
                Rows.Threads = threads;
                var done = new int[rows];
                var blocks = new System.Collections.Concurrent.ConcurrentBag<(int First, int Count)>();
                Rows.For(rows, blockSize, new Mark(done, blocks));
                done.ShouldAllBe(count => count == 1);
                blocks.Order().ShouldBe(Enumerable.Range(0, (rows + blockSize - 1) / blockSize).Select(b =>
                    (b * blockSize, Math.Min(blockSize, rows - (b * blockSize)))));
            }
        }
        finally
        {
            Rows.Threads = before;
        }
    }

    [Fact]
    public void A_failure_comes_out_as_it_was_thrown_and_the_next_call_works()
    {
        for (int i = 0; i < 3; i++)
        {
            Should.Throw<InvalidOperationException>(() => Rows.For(100, 1, default(Fail))).Message.ShouldBe("row 57");
            var done = new int[100];
            Rows.For(100, 3, new Mark(done, []));
            done.ShouldAllBe(count => count == 1);
        }
    }

    [Fact]
    public void A_loop_within_a_loop_is_done_too()
    {
        var done = new int[400];
        Rows.For(20, 1, new Nested(done));
        done.ShouldAllBe(count => count == 1);
    }

    [Fact]
    public void Thousands_of_short_loops_lose_no_block_and_do_none_twice_while_the_number_of_threads_changes()
    {
        int before = Rows.Threads;
        var done = new int[9];
        try
        {
            for (int loop = 0; loop < 20_000; loop++)
            {
                if (loop % 50 == 0) Rows.Threads = 1 + (loop / 50 % 4);
                if (loop % 5000 == 0) SpinWait.SpinUntil(() => false, 5); // Long enough for the members to go home.
                Rows.For(done.Length, 1, new Count(done));
            }
        }
        finally
        {
            Rows.Threads = before;
        }
        done.ShouldAllBe(count => count == 20_000);
    }

    [Fact]
    public void Loops_of_several_threads_at_once_are_all_done()
    {
        var done = new int[4][];
        var threads = Enumerable.Range(0, done.Length).Select(t => new Thread(() =>
        {
            done[t] = new int[7];
            for (int loop = 0; loop < 5_000; loop++) Rows.For(7, 1, new Count(done[t]));
        })).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        done.ShouldAllBe(counts => counts.All(count => count == 5_000));
    }

    [Fact]
    public void At_least_one_thread_is_needed() => Should.Throw<ArgumentOutOfRangeException>(() => Rows.Threads = 0);

    private readonly struct Mark(int[] done, System.Collections.Concurrent.ConcurrentBag<(int First, int Count)> blocks) : IRowOperation
    {
        private readonly int[] _done = done;
        private readonly System.Collections.Concurrent.ConcurrentBag<(int First, int Count)> _blocks = blocks;

        public void Invoke(int first, int count)
        {
            _blocks.Add((first, count));
            for (int i = first; i < first + count; i++) Interlocked.Increment(ref _done[i]);
        }
    }

    private readonly struct Count(int[] done) : IRowOperation
    {
        private readonly int[] _done = done;

        public void Invoke(int first, int count)
        {
            for (int i = first; i < first + count; i++) Interlocked.Increment(ref _done[i]);
        }
    }

    private readonly struct Fail : IRowOperation
    {
        public void Invoke(int first, int count)
        {
            if (first == 57) throw new InvalidOperationException("row 57");
        }
    }

    private readonly struct Nested(int[] done) : IRowOperation
    {
        private readonly int[] _done = done;

        public void Invoke(int first, int count) => Rows.For(20, 2, new Inner(_done, first * 20));
    }

    private readonly struct Inner(int[] done, int offset) : IRowOperation
    {
        private readonly int[] _done = done;
        private readonly int _offset = offset;

        public void Invoke(int first, int count)
        {
            for (int i = first; i < first + count; i++) Interlocked.Increment(ref _done[_offset + i]);
        }
    }
}
