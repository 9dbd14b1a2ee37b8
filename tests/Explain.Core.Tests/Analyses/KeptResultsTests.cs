namespace Explain.Core.Tests;

/// <summary>
/// Every analysis of the catalogue: what is read back is what was computed, it can be cancelled, and its file says what it is.
/// </summary>
public sealed class KeptResultsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly RunFolder _run;

    public KeptResultsTests() => _run = TrainedSample.Write(_folder["run"]);

    public static TheoryData<string> Kinds => [.. AnalysisCatalog.All.Select(kind => kind.Name)];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Kinds))]
    public void What_is_read_back_makes_the_same_file_and_its_options_make_the_same_analysis(string name)
    {
        var kind = AnalysisCatalog.Find(name);
        foreach (var analysis in kind.Defaults(_run))
        {
            string[] before = [.. TrainedSample.Files(_run)];
            new Analyst().Prepare([new AnalysisRequest(analysis, [_run])])[0].Origin.ShouldBe(AnalysisOrigin.Computed);
            string file = TrainedSample.Files(_run).Except(before).ShouldHaveSingleItem();
            Path.GetFileName(file).ShouldStartWith($"{name}-");
            byte[] first = File.ReadAllBytes(file);
            var kept = SafetensorsFile.Read(file);
            kind.Restore(AnalysisOptions.Parse(kept.Meta("options"))).ShouldBe(analysis);
            Again(analysis, kept).ShouldBe(Tensors(kept));
            KeptAnalyses.Of(RunFolder.Open(_run.Path)).Single(one => one.File == file).Misfit.ShouldBeNull();
            File.Delete(file);
            new Analyst().Prepare([new AnalysisRequest(analysis, [_run])]);
            Tensors(SafetensorsFile.Read(file)).ShouldBe(Tensors(SafetensorsFile.Parse(first, "before")));
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_cancelled_one_leaves_nothing(string name)
    {
        using var source = new CancellationTokenSource();
        source.Cancel();
        foreach (var analysis in AnalysisCatalog.Find(name).Defaults(_run))
            Should.Throw<OperationCanceledException>(() => analysis.Prepare(new Analyst(), [_run], null, source.Token));
        TrainedSample.Files(_run).ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_number_of_threads_changes_no_bit(string name)
    {
        int before = Rows.Threads;
        var files = new List<List<string>>();
        try
        {
            foreach (int threads in new[] { 1, 3 })
            {
                Rows.Threads = threads;
                new Analyst().Prepare(AnalysisCatalog.Find(name).Defaults(_run).Select(analysis => new AnalysisRequest(analysis, [_run])));
                files.Add(
                    [.. TrainedSample.Files(_run).SelectMany(file => Tensors(SafetensorsFile.Read(file)).Prepend(Path.GetFileName(file)))]);
                KeptAnalyses.Clear(_run);
            }
        }
        finally
        {
            Rows.Threads = before;
        }
        files[1].ShouldBe(files[0]);
    }

    [Fact]
    public void Maps_are_chained_from_epoch_to_epoch_and_tell_how_well_they_keep_classes_together()
    {
        var maps = new Analyst(keep: false).Get(new TsneAnalysis { Layer = 0 }, _run);
        maps.Layer.ShouldBe("dense1");
        maps.Epochs.Select(map => map.Epoch).ShouldBe(_run.SnapshotEpochs);
        TsneResult? before = null;
        foreach (var map in maps.Epochs)
        {
            var activations = _run.ReadSnapshot(map.Epoch).Layers[0].ProbeActivations;
            var options = new TsneOptions { Perplexity = Math.Min(30, (activations.Rows - 1) / 3.0) };
            if (before is not null)
                options = options with { Initialisation = before.Points, Iterations = 500, ExaggeratedIterations = 125 };
            var expected = Tsne.Embed(activations, options);
            map.Map!.Points.Span.ToArray().ShouldBe(expected.Points.Span.ToArray());
            map.Map.Divergence.ShouldBe(expected.Divergence);
            map.OwnClass.ShouldBe(EmbeddingQuality.LabelAccuracy(expected.Points, _run.Probe.Samples.Labels, 1));
            before = expected;
        }
    }

    [Fact]
    public void Shares_of_components_are_those_of_the_fit()
    {
        var found = new Analyst(keep: false).Get(new PcaAnalysis { Layer = 0, Components = 3 }, _run);
        int last = _run.SnapshotEpochs[^1];
        var pca = Pca.Fit(_run.ReadSnapshot(last).Layers[0].ProbeActivations, 3);
        found.At(last)!.Explained.ShouldBe([.. pca.Variances.Select(variance => variance / pca.TotalVariance)]);
        found.At(last)!.Points.Columns.ShouldBe(3);
        found.At(99).ShouldBeNull();
    }

    [Fact]
    public void Attributions_name_each_sample_once_and_their_integrals_add_up()
    {
        var found = new Analyst(keep: false).Get(new AttributionAnalysis { Epoch = _run.SnapshotEpochs[^1] }, _run);
        found.Answers.Select(answer => answer.Sample).ShouldBe([.. found.Right, .. found.Wrong, .. found.Uncertain]);
        found.Answers.Select(answer => answer.Sample).ShouldBeUnique();
        found.Answers.ShouldAllBe(answer => answer.Gap < 0.02 && answer.Gradient.Count == 19);
        found.BeforeActivation.ShouldBeFalse();
    }

    [Fact]
    public void How_a_run_ended_is_no_input_of_its_landscape()
    {
        var analysis = new LandscapeAnalysis { Landscape = new LandscapeOptions { Grid = 3 } };
        new Analyst().Get(analysis, _run);
        string json = Path.Combine(_run.Path, "run.json");
        File.WriteAllText(json, File.ReadAllText(json).Replace("\"Finished\"", "\"StoppedEarly\"", StringComparison.Ordinal));
        var stopped = new Analyst();
        stopped.Get(analysis, RunFolder.Open(_run.Path));
        stopped.Computed.ShouldBe(0);
    }

    [Fact]
    public void What_no_layer_or_option_allows_is_said_and_not_kept()
    {
        var analyst = new Analyst();
        Should.Throw<InputException>(() => analyst.Get(new TsneAnalysis { Layer = 2 }, _run))
            .Message.ShouldContain("there is no layer 2; the network has 2");
        Should.Throw<InputException>(() => analyst.Get(new TsneAnalysis { Layer = 0, Dimensions = 4 }, _run))
            .Message.ShouldContain("2 or 3 dimensions, not 4");
        Should.Throw<InputException>(() => analyst.Get(new PcaAnalysis { Layer = 0, Components = 0 }, _run)).Message.ShouldContain("not 0");
        Should.Throw<InputException>(() => analyst.Get(new LandscapeAnalysis { Landscape = new LandscapeOptions { Grid = 2 } }, _run))
            .Message.ShouldContain("Grid is 2");
        Should.Throw<InputException>(() => AnalysisCatalog.Find("tnse")).Message.ShouldContain("did you mean 'tsne'?");
        TrainedSample.Files(_run).ShouldBeEmpty();
    }

    [Fact]
    public void A_list_says_which_results_no_longer_fit()
    {
        new Analyst().Get(new TsneAnalysis { Layer = 0 }, _run);
        new Analyst().Get(new AttributionAnalysis { Epoch = 0 }, _run);
        string spoilt = Path.Combine(_run.Path, "analysis", "pca-0-0.safetensors");
        File.WriteAllText(spoilt, "no tensors");
        File.Delete(Path.Combine(_run.Path, "snapshots", "00003.safetensors"));
        var kept = KeptAnalyses.Of(RunFolder.Open(_run.Path));
        kept.Select(one => (one.Name, one.Misfit)).ShouldBe(
            [("attribution", null), ("", "the file was changed or cut off"), ("tsne", "the run has changed since")]);
        KeptAnalyses.Clear(_run).Count.ShouldBe(3);
        KeptAnalyses.Of(_run).ShouldBeEmpty();
        KeptAnalyses.Clear(_run).ShouldBe((0, 0));
    }

    // Whatever its type of result.
    private static List<string> Again(Analysis analysis, SafetensorsFile kept) => Written((dynamic)analysis, kept);

    private static List<string> Written<T>(Analysis<T> analysis, SafetensorsFile kept)
        where T : class
    {
        var writer = new SafetensorsWriter();
        analysis.Write(analysis.Read(kept), writer);
        using var stream = new MemoryStream();
        writer.Write(stream);
        return Tensors(SafetensorsFile.Parse(stream.ToArray(), "again"));
    }

    private static List<string> Tensors(SafetensorsFile file) =>
        [.. file.Tensors.OrderBy(tensor => tensor.Key, StringComparer.Ordinal)
            .Select(tensor => $"{tensor.Key} {tensor.Value.Type} {tensor.Value.ShapeText} {Convert.ToHexString(tensor.Value.Data.Span)}")];
}
