using System.Diagnostics;
using System.Runtime.InteropServices;
using Explain.Core;

namespace Explain.Tool.Tests;

/// <summary>The real command in a process of its own.</summary>
internal sealed partial class ToolProcess : IDisposable
{
    public const int Interrupt = 2, Terminate = 15;

    /// <summary>
    /// Switches for a process that is to be interrupted: a hundred times slower, to the same bits, so that it cannot come to its end before
    /// the signal.
    /// </summary>
    public const string Slow = "EnableHWIntrinsic=0 JITMinOpts=1";

    private readonly Process _process;
    private readonly Task<string> _out;
    private readonly Task<string> _error;

    /// <summary>Starts it.</summary>
    /// <param name="runtimeSwitch">E.g. "EnableAVX2=0", several with spaces between, or empty.</param>
    /// <param name="arguments">Of the command.</param>
    public ToolProcess(string runtimeSwitch, params string[] arguments)
        : this(typeof(CommandLine).Assembly.Location, runtimeSwitch, arguments)
    {
    }

    private ToolProcess(string assembly, string runtimeSwitch, string[] arguments)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", [assembly, .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        foreach (string one in runtimeSwitch.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (one.Split('=') is [string name, string value]) start.Environment["DOTNET_" + name] = value;
        }
        _process = Process.Start(start)!;
        _out = _process.StandardOutput.ReadToEndAsync();
        _error = _process.StandardError.ReadToEndAsync();
    }

    public bool HasExited => _process.HasExited;

    /// <summary>Runs a command line to its end.</summary>
    public static async Task<ToolResult> RunAsync(string runtimeSwitch, params string[] arguments)
    {
        using var process = new ToolProcess(runtimeSwitch, arguments);
        return await process.EndAsync();
    }

    /// <summary>Runs a command line to its end by a copy of the program in another folder.</summary>
    public static async Task<ToolResult> RunInAsync(string folder, params string[] arguments)
    {
        string assembly = Path.Combine(folder, Path.GetFileName(typeof(CommandLine).Assembly.Location));
        using var process = new ToolProcess(assembly, "", arguments);
        return await process.EndAsync();
    }

    /// <summary>Waits until a run has so many bytes of metrics; fails where the process ends before.</summary>
    public async Task WaitForMetricsAsync(string run, long bytes)
    {
        string metrics = Path.Combine(run, "metrics.csv");
        for (int i = 0; i < 6000 && (!File.Exists(metrics) || new FileInfo(metrics).Length < bytes); i++)
        {
            HasExited.ShouldBeFalse(HasExited ? $"it should train on and on: {await _error}" : "");
            await Task.Delay(10);
        }
    }

    /// <summary>Sends a signal, as a terminal or another process would.</summary>
    public void Send(int signal) => Kill(_process.Id, signal).ShouldBe(0);

    /// <summary>Ends the process at once, without its knowledge.</summary>
    public void Kill() => _process.Kill();

    public async Task<ToolResult> EndAsync()
    {
        await _process.WaitForExitAsync();
        return new ToolResult(_process.ExitCode, (await _out).ReplaceLineEndings("\n"), (await _error).ReplaceLineEndings("\n"));
    }

    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill();
        _process.Dispose();
    }

    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int process, int signal);
}
