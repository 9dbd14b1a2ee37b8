namespace Explain.Core;

/// <summary>
/// MNIST (LeCun, Cortes and Burges, 1998) and its relatives in the same four files: Fashion-MNIST, KMNIST, and our own strokes when written
/// out.
/// </summary>
public static class Mnist
{
    /// <summary>
    /// Reads train-images, train-labels, t10k-images and t10k-labels from <paramref name="folder"/>, each as "…-idx3-ubyte" or
    /// "….idx3-ubyte" (idx1 for labels), with or without ".gz". Pixels become 0 … 1.
    /// </summary>
    /// <param name="folder">Where the four files are.</param>
    /// <param name="name">For titles.</param>
    /// <returns>Training and test data, no validation data.</returns>
    /// <exception cref="InputException">
    /// A file is missing or malformed, images and labels do not belong together, or a label is none.
    /// </exception>
    public static DataSplit Load(string folder, string name = "MNIST")
    {
        if (!Directory.Exists(folder))
            throw new InputException(
                $"{folder}: no such folder. A folder with the four files {FileName("train-images", 3)}, {FileName("train-labels", 1)}, "
                    + $"{FileName("t10k-images", 3)} and {FileName("t10k-labels", 1)}, each also as .gz, is expected.");
        var (trainPath, train) = ReadArray(folder, "train-images", 3);
        var (trainLabelsPath, trainLabels) = ReadLabels(folder, "train-labels", trainPath, train);
        var (testPath, test) = ReadArray(folder, "t10k-images", 3);
        var (testLabelsPath, testLabels) = ReadLabels(folder, "t10k-labels", testPath, test);
        if (test.Dimensions[1] != train.Dimensions[1] || test.Dimensions[2] != train.Dimensions[2])
            throw new InputException(
                $"{testPath}: images are {test.Dimensions[1]}×{test.Dimensions[2]}, "
                    + $"but those of {trainPath} are {train.Dimensions[1]}×{train.Dimensions[2]}; they must be the same.");
        int classes = CountClasses([(trainLabelsPath, trainLabels), (testLabelsPath, testLabels)]);
        string[] classNames = [.. Enumerable.Range(0, classes).Select(c => $"{c}")];
        return new DataSplit(ToDataset(name, train, trainLabels, classNames), Test: ToDataset(name, test, testLabels, classNames));
    }

    /// <summary>Whether <paramref name="folder"/> has the training images, by any of their names.</summary>
    internal static bool IsIn(string folder) => Candidates(folder, "train-images", 3).Any(File.Exists);

    /// <summary>The standard name of a file, without ".gz".</summary>
    internal static string FileName(string part, int dimensions) => $"{part}-idx{dimensions}-ubyte";

    private static IEnumerable<string> Candidates(string folder, string part, int dimensions) =>
        from separator in new[] { '-', '.' }
        from extension in new[] { "", ".gz" }
        select Path.Combine(folder, $"{part}{separator}idx{dimensions}-ubyte{extension}");

    private static (string Path, IdxArray Array) ReadArray(string folder, string part, int dimensions)
    {
        string path = Candidates(folder, part, dimensions).FirstOrDefault(File.Exists)
            ?? throw new InputException(
                $"{folder}: the file {FileName(part, dimensions)} (or {part}.idx{dimensions}-ubyte, or either with .gz) is missing.");
        var array = Idx.Read(path);
        if (array.Type != IdxType.UnsignedByte)
            throw new InputException(
                $"{path}: its elements are of type {(int)array.Type:X2}; images and labels must be unsigned bytes (08).");
        if (array.Dimensions.Count != dimensions)
            throw new InputException(
                $"{path}: it has {array.Dimensions.Count} dimensions; "
                    + $"{(dimensions == 3 ? "images have 3 (count, rows, columns)" : "labels have 1 (count)")}.");
        if (array.Data.Length == 0)
            throw new InputException($"{path}: it is empty ({string.Join(" × ", array.Dimensions)}); at least one sample is needed.");
        return (path, array);
    }

    /// <summary>
    /// Ten, as all of these sets have but those of letters. More only where every label from 1 to the largest occurs (the letters of EMNIST
    /// are 1 to 26): otherwise the large one is an error of the file, not a class.
    /// </summary>
    private static int CountClasses((string Path, int[] Labels)[] files)
    {
        var occurring = files.SelectMany(f => f.Labels).ToHashSet();
        int largest = occurring.Max();
        if (largest < 10) return 10;
        int[] missing = [.. Enumerable.Range(1, largest).Where(label => !occurring.Contains(label))];
        if (missing.Length == 0) return largest + 1;
        var (path, labels) = files.First(f => f.Labels.Contains(largest));
        string listed = string.Join(", ", missing.Take(5)) + (missing.Length > 5 ? $" and {missing.Length - 5} more" : "");
        throw new InputException(
            $"{path}: label {Array.IndexOf(labels, largest) + 1} of {labels.Length} is {largest}, but no sample is labelled {listed}; "
                + "labels 0 to 9 are allowed, and larger ones where all from 1 on occur.");
    }

    private static (string Path, int[] Labels) ReadLabels(string folder, string part, string imagesPath, IdxArray images)
    {
        var (path, array) = ReadArray(folder, part, 1);
        if (array.Data.Length != images.Dimensions[0])
            throw new InputException(
                $"{path}: it has {array.Data.Length} labels, but {imagesPath} has {images.Dimensions[0]} images; there must be as many.");
        return (path, Array.ConvertAll(array.Data, label => (int)label));
    }

    private static Dataset ToDataset(string name, IdxArray images, int[] labels, string[] classNames)
    {
        var shape = new Shape(images.Dimensions[1], images.Dimensions[2]);
        var inputs = new Matrix(images.Dimensions[0], shape.Size);
        var pixels = inputs.Span;
        for (int i = 0; i < pixels.Length; i++)
            pixels[i] = images.Data[i] / 255f;
        return new Dataset(name, inputs, shape, labels, classNames);
    }
}
