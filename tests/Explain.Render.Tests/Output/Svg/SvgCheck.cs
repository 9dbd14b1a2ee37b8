using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Explain.Render.Tests;

/// <summary>What must hold for every SVG document.</summary>
internal static partial class SvgCheck
{
    /// <summary>
    /// Fails unless the document is well-formed XML with a title, its ids are its own, references find what they name before they are used,
    /// and sizes are positive numbers.
    /// </summary>
    public static XElement IsSound(string document, string what) => IsSound(XDocument.Parse(document).Root!, what);

    public static XElement IsSound(XElement root, string what)
    {
        XNamespace svg = "http://www.w3.org/2000/svg";
        root.Name.ShouldBe(svg + "svg", what);
        root.Element(svg + "title")!.Value.ShouldNotBeNullOrWhiteSpace(what);
        var known = new HashSet<string>(StringComparer.Ordinal);
        foreach (var element in root.Descendants())
        {
            if ((string?)element.Attribute("id") is { } id)
                known.Add(id).ShouldBeTrue($"{what}: two elements have the id {id}");
            foreach (var attribute in element.Attributes())
            {
                var reference = Reference().Match(attribute.Value);
                if (reference.Success
                    && (attribute.Name.LocalName == "href" || attribute.Value.StartsWith("url(", StringComparison.Ordinal)))
                    known.ShouldContain(reference.Groups["id"].Value, $"{what}: {attribute}");
                if (attribute.Name.LocalName is "d" or "x" or "y" or "width" or "height" or "transform" or "textLength")
                    (attribute.Value.Contains("NaN", StringComparison.Ordinal) || attribute.Value.Contains('∞'))
                        .ShouldBeFalse($"{what}: {attribute}");
            }
            if ((string?)element.Attribute("textLength") is { } length)
                double.Parse(length, CultureInfo.InvariantCulture).ShouldBeGreaterThan(0, $"{what}: {element}");
        }
        foreach (string named in (string[])["aria-labelledby", "aria-describedby"])
        {
            if ((string?)root.Attribute(named) is { } id)
                known.ShouldContain(id, what);
        }
        return root;
    }

    [GeneratedRegex("^(url\\()?#(?<id>[A-Za-z0-9-]+)\\)?$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Reference();
}
