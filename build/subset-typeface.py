#!/usr/bin/env python3
"""Makes the typeface of figures, Explain.Render/Text/Fonts, from the families it is put together from.

usage: build/subset-typeface.py --text REGULAR BOLD --signs REGULAR BOLD --mathematics FILE --symbols FILE [--out FOLDER]

  --text         Noto Sans: letters, figures, punctuation, with their marks and kerning
  --signs        Open Sans, drawn with the same measures: the comparisons and sums that Noto Sans leaves to its sister for mathematics
  --mathematics  Noto Sans Math: arrows, operators, brackets, shapes
  --symbols      Noto Sans Symbols 2: what is still missing
  --out          where to write; by default Explain.Render/Text/Fonts

All are static TrueType fonts under the SIL Open Font License 1.1. Explain.Render/Text/Fonts/README.md says which versions and where they
are from.
Needs fontTools 4.38 or later (Debian: python3-fonttools). The same files and versions give the same bytes.
"""

import argparse
import pathlib
import sys

from fontTools import subset
from fontTools.otlLib.optimize import compact
from fontTools.pens.boundsPen import BoundsPen
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.pens.transformPen import TransformPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont, newTable
from fontTools.ttLib.tables import otTables

FAMILY = "Explain Sans"
FILE = "ExplainSans"
VERSION = "1.000"

# Letters and punctuation, from the text family alone: what it lacks of these is left out.
TEXT = [
    (0x0020, 0x007E), (0x00A0, 0x017F),                                             # Latin: Basic, Latin-1, Extended-A
    (0x0186, 0x0186), (0x018E, 0x0190), (0x0192, 0x0192), (0x01A0, 0x01A1), (0x01AF, 0x01B0),
    (0x01CD, 0x01DD), (0x01E6, 0x01E9), (0x01F8, 0x01FF), (0x0218, 0x021B), (0x0237, 0x0237),
    (0x0254, 0x0254), (0x0259, 0x0259), (0x025B, 0x025B),                           # of Extended-B: pinyin, Romanian, West African
    (0x1E80, 0x1E99), (0x1E9E, 0x1E9E), (0x1EA0, 0x1EF9),                           # of Extended Additional: ẋ, Welsh, Vietnamese
    (0x02B0, 0x02B0), (0x02B2, 0x02B3), (0x02B7, 0x02B9), (0x02BB, 0x02BC), (0x02C6, 0x02C9), (0x02D8, 0x02DD), (0x02E1, 0x02E3),
    (0x0300, 0x0312), (0x031B, 0x031B), (0x0323, 0x0338),                           # combining marks
    (0x0370, 0x0377), (0x037A, 0x037F), (0x0384, 0x03E1), (0x03F0, 0x03F6),         # Greek
    (0x0400, 0x045F), (0x0490, 0x0493), (0x0496, 0x049B), (0x04A2, 0x04A3), (0x04AE, 0x04B3), (0x04B6, 0x04B7), (0x04BA, 0x04BB),
    (0x04CF, 0x04CF), (0x04D8, 0x04D9), (0x04E2, 0x04E3), (0x04E8, 0x04E9), (0x04EE, 0x04EF),   # Cyrillic, with Kazakh, Tatar, Tajik
    (0x1D40, 0x1D40), (0x1D43, 0x1D43), (0x1D47, 0x1D49), (0x1D4D, 0x1D4D), (0x1D4F, 0x1D50), (0x1D52, 0x1D52), (0x1D56, 0x1D58),
    (0x1D5B, 0x1D5B), (0x1D62, 0x1D65),                                             # raised and lowered letters
    (0x2070, 0x209C), (0x2C7C, 0x2C7C),                                             # superscripts and subscripts
    # Punctuation, ohm and ångström, fractions, ligatures.
    (0x2000, 0x2027), (0x202F, 0x205F), (0x2126, 0x2126), (0x212B, 0x212B), (0x2150, 0x215E), (0xFB00, 0xFB04), (0xFFFD, 0xFFFD),
    *((code, code) for code in map(ord, "₡₣₤₦₩₪₫€₭₱₲₴₵₸₹₺₼₽₿")),                    # currencies
]

