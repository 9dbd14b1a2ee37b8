
namespace Explain.Render;

/// <summary>Where typefaces come from.</summary>
public static class Typeface
{
    /// <summary>
    /// The environment variable that names the typeface where nothing else does: "system", "builtin" or the path of a font file.
    /// </summary>
    public const string Variable = "EXPLAIN_FONT";

    /// <summary>The built-in vector font.</summary>
    public static ITypeface BuiltIn { get; } = new VectorTypeface();

    private static readonly Lazy<ITypeface> System = new(() => SystemFonts.Find() ?? BuiltIn);
    private static ITypeface? _default;

    /// <summary>
    /// What <see cref="Variable"/> says, else the best sans-serif of the machine: found when it is first asked for, and the same from then
    /// on.
    /// </summary>
    /// <exception cref="FontException">
    /// The font file that the variable names is missing, damaged, or of a kind that is not supported.
    /// </exception>
    public static ITypeface Default => _default ??= Load(null);

    /// <summary>The typeface a user asked for.</summary>
    /// <param name="name">
    /// "system": the best sans-serif of the machine, or the built-in font where there is none; "builtin"; or the path of a font file.
    /// Letters that the face of a file or of the machine lacks are taken from other faces of the machine; those that the built-in font
    /// lacks are shown as boxes, as everywhere. Null or empty: what the environment variable <see cref="Variable"/> says, else "system".
    /// </param>
    /// <exception cref="FontException">The font file is missing, damaged, or of a kind that is not supported.</exception>
    public static ITypeface Load(string? name)
    {
        if (string.IsNullOrEmpty(name))
            name = Environment.GetEnvironmentVariable(Variable);
        return name switch
        {
            null or "" or "system" => System.Value,
            "builtin" => BuiltIn,
            _ => FontFileTypeface.Load(name),
        };
    }
}
