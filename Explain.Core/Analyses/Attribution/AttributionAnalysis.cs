namespace Explain.Core;

/// <summary>
/// Which inputs bore on the answers of the network after one epoch, for some right, wrong and uncertain samples of the probe: gradients and
/// integrated gradients. The last kept epoch decides which samples, so that every epoch shows the same.
/// </summary>
public sealed record AttributionAnalysis : Analysis<ProbeAttributions>
{
    private const int OfEach = 3;

    /// <summary>Its entry in the catalogue.</summary>
    public static AnalysisKind Kind { get; } = new(
        "attribution",
        "Which inputs spoke for and against the answer, for right, wrong and uncertain samples, at one epoch.",
        run => run.SnapshotEpochs.Select(epoch => new AttributionAnalysis { Epoch = epoch }),
        options => new AttributionAnalysis { Epoch = options.Whole("epoch") });

    /// <summary>One of the run's kept epochs.</summary>
    public required int Epoch { get; init; }

    /// <inheritdoc/>
    public override string Name => Kind.Name;

    /// <inheritdoc/>
    public override int Version => 1;

    /// <inheritdoc/>
    public override string Words => $"attributions (epoch {Epoch})";

    /// <inheritdoc/>
    public override IReadOnlyList<KeyValuePair<string, string>> Options => [new("epoch", $"{Epoch}")];

    /// <inheritdoc/>
    protected internal override IReadOnlyList<int> Epochs(RunFolder run) =>
        [.. run.SnapshotEpochs.TakeLast(1).Prepend(Epoch).Distinct().Where(run.SnapshotEpochs.Contains)];

    /// <inheritdoc/>
    protected internal override ProbeAttributions Compute(AnalysisContext context)
    {
        RunFolder run = context.Run;
        Snapshot snapshot = run.ReadSnapshot(Epoch), last = run.ReadSnapshot(run.SnapshotEpochs[^1]);
        if (run.Probe.Samples.Count == 0 || snapshot.ProbeOutputs.IsEmpty) throw new InputException("This run recorded no probe samples.");
        Network network = Unsquashed(run, snapshot);
        if (network.CouplesSamples)
            throw new InputException(
                "In this network an output depends on the other samples of its batch, so that a single answer cannot be "
                    + "traced to its own inputs.");
        var (right, wrong, uncertain) = Chosen(new ProbeScores(run, last));
        float baseline = Baseline(run.Probe.Samples);
        var scores = new ProbeScores(run, snapshot);
        int[] all = [.. right, .. wrong, .. uncertain];
        var answers = new List<SampleAttribution>();
        foreach (int sample in all)
        {
            context.Report(answers.Count, all.Length);
            answers.Add(Of(network, run.Probe.Samples, sample, scores.Predicted[sample], baseline, context.Cancellation));
        }
        return new ProbeAttributions(right, wrong, uncertain, answers, baseline, Squashes(run.Info.Network));
    }

    /// <inheritdoc/>
    protected internal override void Write(ProbeAttributions result, SafetensorsWriter file)
    {
        file.AddMetadata("before_activation", result.BeforeActivation ? "true" : "false");
        Add("right", result.Right);
        Add("wrong", result.Wrong);
        Add("uncertain", result.Uncertain);
        int count = result.Answers.Count, inputs = count == 0 ? 0 : result.Answers[0].Gradient.Count;
        file.Add("class", result.Answers.Select(answer => (long)answer.Class).ToArray(), count);
        file.Add("gap", result.Answers.Select(answer => answer.Gap).ToArray(), count);
        file.Add("baseline", new[] { result.Baseline }, 1);
        file.Add("gradient", result.Answers.SelectMany(answer => answer.Gradient).ToArray(), count, inputs);
        file.Add("integrated", result.Answers.SelectMany(answer => answer.Integrated).ToArray(), count, inputs);

        void Add(string name, IReadOnlyList<int> samples) =>
            file.Add(name, samples.Select(sample => (long)sample).ToArray(), samples.Count);
    }

    /// <inheritdoc/>
    protected internal override ProbeAttributions Read(SafetensorsFile file)
    {
        int[] right = file.Counts("right", -1), wrong = file.Counts("wrong", -1), uncertain = file.Counts("uncertain", -1);
        int[] all = [.. right, .. wrong, .. uncertain], classes = file.Counts("class", all.Length);
        double[] gaps = file.Doubles("gap", all.Length);
        Matrix gradient = file.Matrix("gradient", all.Length, -1), integrated = file.Matrix("integrated", all.Length, -1);
        SampleAttribution[] answers =
            [.. all.Select((sample, i) =>
                new SampleAttribution(sample, classes[i], gradient.Row(i).ToArray(), integrated.Row(i).ToArray(), gaps[i]))];
        return new ProbeAttributions(
            right, wrong, uncertain, answers, file.Floats("baseline", 1)[0], file.Meta("before_activation") == "true");
    }

