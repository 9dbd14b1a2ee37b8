using System.Runtime.CompilerServices;

namespace Explain.Tool.Tests;

/// <summary>Texts that were read by a human and must not change unseen.</summary>
internal static class Golden
{
    /// <summary>Compares with Golden/<paramref name="name"/>; a text that differs is saved beside it as *.received.*.</summary>
    public static void Check(string name, string text, [CallerFilePath] string source = "")
    {
        string golden = Path.Combine(Path.GetDirectoryName(source)!, "Golden", name);
        string received = Path.ChangeExtension(golden, ".received" + Path.GetExtension(golden));
        string wanted = File.Exists(golden) ? File.ReadAllText(golden) : "";
        if (wanted == text)
        {
            File.Delete(received);
            return;
        }
        Directory.CreateDirectory(Path.GetDirectoryName(golden)!);
        File.WriteAllText(received, text);
        text.ShouldBe(wanted, $"see {received}");
    }
}
