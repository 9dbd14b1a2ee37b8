namespace Explain.Core;

/// <summary>
/// The forces of t-SNE with repulsion by a tree: a cell that is small for its distance acts as one point at its centre of mass (Barnes and
/// Hut, 1986; van der Maaten, "Accelerating t-SNE using tree-based algorithms", 2014). Every point walks the tree for itself in the same
/// order.
/// </summary>
internal sealed class BarnesHutForces(Affinities affinities, TsneMap map, double theta) : ITsneForces
{
    private readonly SpaceTree _tree = new(map);
    private readonly double[] _sums = new double[map.Count];
    private readonly float _thetaSquared = (float)(theta * theta);

    public double Compute(TsneMap map)
    {
        _tree.Build(map);
        Rows.For(map.Count, 64, new Points(map, affinities, _tree, _thetaSquared, _sums));
        double z = 0;
        foreach (double sum in _sums) z += sum;
        return z;
    }

    private readonly struct Points(TsneMap map, Affinities affinities, SpaceTree tree, float thetaSquared, double[] sums) : IRowOperation
    {
        public void Invoke(int first, int count)
        {
            for (int s = first; s < first + count; s++)
            {
                int i = tree.Order[s];
                Repel(s, i);
                Attract(i);
            }
        }

        private void Repel(int s, int i)
        {
            bool spatial = map.Dimensions == 3;
            float[] xs = tree.Sorted[0], ys = tree.Sorted[1], zs = spatial ? tree.Sorted[2] : xs;
            float x = xs[s], y = ys[s], z = spatial ? zs[s] : 0;
            float fx = 0, fy = 0, fz = 0;
            double sum = 0;
            ReadOnlySpan<SpaceTree.Node> nodes = tree.Nodes.AsSpan(0, tree.Count);
            for (int id = 0; id < nodes.Length;)
            {
                ref readonly SpaceTree.Node node = ref nodes[id];
                if (node.Leaf)
                {
                    int last = node.First + (int)node.Mass;
                    for (int j = node.First; j < last; j++)
                    {
                        if (j == s) continue;
                        float dx = x - xs[j], dy = y - ys[j], dz = spatial ? z - zs[j] : 0;
                        float w = 1 / (1 + (dx * dx) + (dy * dy) + (dz * dz));
                        sum += w;
                        w *= w;
                        fx += w * dx;
                        fy += w * dy;
                        fz += w * dz;
                    }
                    id = node.Skip;
                    continue;
                }
                float cx = x - node.X, cy = y - node.Y, cz = z - node.Z;
                float square = (cx * cx) + (cy * cy) + (cz * cz);
                if (node.WidthSquared < thetaSquared * square)
                {
                    float w = 1 / (1 + square), together = node.Mass * w;
                    sum += together;
                    together *= w;
                    fx += together * cx;
                    fy += together * cy;
                    fz += together * cz;
                    id = node.Skip;
                }
                else
                {
                    id++;
                }
            }
            sums[i] = sum;
            map.Repulsion[0][i] = fx;
            map.Repulsion[1][i] = fy;
            if (spatial) map.Repulsion[2][i] = fz;
        }

        private void Attract(int i)
        {
            bool spatial = map.Dimensions == 3;
            float[] xs = map.Position[0], ys = map.Position[1], zs = spatial ? map.Position[2] : xs;
            float x = xs[i], y = ys[i], z = spatial ? zs[i] : 0;
            float fx = 0, fy = 0, fz = 0;
            for (int e = affinities.Starts[i]; e < affinities.Starts[i + 1]; e++)
            {
                int j = affinities.Columns[e];
                float dx = x - xs[j], dy = y - ys[j], dz = spatial ? z - zs[j] : 0;
                float pull = affinities.Values[e] / (1 + (dx * dx) + (dy * dy) + (dz * dz));
                fx += pull * dx;
                fy += pull * dy;
                fz += pull * dz;
            }
            map.Attraction[0][i] = fx;
            map.Attraction[1][i] = fy;
            if (spatial) map.Attraction[2][i] = fz;
        }
    }
}
