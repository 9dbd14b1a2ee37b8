namespace Explain.Core;

/// <summary>Data sets that are drawn rather than read. Each is a function of its arguments alone, the same bits everywhere.</summary>
public static class Datasets
{
    /// <summary>
    /// The four patterns (−1,−1), (−1,1), (1,−1), (1,1) of classes 0, 1, 1, 0: the smallest problem no single layer can solve (Minsky and
    /// Papert, 1969).
    /// </summary>
    /// <param name="n">Number of samples; the patterns take turns.</param>
    /// <param name="noise">Standard deviation of what is added to each coordinate.</param>
    /// <param name="seed">Of the noise.</param>
    public static DataSplit Xor(int n = 4, double noise = 0, ulong seed = 0)
    {
        var random = new CounterRandom(seed, "xor");
        return Points("xor", n, ["0", "1"], i =>
        {
            double x = (i & 2) == 0 ? -1 : 1, y = (i & 1) == 0 ? -1 : 1;
            return (Noisy(random, x, noise), Noisy(random, y, noise), x * y < 0 ? 1 : 0);
        });
    }

    /// <summary>Two circles about the origin, class 0 outside. Angles are evenly spaced on [0, 2π], the radius is noisy.</summary>
    /// <param name="n">Samples of each class, at least 2.</param>
    /// <param name="noise">Standard deviation of the radius.</param>
    /// <param name="outer">Radius of class 0.</param>
    /// <param name="inner">Radius of class 1.</param>
    /// <param name="seed">Of the noise.</param>
    public static DataSplit Circles(int n = 100, double noise = 0.1, double outer = 2, double inner = 0.5, ulong seed = 0)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(n, 2);
        var random = new CounterRandom(seed, "circles");
        return Points("circles", 2 * n, ["outer", "inner"], i =>
        {
            var (sin, cos) = PortableMath.SinCos(2 * Math.PI * (i % n) / (n - 1));
            double radius = Noisy(random, i < n ? outer : inner, noise);
            return (radius * cos, radius * sin, i / n);
        });
    }

    /// <summary>
    /// Two Archimedean arms x = a·θ·sin θ, y = a·θ·cos θ with a = 1 and −1, θ evenly spaced on [0, 2π·turns]. Both arms contain the origin,
    /// so one sample is always wrong.
    /// </summary>
    /// <param name="n">Samples of each class, at least 2.</param>
    /// <param name="noise">Standard deviation of what is added to each coordinate.</param>
    /// <param name="turns">How often each arm goes round.</param>
    /// <param name="seed">Of the noise.</param>
    public static DataSplit Spirals(int n = 100, double noise = 0, double turns = 2, ulong seed = 0)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(n, 2);
        var random = new CounterRandom(seed, "spirals");
        return Points("spirals", 2 * n, ["arm 1", "arm 2"], i =>
        {
            double theta = 2 * Math.PI * turns * (i % n) / (n - 1), radius = i < n ? theta : -theta;
            var (sin, cos) = PortableMath.SinCos(theta);
            return (Noisy(random, radius * sin, noise), Noisy(random, radius * cos, noise), i / n);
        });
    }

    /// <summary>Two interleaved half circles of radius 1, the second turned over and shifted by (1, 0.5).</summary>
    /// <param name="n">Samples of each class, at least 2.</param>
    /// <param name="noise">Standard deviation of what is added to each coordinate.</param>
    /// <param name="seed">Of the noise.</param>
    public static DataSplit Moons(int n = 100, double noise = 0.1, ulong seed = 0)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(n, 2);
        var random = new CounterRandom(seed, "moons");
        return Points("moons", 2 * n, ["upper", "lower"], i =>
        {
            var (sin, cos) = PortableMath.SinCos(Math.PI * (i % n) / (n - 1));
            return i < n
                ? (Noisy(random, cos, noise), Noisy(random, sin, noise), 0)
                : (Noisy(random, 1 - cos, noise), Noisy(random, 0.5 - sin, noise), 1);
        });
    }

    /// <summary>Round clouds whose centres lie evenly spaced on a circle about the origin.</summary>
    /// <param name="n">Samples of each class.</param>
    /// <param name="noise">Standard deviation of a cloud.</param>
    /// <param name="classes">Number of clouds, at least 2.</param>
    /// <param name="radius">Of the circle of centres.</param>
    /// <param name="seed">Of the samples.</param>
    public static DataSplit Blobs(int n = 100, double noise = 1, int classes = 3, double radius = 4, ulong seed = 0)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 2);
        var random = new CounterRandom(seed, "blobs");
        return Points("blobs", classes * n, [.. Enumerable.Range(1, classes).Select(c => $"blob {c}")], i =>
        {
            var (sin, cos) = PortableMath.SinCos(2 * Math.PI * (i / n) / classes);
            return (Noisy(random, radius * cos, noise), Noisy(random, radius * sin, noise), i / n);
        });
    }

    /// <summary>Handwritten-looking digits, 28×28, drawn procedurally; see <see cref="Core.Strokes"/>.</summary>
    /// <param name="seed">Of everything.</param>
    /// <param name="train">Number of training samples.</param>
    /// <param name="test">Number of test samples; they are others for every seed, and never among the training samples.</param>
    public static DataSplit Strokes(ulong seed = 0, int train = 60000, int test = 10000) => Core.Strokes.Draw(seed, train, test);

    /// <summary>
    /// Digits of 20×20: the first training images of MNIST, or of any data of square images, area-averaged; as in the multiclass exercise
    /// of Ng's machine learning course (2011), whose digits these sizes are taken from.
    /// </summary>
    /// <param name="digits">Whose images to shrink.</param>
    /// <param name="n">Number of training samples.</param>
    public static DataSplit Digits20(DataSplit digits, int n = 5000)
    {
        var small = digits.Take(n, int.MaxValue);
        return new DataSplit(
            AreaAverage.Shrink(small.Train, 20, 20), null, small.Test is null ? null : AreaAverage.Shrink(small.Test, 20, 20));
    }

    private static double Noisy(CounterRandom random, double value, double noise) =>
        noise == 0 ? value : value + (noise * random.NextNormal());

    private static DataSplit Points(string name, int count, string[] classNames, Func<int, (double X, double Y, int Class)> draw)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 2);
        var inputs = new Matrix(count, 2);
        var labels = new int[count];
        for (int i = 0; i < count; i++)
        {
            var (x, y, label) = draw(i);
            (inputs[i, 0], inputs[i, 1], labels[i]) = ((float)x, (float)y, label);
        }
        return new DataSplit(new Dataset(name, inputs, Shape.Vector(2), labels, classNames));
    }
}
