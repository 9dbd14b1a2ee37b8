using System.Text;
using Explain.Core;

namespace Explain.Render.Tests;

/// <summary>
/// Names are what people write: endless, from right to left, in scripts that the typeface lacks, with tabs and line breaks. Every figure is
/// drawn with them in every format.
/// </summary>
public sealed class OddNamesTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("explain-names-").FullName;

    public static TheoryData<string> Cases => [.. Names.Keys];

    private static Dictionary<string, string[]> Names { get; } = new()
    {
        ["200 letters in one word"] = [new('m', 200), new('W', 200), new('i', 200), new('e', 200)],
        ["200 letters in words"] = [.. Enumerable.Range(1, 4).Select(i => string.Join(' ', Enumerable.Repeat($"word{i}", 33)))],
        ["from right to left"] = ["עברית", "שלום (123) abc", "العربية", "a ב c"],
        ["characters that no face has"] = ["中文標籤", "𝐀𝐁𝐂", "😀👍🏽", "a\uFFFDb"],
        ["tabs, line breaks and what XML forbids"] = ["a\tb", "two\nlines\r\n", "\u0000\u0007\u001B[31m", "\uD800 </text> & \"'"],
        ["combining marks and joiners"] = ["e\u0301a\u0308\u0323", "a\u200Db\u200C", "\u00ADsoft\u2028hard", "\uFEFF\u202Eover"],
        ["blanks"] = ["", " ", "  two  blanks ", "\u00A0"],
    };

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [MemberData(nameof(Cases))]
    public void Every_figure_is_drawn_in_every_format(string name)
    {
        string[] odd = Names[name];
        // Names of layers are columns of a table, which takes neither breaks nor quotes.
        string[] layers = [.. odd.Select((text, i) =>
            (text.Length > 0 && text.Trim().Length == 0) || text.AsSpan().IndexOfAny(",\"\r\n") >= 0 ? $"layer {i}" : text)];
        RunFolder[] pictures =
        [
            Run("a", new() { Layers = layers, Classes = odd, Title = odd[0], Name = odd[0].Length == 0 ? "run" : odd[0] }),
            Run("b", new() { Layers = layers, Classes = odd, Title = odd[1], Skill = 0.6 }),
        ];
        RunFolder[] planes =
            [Run("c", new() { Input = Explain.Core.Shape.Vector(2), Units = [6, 4], Layers = layers, Classes = odd, Title = odd[2] })];
        var unsound = new List<string>();
        foreach (var kind in FigureCatalog.All)
        {
            RunFolder[] runs = kind.Applies(pictures[0]) ? pictures : planes;
            if (!kind.Applies(runs[0])) continue;
            var figure = kind.Create(new FigureRequest
            {
                Runs = kind.Scope == FigureScope.Runs ? runs : [runs[0]],
                Options = kind.Options.Any(option => option.Name == "grid") ? new Dictionary<string, string> { ["grid"] = "15" } : [],
            });
            string what = $"{kind.Name} with {name}";
            try
            {
                var scene = figure.Draw(Theme.Light);
                SceneCheck.IsSound(scene, what);
                SvgCheck.IsSound(scene.ToSvg(), what);
                Canvases.Png.Encode(scene, 0.5).AsSpan(1, 3).SequenceEqual("PNG"u8).ShouldBeTrue(what);
                Encoding.Latin1.GetString(scene.ToPdf()).ShouldEndWith("%%EOF\n", Case.Sensitive, what);
            }
            catch (Exception e)
            {
                unsound.Add($"{what}: {e.GetType().Name} {e.Message}");
            }
        }
        unsound.ShouldBeEmpty();
    }

    private RunFolder Run(string folder, SyntheticRun run) => run.Write(Path.Combine(_folder, folder));
}
