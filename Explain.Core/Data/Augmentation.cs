namespace Explain.Core;

/// <summary>
/// Random changes to training pictures that leave their class what it is: each epoch sees every picture shifted, scaled, rotated and bent
/// anew. What happens to a sample depends on (seed, epoch, index of the sample) alone, not on its place in a batch, the threads or the
/// vector width. Pixels in between are interpolated (bilinear); what comes in from outside the picture is black: the smallest value of the
/// training data.
/// </summary>
public sealed record Augmentation
{
    /// <summary>
    /// The most pixels that a picture is shifted to either side, and up or down; the shifts are uniform in between and need not be whole. 0
    /// to 1000.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">It is out of range.</exception>
    public double Shift { get; init => field = Checked(value, 0, MaxShift, "pixels of shift"); }

    /// <summary>
    /// The factor by which a picture grows is uniform between 1 − this and 1 + this, the same for width and height. 0 to 0.9.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">It is out of range.</exception>
    public double Scale { get; init => field = Checked(value, 0, MaxScale, "change of scale"); }

    /// <summary>
    /// The most degrees that a picture is turned about its centre, either way; the angle is uniform in between. 0 to 180.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">It is out of range.</exception>
    public double Rotate { get; init => field = Checked(value, 0, MaxRotate, "degrees of rotation"); }

    /// <summary>How pictures are bent; null for not at all.</summary>
    public ElasticDeformation? Elastic { get; init; }

    /// <summary>True where nothing is changed.</summary>
    public bool IsIdentity => Shift == 0 && Scale == 0 && Rotate == 0 && Elastic is null or { Strength: 0 };

    internal const double MaxShift = 1000, MaxScale = 0.9, MaxRotate = 180;

    /// <summary>The pictures as an epoch of training sees them.</summary>
    /// <param name="data">Pictures.</param>
    /// <param name="seed">The trainer's.</param>
    /// <param name="epoch">From 1.</param>
    /// <param name="normalisation">
    /// How the inputs were normalised, see <see cref="DataSplit.Normalisation"/>; null where they are as they came.
    /// </param>
    /// <exception cref="InputException">The samples are no pictures.</exception>
    public Dataset Apply(Dataset data, ulong seed, int epoch, Normalisation? normalisation = null)
    {
        Check(data);
        var augmenter = new Augmenter(this, data, normalisation, seed, data.Count);
        var inputs = new Matrix(data.Count, data.Inputs.Columns);
        augmenter.Begin(epoch);
        augmenter.Fill(Enumerable.Range(0, data.Count).ToArray(), inputs);
        return new Dataset(data.Name, inputs, data.SampleShape, data.Labels, data.ClassNames) { FeatureNames = data.FeatureNames };
    }

    /// <summary>Refuses what is no picture.</summary>
    /// <exception cref="InputException">The samples are no pictures.</exception>
    internal void Check(Dataset data)
    {
        if (!IsIdentity && !data.SampleShape.IsImage)
            throw new InputException(
                $"Augmentation moves pixels, but samples of '{data.Name}' are no pictures: "
                    + $"they are {data.SampleShape.Size} values in a row; leave it out, or take data with a height and a width.");
    }

    internal static double Checked(double value, double minimum, double maximum, string what) => value >= minimum && value <= maximum
        ? value
        : throw new ArgumentOutOfRangeException(
            nameof(value), value, $"Augmentation is to have {value} {what}; allowed are values from {minimum} to {maximum}.");
}

/// <summary>
/// A picture drawn on rubber: each pixel's place of origin is displaced by uniform noise that a Gaussian has smoothed (Simard, Steinkraus
/// and Platt, "Best practices for convolutional neural networks applied to visual document analysis", 2003). The paper's α = 34 at σ = 4
/// pixels is about a strength of 1.4.
/// </summary>
/// <param name="Strength">Standard deviation of the displacement, in pixels, across and down each. 0 to 100.</param>
/// <param name="Smoothness">
/// Standard deviation σ of the Gaussian, in pixels: larger bends more of the picture the same way. 0.5 to 64.
/// </param>
/// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
public sealed record ElasticDeformation(double Strength, double Smoothness = 4)
{
    internal const double MaxStrength = 100, MinSmoothness = 0.5, MaxSmoothness = 64;

    /// <summary>Standard deviation of the displacement, in pixels, across and down each.</summary>
    public double Strength { get; init => field = Augmentation.Checked(value, 0, MaxStrength, "pixels of elastic strength"); } =
        Augmentation.Checked(Strength, 0, MaxStrength, "pixels of elastic strength");

    /// <summary>Standard deviation of the Gaussian that smooths the displacements, in pixels.</summary>
    public double Smoothness { get; init => field = Augmentation.Checked(
        value, MinSmoothness, MaxSmoothness,
        "pixels of elastic smoothness"); } = Augmentation.Checked(Smoothness, MinSmoothness, MaxSmoothness, "pixels of elastic smoothness");
}
