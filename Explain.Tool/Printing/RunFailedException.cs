namespace Explain.Tool;

/// <summary>A run ended without reaching its goal; the message says which and why.</summary>
public sealed class RunFailedException(string message) : Exception(message);
