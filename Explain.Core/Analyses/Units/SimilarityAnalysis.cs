namespace Explain.Core;

/// <summary>What of two units is compared.</summary>
public enum UnitVectors
{
    /// <summary>The weights from their inputs.</summary>
    Weights,

    /// <summary>Their activations on the probe samples.</summary>
    Activations,
}

/// <summary>
/// How alike the units of a layer are at one kept epoch: cosine similarities, and the tree of their clusters by average linkage of 1 −
/// cosine.
/// </summary>
public sealed record SimilarityAnalysis : Analysis<UnitSimilarities>
{
    /// <summary>More units than this are not compared.</summary>
    public const int MostUnits = 4000;

    /// <summary>Its entry in the catalogue.</summary>
    public static AnalysisKind Kind { get; } = new(
        "similarity",
        "Cosine similarities of a layer's units and the tree of their clusters, at one epoch.",
        run => run.SnapshotEpochs.SelectMany(epoch => LayerActivations.Of(run)
            .Select((layer, index) => (layer.OutputShape, Analysis: new SimilarityAnalysis { Layer = index, Epoch = epoch }))
            .Where(one => one.OutputShape.Size > 1)
            .Select(one => one.Analysis)),
        options => new SimilarityAnalysis
        {
            Layer = options.Whole("layer"),
            Epoch = options.Whole("epoch"),
            Of = options.Text("of") == "activations" ? UnitVectors.Activations : UnitVectors.Weights,
        });

    /// <summary>The layer, by index among those with weights, from 0.</summary>
    public required int Layer { get; init; }

    /// <summary>One of the run's kept epochs.</summary>
    public required int Epoch { get; init; }

    /// <summary>What is compared.</summary>
    public UnitVectors Of { get; init; }

    /// <inheritdoc/>
    public override string Name => Kind.Name;

    /// <inheritdoc/>
    public override int Version => 1;

    /// <inheritdoc/>
    public override string Words => $"similarity of units (layer {Layer}, epoch {Epoch})";

    /// <inheritdoc/>
    public override IReadOnlyList<KeyValuePair<string, string>> Options =>
        [new("layer", $"{Layer}"), new("epoch", $"{Epoch}"), new("of", Of == UnitVectors.Activations ? "activations" : "weights")];

    /// <inheritdoc/>
    protected internal override IReadOnlyList<int> Epochs(RunFolder run) => KeptSnapshots.Only(run, Epoch);

    /// <inheritdoc/>
    protected internal override UnitSimilarities Compute(AnalysisContext context)
    {
        IReadOnlyList<LayerSnapshot> layers = context.Run.ReadSnapshot(Epoch).Layers;
        if (Layer < 0 || Layer >= layers.Count)
            throw new InputException($"{context.Run.Path}: there is no layer {Layer} in the snapshot of epoch {Epoch}.");
        LayerSnapshot layer = layers[Layer];
        Matrix units = Of == UnitVectors.Activations ? Turned(layer.ProbeActivations) : layer.Weights;
        if (units.Rows < 2)
            throw new InputException(
                $"{layer.Name} has {units.Rows} unit{(units.Rows == 1 ? "" : "s")}; at least 2 are needed to compare.");
        if (units.Columns == 0) throw new InputException("The run has no probe samples, so there are no activations to compare.");
        if (units.Rows > MostUnits) throw new InputException($"{layer.Name} has {units.Rows} outputs; at most {MostUnits} are compared.");
        Matrix cosines = Cosines(units, context);
        return new UnitSimilarities(layer.Name, cosines, Tree(cosines));
    }

