namespace Explain.Render;

/// <summary>Families from font files.</summary>
internal static class FontFiles
{
    private const string Choices = "Give the path of a .ttf, .otf, .ttc or .otc file, \"system\" or \"builtin\".";

    /// <summary>The family of a file that a user named, with the bold font that is in it or beside it.</summary>
    /// <exception cref="FontException">The file is missing, damaged, or not a font.</exception>
    public static FontFamily Load(string path)
    {
        if (Directory.Exists(path))
            throw new FontException($"Font '{path}' is a folder. {Choices}");
        if (!File.Exists(path))
            throw new FontException($"Font '{path}' does not exist. {Choices}");
        return Family(path);
    }

    /// <summary>The family of a file that is there.</summary>
    /// <exception cref="FontException">The file is damaged, or not a font.</exception>
    public static FontFamily Family(string path)
    {
        var fonts = ShapingFont.ReadFile(path);
        var regular = fonts.FirstOrDefault(f => f is { IsBold: false, IsItalic: false }) ?? fonts[0];
        return new FontFamily(regular, new Lazy<ShapingFont?>(() =>
            regular.IsBold ? regular : fonts.FirstOrDefault(f => IsBoldOf(f, regular)) ?? Companion(path, regular)));
    }

    /// <summary>Whether a font is the bold one of a regular one.</summary>
    public static bool IsBoldOf(ShapingFont bold, ShapingFont regular) =>
        bold.IsBold && bold != regular && bold.IsItalic == regular.IsItalic && bold.Program.Family == regular.Program.Family;

    private static ShapingFont? Companion(string path, ShapingFont regular)
    {
        string folder = Path.GetDirectoryName(Path.GetFullPath(path))!, stem = Path.GetFileNameWithoutExtension(path),
            kind = Path.GetExtension(path);
        foreach (var name in (string[])[stem.Replace("Regular", "Bold"), stem + "-Bold", stem + "bd", stem + "b", stem + " Bold"])
        {
            string candidate = Path.Combine(folder, name + kind);
            if (name == stem || !File.Exists(candidate))
                continue;
            try
            {
                if (ShapingFont.ReadFile(candidate).FirstOrDefault(f => IsBoldOf(f, regular)) is { } bold)
                    return bold;
            }
            catch (FontException)
            {
                // A damaged companion: the regular font, thickened, stands in.
            }
        }
        return null;
    }
}