# Signs, from the first family that has them.
SIGNS = (
    "ℂℎℏℓℕ№ℙℚℝ™ℤΩ℮ℵ"
    "←↑→↓↔↕↖↗↘↙↦↩↪↺↻⇐⇑⇒⇓⇔"
    "∀∂∃∄∅∆∇∈∉∋∏∐∑−∓∕∖∗∘∙√∛∜∝∞∟∠∡∣∤∥∦∧∨∩∪∫∬∮∴∵∶∷∼≃≅≈≉≔≜≠≡≢≤≥≦≧≪≫≮≯≲≳⊂⊃⊄⊅⊆⊇⊈⊉⊊⊋⊕⊖⊗⊘⊙⊢⊣⊤⊥⊨⋀⋁⋂⋃⋄⋅⋆⋮⋯⋰⋱"
    "⌀⌈⌉⌊⌋⟦⟧⟨⟩⟪⟫"
    "▀▄█▌▐"
    "■□▢▣▪▫▬▭▮▯▲△▴▵▶▷▸▹►▼▽▾▿◀◁◂◃◄◆◇◈◉◊○◎●◐◑◒◓◔◕◦"
    "★☆☐☑☒♠♣♥♦♩♪♫✓✔✕✖✗✘❘❙❚❮❯➔"
)

# Shapes that are filled, and therefore as they are in bold.
FILLED = set("▀▄█▌▐■▪▬▮▲▴▶▸►▼▾◀◂◄◆●★♠♣♥♦✔✖✘❘❙❚")

# Formatting characters: no shape, no width.
SHAPELESS = [*range(0x200B, 0x2010), *range(0x2028, 0x202F), *range(0x2060, 0x2070), 0xFEFF]

# Figures are tabular and lining as they are.
FEATURES = ["ccmp", "locl", "mark", "mkmk", "kern", "liga", "sups", "subs"]

# Letters that bear hats and bars in formulas, though no language has them so: Noto Sans does not say where.
BARE = "ΓΔΛΞΠΣΦΨβγδζθλμνξπςστφχψ"
HAT = 0x0302

# Height of the axis on which + and − lie: as the text family draws them, and as the mathematical one does.
TEXT_AXIS, MATHEMATICAL_AXIS = 352, 278
NEAR = 30

# Half of what the stem of l (88 units) and the bar of + (71) gain from regular to bold (151, 107): Noto Sans Math has no bold of its own.
# Upright strokes gain a little less, because signs are narrower inside than letters.
THICKEN = (26, 18)

# How far tables of kerning are split into smaller ones: the most.
PACKING = 9


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter, usage=argparse.SUPPRESS)
    arguments.add_argument("--text", nargs=2, required=True)
    arguments.add_argument("--signs", nargs=2, required=True)
    arguments.add_argument("--mathematics", required=True)
    arguments.add_argument("--symbols", required=True)
    arguments.add_argument("--out", default=pathlib.Path(__file__).parent.parent / "Explain.Render/Text/Fonts", type=pathlib.Path)
    given = arguments.parse_args()
    for at, style in enumerate(("Regular", "Bold")):
        font = cut(given.text[at])
        donors = [Donor(given.signs[at]), Donor(given.mathematics, mathematical=True), Donor(given.symbols)]
        lacking = add_signs(font, donors, bold=style == "Bold")
        add_shapeless(font)
        font["OS/2"].recalcUnicodeRanges(font)
        compact(font, PACKING)
        name(font, style, [given.text[at], given.signs[at], given.mathematics, given.symbols])
        path = given.out / f"{FILE}-{style}.ttf"
        font.save(path)
        print(f"{path.name}: {path.stat().st_size:,} bytes, {len(font.getBestCmap())} characters")
        if lacking:
            print(f"  none of the families has {lacking}", file=sys.stderr)


