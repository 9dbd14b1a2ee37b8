using System.Buffers.Binary;
using Explain.Render;

namespace Explain.Tool.Tests;

/// <summary>The examples of the guide of charts.</summary>
public sealed class Charts
{
    public static TheoryData<string> Names => [.. ChartExample.All.Select(example => example.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_example_says_in_words_and_numbers_what_it_shows_in_every_theme(string name)
    {
        var example = ChartExample.All.Single(e => e.Name == name);
        foreach (var theme in Theme.All)
        {
            var scene = example.Draw(theme);
            scene.Background.ShouldBe(theme.Background);
            scene.Info.Title.ShouldNotBeNullOrWhiteSpace();
            scene.Info.AltText.Length.ShouldBeGreaterThan(20);
            (scene.Info.Table is { Rows.Count: > 0 } || scene.Info.Description.Length > 20).ShouldBeTrue();
            Texts(scene.Nodes).Select(text => text.Text).ShouldAllBe(text => !text.Contains("NaN") && text.Length > 0);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_example_is_drawn_at_its_own_size_and_as_a_thumbnail_the_same_twice(string name)
    {
        var example = ChartExample.All.Single(e => e.Name == name);
        var scene = example.Draw(Theme.Light);
        byte[] full = Canvases.Png.Encode(scene, 1), small = Canvases.Png.Encode(scene, 280 / scene.Width);
        Width(full).ShouldBe((int)scene.Width);
        Width(small).ShouldBeInRange(279, 281);
        Canvases.Png.Encode(example.Draw(Theme.Light), 1).ShouldBe(full);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_page_shows_the_whole_method_that_drew_the_picture(string name)
    {
        string source = ChartExample.All.Single(e => e.Name == name).Source();
        source.ShouldStartWith("static Scene Draw(Theme theme)\n{\n    ");
        source.ShouldEndWith("\n}");
        source.ShouldContain("}.Draw(theme);");
        source.Count(c => c == '{').ShouldBe(source.Count(c => c == '}'));
    }

    [Fact]
    public void The_page_names_every_picture_that_is_written_with_it()
    {
        var (text, pictures) = ChartBook.Draw((_, _) => { }, CancellationToken.None);
        pictures.Count.ShouldBe(3 * ChartExample.All.Count);
        foreach (var (file, bytes) in pictures)
        {
            text.ShouldContain($"<img src=\"{file}\"");
            bytes.Length.ShouldBeGreaterThan(2000);
        }
        foreach (var example in ChartExample.All) text.ShouldContain($"## {example.Title}\n");
        text.ShouldContain($"]({FigureBook.Page})");
    }

    private static int Width(byte[] png) => BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(16));

    private static IEnumerable<TextNode> Texts(IEnumerable<Node> nodes) =>
        nodes.SelectMany(node =>
            node switch { TextNode text => [text], GroupNode group => Texts(group.Children), _ => Array.Empty<TextNode>() });
}
