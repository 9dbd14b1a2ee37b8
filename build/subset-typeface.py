#!/usr/bin/env python3
"""Makes the embedded typeface (Explain.Render/Text/Fonts) from Noto Sans; the signs that it lacks come from Noto Sans Math and Noto Sans Symbols 2.

    build/subset-typeface.py FOLDER    where NotoSans-Regular.ttf, NotoSans-Bold.ttf, NotoSansMath-Regular.ttf and NotoSansSymbols2-Regular.ttf lie

Needs fonttools and brotli. The same fonts give the same files.
"""
import os
import sys

os.environ["SOURCE_DATE_EPOCH"] = "1640995200"  # The date in the files; else that of making them.

from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

FAMILY = "Explain Sans"
# Letters with accents beyond these are put together from letter and mark, which HarfBuzz and browsers do by themselves.
RANGES = [
    (0x20, 0x7E), (0xA0, 0x17F), (0x192, 0x192), (0x218, 0x21B), (0x237, 0x237), (0x2B0, 0x2B8), (0x2C6, 0x2C7), (0x2D8, 0x2DD),
    (0x2E0, 0x2E4), (0x300, 0x315), (0x31B, 0x31B), (0x323, 0x331), (0x386, 0x3CE), (0x3D1, 0x3D1), (0x3D5, 0x3D6), (0x3F0, 0x3F1),
    (0x3F5, 0x3F5), (0x400, 0x45F), (0x490, 0x491), (0x1D40, 0x1D40), (0x1D43, 0x1D43), (0x1D47, 0x1D49), (0x1D4F, 0x1D50),
    (0x1D52, 0x1D52), (0x1D56, 0x1D58), (0x1D5B, 0x1D5B), (0x1D62, 0x1D65), (0x1E9E, 0x1E9E), (0x2000, 0x2027), (0x202F, 0x205F),
    (0x2070, 0x209C), (0x20A0, 0x20BF), (0x2116, 0x2116), (0x2122, 0x2122), (0x2126, 0x2126), (0x2150, 0x215E), (0x2C7C, 0x2C7C),
    (0xFFFD, 0xFFFD),
]
# Signs of mathematics, arrows and marks of charts.
SIGNS = (
    "←↑→↓↔↕↦⇐⇒⇔∀∂∃∅∆∇∈∉∋∏∐∑−∓∗∘∙√∝∞∠∥∧∨∩∪∫∼≃≅≈≠≡≤≥≪≫⊂⊃⊆⊇⊕⊖⊗⊙⊤⊥⋅⋆⋮⋯⋱⌈⌉⌊⌋"
    "ℓℕℝℤℂ⟦⟧⟨⟩■□▪▫▲△▶▷▼▽◀◁◆◇○●◦★☆✓✔✕✗✘❚"
)


def subset(font):
    options = Options()
    options.layout_features = ["ccmp", "locl", "kern", "mark", "mkmk", "liga", "tnum", "case"]
    options.hinting = False
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14]
    options.name_languages = [0x409]
    options.notdef_outline = True
    options.drop_tables += ["DSIG", "MATH", "STAT", "meta"]
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=[c for first, last in RANGES for c in range(first, last + 1)] + [ord(c) for c in SIGNS])
    subsetter.subset(font)


def borrow(font, others):
    """Copies outlines, advances and places in the character map of signs that the font lacks."""
    present = font.getBestCmap()
    for sign in SIGNS:
        if ord(sign) in present:
            continue
        other = next((o for o in others if ord(sign) in o.getBestCmap()), None)
        if other is None:
            print(f"{sign} U+{ord(sign):04X} is in none of the fonts")
            continue
        scale = font["head"].unitsPerEm / other["head"].unitsPerEm
        assert scale == 1, "the fonts have different ems"
        source = other.getBestCmap()[ord(sign)]
        recording = DecomposingRecordingPen(other.getGlyphSet())
        other.getGlyphSet()[source].draw(recording)
        pen = TTGlyphPen(None)
        recording.replay(pen)
        name = f"uni{ord(sign):04X}"
        font["glyf"][name] = pen.glyph()
        font["hmtx"][name] = other["hmtx"][source]
        for table in font["cmap"].tables:
            if table.isUnicode():
                table.cmap[ord(sign)] = name


def rename(font, style):
    names = {1: FAMILY, 2: style, 3: f"{FAMILY} {style}", 4: f"{FAMILY} {style}", 6: f"{FAMILY.replace(' ', '')}-{style}"}
    for record in font["name"].names:
        if record.nameID in names:
            record.string = names[record.nameID]
    font["name"].names = [record for record in font["name"].names if record.nameID not in (16, 17, 21, 22, 25)]


def main(folder):
    here = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "Explain.Render", "Text", "Fonts")
    others = [TTFont(os.path.join(folder, name)) for name in ("NotoSansMath-Regular.ttf", "NotoSansSymbols2-Regular.ttf")]
    for style in ("Regular", "Bold"):
        font = TTFont(os.path.join(folder, f"NotoSans-{style}.ttf"), recalcTimestamp=False)
        subset(font)
        borrow(font, others)
        rename(font, style)
        target = os.path.join(here, f"ExplainSans-{style}")
        font.save(target + ".ttf")
        font.flavor = "woff2"
        font.save(target + ".woff2")
        print(style, os.path.getsize(target + ".ttf"), os.path.getsize(target + ".woff2"))


if __name__ == "__main__":
    main(sys.argv[1])
