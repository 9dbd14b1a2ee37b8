using System.Text.Json;
using System.Text.RegularExpressions;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Explain.Render;

namespace Explain.Tool.Tests;

/// <summary>What holds for every page of every gallery.</summary>
public sealed partial class GalleryPages(GalleryFixture gallery) : IClassFixture<GalleryFixture>
{
    [Fact]
    public void There_is_an_overview_a_comparison_and_a_page_for_each_run() =>
        gallery.Pages.ShouldBe(
            ["compare.html", "index.html", "runs/relu-he.html", "runs/relu-unit.html", "runs/tanh-he.html", "runs/tanh-unit.html"]);

    [Fact]
    public void Every_page_is_valid_to_a_strict_parser()
    {
        foreach (string page in gallery.Pages)
        {
            var errors = new List<string>();
            var parser = new HtmlParser();
            parser.Error += (_, e) => errors.Add(e.ToString() ?? "");
            // A parser of HTML forgives much; in strict mode it throws at the first thing that it would have to mend.
            Should.NotThrow(() => new HtmlParser(new HtmlParserOptions { IsStrictMode = true }).ParseDocument(gallery.Read(page)), page);
            parser.ParseDocument(gallery.Read(page));
            errors.ShouldBeEmpty(page);
        }
    }

    [Fact]
    public void Every_picture_has_alternative_text_and_its_size()
    {
        foreach (string page in gallery.Pages)
        {
            var images = gallery.Parse(page).Images.ToList();
            images.ShouldNotBeEmpty(page);
            foreach (var image in images)
            {
                image.AlternativeText.ShouldNotBeNullOrWhiteSpace($"{page}: {image.Source}");
                int.Parse(image.GetAttribute("width") ?? "").ShouldBeGreaterThan(0);
                int.Parse(image.GetAttribute("height") ?? "").ShouldBeGreaterThan(0);
                image.GetAttribute("loading").ShouldBe("lazy");
            }
        }
    }

    [Fact]
    public void Every_link_picture_script_and_style_leads_to_a_file_of_the_gallery()
    {
        foreach (string page in gallery.Pages)
        {
            foreach (string target in Targets(gallery.Parse(page))
                .Where(target => !target.StartsWith("data:", StringComparison.Ordinal) && !IsInNotes(target)))
            {
                string[] parts = target.Split('#');
                string file = parts[0].Length == 0 ? page : Path.Combine(Path.GetDirectoryName(page)!, parts[0]);
                File.Exists(Path.Combine(gallery.Folder, file)).ShouldBeTrue($"{page}: {target}");
                if (parts.Length > 1) gallery.Parse(file).GetElementById(parts[1]).ShouldNotBeNull($"{page}: {target}");
            }
        }
    }

    [Fact]
    public void Nothing_is_asked_of_the_network()
    {
        foreach (string page in gallery.Pages)
            Targets(gallery.Parse(page)).Where(target => target.Contains("//") && !IsInNotes(target)).ShouldBeEmpty(page);
        var texts = Directory.EnumerateFiles(gallery.Folder, "*", SearchOption.AllDirectories)
            .Where(path => Path.GetExtension(path) is ".css" or ".js" or ".svg");
        foreach (string path in texts)
            Address().Matches(File.ReadAllText(path)).Select(match => match.Value).Where(address => address != "http://www.w3.org")
                .ShouldBeEmpty(path);
    }

    [Fact]
    public void Every_figure_is_there_at_every_kept_epoch_in_both_themes()
    {
        foreach (var run in gallery.Runs)
        {
            var kinds = FigureCatalog.All.Where(kind => kind.GalleryScope == FigureScope.Epoch && kind.Applies(run)).ToList();
            kinds.ShouldNotBeEmpty();
            foreach (var kind in kinds)
            {
                string[] keys = kind.PerLayer ? [$"{kind.Name}-0", $"{kind.Name}-1"] : [kind.Name];
                var wanted = from key in keys
                             from epoch in run.SnapshotEpochs
                             from theme in (string[])["light", "dark"]
                             select $"figures/{run.Info.Name}/{key}/{epoch:00000}.{theme}.svg";
                wanted.Where(path => !File.Exists(Path.Combine(gallery.Folder, path))).ShouldBeEmpty();
            }
        }
    }

    [Fact]
    public void Figures_of_the_last_epoch_alone_are_drawn_once_in_both_themes()
    {
        foreach (var run in gallery.Runs)
        {
            var kinds = FigureCatalog.All.Where(kind => kind.LastEpochOnly && kind.Applies(run)).ToList();
            kinds.ShouldNotBeEmpty();
            foreach (var kind in kinds)
                Directory.GetFiles(Path.Combine(gallery.Folder, "figures", run.Info.Name, kind.Name), "*.svg")
                    .Select(path => Path.GetFileName(path))
                    .Order(StringComparer.Ordinal)
                    .ToArray()
                    .ShouldBe((string[])["all.dark.svg", "all.light.svg"], customMessage: kind.Name);
        }
    }

