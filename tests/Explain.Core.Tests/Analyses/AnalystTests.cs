using System.Collections.Concurrent;
using System.Text;

namespace Explain.Core.Tests;

/// <summary>A result is computed once, kept whole or not at all, and used only where all that it depends on is the same.</summary>
public sealed class AnalystTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly RunFolder _run;

    public AnalystTests() => _run = TrainedSample.Write(_folder["run"]);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_kept_result_is_read_and_not_computed_again()
    {
        var first = new Analyst();
        first.Get(new Sum(), _run).Value.ShouldBe(Sum.Of(_run));
        first.Get(new Sum(), _run);
        (first.Computed, first.Read).ShouldBe((1, 0));

        var second = new Analyst();
        second.Get(new Sum(), RunFolder.Open(_run.Path)).Value.ShouldBe(Sum.Of(_run));
        (second.Computed, second.Read).ShouldBe((0, 1));
    }

    [Fact]
    public void Without_keeping_nothing_is_written()
    {
        var analyst = new Analyst(keep: false);
        analyst.Get(new Sum(), _run);
        analyst.Get(new Sum(), _run);
        analyst.Computed.ShouldBe(1);
        TrainedSample.Files(_run).ShouldBeEmpty();
    }

    [Fact]
    public void Another_option_another_version_another_input_or_another_run_is_computed_anew()
    {
        new Analyst().Get(new Sum(), _run);
        Analysis<Found>[] others = [new Sum { Factor = 2 }, new Sum { Edition = 2 }, new Sum { Input = "status" }, new Sum { Last = true }];
        foreach (var other in others)
        {
            var analyst = new Analyst();
            analyst.Get(other, _run);
            analyst.Computed.ShouldBe(1, other.ToString());
        }
        var elsewhere = new Analyst();
        elsewhere.Get(new Sum(), TrainedSample.Write(_folder["other"], seed: 3));
        elsewhere.Get(new Sum(), [_run, RunFolder.Open(_folder["other"])]);
        elsewhere.Computed.ShouldBe(2);
    }

    [Fact]
    public void A_run_that_went_on_is_computed_anew_and_its_older_result_is_removed_and_no_other()
    {
        new Analyst().Get(new Sum(), _run);
        new Analyst().Get(new Sum { Factor = 2 }, _run);
        string[] before = [.. TrainedSample.Files(_run)];
        before.Length.ShouldBe(2);
        File.Delete(Path.Combine(_run.Path, "snapshots", "00003.safetensors"));

        var analyst = new Analyst();
        analyst.Get(new Sum(), RunFolder.Open(_run.Path));

        analyst.Computed.ShouldBe(1);
        string[] after = [.. TrainedSample.Files(_run)];
        after.Length.ShouldBe(2);
        after.Intersect(before).Count().ShouldBe(1);
        KeptAnalyses.Of(RunFolder.Open(_run.Path)).Select(kept => kept.Options["factor"]).Order().ShouldBe(["1", "2"]);
    }

    [Fact]
    public void A_result_of_the_run_alone_and_one_with_others_are_kept_side_by_side()
    {
        var other = TrainedSample.Write(_folder["other"], seed: 3);
        new Analyst().Get(new Sum(), _run);
        new Analyst().Get(new Sum(), [_run, other]);
        TrainedSample.Files(_run).Count.ShouldBe(2);
        TrainedSample.Files(other).ShouldBeEmpty();
        File.Delete(Path.Combine(_run.Path, "snapshots", "00003.safetensors"));
        new Analyst().Get(new Sum(), RunFolder.Open(_run.Path));
        TrainedSample.Files(_run).Count.ShouldBe(2);
    }

    [Theory]
    [InlineData("cut")]
    [InlineData("changed value")]
    [InlineData("changed text")]
    [InlineData("empty")]
    [InlineData("another key")]
    public void A_file_that_is_not_whole_is_computed_anew_and_written_over(string fault)
    {
        new Analyst().Get(new Sum(), _run);
        string file = TrainedSample.Files(_run).ShouldHaveSingleItem();
        byte[] whole = File.ReadAllBytes(file);
        byte[] spoilt = [.. whole];
        switch (fault)
        {
            case "cut": spoilt = whole[..^3]; break;
            case "changed value": spoilt[^2] ^= 1; break;
            case "changed text": spoilt.AsSpan().IndexOf("\"factor\\\":"u8)
                .ShouldBeGreaterThan(0); spoilt[spoilt.AsSpan().IndexOf("factor"u8)] = (byte)'F'; break;
            case "empty": spoilt = []; break;
            default: spoilt = Encoding.Latin1.GetBytes(Encoding.Latin1.GetString(whole).Replace(
                "\"seconds\":\"", "\"seconds\":\"1", StringComparison.Ordinal)); break;
        }
        File.WriteAllBytes(file, spoilt);

        var analyst = new Analyst();
        analyst.Get(new Sum(), _run).Value.ShouldBe(Sum.Of(_run));

        analyst.Computed.ShouldBe(1);
        new Analyst().Get(new Sum(), _run);
        TrainedSample.Files(_run).ShouldBe([file]);
        KeptAnalyses.Of(_run).ShouldHaveSingleItem().Name.ShouldBe("sum");
    }

    [Fact]
    public void Cancelling_keeps_nothing_half_and_the_next_who_asks_gets_the_result()
    {
        var analyst = new Analyst();
        using var source = new CancellationTokenSource();
        var slow = new Sum { During = source.Cancel };
        Should.Throw<OperationCanceledException>(() => analyst.Get(slow, [_run], cancellation: source.Token));
        TrainedSample.Files(_run).ShouldBeEmpty();
        Should.Throw<OperationCanceledException>(() => analyst.Prepare([new AnalysisRequest(slow, [_run])], cancellation: source.Token));
        analyst.Computed.ShouldBe(0);
        analyst.Get(slow, _run).Value.ShouldBe(Sum.Of(_run));
    }

    [Fact]
    public async Task One_who_waits_for_a_result_that_another_cancels_computes_it()
    {
        var analyst = new Analyst();
        using var source = new CancellationTokenSource();
        using var begun = new ManualResetEventSlim();
        using var go = new ManualResetEventSlim();
        int calls = 0;
        var slow = new Sum
        {
            During = () =>
            {
                if (Interlocked.Increment(ref calls) > 1) return;
                begun.Set();
                go.Wait();
                source.Cancel();
            },
        };
        var first = Task.Run(() => analyst.Get(slow, [_run], cancellation: source.Token));
        begun.Wait();
        var second = Task.Run(() => analyst.Get(slow, _run));
        await Task.Delay(50);
        go.Set();
        (await second).Value.ShouldBe(Sum.Of(_run));
        await Should.ThrowAsync<OperationCanceledException>(() => first);
    }

    [Fact]
    public async Task Two_analysts_at_once_leave_one_whole_file()
    {
        var ready = new Barrier(2);
        var both = Enumerable.Range(0, 2)
            .Select(_ =>
                Task.Run(() => new Analyst().Get(new Sum { During = () => ready.SignalAndWait() }, RunFolder.Open(_run.Path)).Value))
            .ToArray();
        (await Task.WhenAll(both)).ShouldBe([Sum.Of(_run), Sum.Of(_run)]);
        TrainedSample.Files(_run).ShouldHaveSingleItem();
        var third = new Analyst();
        third.Get(new Sum(), _run);
        third.Read.ShouldBe(1);
    }

    [Fact]
    public void Many_are_made_ready_once_each_and_one_for_which_there_is_no_result_is_passed_over()
    {
        var told = new ConcurrentBag<AnalysisProgress>();
        var analyst = new Analyst();
        AnalysisRequest[] requests =
        [
            .. Enumerable.Range(1, 9).SelectMany(i => Enumerable.Repeat(new AnalysisRequest(new Sum { Factor = i }, [_run]), 2)),
            new(new Sum { Factor = 10, Fault = "there are no such numbers." }, [_run]),
        ];
        var reports = analyst.Prepare(requests, new Listener(told));
        reports.Count.ShouldBe(10);
        reports.Take(9)
            .ShouldAllBe(report => report.Origin == AnalysisOrigin.Computed && report.Bytes == new FileInfo(report.File!).Length);
        (reports[9].Origin, reports[9].Message).ShouldBe((AnalysisOrigin.None, "there are no such numbers."));
        analyst.Computed.ShouldBe(9);
        told.Count(progress => progress.Ended is not null).ShouldBe(10);
        told.Max(progress => progress.Done).ShouldBe(10);
        Should.Throw<InputException>(() => analyst.Get(new Sum { Factor = 10, Fault = "there are no such numbers." }, _run))
            .Message.ShouldBe("there are no such numbers.");
        new Analyst().Prepare(requests)[0].Origin.ShouldBe(AnalysisOrigin.Kept);
    }

    [Fact]
    public void A_folder_that_cannot_be_written_to_costs_nothing_but_the_keeping()
    {
        // A file in the place of the folder stops everybody, whatever his rights.
        File.WriteAllText(Path.Combine(_run.Path, "analysis"), "");
        var analyst = new Analyst();
        analyst.Get(new Sum(), _run).Value.ShouldBe(Sum.Of(_run));
        analyst.Prepare([new AnalysisRequest(new Sum(), [_run])])[0].File.ShouldBeNull();
        analyst.Computed.ShouldBe(1);
        KeptAnalyses.Of(_run).ShouldBeEmpty();
    }

    [Fact]
    public void What_a_killed_process_left_behind_is_removed_by_the_next_who_writes()
    {
        Directory.CreateDirectory(Path.Combine(_run.Path, "analysis"));
        string left = Path.Combine(_run.Path, "analysis", "sum-0-0.safetensors.1-1.tmp"),
            young = Path.Combine(_run.Path, "analysis", "sum-0-0.safetensors.2-1.tmp");
        File.WriteAllText(left, "half");
        File.WriteAllText(young, "half");
        File.SetLastWriteTimeUtc(left, DateTime.UtcNow.AddHours(-2));
        new Analyst().Get(new Sum(), _run);
        (File.Exists(left), File.Exists(young)).ShouldBe((false, true));
    }

    [Fact]
    public void Progress_in_words_names_the_analysis_and_its_share()
    {
        new AnalysisProgress(2, 12, 0.4, new TsneAnalysis { Layer = 1 }).ToString().ShouldBe("analyses 3 of 12: t-SNE (layer 1) 40 %");
        new AnalysisProgress(12, 12, 1, new TsneAnalysis { Layer = 1, Dimensions = 3 }).ToString()
            .ShouldBe("analyses 12 of 12: t-SNE in 3 dimensions (layer 1)");
    }

    private sealed class Listener(ConcurrentBag<AnalysisProgress> told) : IProgress<AnalysisProgress>
    {
        public void Report(AnalysisProgress value) => told.Add(value);
    }

    private sealed record Found(double Value);

    /// <summary>The sum of the first layer's weights over the kept epochs, times a factor.</summary>
    private sealed record Sum : Analysis<Found>
    {
        public int Factor { get; init; } = 1;

        public int Edition { get; init; } = 1;

        public string? Input { get; init; }

        public bool Last { get; init; }

        public string? Fault { get; init; }

        public Action During { get; init; } = () => { };

        public override string Name => "sum";

        public override int Version => Edition;

        public override IReadOnlyList<KeyValuePair<string, string>> Options => [new("factor", $"{Factor}")];

        public static double Of(RunFolder run) =>
            run.SnapshotEpochs.Sum(epoch => run.ReadSnapshot(epoch).Layers[0].Weights.Span.ToArray().Sum(value => (double)value));

        public bool Equals(Sum? other) => other is not null
            && (Factor, Edition, Input, Last, Fault) == (other.Factor, other.Edition, other.Input, other.Last, other.Fault);

        public override int GetHashCode() => HashCode.Combine(Factor, Edition, Input, Last, Fault);

        protected internal override IEnumerable<string> FurtherInputs(RunFolder run) => Input is null ? [] : [Input];

        protected internal override IReadOnlyList<int> Epochs(RunFolder run) => Last ? [run.SnapshotEpochs[^1]] : run.SnapshotEpochs;

        protected internal override Found Compute(AnalysisContext context)
        {
            if (Fault is not null) throw new InputException(Fault);
            During();
            context.Report(1, 2);
            return new Found(Factor * Of(context.Run));
        }

        protected internal override void Write(Found result, SafetensorsWriter file) => file.Add("value", new[] { result.Value }, 1);

        protected internal override Found Read(SafetensorsFile file) => new(file.Doubles("value", 1)[0]);
    }
}
