"""Make templates/fonts from a folder of full Noto Sans fonts: python tools/fonts.py FOLDER."""

import argparse
import json
from pathlib import Path

from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

HERE = Path(__file__).resolve().parents[1] / "templates" / "fonts"
FACES = ("Regular", "Italic", "Bold", "BoldItalic")
MATHS, ARROWS, SHAPES = "−≤≥≠≈", "←↑→↓", "●○◆▲▼✓☐"
# Noto keeps these out of Noto Sans, and reports need them: a result reads "≥ 2", an amount "−3". Its sister
# fonts draw them on the same grid; Noto Sans Math has no bold, and none of them an italic.
SISTERS = {
    (MATHS, "Regular"): "NotoSansMath-Regular",
    (MATHS, "Bold"): "NotoSansMono-Bold",
    (ARROWS, "Regular"): "NotoSansSymbols-Regular",
    (ARROWS, "Bold"): "NotoSansSymbols-Bold",
    (SHAPES, "Regular"): "NotoSansSymbols2-Regular",
    (SHAPES, "Bold"): "NotoSansSymbols2-Regular",
}
PRINT = [
    *range(0x0020, 0x0530),  # Latin, phonetic letters, combining marks, Greek, Cyrillic
    *range(0x1C80, 0x1C90),  # more Cyrillic
    *range(0x1E00, 0x2150),  # Latin for Vietnamese, polytonic Greek, punctuation, currencies, letterlike
    *range(0x2150, 0x2800),  # number forms, arrows, mathematics, shapes
    *range(0x2C60, 0x2C80),  # Latin Extended-C
    *range(0x2DE0, 0x2E80),  # Cyrillic marks, more punctuation
    *range(0xA640, 0xA6A0),  # more Cyrillic
    *range(0xA720, 0xA800),  # Latin Extended-D
    *range(0xAB30, 0xAB70),  # Latin Extended-E
    *range(0xFB00, 0xFB07),  # ligatures
    *range(0xFE20, 0xFE30),  # combining half marks
    0xFFFD,
]
PAGE = [*range(0x20, 0x7F), *range(0xA0, 0x180), *map(ord, "‐‑–—‘’‚“”„†‡•…‰′″‹›€₫₹™" + MATHS + ARROWS + SHAPES)]
PRINT_FEATURES = ["ccmp", "locl", "kern", "liga", "mark", "mkmk", "lnum", "onum", "pnum", "tnum", "zero", "case"]
PRINT_FEATURES += ["frac", "numr", "dnom", "ordn", "sups", "subs"]
PAGE_FEATURES = ["ccmp", "locl", "kern", "liga", "mark", "lnum", "tnum"]


def main() -> None:
    """Make every face, for print and for pages."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="where NotoSans-Regular.ttf and its sister fonts are")
    make(parser.parse_args().folder, HERE)


def make(source: Path, target: Path, faces: tuple[str, ...] = FACES) -> None:
    """A TTF a face into `target`, a WOFF2 into `target/web`; the same bytes every time."""
    (target / "web").mkdir(parents=True, exist_ok=True)
    for face in faces:
        font = complete(source, face)
        subset(font, PRINT, PRINT_FEATURES)
        font.save(target / f"NotoSans-{face}.ttf")
        subset(font, PAGE, PAGE_FEATURES)
        font.flavor = "woff2"
        font.save(target / "web" / f"NotoSans-{face}.woff2")
    (target / "letters.json").write_text(
        json.dumps(ranges(target, faces), separators=(",", ":")) + "\n", encoding="utf-8"
    )


def ranges(folder: Path, faces: tuple[str, ...]) -> list[tuple[int, int]]:
    """The letters that all faces for print have, as runs of first and last: pdf.py must know what it can set."""
    codes = set.intersection(*(set(TTFont(folder / f"NotoSans-{face}.ttf").getBestCmap()) for face in faces))
    firsts = sorted(code for code in codes if code - 1 not in codes)
    lasts = sorted(code for code in codes if code + 1 not in codes)
    return list(zip(firsts, lasts, strict=True))


def complete(source: Path, face: str) -> TTFont:
    """A face with the symbols that only its sister fonts draw."""
    font = TTFont(source / f"NotoSans-{face}.ttf", recalcTimestamp=False)
    weight = "Bold" if "Bold" in face else "Regular"
    for characters in (MATHS, ARROWS, SHAPES):
        missing = [c for c in characters if ord(c) not in font.getBestCmap()]
        if missing:
            borrow(font, TTFont(source / f"{SISTERS[characters, weight]}.ttf"), missing)
    return font


def borrow(font: TTFont, sister: TTFont, characters: list[str]) -> None:
    """Draw characters of another font into this one."""
    if font["head"].unitsPerEm != sister["head"].unitsPerEm:
        raise ValueError("the fonts are drawn on different grids")
    glyphs, names = sister.getGlyphSet(), sister.getBestCmap()
    for character in characters:
        code = ord(character)
        drawn = DecomposingRecordingPen(glyphs)
        glyphs[names[code]].draw(drawn)
        pen = TTGlyphPen(None)
        drawn.replay(pen)
        name = f"uni{code:04X}"
        font["glyf"][name] = glyph = pen.glyph()
        glyph.recalcBounds(font["glyf"])
        font["hmtx"][name] = (glyphs[names[code]].width, glyph.xMin)
        for table in font["cmap"].tables:
            if table.isUnicode():
                table.cmap[code] = name


def subset(font: TTFont, codes: list[int], features: list[str]) -> None:
    """Leave these characters and layout features, all names, and no hinting."""
    options = Options(hinting=False, layout_features=features, name_IDs=["*"], notdef_outline=True)
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=codes)
    subsetter.subset(font)


if __name__ == "__main__":
    main()
