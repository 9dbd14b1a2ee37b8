using System.Runtime.CompilerServices;

namespace Explain.Render.Tests;

internal static class TestFont
{
    /// <summary>Once, before any test: goldens must not depend on the fonts of the machine.</summary>
#pragma warning disable CA2255 // Tests have no other place that runs before all of them.
    [ModuleInitializer]
#pragma warning restore CA2255
    internal static void Use() => Typeface.Current = Typeface.BuiltIn;
}
