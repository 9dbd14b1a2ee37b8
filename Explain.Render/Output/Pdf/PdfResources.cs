using System.Text;

namespace Explain.Render;

/// <summary>What the content of a document refers to by name: fonts, states of the pen, gradients, images and groups; each once.</summary>
internal sealed class PdfResources(PdfFile file)
{
    private readonly Dictionary<string, string> _states = new(StringComparer.Ordinal);
    private readonly Dictionary<GradientPaint, string> _shadings = new(GradientComparer.Instance);
    private readonly List<(ITypeface Face, FontWeight Weight, PdfFont Font)> _fonts = [];
    private readonly List<ITypeface> _faces = [];
    private readonly StringBuilder _stateEntries = new();
    private readonly StringBuilder _shadingEntries = new();
    private readonly StringBuilder _objectEntries = new();
    private int _objects;

    /// <summary>The object that all content of the file shares.</summary>
    public int Number { get; } = file.Reserve();

    /// <summary>The name of a graphics state.</summary>
    public string State(string entries)
    {
        if (!_states.TryGetValue(entries, out string? name))
        {
            name = $"/G{_states.Count + 1}";
            _states.Add(entries, name);
            _stateEntries.Append($"{name} << {entries} >> ");
        }
        return name;
    }

    /// <summary>The name of a gradient's colours.</summary>
    public string Shading(GradientPaint gradient)
    {
        if (!_shadings.TryGetValue(gradient, out string? name))
        {
            name = $"/S{_shadings.Count + 1}";
            _shadings.Add(gradient, name);
            _shadingEntries.Append($"{name} {PdfGradient.Add(file, gradient, ofAlpha: false)} 0 R ");
        }
        return name;
    }

    /// <summary>A graphics state whose mask is a gradient's alpha, in the coordinates in which the state is set.</summary>
    public string Mask(GradientPaint gradient, Rect area)
    {
        string box = new StringBuilder().Box(area).ToString();
        int form = file.AddStream(
            $"/Type /XObject /Subtype /Form /BBox {box} /Group << /S /Transparency /CS /DeviceGray >> /Resources << /Shading << /A "
                + $"{PdfGradient.Add(file, gradient, ofAlpha: true)} 0 R >> >>", "/A sh"u8);
        return State($"/SMask << /Type /Mask /S /Luminosity /G {form} 0 R >>");
    }

    /// <summary>The name of an image or a group.</summary>
    public string Object(int number)
    {
        string name = $"/X{++_objects}";
        _objectEntries.Append($"{name} {number} 0 R ");
        return name;
    }

    /// <summary>The name of a font and the numbers of its glyphs.</summary>
    public (string Name, PdfFont Font) Font(ITypeface face, FontWeight weight)
    {
        if (!_faces.Contains(face))
            _faces.Add(face);
        int at = _fonts.FindIndex(f => ReferenceEquals(f.Face, face) && f.Weight == weight);
        if (at < 0)
        {
            at = _fonts.Count;
            _fonts.Add((face, weight, new PdfFont(face, weight)));
        }
        return (FontName(face, weight), _fonts[at].Font);
    }

    // "/FR" and "/FB" of the first typeface that is used, then "/FR2" and so on.
    private string FontName(ITypeface face, FontWeight weight) =>
        (weight == FontWeight.Bold ? "/FB" : "/FR") + (_faces.IndexOf(face) is var i and > 0 ? $"{i + 1}" : "");

    /// <summary>Writes the dictionary, once all content is known.</summary>
    public void Finish()
    {
        var fonts = new StringBuilder();
        foreach (var (face, weight, font) in _fonts.OrderBy(f => _faces.IndexOf(f.Face)).ThenBy(f => f.Weight))
            fonts.Append($"{FontName(face, weight)} {font.AddTo(file)} 0 R ");
        file.Set(
            Number,
            $"<< /Font << {fonts}>> /ExtGState << {_stateEntries}>> /Shading << {_shadingEntries}>> /XObject << {_objectEntries}>> >>");
    }

    /// <summary>Gradients that look the same are the same, also where their lists of stops are not.</summary>
    private sealed class GradientComparer : IEqualityComparer<GradientPaint>
    {
        public static GradientComparer Instance { get; } = new();

        public bool Equals(GradientPaint? x, GradientPaint? y) => (x, y) switch
        {
            (LinearGradient a, LinearGradient b) => a.From == b.From && a.To == b.To && a.Stops.SequenceEqual(b.Stops),
            (RadialGradient a, RadialGradient b) => a.Center == b.Center && a.Radius.Equals(b.Radius) && a.Stops.SequenceEqual(b.Stops),
            _ => ReferenceEquals(x, y),
        };

        public int GetHashCode(GradientPaint gradient)
        {
            var hash = default(HashCode);
            foreach (var stop in gradient.Stops)
                hash.Add(stop);
            return hash.ToHashCode();
        }
    }
}