    private static (int[] Right, int[] Wrong, int[] Uncertain) Chosen(ProbeScores scores)
    {
        int[] all = [.. Enumerable.Range(0, scores.Count).Where(i => double.IsFinite(scores.Confidence(i)))];
        int[] wrong = [.. all.Where(i => !scores.IsRight(i)).OrderByDescending(scores.Confidence).ThenBy(i => i).Take(OfEach)];
        int[] uncertain = [.. all.Except(wrong).OrderBy(scores.Margin).ThenBy(i => i).Take(OfEach)];
        int[] right = [.. all.Except(uncertain).Where(scores.IsRight).OrderByDescending(scores.Confidence).ThenBy(i => i)
            .DistinctBy(scores.Label).Take(OfEach)];
        return (right, wrong, uncertain);
    }

    private static SampleAttribution Of(
        Network network, Dataset samples, int sample, int target, float baseline, CancellationToken cancellation)
    {
        var inputs = samples.Select([sample]).Inputs;
        var gradient = new InputGradient(network).Attribute(inputs, [target]);
        var method = new IntegratedGradients(network, [.. Enumerable.Repeat(baseline, inputs.Columns)]) { Cancellation = cancellation };
        var integrated = method.Attribute(inputs, [target]);
        double change = integrated.Outputs[0] - integrated.BaselineOutputs[0];
        double gap = change == 0 ? double.NaN : Math.Abs(integrated.CompletenessGaps[0] / change);
        return new SampleAttribution(sample, target, gradient.Values.Row(0).ToArray(), integrated.Values.Row(0).ToArray(), gap);
    }

    // Probabilities near 0 or 1 are flat, so that the gradient of a sure answer would be a blank: what goes into the last activation is
    // not.
    private static Network Unsquashed(RunFolder run, Snapshot snapshot)
    {
        var network = run.Info.Network;
        if (!Squashes(network)) return snapshot.Restore(network);
        return snapshot.Restore(
            network with { Layers = [.. network.Layers.SkipLast(1), network.Layers[^1] with { Activation = Activation.Identity }] });
    }

    private static bool Squashes(NetworkDescription network) => network.Layers is [.., { Activation.Squashes: true }];

    // The darkest value of a picture is the natural "nothing"; other inputs have none, and zero is as good as any.
    private static float Baseline(Dataset samples)
    {
        if (!samples.SampleShape.IsImage) return 0;
        float least = float.PositiveInfinity;
        foreach (float v in samples.Inputs.Span)
        {
            if (float.IsFinite(v)) least = Math.Min(least, v);
        }
        return float.IsFinite(least) ? least : 0;
    }
}

/// <summary>What the inputs of some samples contributed to the network's answers.</summary>
/// <param name="Right">Samples that the last epoch's network recognises, the surest first, of different classes.</param>
/// <param name="Wrong">Samples that it takes for something else, the surest first.</param>
/// <param name="Uncertain">Others whose two largest scores lie closest together.</param>
/// <param name="Answers">One for each of them, in the order right, wrong, uncertain.</param>
/// <param name="Baseline">Every input of the sample that says nothing, from which integrated gradients count.</param>
/// <param name="BeforeActivation">Whether what goes into the last activation is explained, and not what comes out of it.</param>
public sealed record ProbeAttributions(
    IReadOnlyList<int> Right,
    IReadOnlyList<int> Wrong,
    IReadOnlyList<int> Uncertain,
    IReadOnlyList<SampleAttribution> Answers,
    float Baseline,
    bool BeforeActivation);

/// <summary>The attributions of one sample.</summary>
/// <param name="Sample">Index among the probe samples.</param>
/// <param name="Class">The class that the network named, whose output is explained.</param>
/// <param name="Gradient">One value an input, see <see cref="InputGradient"/>.</param>
/// <param name="Integrated">One value an input, see <see cref="IntegratedGradients"/>.</param>
/// <param name="Gap">The completeness gap as a share of what is explained; NaN where that is 0.</param>
public sealed record SampleAttribution(int Sample, int Class, IReadOnlyList<float> Gradient, IReadOnlyList<float> Integrated, double Gap);
