using BenchmarkDotNet.Attributes;
using Explain.Core;

namespace Explain.Benchmarks;

/// <summary>
/// Copying an operand of 784 columns into panels as wide as the kernels': its rows as lines (transposed on the way) or its columns as lines
/// (copied).
/// </summary>
public unsafe class PackingBenchmark
{
    private const int Depth = 384, Lines = 256, Columns = 784;

    private readonly float[] _source = GC.AllocateArray<float>(Columns * Columns, pinned: true);
    private readonly float[] _panels = GC.AllocateArray<float>((Lines + 32) * Depth, pinned: true);

    [Params(12, 32)]
    public int Width { get; set; }

    [GlobalSetup]
    public void Prepare() => new CounterRandom(1, "packing").FillUniform(_source, -1, 1);

    [Benchmark]
    public void RowsAsLines() => Pack(line: Columns, step: 1);

    [Benchmark]
    public void ColumnsAsLines() => Pack(line: 1, step: Columns);

    private void Pack(nint line, nint step)
    {
        fixed (float* source = _source, panels = _panels)
            GemmPacking.Panels(source, line, step, Lines, Depth, Width, panels, Width * Depth);
    }
}
