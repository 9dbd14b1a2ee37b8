namespace Explain.Core.Tests;

public sealed class MnistTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("-", "")]
    [InlineData("-", ".gz")]
    [InlineData(".", "")]
    [InlineData(".", ".gz")]
    public void The_four_files_are_found_by_any_of_their_names(string separator, string extension)
    {
        WriteAll(separator, extension);
        var data = Mnist.Load(_folder.Path, "digits");
        data.Train.Name.ShouldBe("digits");
        data.Train.Count.ShouldBe(3);
        data.Train.SampleShape.ShouldBe(new Shape(2, 2));
        data.Train.Labels.ShouldBe([9, 0, 4]);
        data.Train.ClassNames.ShouldBe(["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"]);
        data.Train.Inputs.Row(0).ToArray().ShouldBe([0f, 1f, 51 / 255f, 2 / 255f]);
        data.Validation.ShouldBeNull();
        data.Test!.Count.ShouldBe(1);
    }

    [Fact]
    public void A_missing_folder_is_named() =>
        Should.Throw<InputException>(() => Mnist.Load(_folder["none"])).Message.ShouldStartWith($"{_folder["none"]}: no such folder.");

    [Theory]
    [InlineData("train-images", 3)]
    [InlineData("train-labels", 1)]
    [InlineData("t10k-images", 3)]
    [InlineData("t10k-labels", 1)]
    public void A_missing_file_is_named(string part, int dimensions)
    {
        WriteAll("-", "");
        File.Delete(_folder[$"{part}-idx{dimensions}-ubyte"]);
        Should.Throw<InputException>(() => Mnist.Load(_folder.Path)).Message.ShouldContain($"the file {part}-idx{dimensions}-ubyte");
    }

    [Theory]
    [InlineData(
        "train-labels", new byte[] { 1, 77, 77 },
        "label 2 of 3 is 77, but no sample is labelled 2, 3, 4, 6, 7 and 69 more; labels 0 to 9 are allowed, "
            + "and larger ones where all from 1 on occur.")]
    [InlineData("t10k-labels", new byte[] { 10 }, "label 1 of 1 is 10, but no sample is labelled 1, 2, 3, 5, 6 and 2 more;")]
    public void A_label_far_beyond_the_others_is_refused_with_its_place(string part, byte[] labels, string message)
    {
        WriteAll("-", "");
        string path = _folder[$"{part}-idx1-ubyte"];
        Idx.Write(path, new IdxArray(IdxType.UnsignedByte, [labels.Length], labels));
        Should.Throw<InputException>(() => Mnist.Load(_folder.Path)).Message.ShouldStartWith($"{path}: {message}");
    }

    [Fact]
    public void Letters_have_a_class_for_each_label_up_to_the_largest()
    {
        WriteAll("-", "");
        Idx.Write(_folder["train-images-idx3-ubyte"], new IdxArray(IdxType.UnsignedByte, [26, 2, 2], new byte[104]));
        Idx.Write(
            _folder["train-labels-idx1-ubyte"],
            new IdxArray(IdxType.UnsignedByte, [26], [.. Enumerable.Range(1, 26).Select(l => (byte)l)]));
        Mnist.Load(_folder.Path).Train.ClassNames.Count.ShouldBe(27);
    }

    [Fact]
    public void As_many_labels_as_images_are_needed()
    {
        WriteAll("-", "");
        Idx.Write(_folder["train-labels-idx1-ubyte"], new IdxArray(IdxType.UnsignedByte, [2], [1, 2]));
        Should.Throw<InputException>(() => Mnist.Load(_folder.Path)).Message.ShouldSatisfyAllConditions(
            m => m.ShouldContain("train-labels-idx1-ubyte: it has 2 labels"), m => m.ShouldContain("has 3 images"));
    }

    [Fact]
    public void Images_need_three_dimensions()
    {
        WriteAll("-", "");
        Idx.Write(_folder["t10k-images-idx3-ubyte"], new IdxArray(IdxType.UnsignedByte, [1, 4], [1, 2, 3, 4]));
        Should.Throw<InputException>(() => Mnist.Load(_folder.Path)).Message.ShouldContain("it has 2 dimensions; images have 3");
    }

    [Fact]
    public void Elements_must_be_bytes()
    {
        WriteAll("-", "");
        Idx.Write(_folder["train-labels-idx1-ubyte"], new IdxArray(IdxType.Int16, [3], new byte[6]));
        Should.Throw<InputException>(() => Mnist.Load(_folder.Path))
            .Message.ShouldContain("of type 0B; images and labels must be unsigned bytes");
    }

    [Fact]
    public void Images_of_no_pixels_are_refused()
    {
        WriteAll("-", "");
        Idx.Write(_folder["train-images-idx3-ubyte"], new IdxArray(IdxType.UnsignedByte, [3, 0, 28], []));
        Should.Throw<InputException>(() => Mnist.Load(_folder.Path)).Message.ShouldContain("is empty (3 × 0 × 28)");
    }

    [Fact]
    public void Training_and_test_images_have_one_size()
    {
        WriteAll("-", "");
        Idx.Write(_folder["t10k-images-idx3-ubyte"], new IdxArray(IdxType.UnsignedByte, [1, 4, 1], [1, 2, 3, 4]));
        Should.Throw<InputException>(() => Mnist.Load(_folder.Path)).Message.ShouldContain("images are 4×1, but those of");
    }

    private void WriteAll(string separator, string extension)
    {
        string Name(string part, int d) => _folder[$"{part}{separator}idx{d}-ubyte{extension}"];
        Idx.Write(Name("train-images", 3), new IdxArray(IdxType.UnsignedByte, [3, 2, 2], [0, 255, 51, 2, 3, 4, 5, 6, 7, 8, 9, 10]));
        Idx.Write(Name("train-labels", 1), new IdxArray(IdxType.UnsignedByte, [3], [9, 0, 4]));
        Idx.Write(Name("t10k-images", 3), new IdxArray(IdxType.UnsignedByte, [1, 2, 2], [1, 2, 3, 4]));
        Idx.Write(Name("t10k-labels", 1), new IdxArray(IdxType.UnsignedByte, [1], [5]));
    }
}