    /// <inheritdoc/>
    protected internal override void Write(UnitSimilarities result, SafetensorsWriter file)
    {
        file.AddMetadata("layer", result.Layer);
        // The lower triangle, row by row, with the diagonal.
        int n = result.Cosines.Rows;
        var triangle = new float[n * (n + 1) / 2];
        for (int i = 0; i < n; i++) result.Cosines.Row(i)[..(i + 1)].CopyTo(triangle.AsSpan(i * (i + 1) / 2));
        file.Add("cosines", triangle, triangle.Length);
        file.Add("units", new long[] { n }, 1);
        if (result.Tree is not { } tree) return;
        file.Add("tree.joined", tree.Merges.SelectMany(merge => new long[] { merge.Left, merge.Right }).ToArray(), tree.Merges.Count, 2);
        file.Add("tree.height", tree.Merges.Select(merge => merge.Height).ToArray(), tree.Merges.Count);
        file.Add("tree.order", tree.Order.Select(leaf => (long)leaf).ToArray(), tree.Order.Count);
    }

    /// <inheritdoc/>
    protected internal override UnitSimilarities Read(SafetensorsFile file)
    {
        int n = file.Counts("units", 1)[0];
        float[] triangle = file.Floats("cosines", n * (n + 1) / 2);
        var cosines = new Matrix(n, n);
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j <= i; j++) cosines[i, j] = cosines[j, i] = triangle[(i * (i + 1) / 2) + j];
        }
        if (!file.Tensors.ContainsKey("tree.order")) return new UnitSimilarities(file.Meta("layer"), cosines, null);
        int[] joined = file.Counts("tree.joined", n - 1, 2);
        double[] height = file.Doubles("tree.height", n - 1);
        Merge[] merges = [.. height.Select((h, m) => new Merge(joined[2 * m], joined[(2 * m) + 1], h))];
        return new UnitSimilarities(file.Meta("layer"), cosines, new ClusterTree(merges, file.Counts("tree.order", n)));
    }

    // Rows of the result are units.
    private static Matrix Turned(Matrix samples)
    {
        var turned = new Matrix(samples.Columns, samples.Rows);
        for (int r = 0; r < samples.Rows; r++)
        {
            for (int c = 0; c < samples.Columns; c++) turned[c, r] = samples[r, c];
        }
        return turned;
    }

    // NaN where one of the two has no length.
    private static Matrix Cosines(Matrix units, AnalysisContext context)
    {
        double[] norms = [.. Enumerable.Range(0, units.Rows).Select(i => Math.Sqrt(Dot(units.Row(i), units.Row(i))))];
        var cosines = new Matrix(units.Rows, units.Rows);
        Rows.For(units.Rows, 16, new CosineRows(units, norms, cosines, context.Cancellation));
        for (int i = 0; i < units.Rows; i++)
        {
            for (int j = 0; j < i; j++) cosines[j, i] = cosines[i, j];
        }
        return cosines;
    }

    private static double Dot(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        double sum = 0;
        for (int k = 0; k < a.Length; k++) sum += (double)a[k] * b[k];
        return sum;
    }

    private static ClusterTree? Tree(Matrix cosines)
    {
        if (cosines.Rows > ClusterTree.MostLeaves) return null;
        double[] distances = [.. cosines.Span.ToArray().Select(c => float.IsFinite(c) ? Math.Max(0, 1.0 - c) : 1)];
        return ClusterTree.Of(distances, cosines.Rows);
    }

    private readonly struct CosineRows(Matrix units, double[] norms, Matrix cosines, CancellationToken cancellation) : IRowOperation
    {
        public void Invoke(int first, int count)
        {
            cancellation.ThrowIfCancellationRequested();
            for (int i = first; i < first + count; i++)
            {
                Span<float> row = cosines.Row(i);
                for (int j = 0; j <= i; j++)
                {
                    double cosine = Dot(units.Row(i), units.Row(j)) / norms[i] / norms[j];
                    row[j] = double.IsFinite(cosine) ? (float)Math.Clamp(cosine, -1, 1) : float.NaN;
                }
            }
        }
    }
}

/// <summary>How alike the units of a layer are.</summary>
/// <param name="Layer">The layer's name.</param>
/// <param name="Cosines">Units × units, from −1 to 1; NaN where one of the two is zero throughout, or not finite.</param>
/// <param name="Tree">Clusters and an order of the units; null of more than <see cref="ClusterTree.MostLeaves"/>.</param>
public sealed record UnitSimilarities(string Layer, Matrix Cosines, ClusterTree? Tree);
