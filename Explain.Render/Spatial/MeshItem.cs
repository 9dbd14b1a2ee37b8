namespace Explain.Render;

/// <summary>A triangle by the indices of its corners.</summary>
public readonly record struct MeshTriangle(int A, int B, int C);

/// <summary>Triangles in space.</summary>
public sealed record MeshItem : SpaceItem
{
    /// <summary>Corners.</summary>
    public required IReadOnlyList<Point3> Vertices { get; init; }

    /// <summary>
    /// Which corners belong together; a triangle with an index that is not there or a corner that is not finite is left out.
    /// </summary>
    public required IReadOnlyList<MeshTriangle> Triangles { get; init; }

    /// <summary>Colour of all of it; an alpha below 255 lets what is behind shine through.</summary>
    public required Color Color { get; init; }

    /// <summary>A colour for each vertex, interpolated between them; <see cref="Color"/> where null.</summary>
    public IReadOnlyList<Color>? Colors { get; init; }

    /// <summary>How it answers light. Normals are the mean of those of the triangles about a vertex.</summary>
    public Shading Shading { get; init; }

    internal override (Limits X, Limits Y, Limits Z) Extent => ExtentOf(Vertices);

    internal override void Build(Stage stage)
    {
        var at = new Point3[Vertices.Count];
        for (int i = 0; i < at.Length; i++)
            at[i] = stage.Map(Vertices[i]);
        var normals = new Point3[at.Length];
        foreach (var t in Triangles.Where(t => Fits(t, at)))
        {
            var normal = at[t.B].Minus(at[t.A]).Cross(at[t.C].Minus(at[t.A]));
            normals[t.A] = normals[t.A].Plus(normal);
            normals[t.B] = normals[t.B].Plus(normal);
            normals[t.C] = normals[t.C].Plus(normal);
        }
        var corners = new SpatialVertex[at.Length];
        for (int i = 0; i < at.Length; i++)
        {
            var color = Colors is { } own && i < own.Count ? own[i] : Color;
            corners[i] = stage.Vertex(at[i], normals[i], Shading) with { Red = color.R, Green = color.G, Blue = color.B };
        }
        double alpha = Color.A / 255.0;
        foreach (var t in Triangles.Where(t => Fits(t, at)))
            stage.Add(corners[t.A], corners[t.B], corners[t.C], Palette.None, alpha);
    }

    private static bool Fits(MeshTriangle t, Point3[] at) =>
        (uint)t.A < at.Length && (uint)t.B < at.Length && (uint)t.C < at.Length && at[t.A].IsFinite && at[t.B].IsFinite && at[t.C].IsFinite;
}
