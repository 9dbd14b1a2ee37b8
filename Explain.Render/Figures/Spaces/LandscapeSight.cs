namespace Explain.Render;

/// <summary>From which side a loss landscape hides least of the paths over it.</summary>
internal static class LandscapeSight
{
    private const int StepsAPiece = 12;
    private const int StepsARay = 160;
    private const double Lift = 0.012;
    // A side must show so much more of the path than the usual one.
    private const double Gain = 0.08;
    private static readonly double[] Turns = [0, 30, -30, 60, 90, -90, 120, -120, 150, 180];

    /// <summary>Degrees: the camera's own azimuth, or one that shows clearly more of the paths.</summary>
    public static double Azimuth(LandscapeView view, Point3 aspect, Camera camera)
    {
        if (!view.HasPath) return camera.Azimuth;
        var ground = new Ground(view, aspect);
        Point3[] points = [.. view.Landscape.Paths.SelectMany(path => Along([.. path.Points.Select(p => ground.Place(p.A, p.B, p.Loss))]))];
        double best = camera.Azimuth, most = double.NegativeInfinity;
        foreach (double turn in Turns)
        {
            var toward = new Projection(camera.Turned(turn), aspect).Toward;
            double seen = points.Count(p => ground.Sees(p, toward)) / Math.Max(1.0, points.Length);
            if (seen <= most + (turn == 0 ? 0 : Gain)) continue;
            (best, most) = (camera.Azimuth + turn, seen);
        }
        return best;
    }

    private static IEnumerable<Point3> Along(Point3[] path)
    {
        for (int i = 0; i + 1 < path.Length; i++)
        {
            for (int s = 0; s < StepsAPiece; s++)
                yield return path[i].Toward(path[i + 1], (double)s / StepsAPiece);
        }
        // The end is what one looks for.
        for (int s = 0; s < StepsAPiece && path.Length > 0; s++)
            yield return path[^1];
    }

    /// <summary>The surface with its floor spread over 0 … aspect.</summary>
    private sealed class Ground(LandscapeView view, Point3 aspect)
    {
        private readonly double[,] _heights = view.Surface(view.Height);
        private readonly Limits _first = LandscapeItems.Ends(view.Landscape.Surface.First);
        private readonly Limits _second = LandscapeItems.Ends(view.Landscape.Surface.Second);

        public Point3 Place(double a, double b, double loss) =>
            new(aspect.X * (a - _first.Min) / _first.Span, aspect.Y * (b - _second.Min) / _second.Span, Up(view.Height(loss)));

        /// <summary>Whether nothing stands over a straight way from the point to where it leaves the box.</summary>
        public bool Sees(Point3 p, Point3 toward)
        {
            double step = 1.6 / StepsARay;
            for (int s = 2; s < StepsARay; s++)
            {
                var q = new Point3(p.X + (toward.X * s * step), p.Y + (toward.Y * s * step), p.Z + (toward.Z * s * step));
                if (q.X < 0 || q.Y < 0 || q.X > aspect.X || q.Y > aspect.Y || q.Z > aspect.Z) return true;
                if (Up(At(q.X / aspect.X, q.Y / aspect.Y)) > q.Z + Lift) return false;
            }
            return true;
        }

        private double Up(double height) => aspect.Z * (height - view.Heights.Min) / view.Heights.Span;

        // Between the four places about it; rows go along the second direction.
        private double At(double u, double v)
        {
            int rows = _heights.GetLength(0), columns = _heights.GetLength(1);
            double y = Math.Clamp(v, 0, 1) * (rows - 1), x = Math.Clamp(u, 0, 1) * (columns - 1);
            int r = Math.Min((int)y, rows - 2), c = Math.Min((int)x, columns - 2);
            if (r < 0 || c < 0) return double.NaN;
            double low = _heights[r, c] + ((x - c) * (_heights[r, c + 1] - _heights[r, c])),
                high = _heights[r + 1, c] + ((x - c) * (_heights[r + 1, c + 1] - _heights[r + 1, c]));
            return low + ((y - r) * (high - low));
        }
    }
}
