namespace Explain.Core;

/// <summary>
/// Something the user gave us is wrong: a file, a recipe, an option. The message is written for that user in one or two sentences: what is
/// wrong, where (file, line), the value, and what is allowed. The tool prints it and exits with 2.
/// </summary>
public class InputException : Exception
{
    /// <summary>With the message to show.</summary>
    public InputException(string message)
        : base(message)
    {
    }

    /// <summary>With the message to show and what caused it.</summary>
    public InputException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
