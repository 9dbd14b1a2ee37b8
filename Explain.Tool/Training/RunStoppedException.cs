namespace Explain.Tool;

/// <summary>The user stopped a training; the message says where it stands and how it goes on.</summary>
public sealed class RunStoppedException(string message) : Exception(message);