def cut(path: str) -> TTFont:
    """The text family without what figures do not need."""
    options = subset.Options()
    options.layout_features = FEATURES
    options.hinting = False
    options.glyph_names = False
    options.notdef_outline = True
    options.name_IDs = ["*"]
    options.drop_tables += ["STAT", "DSIG", "meta"]
    options.recalc_timestamp = False
    font = subset.load_font(path, options)
    add_anchors(font)
    signs = {ord(sign) for sign in SIGNS}
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=signs | {code for first, last in TEXT for code in range(first, last + 1)})
    cutter.subset(font)
    return font


def add_anchors(font: TTFont) -> None:
    """Says where a mark above a Greek letter goes: over its middle, as far from its top as over the letters that have a place for it."""
    characters, outlines = font.getBestCmap(), font["glyf"]
    for lookup in font["GPOS"].table.LookupList.Lookup:
        for table in (getattr(part, "ExtSubTable", part) for part in lookup.SubTable):
            if type(table).__name__ != "MarkBasePos" or characters[HAT] not in table.MarkCoverage.glyphs:
                continue
            above = table.MarkArray.MarkRecord[table.MarkCoverage.glyphs.index(characters[HAT])].Class
            bases = dict(zip(table.BaseCoverage.glyphs, table.BaseArray.BaseRecord))
            if characters[ord("x")] not in bases:
                continue
            lower = bases[characters[ord("x")]].BaseAnchor[above].YCoordinate
            for glyph in (characters[ord(letter)] for letter in BARE):
                record = bases.get(glyph)
                if record is None:
                    record = bases[glyph] = otTables.BaseRecord()
                    record.BaseAnchor = [None] * table.ClassCount
                if record.BaseAnchor[above] is None:
                    shape, anchor = outlines[glyph], otTables.Anchor()
                    # A round letter passes the line by some units: the mark stays on the line.
                    top = lower if shape.yMax - lower < NEAR else shape.yMax
                    anchor.Format, anchor.XCoordinate, anchor.YCoordinate = 1, (shape.xMin + shape.xMax) // 2, top
                    record.BaseAnchor[above] = anchor
            table.BaseCoverage.glyphs = sorted(bases, key=font.getGlyphID)
            table.BaseArray.BaseRecord = [bases[glyph] for glyph in table.BaseCoverage.glyphs]
            table.BaseArray.BaseCount = len(bases)


class Donor:
    """A family that signs are copied from."""

    def __init__(self, path: str, mathematical: bool = False):
        font = TTFont(path)
        self.mathematical = mathematical
        self.characters = font.getBestCmap()
        self.glyphs = font.getGlyphSet()
        self.units = font["head"].unitsPerEm

    def copy(self, code: int, units: int, thicken: tuple[int, int] | None):
        """Outline and advance of a character, in units of another em."""
        source = self.glyphs[self.characters[code]]
        scale = units / self.units
        drawn = DecomposingRecordingPen(self.glyphs)
        source.draw(drawn)
        bounds = BoundsPen(self.glyphs)
        source.draw(bounds)
        raised = 0
        if self.mathematical and bounds.bounds and abs((bounds.bounds[1] + bounds.bounds[3]) / 2 * scale - MATHEMATICAL_AXIS) < NEAR:
            raised = TEXT_AXIS - MATHEMATICAL_AXIS
        outline = TTGlyphPen(None)
        drawn.replay(TransformPen(outline, (scale, 0, 0, scale, 0, raised)))
        glyph = outline.glyph()
        advance = round(source.width * scale)
        if thicken and glyph.numberOfContours > 0:
            embolden(glyph, *thicken)
            advance += 2 * thicken[0]
        return glyph, advance


