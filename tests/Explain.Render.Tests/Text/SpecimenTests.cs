namespace Explain.Render.Tests.Text;

public class SpecimenTests
{
    [Fact]
    public void The_built_in_font_looks_as_it_did() => Golden.MatchPng("specimen", Canvases.Png.Encode(Specimen.Make()));
}
