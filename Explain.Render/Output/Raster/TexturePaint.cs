using System.Numerics;

namespace Explain.Render;

/// <summary>
/// Fills runs with an image that is turned or slanted. Each pixel averages a grid of samples: enough to smooth the borders of hard-edged
/// cells and to average cells that are smaller than a pixel.
/// </summary>
internal readonly struct TexturePaint : ISpanSink
{
    private readonly Surface _surface;
    private readonly TurnedImageCommand _command;
    private readonly int _grid;

    public TexturePaint(Surface surface, TurnedImageCommand command)
    {
        _surface = surface;
        _command = command;
        var t = command.ToCells;
        double cellsPerPixel = Math.Sqrt(Math.Max((t.A * t.A) + (t.B * t.B), (t.C * t.C) + (t.D * t.D)));
        int least = command.Sampling == Sampling.Nearest ? 4 : 1;
        _grid = cellsPerPixel <= 1 ? least : (int)Math.Clamp(Math.Ceiling(2 * cellsPerPixel), 4, 16);
    }

    public void Span(int x, int end, int y, float coverage)
    {
        var row = _surface.Row(y);
        float share = coverage / (_grid * _grid);
        for (int i = x; i < end; i++)
        {
            var sum = Vector4.Zero;
            for (int v = 0; v < _grid; v++)
            {
                for (int u = 0; u < _grid; u++)
                    sum += Sample(_command.ToCells.Apply(new Point(i + ((u + 0.5) / _grid), y + ((v + 0.5) / _grid))));
            }
            row[i] = Blend.Over(row[i], ImagePainter.Pack(sum * share));
        }
    }

    private Vector4 Sample(Point p)
    {
        var image = _command.Image;
        if (_command.Sampling == Sampling.Nearest)
            return Cell(image, (int)Math.Clamp(p.X, 0, image.Columns - 1), (int)Math.Clamp(p.Y, 0, image.Rows - 1));
        double x = Math.Clamp(p.X - 0.5, 0, image.Columns - 1), y = Math.Clamp(p.Y - 0.5, 0, image.Rows - 1);
        int column = (int)x, row = (int)y, right = Math.Min(column + 1, image.Columns - 1), below = Math.Min(row + 1, image.Rows - 1);
        float u = (float)(x - column), v = (float)(y - row);
        return (((Cell(image, column, row) * (1 - u)) + (Cell(image, right, row) * u)) * (1 - v))
            + (((Cell(image, column, below) * (1 - u)) + (Cell(image, right, below) * u)) * v);
    }

    private static Vector4 Cell(ImageSource image, int column, int row) =>
        ImagePainter.Unpack(image.Pixels[(row * image.Columns) + column]);
}