def add_signs(font: TTFont, donors: list[Donor], bold: bool) -> str:
    """Adds the signs that the text family lacks, and says which no family has."""
    present, lacking = font.getBestCmap(), ""
    for sign in SIGNS:
        code = ord(sign)
        if code in present:
            continue
        donor = next((donor for donor in donors if code in donor.characters), None)
        if donor is None:
            lacking += sign
            continue
        drawn_bold = donor is donors[0] or sign in FILLED
        glyph, advance = donor.copy(code, font["head"].unitsPerEm, THICKEN if bold and not drawn_bold else None)
        add(font, code, f"uni{code:04X}", glyph, advance)
    return lacking


def add_shapeless(font: TTFont) -> None:
    for code in SHAPELESS:
        if code not in font.getBestCmap():
            add(font, code, f"uni{code:04X}", TTGlyphPen(None).glyph(), 0)


def add(font: TTFont, code: int, name: str, glyph, advance: int) -> None:
    order = font.getGlyphOrder()
    if name not in font["glyf"].glyphs:
        font.setGlyphOrder([*order, name])
        font["glyf"].glyphOrder = font.getGlyphOrder()
        font["glyf"].glyphs[name] = glyph
    glyph.recalcBounds(font["glyf"])
    font["hmtx"].metrics[name] = (advance, getattr(glyph, "xMin", 0))
    for table in font["cmap"].tables:
        if table.isUnicode():
            table.cmap[code] = name


def embolden(glyph, across: int, up: int) -> None:
    """Moves every point outwards, along the bisector of the edges that meet there, and the whole to the right.

    Going along an outline, what is filled lies on the right.
    """
    points, moved, start = glyph.coordinates, [], 0
    for end in glyph.endPtsOfContours:
        contour = [points[i] for i in range(start, end + 1)]
        start = end + 1
        count = len(contour)
        for i, (x, y) in enumerate(contour):
            before = next((d for k in range(1, count) if (d := direction(contour[i - k], (x, y)))), (0, 0))
            after = next((d for k in range(1, count) if (d := direction((x, y), contour[(i + k) % count]))), (0, 0))
            # Both edges move by the same, so a sharp corner moves further than they do, though at most twice as far.
            further = 1 / max(1 + before[0] * after[0] + before[1] * after[1], 0.5)
            outwards = -(before[1] + after[1]) * further, (before[0] + after[0]) * further
            moved.append((round(x + across * (1 + outwards[0])), round(y + up * outwards[1])))
    for i, point in enumerate(moved):
        points[i] = point


def direction(a, b):
    x, y = b[0] - a[0], b[1] - a[1]
    length = (x * x + y * y) ** 0.5
    return (x / length, y / length) if length else None


def name(font: TTFont, style: str, sources: list[str]) -> None:
    """Names of its own in every record, since what bears the names of others is to be what they made."""
    read = [TTFont(path)["name"] for path in sources]
    said = [" ".join(filter(None, (names.getDebugName(1) if names.getDebugName(16) is None else names.getDebugName(16),
                                   (names.getDebugName(5) or "").split(";")[0].replace("Version ", "")))) for names in read]
    copyrights = list(dict.fromkeys(names.getDebugName(0).strip() for names in read))
    table = font["name"] = newTable("name")
    table.names = []
    records = {
        0: "; ".join(copyrights),
        1: FAMILY,
        2: style,
        3: f"{VERSION};{FILE}-{style}",
        4: FAMILY if style == "Regular" else f"{FAMILY} {style}",
        5: f"Version {VERSION}",
        6: f"{FILE}-{style}",
        10: f"A subset of {said[0]}, with signs of {', '.join(said[1:])}.",
        13: read[0].getDebugName(13),
        14: read[0].getDebugName(14),
    }
    for identifier, text in records.items():
        if text:
            table.setName(text, identifier, 3, 1, 0x409)
    font["OS/2"].achVendID = "NONE"
    font["head"].fontRevision = float(VERSION)


if __name__ == "__main__":
    main()
