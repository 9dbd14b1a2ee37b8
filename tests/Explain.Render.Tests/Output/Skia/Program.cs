using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Security.Cryptography;
using Xunit.Runner.InProc.SystemConsole;

namespace Explain.Render.Tests;

/// <summary>
/// The entry point of the test assembly. <c>dotnet exec Explain.Render.Tests.dll probe THREADS...</c> prints "bits" and the widest
/// accelerated vector, then "scene threads hash" for every trial scene and thread count; anything else is for the test runner.
/// </summary>
internal static class Program
{
    /// <summary>Scenes that between them draw with everything there is.</summary>
    public static IReadOnlyDictionary<string, Func<Scene>> Scenes { get; } = new Dictionary<string, Func<Scene>>(StringComparer.Ordinal)
    {
        ["nodes"] = TrialScene.Make,
        ["paints"] = TrialScene.Paints,
        ["transparent"] = () => TrialScene.Paints() with { Background = new Color(0, 0, 0, 0) },
        ["space"] = () => Of(260, 200, DepthBufferTests.Trial(new Rect(0, 0, 260, 200)).Draw(Theme.Light, 1.37)),
    };

    /// <summary>The hash of a scene's pixels with a number of threads; the scale puts every border between pixels.</summary>
    public static string Hash(Scene scene, int threads)
    {
        int before = Explain.Core.Rows.Threads;
        try
        {
            Explain.Core.Rows.Threads = threads;
            return Convert.ToHexString(SHA256.HashData(MemoryMarshal.AsBytes<uint>(BitmapCanvas.Render(scene, 1.37).Pixels)));
        }
        finally
        {
            Explain.Core.Rows.Threads = before;
        }
    }

    private static Scene Of(double width, double height, Node node) =>
        new(width, height, Theme.Light.Background, [node], new SceneInfo { Title = "trial", AltText = "trial" }, TestFont.Face);

    private static async Task<int> Main(string[] args)
    {
        if (args is not ["probe", .. string[] threads])
            return await ConsoleRunner.Run(args);
        PrintProbes([.. threads.Select(int.Parse)]);
        return 0;
    }

    private static void PrintProbes(int[] threadCounts)
    {
        TestFont.Use();
        int bits =
            Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : Vector128.IsHardwareAccelerated ? 128 : 0;
        Console.WriteLine($"bits {bits}");
        foreach (var (name, scene) in Scenes)
        {
            foreach (int threads in threadCounts)
                Console.WriteLine($"{name} {threads} {Hash(scene(), threads)}");
        }
    }
}
