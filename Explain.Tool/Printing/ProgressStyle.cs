namespace Explain.Tool;

/// <summary>How the progress of work is shown on standard error.</summary>
public enum ProgressStyle
{
    /// <summary>Not at all.</summary>
    Silent,

    /// <summary>By a line now and then: for logs, where nobody sees what moves.</summary>
    Lines,

    /// <summary>By a bar that moves: on a terminal that somebody watches.</summary>
    Live,
}
