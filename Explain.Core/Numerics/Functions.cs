using System.Runtime.Intrinsics;

namespace Explain.Core;

/// <summary>The plain functions as <see cref="IElementwise"/>, to be handed to <see cref="Elementwise"/> and to fused products.</summary>
public static class Functions
{
    /// <summary>x itself.</summary>
    public readonly struct Identity : IElementwise
    {
        /// <inheritdoc/>
        public float Apply(float x) => x;

        /// <inheritdoc/>
        public Vector128<float> Apply(Vector128<float> x) => x;

        /// <inheritdoc/>
        public Vector256<float> Apply(Vector256<float> x) => x;

        /// <inheritdoc/>
        public Vector512<float> Apply(Vector512<float> x) => x;
    }

    /// <summary>eˣ, see <see cref="VectorMath"/>.</summary>
    public readonly struct Exp : IElementwise
    {
        /// <inheritdoc/>
        public float Apply(float x) => VectorMath.Exp(x);

        /// <inheritdoc/>
        public Vector128<float> Apply(Vector128<float> x) => VectorMath.Exp(x);

        /// <inheritdoc/>
        public Vector256<float> Apply(Vector256<float> x) => VectorMath.Exp(x);

        /// <inheritdoc/>
        public Vector512<float> Apply(Vector512<float> x) => VectorMath.Exp(x);
    }

    /// <summary>The natural logarithm, see <see cref="VectorMath"/>.</summary>
    public readonly struct Log : IElementwise
    {
        /// <inheritdoc/>
        public float Apply(float x) => VectorMath.Log(x);

        /// <inheritdoc/>
        public Vector128<float> Apply(Vector128<float> x) => VectorMath.Log(x);

        /// <inheritdoc/>
        public Vector256<float> Apply(Vector256<float> x) => VectorMath.Log(x);

        /// <inheritdoc/>
        public Vector512<float> Apply(Vector512<float> x) => VectorMath.Log(x);
    }

    /// <summary>The hyperbolic tangent, see <see cref="VectorMath"/>.</summary>
    public readonly struct Tanh : IElementwise
    {
        /// <inheritdoc/>
        public float Apply(float x) => VectorMath.Tanh(x);

        /// <inheritdoc/>
        public Vector128<float> Apply(Vector128<float> x) => VectorMath.Tanh(x);

        /// <inheritdoc/>
        public Vector256<float> Apply(Vector256<float> x) => VectorMath.Tanh(x);

        /// <inheritdoc/>
        public Vector512<float> Apply(Vector512<float> x) => VectorMath.Tanh(x);
    }

    /// <summary>1 / (1 + e⁻ˣ), see <see cref="VectorMath"/>.</summary>
    public readonly struct Sigmoid : IElementwise
    {
        /// <inheritdoc/>
        public float Apply(float x) => VectorMath.Sigmoid(x);

        /// <inheritdoc/>
        public Vector128<float> Apply(Vector128<float> x) => VectorMath.Sigmoid(x);

        /// <inheritdoc/>
        public Vector256<float> Apply(Vector256<float> x) => VectorMath.Sigmoid(x);

        /// <inheritdoc/>
        public Vector512<float> Apply(Vector512<float> x) => VectorMath.Sigmoid(x);
    }

    /// <summary>The square root, correctly rounded.</summary>
    public readonly struct Sqrt : IElementwise
    {
        /// <inheritdoc/>
        public float Apply(float x) => MathF.Sqrt(x);

        /// <inheritdoc/>
        public Vector128<float> Apply(Vector128<float> x) => Vector128.Sqrt(x);

        /// <inheritdoc/>
        public Vector256<float> Apply(Vector256<float> x) => Vector256.Sqrt(x);

        /// <inheritdoc/>
        public Vector512<float> Apply(Vector512<float> x) => Vector512.Sqrt(x);
    }

    /// <summary>1 / x, correctly rounded.</summary>
    public readonly struct Reciprocal : IElementwise
    {
        /// <inheritdoc/>
        public float Apply(float x) => 1f / x;

        /// <inheritdoc/>
        public Vector128<float> Apply(Vector128<float> x) => Vector128<float>.One / x;

        /// <inheritdoc/>
        public Vector256<float> Apply(Vector256<float> x) => Vector256<float>.One / x;

        /// <inheritdoc/>
        public Vector512<float> Apply(Vector512<float> x) => Vector512<float>.One / x;
    }
}
