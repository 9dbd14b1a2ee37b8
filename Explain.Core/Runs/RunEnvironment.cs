using System.Diagnostics;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Explain.Core;

/// <summary>Where a run was made. Results do not depend on it; times do.</summary>
/// <param name="Explain">Version of Explain.</param>
/// <param name="Runtime">E.g. ".NET 10.0.1".</param>
/// <param name="OperatingSystem">As it describes itself.</param>
/// <param name="Architecture">Of the process, e.g. "X64".</param>
/// <param name="VectorBits">Widest vectors in use: 512, 256, 128, or 32 where there are none.</param>
/// <param name="Processors">Logical processors of the machine.</param>
/// <param name="Threads">The most threads that worked at once.</param>
/// <param name="ProcessId">The process that wrote the run.</param>
/// <param name="ProcessStarted">
/// When that process started; with <paramref name="ProcessId"/> it tells whether the run is still being written.
/// </param>
public sealed record RunEnvironment(
    string Explain, string Runtime, string OperatingSystem, string Architecture, int VectorBits, int Processors, int Threads, int ProcessId,
    DateTimeOffset ProcessStarted)
{
    /// <summary>This process.</summary>
    public static RunEnvironment Current()
    {
        using var process = Process.GetCurrentProcess();
        Assembly assembly = typeof(RunEnvironment).Assembly;
        return new RunEnvironment(
            assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion
                ?? assembly.GetName().Version?.ToString()
                ?? "",
            RuntimeInformation.FrameworkDescription,
            RuntimeInformation.OSDescription,
            RuntimeInformation.ProcessArchitecture.ToString(),
            Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : Vector128.IsHardwareAccelerated ? 128 : 32,
            Environment.ProcessorCount,
            Rows.Threads,
            Environment.ProcessId,
            new DateTimeOffset(process.StartTime.ToUniversalTime()));
    }

    /// <summary>Whether the process that wrote the run lives on this machine.</summary>
    internal bool IsAlive()
    {
        try
        {
            using var process = Process.GetProcessById(ProcessId);
            // Ids are used again, start times are not; two seconds, because systems derive the start time from a clock that may be set.
            return !process.HasExited
                && (process.StartTime.ToUniversalTime() - ProcessStarted.UtcDateTime).Duration() < TimeSpan.FromSeconds(2);
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
