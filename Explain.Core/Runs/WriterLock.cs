namespace Explain.Core;

/// <summary>
/// The right to write a run: a file beside its run.json that is open as long as the run is being written, and that nobody else can open meanwhile. The operating system gives it back when the process ends,
/// however it ends; the file that a kill leaves behind holds nobody off. Readers never look at it. Not metrics.csv itself, because a lock that keeps a second writer off that file would keep readers off too
/// where locks are advisory, and because it is replaced by its first row.
/// </summary>
internal static class WriterLock
{
    /// <summary>The file, which is gone when nobody writes.</summary>
    public const string Name = "writer.lock";

    /// <summary>Takes the lock; closing the stream gives it back.</summary>
    /// <exception cref="InputException">Another training has it, or the folder cannot be written to.</exception>
    public static FileStream Take(string folder)
    {
        string path = Path.Combine(folder, Name);
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 1, FileOptions.DeleteOnClose);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new InputException($"{path}: the file cannot be written: {e.Message}", e);
        }
        catch (IOException e)
        {
            throw new InputException($"{folder}: the run is being written by another training: {e.Message}", e);
        }
    }
}
