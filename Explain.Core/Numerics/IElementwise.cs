using System.Runtime.Intrinsics;

namespace Explain.Core;

/// <summary>
/// An elementwise function y = f(x) in every vector width. The four forms must give the same bits for the same value:
/// they are built from the same operations in the same order, with fused multiply-add where one is used.
/// </summary>
public interface IElementwise
{
    /// <summary>f of one value.</summary>
    float Apply(float x);

    /// <summary>f of four values.</summary>
    Vector128<float> Apply(Vector128<float> x);

    /// <summary>f of eight values.</summary>
    Vector256<float> Apply(Vector256<float> x);

    /// <summary>f of sixteen values.</summary>
    Vector512<float> Apply(Vector512<float> x);
}
