namespace Explain.Core;

/// <summary>Files that are either whole or not there, whenever the process is killed.</summary>
internal static class AtomicFile
{
    /// <summary>
    /// Ends the names of files that are being written; readers ignore them, the next write of the same file replaces them.
    /// </summary>
    public const string TemporarySuffix = ".tmp";

    /// <summary>
    /// Writes a sibling temporary file, flushes it to disk and renames it to <paramref name="path"/>. If that fails, the old file stays as
    /// it was and nothing is left behind.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="write">Writes its content.</param>
    /// <param name="unique">
    /// Whether other processes may be writing the same file; the temporary file then bears this one's number, and a kill may leave it
    /// behind.
    /// </param>
    /// <param name="durable">
    /// Whether it must outlast a loss of power; waiting for the disk is dear for many small files that can be made again.
    /// </param>
    /// <exception cref="InputException">The file cannot be written.</exception>
    public static void Write(string path, Action<Stream> write, bool unique = false, bool durable = true)
    {
        string temporary = unique ? $"{path}.{Environment.ProcessId}-{Environment.CurrentManagedThreadId}{TemporarySuffix}"
            : path + TemporarySuffix;
        try
        {
            using (var stream = new FileStream(temporary, FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 1 << 16))
            {
                write(stream);
                stream.Flush(flushToDisk: durable);
            }
            File.Move(temporary, path, overwrite: true);
        }
        catch (Exception e)
        {
            if (File.Exists(temporary)) File.Delete(temporary);
            if (e is IOException or UnauthorizedAccessException)
                throw new InputException($"{path}: the file cannot be written: {e.Message}", e);
            throw;
        }
    }

    /// <summary>All bytes of a file that another process may be writing, or has just replaced.</summary>
    /// <exception cref="InputException">It is missing, unreadable, or 2 GiB and more.</exception>
    public static byte[] ReadAllBytes(string path)
    {
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
            if (stream.Length > Array.MaxLength)
                throw new InputException($"{path}: the file has {stream.Length} bytes; at most {Array.MaxLength} can be read.");
            byte[] bytes = new byte[stream.Length];
            // A file that grows meanwhile is read as far as it was long when opened; one that shrinks, as far as it goes.
            int read = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            return read == bytes.Length ? bytes : bytes[..read];
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new InputException($"{path}: the file is missing.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"{path}: the file cannot be read: {e.Message}", e);
        }
    }
}
