using System.Runtime.Intrinsics;

namespace Explain.Core;

/// <summary>
/// The windows of an image as a matrix ("im2col") and back. Two layouts: one row a place, [places, (i,j,c)], whose runs of a window's line
/// are contiguous in the image; and, for images of few channels, where those runs would be too short to copy quickly, one row a tap,
/// [(i,j,c), places], whose runs are lines of the image. Places outside the image are 0.
/// </summary>
internal sealed unsafe class WindowLayout
{
    /// <summary>Most channels for one row a tap.</summary>
    private const int FewChannels = 4;

    private readonly Shape _image;
    private readonly SlidingWindow _window;
    private readonly int _height, _width;

    public WindowLayout(Shape image, Shape output, SlidingWindow window)
    {
        _image = image;
        _window = window;
        (_height, _width) = (output.Height, output.Width);
        ByTap = image.Channels <= FewChannels;
    }

    /// <summary>Whether a row is a tap; otherwise it is a place.</summary>
    public bool ByTap { get; }

    /// <summary>Places of the window.</summary>
    public int Places => _height * _width;

    /// <summary>Values in a window.</summary>
    public int Taps => _window.Size * _image.Channels;

    /// <summary>Scratch memory for the windows of <paramref name="samples"/> samples.</summary>
    public Matrix Rent(int samples) => ByTap ? Scratch.Matrix(Taps, Places * samples) : Scratch.Matrix(Places * samples, Taps);

    /// <summary>Lays out the windows of one sample.</summary>
    public void Lay(ReadOnlySpan<float> image, Span<float> windows)
    {
        fixed (float* from = image, to = windows)
        {
            if (ByTap) LayTaps(from, to);
            else LayPlaces(from, to);
        }
    }

    /// <summary>
    /// Sets an image to the sums of what its values got in all windows, in order of the places, or of the taps where a row is a tap.
    /// </summary>
    public void Gather(ReadOnlySpan<float> windows, Span<float> image)
    {
        image.Clear();
        fixed (float* from = windows, to = image)
        {
            if (ByTap) GatherTaps(from, to);
            else GatherPlaces(from, to);
        }
    }

    private static void Copy(float* from, float* to, int length)
    {
        for (; length >= 16; length -= 16, from += 16, to += 16) Vector512.Load(from).Store(to);
        for (; length >= 4; length -= 4, from += 4, to += 4) Vector128.Load(from).Store(to);
        for (int i = 0; i < length; i++) to[i] = from[i];
    }

    private static void Add(float* from, float* to, int length)
    {
        for (; length >= 16; length -= 16, from += 16, to += 16) (Vector512.Load(to) + Vector512.Load(from)).Store(to);
        for (; length >= 4; length -= 4, from += 4, to += 4) (Vector128.Load(to) + Vector128.Load(from)).Store(to);
        for (int i = 0; i < length; i++) to[i] += from[i];
    }

    private static void Clear(float* to, int length) => new Span<float>(to, length).Clear();

    private void LayPlaces(float* image, float* windows)
    {
        int channels = _image.Channels, run = _window.Width * channels;
        for (int y = 0; y < _height; y++)
        {
            for (int x = 0; x < _width; x++)
            {
                var (skip, from, length) = Across(x);
                for (int i = 0; i < _window.Height; i++, windows += run)
                {
                    int row = (y * _window.StrideHeight) + i - _window.Padding.Top;
                    if ((uint)row >= (uint)_image.Height)
                    {
                        Clear(windows, run);
                        continue;
                    }
                    if (skip > 0) Clear(windows, skip);
                    Copy(image + ((nint)row * _image.Width * channels) + from, windows + skip, length);
                    if (skip + length < run) Clear(windows + skip + length, run - skip - length);
                }
            }
        }
    }

    private void GatherPlaces(float* windows, float* image)
    {
        int channels = _image.Channels, run = _window.Width * channels;
        for (int y = 0; y < _height; y++)
        {
            for (int x = 0; x < _width; x++)
            {
                var (skip, from, length) = Across(x);
                for (int i = 0; i < _window.Height; i++, windows += run)
                {
                    int row = (y * _window.StrideHeight) + i - _window.Padding.Top;
                    if ((uint)row < (uint)_image.Height) Add(windows + skip, image + ((nint)row * _image.Width * channels) + from, length);
                }
            }
        }
    }

    private void LayTaps(float* image, float* windows)
    {
        for (int tap = 0; tap < Taps; tap++)
        {
            int channels = _image.Channels, step = _window.StrideWidth * channels;
            var (i, first, end, shift) = Tap(tap);
            for (int y = 0; y < _height; y++, windows += _width)
            {
                int row = (y * _window.StrideHeight) + i - _window.Padding.Top;
                if ((uint)row >= (uint)_image.Height)
                {
                    Clear(windows, _width);
                    continue;
                }
                for (int x = 0; x < first; x++) windows[x] = 0;
                float* line = image + ((nint)row * _image.Width * channels) + shift;
                if (step == 1) Copy(line + first, windows + first, end - first);
                else for (int x = first; x < end; x++) windows[x] = line[x * step];
                for (int x = end; x < _width; x++) windows[x] = 0;
            }
        }
    }

    private void GatherTaps(float* windows, float* image)
    {
        for (int tap = 0; tap < Taps; tap++)
        {
            int channels = _image.Channels, step = _window.StrideWidth * channels;
            var (i, first, end, shift) = Tap(tap);
            for (int y = 0; y < _height; y++, windows += _width)
            {
                int row = (y * _window.StrideHeight) + i - _window.Padding.Top;
                if ((uint)row >= (uint)_image.Height) continue;
                float* line = image + ((nint)row * _image.Width * channels) + shift;
                if (step == 1) Add(windows + first, line + first, end - first);
                else for (int x = first; x < end; x++) line[x * step] += windows[x];
            }
        }
    }

    /// <summary>
    /// What of a window's line at column x lies in the image: values before it, where it begins in the image's line, and how many there
    /// are.
    /// </summary>
    private (int Skip, int From, int Length) Across(int x)
    {
        int left = (x * _window.StrideWidth) - _window.Padding.Left, channels = _image.Channels;
        int first = Math.Max(0, left), end = Math.Min(_image.Width, left + _window.Width);
        return ((first - left) * channels, first * channels, Math.Max(0, end - first) * channels);
    }

    /// <summary>
    /// Of a tap: its row in the window, the places from first to end (without it) at which it lies within the image's width, and where in
    /// the image's line it is at place 0.
    /// </summary>
    private (int Row, int First, int End, int Shift) Tap(int tap)
    {
        int channels = _image.Channels, c = tap % channels, j = tap / channels % _window.Width, i = tap / channels / _window.Width;
        int left = j - _window.Padding.Left, stride = _window.StrideWidth; // The image's column at place x is x·stride + left.
        int first = Math.Min(_width, left >= 0 ? 0 : (stride - 1 - left) / stride);
        int end = left >= _image.Width ? 0 : Math.Min(_width, ((_image.Width - 1 - left) / stride) + 1);
        return (i, first, Math.Max(first, end), (left * channels) + c);
    }
}
