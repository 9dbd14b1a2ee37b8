namespace Explain.Core.Tests;

public sealed class CsvTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Columns_give_the_features_their_names_down_to_the_record_of_a_run()
    {
        File.WriteAllText(_folder["named.csv"], "width,kind,height\n1,a,2\n3,b,4\n5,a,6\n7,b,8\n");
        var data = Csv.Read(_folder["named.csv"], new CsvOptions { Label = "kind" });
        data.FeatureNames.ShouldBe(["width", "height"]);
        var split = new DataSplit(data).Split(0.5);
        split = split.Normalise(Normalisation.UnitRange(split.Train));
        split.Train.FeatureNames.ShouldBe(["width", "height"]);
        using (var run = RunWriter.Create(_folder["run"]))
            new Trainer(Network.Sequential(2).Dense(2).Build(1), Loss.SoftmaxCrossEntropy, new Adam()).Fit(split, 1, run);
        var opened = RunFolder.Open(_folder["run"]);
        opened.Info.Data.FeatureNames.ShouldBe(["width", "height"]);
        Should.Throw<ArgumentException>(() =>
            new Dataset("x", data.Inputs, data.SampleShape, data.Labels, data.ClassNames) { FeatureNames = ["one"] })
            .Message.ShouldStartWith("2 features need as many names; there are 1.");
    }

    [Fact]
    public void The_last_column_is_the_label_unless_told_otherwise()
    {
        string path = _folder.Write("iris.csv", "length,width,kind\n1.5,2,b\n-3e-1,4,a\n\n5,6,b\n");
        var data = Csv.Read(path);
        data.Name.ShouldBe("iris");
        data.SampleShape.ShouldBe(Shape.Vector(2));
        data.Inputs.Span.ToArray().ShouldBe([1.5f, 2, -0.3f, 4, 5, 6]);
        data.ClassNames.ShouldBe(["a", "b"]);
        data.Labels.ShouldBe([1, 0, 1]);
    }

    [Fact]
    public void The_label_column_can_be_named()
    {
        var data = Csv.Read(_folder.Write("a.csv", "y,x1,x2\n1,2,3\n0,5,6\n"), new CsvOptions(Label: "y"));
        data.Inputs.Span.ToArray().ShouldBe([2, 3, 5, 6]);
        data.Labels.ShouldBe([1, 0]);
    }

    [Fact]
    public void Numeric_classes_sort_as_numbers() =>
        Csv.Read(_folder.Write("a.csv", "x,y\n1,10\n1,9\n1,-1\n")).ClassNames.ShouldBe(["-1", "9", "10"]);

    [Fact]
    public void Other_classes_sort_ordinally() =>
        Csv.Read(_folder.Write("a.csv", "x,y\n1,b\n1,10\n1,B\n")).ClassNames.ShouldBe(["10", "B", "b"]);

    [Theory]
    [InlineData("x;y\n1.5;a\n")]
    [InlineData("x\ty\r\n1.5\ta\r\n")]
    [InlineData("\uFEFFx,y\n 1.5 , a\n")]
    [InlineData("\"x\",\"y\"\n\"1.5\",\"a\"")]
    public void Separators_spaces_quotes_and_byte_order_marks_are_understood(string text)
    {
        var data = Csv.Read(_folder.Write("a.csv", text));
        data.Inputs[0, 0].ShouldBe(1.5f);
        data.ClassNames.ShouldBe(["a"]);
    }

    [Theory]
    [InlineData("", "the file is empty")]
    [InlineData("x,y\n", "no line of data")]
    [InlineData("x\n1\n", "line 1: the header has one column ('x')")]
    [InlineData("x,,y\n1,2,3\n", "line 1, column 2: the column has no name")]
    [InlineData("x,y,x\n1,2,3\n", "line 1, column 3: the name 'x' is used twice")]
    [InlineData("1,2\n3,4\n", "line 1: every name in the header is a number")]
    [InlineData("x,z,y\n1,2,a\n3,four,b\n", "line 3, column 2 ('z'): 'four' is not a number")]
    [InlineData("x,y\n1,a\n\n,b\n", "line 4, column 1 ('x'): '' is not a number")]
    [InlineData("x,y\nNaN,a\n", "line 2, column 1 ('x'): 'NaN' is not a number")]
    [InlineData("x,y\n1e99,a\n", "'1e99' is not a number")]
    [InlineData("x,y\n1,a\n2\n", "line 3: 1 fields; the header has 2")]
    [InlineData("x,y\n1,a,2\n", "line 2: 3 fields; the header has 2")]
    [InlineData("x,y\n1,\n", "line 2, column 2 ('y'): the label is empty")]
    [InlineData("x,y\n1,a\n2,\"a\nb\n3,c\n", "line 3: the quotes do not match")]
    public void A_malformed_file_is_refused_with_line_column_and_value(string text, string reason)
    {
        string path = _folder.Write("bad.csv", text);
        Should.Throw<InputException>(() => Csv.Read(path))
            .Message.ShouldSatisfyAllConditions(m => m.ShouldStartWith(path), m => m.ShouldContain(reason));
    }

    [Fact]
    public void An_unknown_label_column_is_refused_with_those_there_are() =>
        Should.Throw<InputException>(() => Csv.Read(_folder.Write("a.csv", "x,y\n1,2\n"), new CsvOptions(Label: "class")))
            .Message.ShouldEndWith("there is no column 'class' to take the label from; the columns are 'x' and 'y'.");

    [Fact]
    public void A_missing_file_is_named() =>
        Should.Throw<InputException>(() => Csv.Read(_folder["none.csv"])).Message.ShouldStartWith($"{_folder["none.csv"]}: no such file.");
}
