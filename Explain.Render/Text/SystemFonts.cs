
namespace Explain.Render;

/// <summary>
/// Finds a good sans-serif among the fonts of the machine. Files are known by their names, so that only the chosen two are opened. Damaged
/// files are passed over.
/// </summary>
public static class SystemFonts
{
    private const int MaxFiles = 50_000;

    // In order of preference: names of the regular and the bold file, without extension. For collections (.ttc) both are the same.
    private static readonly (string Regular, string Bold)[] Preferred =
    [
        ("Inter-Regular", "Inter-Bold"),
        ("SourceSans3-Regular", "SourceSans3-Bold"),
        ("SourceSansPro-Regular", "SourceSansPro-Bold"),
        ("NotoSans-Regular", "NotoSans-Bold"),
        ("OpenSans-Regular", "OpenSans-Bold"),
        ("DejaVuSans", "DejaVuSans-Bold"),
        ("LiberationSans-Regular", "LiberationSans-Bold"),
        ("segoeui", "segoeuib"),
        ("HelveticaNeue", "HelveticaNeue"),
        ("Helvetica", "Helvetica"),
        ("Arial", "Arial Bold"),
        ("arial", "arialbd"),
        ("Arimo-Regular", "Arimo-Bold"),
        ("Roboto-Regular", "Roboto-Bold"),
        ("Lato-Regular", "Lato-Bold"),
        ("FreeSans", "FreeSansBold"),
    ];

    /// <summary>The folders of this platform that hold fonts, the user's own first.</summary>
    public static IReadOnlyList<string> Folders()
    {
        string home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        if (OperatingSystem.IsWindows())
        {
            string local = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData);
            return [Path.Combine(local, "Microsoft", "Windows", "Fonts"), Environment.GetFolderPath(Environment.SpecialFolder.Fonts)];
        }
        if (OperatingSystem.IsMacOS())
            return [Path.Combine(home, "Library", "Fonts"), "/Library/Fonts", "/System/Library/Fonts"];
        string data = Environment.GetEnvironmentVariable("XDG_DATA_HOME") is { Length: > 0 } set ? set
            : Path.Combine(home, ".local", "share");
        return [Path.Combine(data, "fonts"), Path.Combine(home, ".fonts"), "/usr/local/share/fonts", "/usr/share/fonts"];
    }

    /// <summary>The first family of the list that the machine has, with its bold; null where it has none.</summary>
    public static ITypeface? Find() => Find(Folders());

    internal static ITypeface? Find(IReadOnlyList<string> folders)
    {
        var files = new Dictionary<string, string>();
        foreach (var path in Files(folders))
            files.TryAdd(Path.GetFileNameWithoutExtension(path), path);
        foreach (var (regularName, boldName) in Preferred)
        {
            if (!files.TryGetValue(regularName, out var path))
                continue;
            try
            {
                var fonts = ShapingFont.ReadFile(path);
                if (fonts.FirstOrDefault(f => f is { IsBold: false, IsItalic: false }) is not { } regular)
                    continue;
                var others = boldName == regularName ? fonts
                    : files.TryGetValue(boldName, out var boldPath) ? ShapingFont.ReadFile(boldPath)
                    : [];
                var bold = others.FirstOrDefault(f => FontFiles.IsBoldOf(f, regular));
                return new Typeface(new FontFamily(regular, new Lazy<ShapingFont?>(bold)), new FontFallback(folders));
            }
            catch (FontException)
            {
                // Damaged: the next family.
            }
        }
        return null;
    }

    /// <summary>
    /// The place of a file name, without extension, among the regular faces of the preferred families; −1 where it is none.
    /// </summary>
    internal static int Preference(string name) => Array.FindIndex(Preferred, family => family.Regular == name);

    /// <summary>
    /// All font files below the folders, one folder after the other, each in the order of their paths: file systems list them in an order
    /// of their own.
    /// </summary>
    internal static IReadOnlyList<string> Files(IReadOnlyList<string> folders)
    {
        var files = new List<string>();
        var options = new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = true, MaxRecursionDepth = 6 };
        foreach (var folder in folders.Where(Directory.Exists))
        {
            files.AddRange(
                Directory.EnumerateFiles(folder, "*", options).Take(MaxFiles)
                    .Where(path => Path.GetExtension(path).ToLowerInvariant() is ".ttf" or ".ttc" or ".otf" or ".otc")
                    .Order(StringComparer.Ordinal));
        }
        return files;
    }
}
