namespace Explain.Core;

/// <summary>An image as a plain list of the same values in the same order: pixel by pixel, channel by channel.</summary>
public sealed class FlattenLayer : Layer
{
    internal FlattenLayer(string name, Shape inputShape)
        : base(name, inputShape, Shape.Vector(inputShape.Size), Activation.Identity)
    {
    }

    /// <inheritdoc/>
    public override string Kind => "flatten";

    internal override int WeightRows => 0;

    internal override int WeightColumns => 0;

    internal override int BiasCount => 0;

    internal override void Initialize(ulong seed)
    {
        // Nothing to fill.
    }

    internal override void Forward(Matrix inputs, LayerBuffers buffers, PassContext context) => inputs.Span.CopyTo(buffers.Outputs.Span);

    internal override bool Backward(
        Matrix inputs, LayerBuffers buffers, bool fused, float[]? gradients, bool accumulate, Matrix inputGradient)
    {
        if (!inputGradient.IsEmpty) buffers.Gradient.Span.CopyTo(inputGradient.Span);
        return true;
    }
}
