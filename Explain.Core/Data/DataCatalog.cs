namespace Explain.Core;

/// <summary>Every data source by name, for recipes and the command line.</summary>
public static class DataCatalog
{
    private static readonly DataOption Seed = new("seed", "seed of everything random in the data", 0, 0, uint.MaxValue, Whole: true);
    private static readonly DataOption PerClass = new("n", "samples of each class", 100, 2, 1_000_000, Whole: true);

    /// <summary>In the order of a list to read.</summary>
    public static IReadOnlyList<DataSource> All { get; } =
    [
        new(o => Datasets.Strokes(o.Seed, o.Int("train"), o.Int("test")))
        {
            Name = "strokes",
            Description = "handwritten-looking digits, drawn procedurally: about as hard as MNIST, nothing to download",
            Samples = "28×28",
            Classes = "10",
            Options =
            [
                new("train", "training samples", 60000, 10, 1_000_000, Whole: true),
                new("test", "test samples", 10000, 0, 1_000_000, Whole: true),
                Seed,
            ],
        },
        new(o => Mnist.Load(o.Path).Take(o.Int("train"), o.Int("test")))
        {
            Name = "mnist",
            Description = "MNIST or a relative: four IDX files, gzipped or not, in a folder",
            Samples = "as in the files, 28×28 for MNIST",
            Classes = "as in the files, at least 10",
            Input = DataInput.Folder,
            Options =
            [
                new("train", "training samples to use, from the first on", 60000, 1, int.MaxValue, Whole: true),
                new("test", "test samples to use, from the first on", 10000, 1, int.MaxValue, Whole: true),
            ],
        },
        new(o => Datasets.Digits20(Mnist.Load(o.Path, "digits20"), o.Int("n")))
        {
            Name = "digits20",
            Description = "the first MNIST images, area-averaged to 20×20",
            Samples = "20×20",
            Classes = "as in the files, at least 10",
            Input = DataInput.Folder,
            Options = [new("n", "training samples", 5000, 1, int.MaxValue, Whole: true)],
        },
        new(o => new DataSplit(Csv.Read(o.Path, new CsvOptions(o.Label))))
        {
            Name = "csv",
            Description = "a CSV file with a header: numeric features and one column with the class (the last, or 'label')",
            Samples = "a vector of the features",
            Classes = "the distinct labels",
            Input = DataInput.File,
        },
        new(o => Datasets.Xor(o.Int("n"), o.Value("noise"), o.Seed))
        {
            Name = "xor",
            Description = "the four patterns (±1, ±1), class 1 where the signs differ",
            Samples = "2",
            Classes = "2",
            Options = [new("n", "samples; the four patterns take turns", 4, 4, 1_000_000, Whole: true), Noise(0, "each coordinate"), Seed],
        },
        new(o => Datasets.Circles(o.Int("n"), o.Value("noise"), o.Value("outer"), o.Value("inner"), o.Seed))
        {
            Name = "circles",
            Description = "a circle within a circle",
            Samples = "2",
            Classes = "2",
            Options =
            [
                PerClass,
                Noise(0.1, "the radius"),
                new("outer", "radius of the outer circle", 2, 0, 1000, Whole: false),
                new("inner", "radius of the inner circle", 0.5, 0, 1000, Whole: false),
                Seed,
            ],
        },
        new(o => Datasets.Spirals(o.Int("n"), o.Value("noise"), o.Value("turns"), o.Seed))
        {
            Name = "spirals",
            Description = "two Archimedean arms that meet in the origin",
            Samples = "2",
            Classes = "2",
            Options =
                [PerClass, Noise(0, "each coordinate"), new("turns", "how often each arm goes round", 2, 0.1, 20, Whole: false), Seed],
        },
        new(o => Datasets.Moons(o.Int("n"), o.Value("noise"), o.Seed))
        {
            Name = "moons",
            Description = "two interleaved half circles",
            Samples = "2",
            Classes = "2",
            Options = [PerClass, Noise(0.1, "each coordinate"), Seed],
        },
        new(o => Datasets.Blobs(o.Int("n"), o.Value("noise"), o.Int("classes"), o.Value("radius"), o.Seed))
        {
            Name = "blobs",
            Description = "round clouds around a circle",
            Samples = "2",
            Classes = "as given",
            Options =
            [
                PerClass,
                Noise(1, "each coordinate"),
                new("classes", "number of clouds", 3, 2, 100, Whole: true),
                new("radius", "distance of the clouds' centres from the origin", 4, 0, 1000, Whole: false),
                Seed,
            ],
        },
    ];

