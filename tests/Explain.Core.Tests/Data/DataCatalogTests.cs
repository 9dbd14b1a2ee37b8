namespace Explain.Core.Tests;

public sealed class DataCatalogTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Every_drawn_source_can_be_made_with_its_defaults()
    {
        foreach (var source in DataCatalog.All.Where(s => s.Input == DataInput.Nothing && s.Name != "strokes"))
        {
            source.Options.ShouldAllBe(o => o.Check(o.Default) == null);
            var data = DataCatalog.Load(new DataRequest(source.Name));
            data.Train.Name.ShouldBe(source.Name);
            data.Train.SampleShape.ToString().ShouldBe(source.Samples);
        }
    }

    [Fact]
    public void Options_reach_the_data()
    {
        var data =
            DataCatalog.Load(new DataRequest("strokes") { Options = new Dictionary<string, double> { ["train"] = 30, ["test"] = 0 } });
        data.Train.Count.ShouldBe(30);
        data.Test.ShouldBeNull();
    }

    [Fact]
    public void An_unknown_source_is_refused_with_the_nearest() =>
        Should.Throw<InputException>(() => DataCatalog.Find("stroke")).Message.ShouldBe("Unknown data 'stroke'; did you mean 'strokes'?");

    [Fact]
    public void A_source_like_no_other_is_refused_with_all_there_are() =>
        Should.Throw<InputException>(() => DataCatalog.Find("photographs"))
            .Message.ShouldStartWith("Unknown data 'photographs'; allowed are 'strokes', 'mnist'");

    [Theory]
    [InlineData("circles", "nois", 0.1, "The data 'circles' has no option 'nois'; did you mean 'noise'?")]
    [InlineData("circles", "noise", -1, "The option 'noise' is -1; allowed are numbers from 0 to 1000.")]
    [InlineData("circles", "n", 10.5, "The option 'n' is 10.5; allowed are integers from 2 to 1000000.")]
    [InlineData("circles", "n", double.NaN, "The option 'n' is NaN; allowed are integers from 2 to 1000000.")]
    public void A_wrong_option_is_refused(string source, string option, double value, string message) =>
        Should.Throw<InputException>(() =>
            DataCatalog.Load(new DataRequest(source) { Options = new Dictionary<string, double> { [option] = value } }))
            .Message.ShouldBe(message);

    [Fact]
    public void A_source_that_reads_needs_a_path() =>
        Should.Throw<InputException>(() => DataCatalog.Load(new DataRequest("mnist")))
            .Message.ShouldContain("needs a folder with the four IDX files: give it with --data");

    [Fact]
    public void A_source_that_draws_takes_no_path() =>
        Should.Throw<InputException>(() => DataCatalog.Load(new DataRequest("xor") { Path = "somewhere" }))
            .Message.ShouldContain("reads nothing, but somewhere is given");

    [Fact]
    public void Only_csv_has_a_label_column() =>
        Should.Throw<InputException>(() => DataCatalog.Load(new DataRequest("xor") { Label = "y" }))
            .Message.ShouldContain("only CSV files have");

    [Fact]
    public void Images_are_written_and_read_back_exactly()
    {
        var data = Datasets.Strokes(seed: 2, train: 40, test: 10);
        DatasetWriter.Write(data, _folder["digits"]).Select(Path.GetFileName).ShouldBe(
            ["train-images-idx3-ubyte.gz", "train-labels-idx1-ubyte.gz", "t10k-images-idx3-ubyte.gz", "t10k-labels-idx1-ubyte.gz"]);
        var read = DataCatalog.Open(_folder["digits"]);
        read.Train.Name.ShouldBe("digits");
        read.Train.Fingerprint().ShouldBe(data.Train.Fingerprint());
        read.Test!.Fingerprint().ShouldBe(data.Test!.Fingerprint());
        DataCatalog.Load(new DataRequest("mnist") { Path = _folder["digits"], Options = new Dictionary<string, double> { ["train"] = 15 } })
            .Train.Count.ShouldBe(15);
    }

    [Fact]
    public void Points_are_written_and_read_back_exactly()
    {
        var data = Datasets.Moons(n: 20);
        string file = DatasetWriter.Write(data, _folder["out"]).ShouldHaveSingleItem();
        File.ReadLines(file).First().ShouldBe("x,y,class");
        var read = DataCatalog.Load(new DataRequest("csv") { Path = file }).Train;
        read.Inputs.Span.ToArray().ShouldBe(data.Train.Inputs.Span.ToArray());
        read.Labels.Select(l => read.ClassNames[l]).ShouldBe(data.Train.Labels.Select(l => data.Train.ClassNames[l]));
        DataCatalog.Open(file).Train.Fingerprint().ShouldBe(read.Fingerprint());
    }

    [Fact]
    public void Nothing_is_overwritten_and_nothing_half_written()
    {
        Directory.CreateDirectory(_folder["out"]);
        _folder.Write("out/t10k-labels-idx1-ubyte.gz", "mine");
        Should.Throw<InputException>(() => DatasetWriter.Write(Datasets.Strokes(train: 10, test: 10), _folder["out"]))
            .Message.ShouldContain("t10k-labels-idx1-ubyte.gz: it is there already and is not overwritten");
        Directory.GetFiles(_folder["out"]).ShouldHaveSingleItem();
        File.ReadAllText(_folder["out/t10k-labels-idx1-ubyte.gz"]).ShouldBe("mine");
    }

    [Fact]
    public void Normalised_images_cannot_be_written_as_pixels()
    {
        var data = Datasets.Strokes(train: 10, test: 0).Normalise(0.13, 0.3);
        Should.Throw<InputException>(() => DatasetWriter.Write(data, _folder["out"])).Message.ShouldContain("pixel 0 of sample 0 is -0.43");
        Directory.Exists(_folder["out"]).ShouldBeFalse();
    }

    [Fact]
    public void A_path_that_is_not_there_is_named() =>
        Should.Throw<InputException>(() => DataCatalog.Open(_folder["none"])).Message.ShouldContain("no such file or folder");
}
