namespace Explain.Render.Tests.Text;

/// <summary>
/// A sheet of the built-in font: every kind of character at the sizes that figures set, regular and bold, and at a size at which a
/// drawing's faults show.
/// </summary>
internal static class Specimen
{
    private const double Margin = 16, Width = 1180;
    private static readonly Color Ink = Color.FromRgb(0x000000), Pale = Color.FromRgb(0xD0D0D0);

    private static readonly string[] Alphabets =
    [
        "ABCDEFGHIJKLMNOPQRSTUVWXYZ abcdefghijklmnopqrstuvwxyz 0123456789",
        "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~ ¡¢£¤¥¦§¨©ª«¬®¯°±²³´µ¶·¸¹º»¼½¾¿",
        "ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖ×ØÙÚÛÜÝÞß àáâãäåæçèéêëìíîïðñòóôõö÷øùúûüýþÿ",
        "ΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩ αβγδεζηθικλμνξοπρςστυφχψω",
        "x⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾ⁿ x₀₁₂₃₄₅₆₇₈₉₊₋₍₎ₙᵢₓ 1/2 1⁄2 ½ ¼ ¾ ⅓ ⅔ ‰ %",
        "− × ÷ ± ≈ ≤ ≥ ≠ ∞ Σ ∂ Δ √ · … – — → ← ↑ ↓ ° µ ⟨ ⟩ ‖ ∈ ∇ ∑ ∏ ∫ ‘a’ “b” • ■ ○ ● ✓ ✗",
    ];

    private static readonly string[] Words =
    [
        "Test accuracy 96.7 % after epoch 20, learning rate 3 × 10⁻⁵ ± 0.1; "
            + "cross-entropy loss, hidden layer of 128 units (ReLU), He normal",
        "AVATAR To Tr Te Type We Va Yo LT P. F, r, y. 1,234.50% 10⁻⁵ ΔW −η ∂L/∂W σ(x) = ½ (1 + tanh x/2) ‖∇L‖ ≤ ε μ ± σ x₀² f(x) "
            + "fi ff rn nn mm ill 0O1lI",
    ];

    public static Scene Make()
    {
        var nodes = new List<Node>();
        double y = Margin;
        foreach (var weight in Enum.GetValues<FontWeight>())
        {
            foreach (double size in new[] { 9.5, 11.5, 15 })
            {
                foreach (string line in Alphabets.Concat(Words))
                {
                    y += Math.Ceiling(size * 1.5);
                    nodes.Add(new TextNode(line, new Point(Margin, y), size, Ink, Weight: weight));
                }
                y += 12;
            }
        }
        foreach (var weight in Enum.GetValues<FontWeight>())
        {
            foreach (string line in Alphabets.SelectMany(all => Broken(all, 60, weight))
                .Concat(Words.SelectMany(all => Broken(all, 60, weight))))
            {
                y += 84;
                nodes.Add(new PathNode(PathData.Polyline([new(Margin, y), new(Width - Margin, y)]), null, new Stroke(Pale)));
                nodes.Add(new TextNode(line, new Point(Margin, y), 60, Ink, Weight: weight));
            }
            y += 20;
        }
        return new Scene(
            Width,
            y + 30,
            Color.FromRgb(0xFFFFFF),
            nodes,
            new SceneInfo { Title = "Specimen", AltText = "All characters of the built-in font." },
            TestFont.Face);
    }

    private static IEnumerable<string> Broken(string text, double size, FontWeight weight)
    {
        string line = "";
        foreach (var rune in text.EnumerateRunes())
        {
            if (Typeface.BuiltIn.Measure(line + rune, size, weight) > Width - (2 * Margin))
            {
                yield return line;
                line = "";
            }
            line += rune;
        }
        yield return line;
    }
}
