using System.Runtime.CompilerServices;

namespace Explain.Core.Tests;

public class PiecesTests
{
    [Fact]
    public void Each_piece_is_done_once_whatever_the_number_of_threads()
    {
        int before = Rows.Threads;
        try
        {
            foreach (int threads in (int[])[1, 2, 3])
            {
                Rows.Threads = threads;
                int[] plain = new int[37], equipped = new int[37];
                Pieces.For(37, i => Interlocked.Increment(ref plain[i]));
                Pieces.For(37, () => new object(), (i, _) => Interlocked.Increment(ref equipped[i]));
                plain.ShouldAllBe(times => times == 1);
                equipped.ShouldAllBe(times => times == 1);
            }
        }
        finally
        {
            Rows.Threads = before;
        }
    }

    [Fact]
    public void No_two_pieces_have_a_workspace_at_the_same_time_and_each_is_handed_on_at_the_end()
    {
        int made = 0, done = 0;
        Pieces.For(
            40,
            () => new StrongBox<int>(Interlocked.Increment(ref made) * 0),
            (_, own) =>
            {
                Interlocked.Increment(ref own.Value).ShouldBe(1);
                Thread.SpinWait(2000);
                Interlocked.Decrement(ref own.Value).ShouldBe(0);
            },
            _ => done++);
        done.ShouldBe(made);
        made.ShouldBeInRange(1, Rows.Threads);
    }

    [Fact]
    public void A_workspace_is_not_handed_on_where_work_threw()
    {
        int done = 0;
        Should.Throw<InvalidOperationException>(() =>
            Pieces.For(2, () => new object(), (_, _) => throw new InvalidOperationException("stop"), _ => done++))
            .Message.ShouldBe("stop");
        done.ShouldBe(0);
    }
}
