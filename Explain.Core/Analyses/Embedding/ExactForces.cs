using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Explain.Core;

/// <summary>
/// All N² forces of t-SNE. Sixteen pairs at a time in each processor: the sums have sixteen lanes whatever the width of its vectors, and
/// are added lane by lane in a fixed order. No fused multiply-add, so that the bits are the same where there is none.
/// </summary>
internal sealed class ExactForces : ITsneForces
{
    private readonly float[] _affinity; // N × padded, dense
    private readonly double[] _rowSums;

    public ExactForces(Affinities affinities, TsneMap map)
    {
        _affinity = new float[map.Count * map.Padded];
        _rowSums = new double[map.Count];
        for (int i = 0; i < map.Count; i++)
        {
            for (int e = affinities.Starts[i]; e < affinities.Starts[i + 1]; e++)
                _affinity[(i * map.Padded) + affinities.Columns[e]] = affinities.Values[e];
        }
    }

    public double Compute(TsneMap map)
    {
        if (map.Dimensions == 2) Rows.For(map.Count, 32, new Planar(map, _affinity, _rowSums));
        else Rows.For(map.Count, 32, new Spatial(map, _affinity, _rowSums));
        double z = 0;
        foreach (double sum in _rowSums) z += sum;
        return z;
    }

    private readonly struct Planar(TsneMap map, float[] affinity, double[] rowSums) : IRowOperation
    {
        public void Invoke(int first, int count)
        {
            float[] x = map.Position[0], y = map.Position[1];
            ref float xs = ref MemoryMarshal.GetArrayDataReference(x), ys = ref MemoryMarshal.GetArrayDataReference(y);
            for (int i = first; i < first + count; i++)
            {
                ref float p = ref affinity[i * map.Padded];
                Vector512<float> xi = Vector512.Create(x[i]), yi = Vector512.Create(y[i]), one = Vector512<float>.One;
                Vector512<float> ax = default, ay = default, rx = default, ry = default, z = default;
                for (nuint j = 0; j < (nuint)map.Padded; j += TsneMap.Lanes)
                {
                    Vector512<float> dx = xi - Vector512.LoadUnsafe(ref xs, j), dy = yi - Vector512.LoadUnsafe(ref ys, j);
                    Vector512<float> w = one / (one + (dx * dx) + (dy * dy));
                    Vector512<float> pull = Vector512.LoadUnsafe(ref p, j) * w, push = w * w;
                    z += w;
                    ax += pull * dx;
                    ay += pull * dy;
                    rx += push * dx;
                    ry += push * dy;
                }
                map.Attraction[0][i] = (float)Sum(ax);
                map.Attraction[1][i] = (float)Sum(ay);
                map.Repulsion[0][i] = (float)Sum(rx);
                map.Repulsion[1][i] = (float)Sum(ry);
                rowSums[i] = Sum(z) - 1; // the point itself
            }
        }
    }

    private readonly struct Spatial(TsneMap map, float[] affinity, double[] rowSums) : IRowOperation
    {
        public void Invoke(int first, int count)
        {
            float[] x = map.Position[0], y = map.Position[1], z = map.Position[2];
            ref float xs = ref MemoryMarshal.GetArrayDataReference(x), ys = ref MemoryMarshal.GetArrayDataReference(y),
                zs = ref MemoryMarshal.GetArrayDataReference(z);
            for (int i = first; i < first + count; i++)
            {
                ref float p = ref affinity[i * map.Padded];
                Vector512<float> xi = Vector512.Create(x[i]), yi = Vector512.Create(y[i]), zi = Vector512.Create(z[i]),
                    one = Vector512<float>.One;
                Vector512<float> ax = default, ay = default, az = default, rx = default, ry = default, rz = default, sum = default;
                for (nuint j = 0; j < (nuint)map.Padded; j += TsneMap.Lanes)
                {
                    Vector512<float> dx = xi - Vector512.LoadUnsafe(ref xs, j), dy = yi - Vector512.LoadUnsafe(ref ys, j),
                        dz = zi - Vector512.LoadUnsafe(ref zs, j);
                    Vector512<float> w = one / (one + (dx * dx) + (dy * dy) + (dz * dz));
                    Vector512<float> pull = Vector512.LoadUnsafe(ref p, j) * w, push = w * w;
                    sum += w;
                    ax += pull * dx;
                    ay += pull * dy;
                    az += pull * dz;
                    rx += push * dx;
                    ry += push * dy;
                    rz += push * dz;
                }
                map.Attraction[0][i] = (float)Sum(ax);
                map.Attraction[1][i] = (float)Sum(ay);
                map.Attraction[2][i] = (float)Sum(az);
                map.Repulsion[0][i] = (float)Sum(rx);
                map.Repulsion[1][i] = (float)Sum(ry);
                map.Repulsion[2][i] = (float)Sum(rz);
                rowSums[i] = Sum(sum) - 1;
            }
        }
    }

    /// <summary>The lanes added in order, in double.</summary>
    internal static double Sum(Vector512<float> lanes)
    {
        double sum = 0;
        for (int lane = 0; lane < TsneMap.Lanes; lane++) sum += lanes.GetElement(lane);
        return sum;
    }
}

/// <summary>Z = Σ_i Σ_{j≠i} (1 + |y_i − y_j|²)⁻¹ over all pairs, for the divergence of a map of any size.</summary>
internal static class PairSum
{
    public static double Of(TsneMap map)
    {
        double[] sums = new double[map.Count];
        Rows.For(map.Count, 32, new Row(map, sums));
        double z = 0;
        foreach (double sum in sums) z += sum;
        return z;
    }

    private readonly struct Row(TsneMap map, double[] sums) : IRowOperation
    {
        public void Invoke(int first, int count)
        {
            for (int i = first; i < first + count; i++)
            {
                Vector512<float> sum = default, one = Vector512<float>.One;
                for (nuint j = 0; j < (nuint)map.Padded; j += TsneMap.Lanes)
                {
                    Vector512<float> square = one;
                    foreach (float[] positions in map.Position)
                    {
                        Vector512<float> difference = Vector512.Create(positions[i])
                            - Vector512.LoadUnsafe(ref MemoryMarshal.GetArrayDataReference(positions), j);
                        square += difference * difference;
                    }
                    sum += one / square;
                }
                sums[i] = ExactForces.Sum(sum) - 1;
            }
        }
    }
}
