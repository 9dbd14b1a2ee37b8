namespace Explain.Core;

/// <summary>Which points of a square are asked.</summary>
public enum PlanePoints
{
    /// <summary>A lattice from edge to edge, rows from bottom to top.</summary>
    Corners,

    /// <summary>The middles of its cells, rows from top to bottom, as the pixels of a picture.</summary>
    Middles,
}

/// <summary>What a network of two inputs answers over the plane at one kept epoch, and for the probe samples.</summary>
public sealed record PlaneAnalysis : Analysis<PlaneAnswers>
{
    /// <summary>Points across where lines and surfaces are drawn through them.</summary>
    public const int LatticeAcross = 141;

    /// <summary>Points across where each is a pixel.</summary>
    public const int PixelsAcross = 210;

    /// <summary>Its entry in the catalogue.</summary>
    public static AnalysisKind Kind { get; } = new(
        "plane",
        "Answers of a network of two inputs over the plane, at one epoch.",
        run => run.Info.Network.InputShape.Size != 2
            ? []
            : run.SnapshotEpochs.SelectMany(epoch => new[]
            {
                new PlaneAnalysis { Epoch = epoch, Across = LatticeAcross },
                new PlaneAnalysis { Epoch = epoch, Across = PixelsAcross, Points = PlanePoints.Middles },
            }),
        options => new PlaneAnalysis
        {
            Epoch = options.Whole("epoch"),
            Across = options.Whole("across"),
            Points = options.Text("points") == "middles" ? PlanePoints.Middles : PlanePoints.Corners,
        });

    /// <summary>One of the run's kept epochs.</summary>
    public required int Epoch { get; init; }

    /// <summary>Points in a row and in a column, at least 2.</summary>
    public required int Across { get; init; }

    /// <summary>Where they lie.</summary>
    public PlanePoints Points { get; init; }

    /// <inheritdoc/>
    public override string Name => Kind.Name;

    /// <inheritdoc/>
    public override int Version => 1;

    /// <inheritdoc/>
    public override string Words => $"answers over the plane (epoch {Epoch})";

    /// <inheritdoc/>
    public override IReadOnlyList<KeyValuePair<string, string>> Options =>
        [new("epoch", $"{Epoch}"), new("across", $"{Across}"), new("points", Points == PlanePoints.Middles ? "middles" : "corners")];

    /// <inheritdoc/>
    protected internal override IReadOnlyList<int> Epochs(RunFolder run) => KeptSnapshots.Only(run, Epoch);

    /// <inheritdoc/>
    protected internal override PlaneAnswers Compute(AnalysisContext context)
    {
        RunFolder run = context.Run;
        if (Across < 2) throw new InputException($"A plane is asked at 2 × 2 points at least, not at {Across} × {Across}.");
        if (run.Info.Network.InputShape.Size != 2)
            throw new InputException(
                $"{run.Path}: a plane needs a network of two inputs; this one has {run.Info.Network.InputShape.Size}.");
        Dataset samples = run.Probe.Samples;
        var plane = PlaneLimits.About(samples);
        Network network = run.ReadSnapshot(Epoch).Restore(run.Info.Network);
        var inputs = new Matrix(Across * Across, 2);
        for (int i = 0; i < inputs.Rows; i++) (inputs[i, 0], inputs[i, 1]) = Point(plane, i % Across, i / Across);
        context.Report(0, 2);
        Matrix outputs = network.Predict(inputs);
        context.Report(1, 2);
        return new PlaneAnswers(plane, outputs, network.Predict(samples.Inputs));
    }

    /// <inheritdoc/>
    protected internal override void Write(PlaneAnswers result, SafetensorsWriter file)
    {
        file.Add("plane", new[] { result.Plane.X.Min, result.Plane.X.Max, result.Plane.Y.Min, result.Plane.Y.Max }, 4);
        file.Add("outputs", result.Outputs);
        file.Add("at_samples", result.AtSamples);
    }

    /// <inheritdoc/>
    protected internal override PlaneAnswers Read(SafetensorsFile file)
    {
        double[] plane = file.Doubles("plane", 4);
        return new PlaneAnswers(
            new PlaneLimits(new Limits(plane[0], plane[1]), new Limits(plane[2], plane[3])),
            file.Matrix("outputs", Across * Across, -1),
            file.Matrix("at_samples", -1, -1));
    }

    private (float X, float Y) Point(PlaneLimits plane, int column, int row)
    {
        var (x, y) = plane;
        return Points == PlanePoints.Corners
            ? ((float)(x.Min + (x.Span * column / (Across - 1))), (float)(y.Min + (y.Span * row / (Across - 1))))
            : ((float)(x.Min + (x.Span * (column + 0.5) / Across)), (float)(y.Max - (y.Span * (row + 0.5) / Across)));
    }
}

/// <summary>What a network of two inputs answers over a square of the plane.</summary>
/// <param name="Plane">The square.</param>
/// <param name="Outputs">Points × outputs, row after row; logits where the loss takes logits.</param>
/// <param name="AtSamples">Probe samples × outputs.</param>
public sealed record PlaneAnswers(PlaneLimits Plane, Matrix Outputs, Matrix AtSamples);
