namespace Explain.Render.Tests;

public class TilesTests
{
    [Fact]
    public void A_workspace_is_handed_on_unless_work_threw()
    {
        int done = 0;
        Tiles.For(8, () => new object(), (_, _) => { }, _ => Interlocked.Increment(ref done));
        done.ShouldBeGreaterThan(0);
        done = 0;
        Should.Throw<Exception>(() => Tiles.For(2, () => new object(), (_, _) => throw new InvalidOperationException("stop"), _ => Interlocked.Increment(ref done)));
        done.ShouldBe(0);
    }
}
