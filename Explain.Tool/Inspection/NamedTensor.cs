using System.Runtime.InteropServices;
using Explain.Core;

namespace Explain.Tool;

/// <summary>A tensor with what is printed of it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Tensor">Its values.</param>
internal sealed record NamedTensor(string Name, SafetensorsTensor Tensor)
{
    private static readonly SafetensorsType Float32 = SafetensorsType.Find("F32")!;

    /// <summary>What its dimensions are, in words; empty where nobody knows.</summary>
    public string Words { get; init; } = "";

    /// <summary>Whether it holds filters × height × width × channels.</summary>
    public bool ArePictures { get; init; }

    /// <summary>Float32 values, which are copied.</summary>
    public static NamedTensor Of(string name, int[] shape, ReadOnlySpan<float> values) =>
        new(name, new SafetensorsTensor(Float32, shape, MemoryMarshal.AsBytes(values).ToArray()));
}
