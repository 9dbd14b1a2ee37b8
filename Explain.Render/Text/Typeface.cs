
namespace Explain.Render;

/// <summary>Where typefaces come from.</summary>
public static class Typeface
{
    /// <summary>The environment variable that names the typeface where nothing else does: "system", "builtin" or the path of a font file.</summary>
    public const string Variable = "EXPLAIN_FONT";

    /// <summary>The built-in vector font.</summary>
    public static ITypeface BuiltIn { get; } = new VectorTypeface();

    private static readonly Lazy<ITypeface> System = new(() => SystemFonts.Find() ?? BuiltIn);
    private static readonly AsyncLocal<ITypeface?> Scoped = new();
    private static ITypeface? _default;

    /// <summary>
    /// The typeface that layout and canvases use: that of the innermost <see cref="Use"/>, else what was set for the whole process, else what <see cref="Variable"/> says. Tests set it to the
    /// built-in font so that goldens do not depend on the machine.
    /// </summary>
    public static ITypeface Current
    {
        get => Scoped.Value ?? (_default ??= Load(null));
        set => _default = value;
    }

    /// <summary>
    /// Draws with a typeface until what is returned is disposed: in this method, in what it calls and in the tasks and loops that it starts, while others draw with theirs. A scene holds texts and not
    /// outlines, so it is laid out and written within the same one.
    /// </summary>
    public static IDisposable Use(ITypeface face)
    {
        ArgumentNullException.ThrowIfNull(face);
        var scope = new Scope(Scoped.Value);
        Scoped.Value = face;
        return scope;
    }

    /// <summary>The typeface a user asked for.</summary>
    /// <param name="name">"system": the best sans-serif of the machine, or the built-in font where there is none; "builtin"; or the path of a font file.
    /// Letters that the face of a file or of the machine lacks are taken from other faces of the machine; those that the built-in font lacks are shown as boxes, as everywhere.
    /// Null or empty: what the environment variable <see cref="Variable"/> says, else "system".</param>
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

    private sealed class Scope(ITypeface? before) : IDisposable
    {
        public void Dispose() => Scoped.Value = before;
    }
}