    [Fact]
    public void The_words_of_every_picture_are_in_the_script_of_its_run()
    {
        foreach (var run in gallery.Runs)
        {
            var script = Data(gallery.Read($"figures/{run.Info.Name}/pictures.js"));
            script.GetProperty("epochs").EnumerateArray().Select(epoch => epoch.GetInt32()).ShouldBe(run.SnapshotEpochs);
            script.GetProperty("readouts").GetArrayLength().ShouldBe(run.SnapshotEpochs.Count);
            foreach (var figure in script.GetProperty("figures").EnumerateObject())
            {
                figure.Value.GetArrayLength().ShouldBe(run.SnapshotEpochs.Count);
                foreach (var picture in figure.Value.EnumerateArray())
                {
                    picture.GetProperty("alt").GetString().ShouldNotBeNullOrWhiteSpace();
                    File.Exists(Path.Combine(gallery.Folder, picture.GetProperty("src").GetString() + ".light.svg")).ShouldBeTrue();
                }
                Data(gallery.Read($"figures/{run.Info.Name}/{figure.Name}/tables.js")).GetArrayLength().ShouldBe(run.SnapshotEpochs.Count);
            }
        }
    }

    [Fact]
    public void Identifiers_are_unique_and_headings_skip_no_level()
    {
        foreach (string page in gallery.Pages)
        {
            var document = gallery.Parse(page);
            document.All.Select(element => element.GetAttribute("id")).OfType<string>().GroupBy(id => id).Where(same => same.Skip(1).Any())
                .Select(same => same.Key).ShouldBeEmpty(page);
            int[] levels = [.. document.QuerySelectorAll("h1, h2, h3, h4").Select(heading => heading.LocalName[1] - '0')];
            levels[0].ShouldBe(1, page);
            levels.Count(level => level == 1).ShouldBe(1, page);
            levels.Zip(levels.Skip(1)).Where(pair => pair.Second > pair.First + 1).ShouldBeEmpty(page);
        }
    }

    [Fact]
    public void Titles_and_notes_cannot_smuggle_markup_in()
    {
        var overview = gallery.Parse("index.html");
        overview.Title.ShouldBe("Two activations <and> two initialisations");
        overview.QuerySelector("h1")!.TextContent.ShouldBe("Two activations <and> two initialisations");
        var notes = overview.QuerySelector(".notes")!;
        notes.QuerySelector("b").ShouldBeNull();
        notes.TextContent.ShouldContain("<b>compare</b>");
        notes.QuerySelector("em")!.TextContent.ShouldBe("Look");
    }

    [Fact]
    public void The_table_lists_the_runs_best_first_and_says_why_one_diverged()
    {
        var rows = gallery.Parse("index.html").QuerySelectorAll("table.runs tbody tr").ToList();
        rows.Select(row => row.QuerySelector("th")!.TextContent).ShouldBe(["relu-he", "tanh-he", "relu-unit", "tanh-unit"]);
        rows[^1].TextContent.ShouldContain("layer dense1 has weights of 3e38");
        rows[0].QuerySelectorAll("td.best").Select(cell => cell.TextContent).ShouldBe(["97.00\u00A0%", "96.00\u00A0%", "95.00\u00A0%"]);
    }

    [Fact]
    public void Findings_name_the_best_run_the_worst_and_those_that_diverged()
    {
        string findings = Spaces().Replace(gallery.Parse("index.html").QuerySelector(".findings")!.TextContent, " ");
        findings.ShouldContain(
            "Of 4 runs relu, he normal did best, with 95.00 % test accuracy after 5 epochs; relu, normal(1) did worst, with 89.00 %.");
        findings.ShouldContain("One run diverged: tanh, normal(1) after 3 epochs.");
    }

    [Fact]
    public void A_run_page_says_how_to_repeat_the_run()
    {
        var page = gallery.Parse("runs/relu-he.html");
        page.QuerySelector("details.recipe pre")!.TextContent.ShouldContain("layers: [12, 4]");
        page.QuerySelector("details.recipe")!.TextContent.ShouldContain("explain train recipe.yaml");
        page.QuerySelector(".facts")!.TextContent.ShouldContain(new string('0', 64));
    }

    [Fact]
    public void Styles_and_scripts_stay_small_enough_to_read()
    {
        long Size(string ending) =>
            Directory.EnumerateFiles(Path.Combine(gallery.Folder, "assets"), "*" + ending).Sum(path => new FileInfo(path).Length);
        Size(".css").ShouldBeInRange(1, 15_000);
        Size(".js").ShouldBeInRange(1, 18_000);
    }

    private static IEnumerable<string> Targets(IHtmlDocument document) =>
        document.All.SelectMany(element => (string?[])
        [
            element.GetAttribute("href"),
            element.GetAttribute("src"),
            element.GetAttribute("srcset"),
            element.GetAttribute("data-pictures"),
        ])
            .OfType<string>();

    private static bool IsInNotes(string target) => target == "https://example.org/paper";

    private static JsonElement Data(string script)
    {
        script.ShouldStartWith("explain.");
        return JsonDocument.Parse(script[(script.IndexOf("]=", StringComparison.Ordinal) + 2)..].TrimEnd(';', '\n')).RootElement;
    }

    [GeneratedRegex(@"https?://[^/""'\s]+")]
    private static partial Regex Address();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
