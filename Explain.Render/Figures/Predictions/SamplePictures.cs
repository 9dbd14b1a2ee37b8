using Explain.Core;

namespace Explain.Render;

/// <summary>One sample as a picture: an image, or the values of a short vector.</summary>
internal sealed class SamplePictures
{
    private readonly RunFolder _run;
    private readonly Dataset _samples;
    private readonly ColorScale _scale;
    private readonly Theme _theme;

    /// <summary>For the samples of a run's probe, all on one scale.</summary>
    public SamplePictures(RunFolder run, Theme theme)
    {
        _run = run;
        _samples = run.Probe.Samples;
        _theme = theme;
        var limits = Limits.Of(Finite(_samples));
        _scale = ColorScale.Grey(theme, limits);
    }

    /// <summary>The values of the lightest and darkest shade.</summary>
    public Limits Limits => _scale.Limits;

    /// <summary>The picture within <paramref name="box"/>, as large as fits.</summary>
    public IEnumerable<Node> Draw(int index, Rect box)
    {
        var shape = _samples.SampleShape;
        var values = _samples.Inputs.RowRange(index, 1).Memory;
        if (shape.IsImage)
        {
            double cell = Math.Min(box.Width / shape.Width, box.Height / shape.Height);
            if (cell > 1) cell = Math.Max(1, Math.Floor(cell * 2) / 2);
            double width = cell * shape.Width, height = cell * shape.Height;
            var bounds = new Rect(box.Center.X - (width / 2), box.Center.Y - (height / 2), width, height);
            yield return HeatMap.Draw(
                UnitImages.Flatten(values, shape.Height, shape.Width).Span, shape.Height, shape.Width, _scale, bounds);
            yield break;
        }
        const int MostLines = 4;
        int lines = Math.Min(MostLines, values.Length);
        double line = Math.Min(Typography.Label * 1.35, box.Height / lines);
        for (int i = 0; i < lines; i++)
        {
            double y = _theme.Face.Centered(box.Center.Y + ((i - ((lines - 1) / 2.0)) * line), Typography.Small);
            if (i == MostLines - 1 && values.Length > MostLines)
            {
                yield return new TextNode(
                    _theme.Face.Ellipsize($"… {values.Length} values", box.Width, Typography.Small),
                    new Point(box.X, y),
                    Typography.Small,
                    _theme.Muted);
                continue;
            }
            // Names give way to numbers.
            string number = NumberFormat.Value(values.Span[i], 2);
            double room = box.Width - _theme.Face.Measure(number, Typography.Small) - 6;
            yield return new TextNode(
                _theme.Face.Ellipsize(_run.FeatureName(i), room, Typography.Small), new Point(box.X, y), Typography.Small, _theme.Muted);
            yield return new TextNode(
                _theme.Face.Ellipsize(number, box.Width, Typography.Small),
                new Point(box.Right, y),
                Typography.Small,
                _theme.Foreground,
                TextAnchor.End);
        }
    }

    private static IEnumerable<double> Finite(Dataset samples)
    {
        for (int r = 0; r < samples.Count; r++)
        {
            for (int c = 0; c < samples.Inputs.Columns; c++)
                yield return samples.Inputs[r, c];
        }
    }
}
