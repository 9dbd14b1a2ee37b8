namespace Explain.Render;

/// <summary>
/// A font file that the user named is missing, damaged, or of a kind that is not supported. The message is written for that user.
/// </summary>
public sealed class FontException : Exception
{
    /// <summary>With the message to show.</summary>
    public FontException(string message)
        : base(message)
    {
    }

    /// <summary>With the message to show and what caused it.</summary>
    public FontException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
