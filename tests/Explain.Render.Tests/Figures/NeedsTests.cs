using Explain.Core;

namespace Explain.Render.Tests;

/// <summary>A figure names every analysis whose result it draws, so that once these are ready drawing computes none.</summary>
public sealed class NeedsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("explain-needs-").FullName;

    public static TheoryData<string> Names => [.. FigureCatalog.All.Select(kind => kind.Name)];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [MemberData(nameof(Names))]
    public void Once_its_needs_are_ready_a_figure_computes_nothing_more(string name)
    {
        var kind = FigureCatalog.Find(name);
        RunFolder[] plane =
            [new SyntheticRun { Input = Shape.Vector(2), Units = [6, 3], Classes = ["a", "b", "c"] }.Write(Path.Combine(_folder, "plane"))];
        RunFolder[] pictures =
        [
            new SyntheticRun().Write(Path.Combine(_folder, "one")),
            new SyntheticRun { Name = "two", Skill = 0.6, Rate = "0.1" }.Write(Path.Combine(_folder, "two")),
        ];
        RunFolder[] filters = [ConvolutionalRun.Write(Path.Combine(_folder, "conv"))];
        int drawn = 0;
        foreach (var runs in new[] { plane, pictures, filters }.Where(runs => runs.All(kind.Applies)))
        {
            var request = new FigureRequest
            {
                Runs = kind.Scope == FigureScope.Runs ? runs : [runs[0]],
                SharedWith = runs,
                Options = Quick(kind),
                Density = 0.5,
            };
            if (kind.AppliesTogether(request.Runs) is not null) continue;
            foreach (int? layer in kind.TakesLayer ? new int?[] { null, 0 } : [null])
            {
                if (layer is { } index && !kind.AppliesToLayer(runs[0], index)) continue;
                foreach (int? epoch in kind.TakesEpoch ? new int?[] { null, runs[0].SnapshotEpochs[0] } : [null])
                {
                    drawn++;
                    Check(kind, request with { Layer = layer, Epoch = epoch });
                }
            }
        }
        drawn.ShouldBeGreaterThan(0, $"No run of this test shows {name}.");
    }

    [Fact]
    public void What_figures_need_is_in_the_catalogue_and_is_known_again_by_its_options()
    {
        RunFolder[] runs =
        [
            new SyntheticRun().Write(Path.Combine(_folder, "run")),
            new SyntheticRun { Input = Shape.Vector(2), Units = [6, 3], Classes = ["a", "b", "c"] }.Write(Path.Combine(_folder, "plane")),
        ];
        foreach (var run in runs)
        {
            var asked = FigureCatalog.All.Where(kind => kind.Scope != FigureScope.Runs && kind.Applies(run)).ToList();
            var needs = asked.SelectMany(kind => kind.Needs(new FigureRequest { Runs = [run] }))
                .Select(request => request.Analysis)
                .Distinct()
                .ToList();
            needs.ShouldNotBeEmpty();
            foreach (var need in needs) AnalysisCatalog.Find(need.Name).Restore(AnalysisOptions.Of(need)).ShouldBe(need);
        }
    }

    private static void Check(FigureKind kind, FigureRequest asked)
    {
        var analyst = new Analyst(keep: false);
        var request = asked with { Analyst = analyst };
        var reports = analyst.Prepare(kind.Needs(request));
        int ready = analyst.Computed;
        ready.ShouldBe(reports.Count(report => report.Origin == AnalysisOrigin.Computed));
        var figure = kind.Create(request);
        foreach (var theme in Theme.All) figure.Draw(theme);
        analyst.Computed.ShouldBe(
            ready,
            $"{kind.Name} of {request.Run.Info.Name}, epoch {request.Epoch}, layer {request.Layer}: "
                + "it draws a result that it does not name among its needs.");
    }

    private static Dictionary<string, string> Quick(FigureKind kind) =>
        kind.Options.Any(option => option.Name == "grid") ? new() { ["grid"] = "9" } : [];
}
