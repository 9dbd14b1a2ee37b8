namespace Explain.Core;

/// <summary>What a data source reads besides its options.</summary>
public enum DataInput
{
    /// <summary>Nothing: the data is drawn.</summary>
    Nothing,

    /// <summary>A folder with the four IDX files.</summary>
    Folder,

    /// <summary>A CSV file.</summary>
    File,
}

/// <summary>A number that shapes drawn data.</summary>
/// <param name="Name">As in recipes and on the command line.</param>
/// <param name="Description">One line.</param>
/// <param name="Default">Value where none is given.</param>
/// <param name="Minimum">Smallest allowed value.</param>
/// <param name="Maximum">Largest allowed value.</param>
/// <param name="Whole">Whether only integers are allowed.</param>
public sealed record DataOption(string Name, string Description, double Default, double Minimum, double Maximum, bool Whole)
{
    /// <summary>What is wrong with a value, or null where nothing is.</summary>
    public string? Check(double value) =>
        double.IsFinite(value) && value >= Minimum && value <= Maximum && (!Whole || value == Math.Floor(value))
            ? null
            : $"'{Name}' is {value}; allowed are {(Whole ? "integers" : "numbers")} from {Minimum} to {Maximum}";
}

/// <summary>Which data is wanted: all that <see cref="DataCatalog.Load"/> needs to know.</summary>
/// <param name="Source">Name of a <see cref="DataSource"/>.</param>
public sealed record DataRequest(string Source)
{
    /// <summary>Options that differ from their default.</summary>
    public IReadOnlyDictionary<string, double> Options { get; init; } = new Dictionary<string, double>();

    /// <summary>The folder or file to read, where the source reads one.</summary>
    public string? Path { get; init; }

    /// <summary>The label column of a CSV file; null for the last.</summary>
    public string? Label { get; init; }
}

/// <summary>A named way to get data.</summary>
public sealed record DataSource
{
    private readonly Func<DataOptions, DataSplit> _make;

    internal DataSource(Func<DataOptions, DataSplit> make) => _make = make;

    /// <summary>As in recipes and on the command line.</summary>
    public required string Name { get; init; }

    /// <summary>One line.</summary>
    public required string Description { get; init; }

    /// <summary>Shape of a sample in words, e.g. "28×28", or what it depends on.</summary>
    public required string Samples { get; init; }

    /// <summary>Number of classes in words.</summary>
    public required string Classes { get; init; }

    /// <summary>What it reads.</summary>
    public DataInput Input { get; init; }

    /// <summary>The numbers that shape it.</summary>
    public IReadOnlyList<DataOption> Options { get; init; } = [];

    internal DataSplit Make(DataRequest request) => _make(new DataOptions(this, request));
}

/// <summary>A request with every option given and checked.</summary>
internal sealed class DataOptions(DataSource source, DataRequest request)
{
    /// <summary>The folder or file; present where the source needs one.</summary>
    public string Path => request.Path!;

    public string? Label => request.Label;

    public ulong Seed => (ulong)Value("seed");

    public int Int(string name) => (int)Value(name);

    public double Value(string name) =>
        request.Options.TryGetValue(name, out double value) ? value : source.Options.Single(o => o.Name == name).Default;
}