    /// <summary>The source of that name.</summary>
    /// <exception cref="InputException">There is none.</exception>
    public static DataSource Find(string name) =>
        All.FirstOrDefault(s => s.Name == name)
        ?? throw new InputException($"Unknown data '{name}'{Names.Hint(name, Names.Of(All, s => s.Name))}");

    /// <summary>Reads or draws the data.</summary>
    /// <exception cref="InputException">
    /// The source or an option is unknown or out of range, a path is missing, or a file is wrong.
    /// </exception>
    public static DataSplit Load(DataRequest request)
    {
        var source = Find(request.Source);
        foreach (var (name, value) in request.Options)
        {
            var option = source.Options.FirstOrDefault(o => o.Name == name)
                ?? throw new InputException(
                    $"The data '{source.Name}' has no option '{name}'{Names.Hint(name, Names.Of(source.Options, o => o.Name))}");
            if (option.Check(value) is { } problem) throw new InputException($"The option {problem}.");
        }
        if (source.Input == DataInput.Nothing && request.Path is { } path)
            throw new InputException($"The data '{source.Name}' is drawn and reads nothing, but {path} is given; leave it out.");
        if (source.Input != DataInput.Nothing && request.Path is null)
            throw new InputException(
                $"The data '{source.Name}' needs a {(source.Input == DataInput.File ? "CSV file" : "folder with the four IDX files")}: "
                    + "give it with --data.");
        if (source.Input != DataInput.File && request.Label is { } label)
            throw new InputException($"The data '{source.Name}' has no columns to choose the label '{label}' from; only CSV files have.");
        return source.Make(request);
    }

    /// <summary>The data at a path, whatever it is: a folder with IDX files or a CSV file.</summary>
    /// <exception cref="InputException">It is neither, or malformed.</exception>
    public static DataSplit Open(string path)
    {
        if (Directory.Exists(path) && Tables(path) is { } tables) return tables;
        if (Directory.Exists(path)) return Mnist.Load(path, Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(path))));
        if (!File.Exists(path))
            throw new InputException($"{path}: no such file or folder. A CSV file, or a folder with the four IDX files, is expected.");
        return new DataSplit(Csv.Read(path));
    }

    // A folder as DatasetWriter leaves it: NAME.csv, and NAME-validation.csv and NAME-test.csv where there are such parts.
    private static DataSplit? Tables(string folder)
    {
        string[] names = [.. Directory.EnumerateFiles(folder, "*.csv").Select(file => Path.GetFileNameWithoutExtension(file))
            .Order(StringComparer.Ordinal)];
        string[] whole = [.. names.Where(name => !names.Any(other => name == $"{other}-validation" || name == $"{other}-test"))];
        if (whole.Length == 0) return null;
        if (whole.Length > 1) throw new InputException($"{folder}: it holds several tables, {Names.List(whole)}; name one of the files.");
        var train = Csv.Read(Path.Combine(folder, whole[0] + ".csv"));
        return new DataSplit(train, Part("validation"), Part("test"));

        Dataset? Part(string part)
        {
            string file = Path.Combine(folder, $"{whole[0]}-{part}.csv");
            if (!File.Exists(file)) return null;
            var data = Csv.Read(file);
            if (!data.ClassNames.SequenceEqual(train.ClassNames))
                throw new InputException(
                    $"{file}: its classes are {Names.List([.. data.ClassNames])}, but those of the training data are "
                        + $"{Names.List([.. train.ClassNames])}; name one of the files.");
            return data.SampleShape.Size == train.SampleShape.Size ? data
                : throw new InputException(
                    $"{file}: its samples have {data.SampleShape.Size} values, but those of the training data {train.SampleShape.Size}.");
        }
    }

    private static DataOption Noise(double standard, string what) =>
        new("noise", $"standard deviation of what is added to {what}", standard, 0, 1000, Whole: false);
}
