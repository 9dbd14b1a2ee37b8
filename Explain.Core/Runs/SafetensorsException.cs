namespace Explain.Core;

/// <summary>The ways in which a safetensors file can be wrong.</summary>
public enum SafetensorsError
{
    /// <summary>The file has fewer than the eight bytes that say how long the header is.</summary>
    LengthTruncated,

    /// <summary>The stated header length is above <see cref="SafetensorsFile.MaximumHeaderLength"/>.</summary>
    HeaderTooLarge,

    /// <summary>The file ends before its header does.</summary>
    HeaderTruncated,

    /// <summary>The header does not begin with <c>{</c>, white space apart.</summary>
    HeaderStart,

    /// <summary>The header is not one JSON object in UTF-8.</summary>
    HeaderNotJson,

    /// <summary>A name stands twice in the header, or in an entry of it.</summary>
    DuplicateName,

    /// <summary><c>__metadata__</c> is neither an object of strings nor null.</summary>
    MetadataNotStrings,

    /// <summary>A tensor is not an object with dtype, shape and data_offsets of the right kinds.</summary>
    EntryMalformed,

    /// <summary>The dtype is none of the format's.</summary>
    UnknownType,

    /// <summary>A dimension is negative or no integer, or their product does not fit.</summary>
    ShapeOutOfRange,

    /// <summary>The values of a tensor, of less than a byte each, fill no whole bytes.</summary>
    PartOfByte,

    /// <summary>Offsets are negative, end before they begin, or reach past the end of the file.</summary>
    OffsetOutOfRange,

    /// <summary>A tensor's bytes are not as many as its dtype and shape say.</summary>
    SizeMismatch,

    /// <summary>Two tensors share bytes.</summary>
    Overlap,

    /// <summary>Bytes before or between tensors belong to none of them.</summary>
    Hole,

    /// <summary>Bytes after the last tensor belong to none.</summary>
    TrailingBytes,

    /// <summary>A tensor that was asked for is not there.</summary>
    TensorMissing,

    /// <summary>A tensor that was asked for has another dtype.</summary>
    TypeMismatch,

    /// <summary>A tensor that was asked for has another shape.</summary>
    ShapeMismatch,

    /// <summary>A value of a tensor that was asked for is outside what it may be.</summary>
    ValueOutOfRange,

    /// <summary>A metadata entry that was asked for is missing or malformed.</summary>
    MetadataMissing,
}

/// <summary>A safetensors file that breaks its format or lacks what was asked of it.</summary>
public sealed class SafetensorsException : InputException
{
    /// <summary>With the kind of error, the file, and what is wrong with it.</summary>
    public SafetensorsException(SafetensorsError error, string source, string message)
        : base($"{source}: {message}") => Error = error;

    /// <summary>What is wrong.</summary>
    public SafetensorsError Error { get; }
}
