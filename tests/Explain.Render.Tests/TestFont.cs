using System.Runtime.CompilerServices;

namespace Explain.Render.Tests;

/// <summary>The typeface of the tests: goldens must not depend on the fonts of the machine.</summary>
internal static class TestFont
{
    /// <summary>What scenes are laid out with where a test is not about another typeface.</summary>
    public static ITypeface Face => Typeface.BuiltIn;

    /// <summary>Once, before any test: themes that are given no typeface have that of the tests.</summary>
#pragma warning disable CA2255 // Tests have no other place that runs before all of them.
    [ModuleInitializer]
#pragma warning restore CA2255
    internal static void Use() => Environment.SetEnvironmentVariable(Typeface.Variable, "builtin");
}
