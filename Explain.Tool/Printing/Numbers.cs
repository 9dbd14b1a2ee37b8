using Explain.Core;

namespace Explain.Tool;

/// <summary>Numbers as the pages and the terminal print them.</summary>
internal static class Numbers
{
    /// <summary>A dash where nothing was measured.</summary>
    public const string None = "–";

    /// <summary>
    /// A share as a percentage: "97.86 %". Units follow their number after a no-break space, so that no line begins with one.
    /// </summary>
    public static string Percent(double share) => double.IsNaN(share) ? None : $"{100 * share:0.00}\u00A0%";

    /// <summary>Four significant digits: "0.08312", "12.35", "1.2e-7", "∞".</summary>
    public static string Short(double value)
    {
        if (double.IsNaN(value)) return None;
        if (double.IsInfinity(value)) return value > 0 ? "∞" : "−∞";
        double size = Math.Abs(value);
        if (value != 0 && (size < 1e-4 || size >= 1e6)) return value.ToString("0.0##e-0").Replace('-', '−').Replace("e−", "e-");
        int decimals = size >= 1000 ? 0 : size >= 100 ? 1 : size >= 10 ? 2 : size >= 1 ? 3 : 4;
        return value.ToString("F" + decimals).Replace('-', '−');
    }

    /// <summary>A count with thin groups: "60,000".</summary>
    public static string Count(long value) => value.ToString("#,0");

    /// <summary>"640 bytes", "12.4 KiB", "1.95 GiB".</summary>
    public static string Bytes(long bytes)
    {
        string[] units = ["KiB", "MiB", "GiB"];
        if (bytes < 1024) return $"{bytes} bytes";
        double value = bytes / 1024.0;
        int unit = 0;
        for (; value >= 1024 && unit < units.Length - 1; unit++) value /= 1024;
        return $"{value.ToString(value >= 100 ? "0" : value >= 10 ? "0.0" : "0.00")} {units[unit]}";
    }

    /// <summary>"0.8 s", "42 s", "3 min 20 s".</summary>
    public static string Duration(double seconds)
    {
        if (seconds < 10) return $"{seconds:0.0}\u00A0s";
        if (seconds < 99.5) return $"{seconds:0}\u00A0s";
        int whole = (int)Math.Round(seconds);
        return whole < 5400 ? $"{whole / 60}\u00A0min {whole % 60}\u00A0s" : $"{whole / 3600}\u00A0h {whole % 3600 / 60}\u00A0min";
    }

    /// <summary>A metric by its name: accuracies as percentages, everything else with four digits.</summary>
    public static string Metric(string name, double value) =>
        Explain.Core.Metric.Find(name) is { IsShare: true } ? Percent(value) : Short(value);

    /// <summary>With ordinary spaces only: for a terminal, whose output is searched and cut by other programs.</summary>
    public static string Plain(string text) => text.Replace('\u00A0', ' ');

    /// <summary>With a capital first letter.</summary>
    public static string Sentence(string text) => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];

    /// <summary>A status in words.</summary>
    public static string Status(RunStatus status) => status switch
    {
        RunStatus.Finished => "finished",
        RunStatus.StoppedEarly => "stopped early",
        RunStatus.Diverged => "diverged",
        RunStatus.Cancelled => "cancelled",
        _ => "not finished",
    };
}
