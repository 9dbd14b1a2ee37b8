namespace Explain.Render;

/// <summary>A confusion matrix with its sums: [true class, predicted class].</summary>
internal sealed record ConfusionCounts
{
    public ConfusionCounts(int[,] cells)
    {
        int n = cells.GetLength(0);
        Cells = cells;
        Rows = new long[n];
        Columns = new long[n];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
            {
                Rows[i] += cells[i, j];
                Columns[j] += cells[i, j];
            }
            Right += cells[i, i];
        }
    }

    public int[,] Cells { get; }

    public long[] Rows { get; }

    public long[] Columns { get; }

    public long Right { get; }

    public long Total => Rows.Sum();

    public double Accuracy => (double)Right / Total;

    public double Recall(int i) => Rows[i] == 0 ? double.NaN : (double)Cells[i, i] / Rows[i];

    public double Precision(int j) => Columns[j] == 0 ? double.NaN : (double)Cells[j, j] / Columns[j];

    public double Share(int i, int j, string of) => of switch
    {
        "predicted" => (double)Cells[i, j] / Math.Max(1, Columns[j]),
        "all" => (double)Cells[i, j] / Total,
        _ => (double)Cells[i, j] / Math.Max(1, Rows[i]),
    };
}
