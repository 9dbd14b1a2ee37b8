using Explain.Core;

namespace Explain.Render.Tests.Text;

public sealed class SystemFontsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("fonts-").FullName;

    public void Dispose() => Directory.Delete(_folder, true);

    [Fact]
    public void It_takes_the_preferred_family_with_its_bold_and_passes_over_what_it_cannot_read()
    {
        Write("Arial.ttf", "Arial", 400);
        Write("sub/OpenSans-Regular.ttf", "Open Sans", 400);
        Write("sub/OpenSans-Bold.ttf", "Open Sans", 700, capHeight: 510);
        File.WriteAllBytes(Path.Combine(_folder, "Inter-Regular.otf"), "OTTO\0\0"u8.ToArray()); // Preferred, but damaged.
        var found = SystemFonts.Find([Path.Combine(_folder, "nowhere"), _folder]).ShouldNotBeNull();
        found.Family.ShouldBe("Open Sans");
        // A real bold face: as wide as the regular one here, where a thickened one would be wider.
        found.Measure("A", 100, FontWeight.Bold).ShouldBe(70, 1e-9);
    }

    [Fact]
    public void Where_there_is_none_it_says_so()
    {
        SystemFonts.Find([_folder]).ShouldBeNull();
        SystemFonts.Find([]).ShouldBeNull();
    }

    [Fact]
    public void A_file_is_loaded_by_its_path_with_its_bold_companion()
    {
        string path = Write("Own-Regular.ttf", "Own", 400);
        Typeface.Load(path).Measure("A", 100, FontWeight.Bold).ShouldBeGreaterThan(70);
        Write("Own-Bold.ttf", "Another family", 700);
        Typeface.Load(path).Measure("A", 100, FontWeight.Bold).ShouldBeGreaterThan(70);
        Write("Own-Bold.ttf", "Own", 700);
        Typeface.Load(path).Measure("A", 100, FontWeight.Bold).ShouldBe(70, 1e-9);
        Typeface.Load(path).Family.ShouldBe("Own");
    }

    [Fact]
    public void Faces_of_a_collection_are_told_apart_by_weight()
    {
        byte[] regular = Font("Pair", 400).Bytes(), bold = Font("Pair", 700).Bytes();
        // The header of a collection before the two fonts, whose tables are then found at shifted offsets.
        byte[] header =
        [
            .. "ttcf"u8,
            .. TinyFont.Long(0x00010000),
            .. TinyFont.Long(2),
            .. TinyFont.Long(20),
            .. TinyFont.Long(20 + (uint)regular.Length),
        ];
        string path = Path.Combine(_folder, "Helvetica.ttc");
        File.WriteAllBytes(path, [.. header, .. Shifted(regular, 20), .. Shifted(bold, 20 + (uint)regular.Length)]);
        ShapingFont.ReadFile(path).Select(f => f.IsBold).ShouldBe([false, true]);
        SystemFonts.Find([_folder]).ShouldNotBeNull().Measure("A", 100, FontWeight.Bold).ShouldBe(70, 1e-9);
    }

    [Fact]
    public void Names_other_than_files_are_system_and_builtin()
    {
        Typeface.Load("builtin").ShouldBeSameAs(Typeface.BuiltIn);
        Typeface.Load(null).ShouldBeSameAs(Typeface.Default);
        Typeface.Load("system").Measure("A", 10).ShouldBeGreaterThan(0);
        string missing = Path.Combine(_folder, "none.ttf");
        Should.Throw<FontException>(() => Typeface.Load(missing))
            .Message.ShouldBe(
                $"Font '{missing}' does not exist. Give the path of a .ttf, .otf, .ttc or .otc file, \"system\" or \"builtin\".");
        string text = Path.Combine(_folder, "text.ttf");
        File.WriteAllText(text, "this is no font at all");
        Should.Throw<FontException>(() => Typeface.Load(text))
            .Message.ShouldBe($"Font '{text}' is damaged or not a font. Give a .ttf, .otf, .ttc or .otc file.");
        File.WriteAllText(text, "wOF2 and what follows it");
        Should.Throw<FontException>(() => Typeface.Load(text)).Message.ShouldContain("is damaged or not a font");
        Should.Throw<FontException>(() => Typeface.Load(_folder))
            .Message.ShouldBe(
                $"Font '{_folder}' is a folder. Give the path of a .ttf, .otf, .ttc or .otc file, \"system\" or \"builtin\".");
    }

    private static byte[] Shifted(byte[] font, uint by)
    {
        byte[] moved = [.. font];
        int tables = (moved[4] << 8) | moved[5];
        for (int i = 0; i < tables; i++)
        {
            var at = moved.AsSpan(12 + (16 * i) + 8, 4);
            System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(
                at, System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(at) + by);
        }
        return moved;
    }

    private static TinyFont Font(string family, int weight, int capHeight = 500)
    {
        var font = new TinyFont();
        font.Tables["name"] = TinyFont.Name((1, family), (2, weight >= 600 ? "Bold" : "Regular"));
        font.Tables["OS/2"] = TinyFont.Os2(weight, capHeight);
        return font;
    }

    private string Write(string name, string family, int weight, int capHeight = 500)
    {
        string path = Path.Combine(_folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, Font(family, weight, capHeight).Bytes());
        return path;
    }
}
