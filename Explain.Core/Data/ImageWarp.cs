namespace Explain.Core;

/// <summary>
/// Where the pixels of a changed image come from. A pixel at column x and row y of the new image is read from the old one at (Xx·x + Xy·y +
/// X0, Yx·x + Yy·y + Y0), plus the displacement of an <see cref="ElasticField"/> there, if one is given. Pixels are points at whole
/// coordinates.
/// </summary>
internal readonly record struct ImageWarp(float Xx, float Xy, float X0, float Yx, float Yy, float Y0)
{
    /// <summary>Rows and columns that a frame adds: see <see cref="IntoFrame"/>.</summary>
    private const int Frame = 3;

    /// <summary>The map under which an image of a shape is shifted, made larger and turned about its centre.</summary>
    /// <param name="shape">The image's.</param>
    /// <param name="right">Pixels.</param>
    /// <param name="down">Pixels.</param>
    /// <param name="factor">Above 1 makes larger.</param>
    /// <param name="degrees">Clockwise.</param>
    public static ImageWarp Of(Shape shape, double right, double down, double factor, double degrees)
    {
        // The inverse: back by the shift, about the centre by −degrees, and smaller by the factor.
        var (sin, cos) = PortableMath.SinCos(degrees * (Math.PI / 180));
        double a = cos / factor, b = sin / factor;
        double centreX = (shape.Width - 1) / 2.0, centreY = (shape.Height - 1) / 2.0;
        double x = centreX + right, y = centreY + down;
        return new((float)a, (float)b, (float)(centreX - ((a * x) + (b * y))), (float)-b, (float)a, (float)(centreY - ((a * y) - (b * x))));
    }

    /// <summary>Values of an image with the <see cref="Frame"/> around it, for <see cref="Apply"/>.</summary>
    public static int FramedSize(Shape shape) => (shape.Height + Frame) * (shape.Width + Frame) * shape.Channels;

    /// <summary>Copies an image into a frame of background: one pixel above and to the left, two below and to the right.</summary>
    /// <param name="source">Height·width·channels values, as a <see cref="Shape"/> says.</param>
    /// <param name="shape">Of the image.</param>
    /// <param name="framed"><see cref="FramedSize"/> values; those of the frame itself are left as they are.</param>
    public static void IntoFrame(ReadOnlySpan<float> source, Shape shape, Span<float> framed)
    {
        int wide = shape.Width * shape.Channels, stride = (shape.Width + Frame) * shape.Channels;
        for (int row = 0; row < shape.Height; row++)
            source.Slice(row * wide, wide).CopyTo(framed[(((row + 1) * stride) + shape.Channels)..]);
    }

    /// <summary>
    /// Fills <paramref name="destination"/> from a framed image, every channel by the same map; bilinear, and background beyond the frame.
    /// </summary>
    /// <param name="framed">From <see cref="IntoFrame"/>.</param>
    /// <param name="shape">Of the images without frame.</param>
    /// <param name="field">Displacements beside the map; null for none.</param>
    /// <param name="destination">Height·width·channels values.</param>
    public void Apply(ReadOnlySpan<float> framed, Shape shape, ElasticField? field, Span<float> destination)
    {
        var (height, width, channels) = shape;
        int stride = (width + Frame) * channels;
        for (int row = 0; row < height; row++)
        {
            float startX = MathF.FusedMultiplyAdd(Xy, row, X0 + 1), startY = MathF.FusedMultiplyAdd(Yy, row, Y0 + 1);
            ReadOnlySpan<float> right = field is null ? default : field.X.Slice(row * field.Stride, width),
                down = field is null ? default : field.Y.Slice(row * field.Stride, width);
            for (int column = 0; column < width; column++)
            {
                // In the frame's coordinates, one more than the image's.
                float x = MathF.FusedMultiplyAdd(Xx, column, startX), y = MathF.FusedMultiplyAdd(Yx, column, startY);
                if (!right.IsEmpty)
                {
                    x += right[column];
                    y += down[column];
                }
                // One pixel outside all is background, so farther need not be looked.
                x = x < 0 ? 0 : x > width + 1 ? width + 1 : x;
                y = y < 0 ? 0 : y > height + 1 ? height + 1 : y;
                int left = (int)x, top = (int)y, from = (top * stride) + (left * channels), to = ((row * width) + column) * channels;
                float fractionX = x - left, fractionY = y - top;
                for (int end = to + channels; to < end; from++, to++)
                {
                    float a = framed[from], b = framed[from + channels], c = framed[from + stride], d = framed[from + stride + channels];
                    float upper = MathF.FusedMultiplyAdd(fractionX, b - a, a), lower = MathF.FusedMultiplyAdd(fractionX, d - c, c);
                    destination[to] = MathF.FusedMultiplyAdd(fractionY, lower - upper, upper);
                }
            }
        }
    }
}
