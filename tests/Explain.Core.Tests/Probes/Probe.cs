using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Explain.Core.Tests;

/// <summary>
/// A small computation whose bits must be the same for every vector width and number of threads. Deriving a class is all it takes: the
/// reproducibility tests find it, run it in child processes and compare the hashes of what it recorded. Keep it short: without
/// intrinsics a fused multiply-add is a slow library call.
/// </summary>
internal abstract class Probe
{
    /// <summary>All probes of this assembly, by name.</summary>
    public static IReadOnlyDictionary<string, Probe> All { get; } = typeof(Probe).Assembly.GetTypes()
        .Where(type => type.IsSubclassOf(typeof(Probe)) && !type.IsAbstract)
        .Select(type => (Probe)Activator.CreateInstance(type)!)
        .ToDictionary(probe => probe.GetType().Name, StringComparer.Ordinal);

    /// <summary>Computes and records.</summary>
    public abstract void Run(ProbeHash hash);

    /// <summary>The hash of everything recorded with <paramref name="threads"/> threads, in hexadecimal.</summary>
    public string Hash(int threads)
    {
        int before = Rows.Threads;
        try
        {
            Rows.Threads = threads;
            using var hash = new ProbeHash();
            Run(hash);
            return hash.ToString();
        }
        finally
        {
            Rows.Threads = before;
        }
    }
}

/// <summary>SHA-256 over the values a probe records.</summary>
internal sealed class ProbeHash : IDisposable
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    /// <summary>
    /// Records the bits of values (int, float, double, …); a float that is not a number counts as just that, whatever its payload.
    /// </summary>
    public void Add<T>(ReadOnlySpan<T> values)
        where T : unmanaged
    {
        if (typeof(T) == typeof(float))
        {
            float[] canonical = MemoryMarshal.Cast<T, float>(values).ToArray();
            for (int i = 0; i < canonical.Length; i++)
            {
                if (float.IsNaN(canonical[i])) canonical[i] = float.NaN;
            }
            _hash.AppendData(MemoryMarshal.AsBytes(canonical.AsSpan()));
        }
        else
        {
            _hash.AppendData(MemoryMarshal.AsBytes(values));
        }
    }

    /// <summary>Records a matrix.</summary>
    public void Add(Matrix values) => Add<float>(values.Span);

    /// <summary>Records one value.</summary>
    public void Add<T>(T value)
        where T : unmanaged
        => Add<T>(MemoryMarshal.CreateReadOnlySpan(ref value, 1));

    public override string ToString() => Convert.ToHexString(_hash.GetCurrentHash());

    public void Dispose() => _hash.Dispose();
}
