using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Explain.Core;

/// <summary>
/// The right to write a run: a file beside its run.json that is open as long as the run is being written, and that nobody else can open
/// meanwhile. The operating system gives it back when the process ends, however it ends; the file that a kill leaves behind holds nobody
/// off. A second file says who writes, because the first cannot be read meanwhile. Readers look at neither. Not metrics.csv itself, because
/// a lock that keeps a second writer off that file would keep readers off too where locks are advisory, and because it is replaced by its
/// first row.
/// </summary>
internal sealed class WriterLock : IDisposable
{
    /// <summary>The file, which is gone when nobody writes.</summary>
    public const string Name = "writer.lock";

    /// <summary>Says who has the lock.</summary>
    public const string HolderName = "writer.json";

    private readonly string _folder;
    private readonly FileStream _stream;

    private WriterLock(string folder, FileStream stream) => (_folder, _stream) = (folder, stream);

    /// <summary>Takes the lock; disposing gives it back.</summary>
    /// <exception cref="InputException">Another training has it, says which since when; or the folder cannot be written to.</exception>
    public static WriterLock Take(string folder)
    {
        var taken = new WriterLock(folder, Open(folder));
        try
        {
            AtomicFile.Write(
                System.IO.Path.Combine(folder, HolderName),
                stream => JsonSerializer.Serialize(stream, WriterHolder.Current(), WriterJson.Default.WriterHolder));
            return taken;
        }
        catch (InputException)
        {
            taken.Dispose();
            throw;
        }
    }

    /// <summary>Refuses a folder that another process, or another training of this one, is writing to now; changes nothing.</summary>
    /// <exception cref="InputException">It is being written; says by whom since when.</exception>
    public static void CheckFree(string folder)
    {
        if (File.Exists(System.IO.Path.Combine(folder, Name))) Open(folder).Dispose();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        // While the lock is in hand: nobody else's can be meant.
        File.Delete(System.IO.Path.Combine(_folder, HolderName));
        _stream.Dispose();
    }

    private static FileStream Open(string folder)
    {
        string path = System.IO.Path.Combine(folder, Name);
        try
        {
            return new FileStream(
                path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 1, FileOptions.DeleteOnClose);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new InputException($"{path}: the file cannot be written: {e.Message}", e);
        }
        catch (IOException e) when (e is not (DirectoryNotFoundException or PathTooLongException))
        {
            throw new InputException(
                $"{folder}: the run is being written by {Holder(folder)}. Wait until it ends, stop it, or choose another folder.", e);
        }
    }

    private static string Holder(string folder)
    {
        try
        {
            return JsonSerializer.Deserialize(
                AtomicFile.ReadAllBytes(System.IO.Path.Combine(folder, HolderName)), WriterJson.Default.WriterHolder)
                ?.ToString()
                ?? "another training";
        }
        catch (Exception e) when (e is InputException or JsonException)
        {
            // It has just begun, or is about to end.
            return "another training";
        }
    }
}

/// <summary>Who writes a run.</summary>
/// <param name="ProcessId">The process.</param>
/// <param name="Machine">On which machine.</param>
/// <param name="Since">Since when.</param>
internal sealed record WriterHolder(int ProcessId, string Machine, DateTimeOffset Since)
{
    public static WriterHolder Current() => new(Environment.ProcessId, Environment.MachineName, DateTimeOffset.UtcNow);

    /// <inheritdoc/>
    public override string ToString()
    {
        string where = Machine == Environment.MachineName ? "" : $" on {Machine}";
        string who = ProcessId == Environment.ProcessId && where.Length == 0 ? "this process" : $"process {ProcessId}{where}";
        return $"{who} since {Since.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)} UTC";
    }
}

/// <summary>How writer.json maps to its record.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(WriterHolder))]
internal sealed partial class WriterJson : JsonSerializerContext;
