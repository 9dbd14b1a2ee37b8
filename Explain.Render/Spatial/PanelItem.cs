namespace Explain.Render;

/// <summary>
/// A grid of values as coloured cells on a flat piece of space, such as the units of a layer. Never lit: its colours are those of the
/// scale.
/// </summary>
public sealed record PanelItem : SpaceItem
{
    private const int MostCells = 160;

    /// <summary>Corner of the first cell.</summary>
    public required Point3 Corner { get; init; }

    /// <summary>From the first to the end of the last column.</summary>
    public required Point3 Across { get; init; }

    /// <summary>From the first to the end of the last row.</summary>
    public required Point3 Down { get; init; }

    /// <summary>Number of rows.</summary>
    public required int Rows { get; init; }

    /// <summary>Number of columns.</summary>
    public required int Columns { get; init; }

    /// <summary>
    /// Values row after row; cells beyond the last value stay empty. Grids of more than 160 cells a side are averaged down.
    /// </summary>
    public required IReadOnlyList<float> Values { get; init; }

    /// <summary>Values to colours.</summary>
    public required ColorScale Colors { get; init; }

    /// <summary>0 … 1.</summary>
    public double Opacity { get; init; } = 1;

    /// <summary>Colour of a line about it; none where null.</summary>
    public Color? Frame { get; init; }

    internal override (Limits X, Limits Y, Limits Z) Extent => ExtentOf([At(0, 0), At(1, 0), At(0, 1), At(1, 1)]);

    internal override void Build(Stage stage)
    {
        int down = Math.Max(1, (Rows + MostCells - 1) / MostCells), along = Math.Max(1, (Columns + MostCells - 1) / MostCells);
        int rows = Math.Max(0, (Rows + down - 1) / down), columns = Math.Max(0, (Columns + along - 1) / along);
        for (int r = 0; r < rows; r++)
        {
            for (int c = 0; c < columns; c++)
            {
                if (Mean(r * down, c * along, down, along) is not { } value) continue;
                var color = Colors.At(value);
                double u0 = (double)c / columns, u1 = (c + 1.0) / columns, v0 = (double)r / rows, v1 = (r + 1.0) / rows;
                var (a, b, d, e) = (Corner3(u0, v0), Corner3(u1, v0), Corner3(u1, v1), Corner3(u0, v1));
                stage.Add(a, b, d, Palette.None, Opacity * color.A / 255.0);
                stage.Add(a, d, e, Palette.None, Opacity * color.A / 255.0);

                SpatialVertex Corner3(double u, double v) =>
                    stage.Vertex(stage.Map(At(u, v)), default, Shading.Flat) with { Red = color.R, Green = color.G, Blue = color.B };
            }
        }
        if (Frame is { } frame)
        {
            Point3[] around = [At(0, 0), At(1, 0), At(1, 1), At(0, 1), At(0, 0)];
            stage.Add(new StageLine([[.. around.Select(stage.Map)]], frame, 0.8) { Order = LineOrder.Edge });
        }
    }

    private Point3 At(double u, double v) => Corner.Plus(Across.Times(u)).Plus(Down.Times(v));

    // NaN where one of the cells is; null where there is none.
    private double? Mean(int row, int column, int down, int along)
    {
        double sum = 0;
        int count = 0;
        for (int r = row; r < Math.Min(row + down, Rows); r++)
        {
            for (int c = column; c < Math.Min(column + along, Columns); c++)
            {
                int i = (r * Columns) + c;
                if (i >= Values.Count) continue;
                sum += Values[i];
                count++;
            }
        }
        return count == 0 ? null : sum / count;
    }
}
