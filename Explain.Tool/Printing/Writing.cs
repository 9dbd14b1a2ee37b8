using Explain.Core;

namespace Explain.Tool;

/// <summary>Work that writes where the user said, and what it says where that cannot be done.</summary>
internal static class Writing
{
    // ENOSPC, and ERROR_DISK_FULL in its HRESULT.
    private const int NoSpaceOnUnix = 28, NoSpaceOnWindows = unchecked((int)0x80070070);

    /// <summary>Does <paramref name="work"/>.</summary>
    /// <param name="path">The file or folder that the user named.</param>
    /// <param name="work">Writes to it.</param>
    /// <exception cref="InputException">The system refused; names <paramref name="path"/> and no file that only we know of.</exception>
    public static T To<T>(string path, Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception e) when (Refusal(e) is { } refused)
        {
            throw new InputException($"'{path}' cannot be written: {Reason(path, refused)}.", e);
        }
    }

    /// <inheritdoc cref="To{T}(string, Func{T})"/>
    public static async Task<T> ToAsync<T>(string path, Func<Task<T>> work)
    {
        try
        {
            return await work();
        }
        catch (Exception e) when (Refusal(e) is { } refused)
        {
            throw new InputException($"'{path}' cannot be written: {Reason(path, refused)}.", e);
        }
    }

    private static Exception? Refusal(Exception e) => e switch
    {
        IOException or UnauthorizedAccessException => e,
        AggregateException many => many.Flatten()
            .InnerExceptions.FirstOrDefault(inner => inner is IOException or UnauthorizedAccessException),
        InputException { InnerException: IOException or UnauthorizedAccessException } => e.InnerException,
        _ => null,
    };

    private static string Reason(string path, Exception e)
    {
        for (string? above = Path.GetDirectoryName(path); !string.IsNullOrEmpty(above); above = Path.GetDirectoryName(above))
        {
            if (File.Exists(above)) return $"'{above}' is a file, not a folder";
        }
        if (e is UnauthorizedAccessException) return "the system does not permit it";
        if (e.HResult is NoSpaceOnUnix or NoSpaceOnWindows) return "the disk is full";
        return e is DirectoryNotFoundException or FileNotFoundException ? "no folder can be made there" : "the system refuses it";
    }
}
