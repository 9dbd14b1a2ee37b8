using System.Runtime.InteropServices;
using Explain.Tool;

using var interrupt = new CancellationTokenSource();
using var control = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
return await CommandLine.RunAsync(args, Terminal.OfProcess, interrupt.Token);

// The first signal ends the work in order; a second one ends the process at once.
void Stop(PosixSignalContext signal)
{
    if (interrupt.IsCancellationRequested) Environment.Exit(CommandLine.Failed);
    signal.Cancel = true;
    Console.Error.WriteLine("Stopping after the current step. A second signal ends the work at once.");
    interrupt.Cancel();
}
