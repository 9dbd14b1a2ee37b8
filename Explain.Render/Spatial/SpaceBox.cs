namespace Explain.Render;

/// <summary>The box about the origin into which the axes map the data: its longest side is 1.</summary>
/// <param name="Half">Half of each side.</param>
/// <param name="X">Values to −Half.X … Half.X.</param>
/// <param name="Y">Values to −Half.Y … Half.Y.</param>
/// <param name="Z">Values to −Half.Z … Half.Z.</param>
internal sealed record SpaceBox(Point3 Half, Scale X, Scale Y, Scale Z)
{
    private IReadOnlyList<Tick>?[] Own { get; init; } = [null, null, null];

    private const double LeastSide = 0.02;
    private const double TickSpacing = 40;

    public static SpaceBox Of(Space space)
    {
        Limits x = default, y = default, z = default;
        foreach (var item in space.Items)
        {
            var extent = item.Extent;
            (x, y, z) = (x.Union(extent.X), y.Union(extent.Y), z.Union(extent.Z));
        }
        double ax = Usable(space.Aspect.X), ay = Usable(space.Aspect.Y), az = Usable(space.Aspect.Z);
        double longest = Math.Max(ax, Math.Max(ay, az));
        var half = new Point3(
            Math.Max(LeastSide, ax / longest) / 2, Math.Max(LeastSide, ay / longest) / 2, Math.Max(LeastSide, az / longest) / 2);
        return new SpaceBox(half, Build(space.X, x, half.X), Build(space.Y, y, half.Y), Build(space.Z, z, half.Z))
        {
            Own = [space.XTicks, space.YTicks, space.ZTicks],
        };
    }

    /// <summary>The place of data in the box; NaN where there is none.</summary>
    public Point3 Map(Point3 p) => new(X.Map(p.X), Y.Map(p.Y), Z.Map(p.Z));

    /// <summary>The ticks of an axis (0 … 2) where a unit of the box is so many pixels long: the same from wherever it is seen.</summary>
    public IReadOnlyList<Tick> Ticks(int axis, double unit)
    {
        var scale = axis switch { 0 => X, 1 => Y, _ => Z };
        return Own[axis] is { } own
            ? [.. own.Where(t => t.Value >= scale.Domain.Min && t.Value <= scale.Domain.Max)]
            : (scale with { From = 0, To = Math.Max(1, 2 * Projection.Along(Half, axis) * unit) }).Ticks(TickSpacing);
    }

    private static double Usable(double side) => side > 0 && double.IsFinite(side) ? side : 1;

    private static Scale Build(Axis axis, Limits data, double half) =>
        axis.Build(axis.Of(data.IsEmpty ? [] : [data.Min, data.Max]), -half, half, 0.18 * half);
}
