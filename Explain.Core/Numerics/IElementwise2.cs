using System.Runtime.Intrinsics;

namespace Explain.Core;

/// <summary>
/// An elementwise function z = f(x, y) of two inputs in every vector width, for example an upstream gradient times a derivative computed
/// from an output. The four forms must give the same bits for the same values, as in <see cref="IElementwise"/>.
/// </summary>
public interface IElementwise2
{
    /// <summary>f of one pair of values.</summary>
    float Apply(float x, float y);

    /// <summary>f of four pairs.</summary>
    Vector128<float> Apply(Vector128<float> x, Vector128<float> y);

    /// <summary>f of eight pairs.</summary>
    Vector256<float> Apply(Vector256<float> x, Vector256<float> y);

    /// <summary>f of sixteen pairs.</summary>
    Vector512<float> Apply(Vector512<float> x, Vector512<float> y);
}
