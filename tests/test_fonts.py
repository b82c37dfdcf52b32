"""One font for reports: four faces that hold every character we write, made by tools/fonts.py."""

import json
import runpy
from pathlib import Path
from typing import Any

import pytest
from fontTools.ttLib import TTFont

from cxassess import places as paths

FONTS = paths.templates_dir() / "fonts"
MAKER = Path(__file__).parents[1] / "tools" / "fonts.py"
FILES = [
    FONTS / pattern.format(face)
    for pattern in ("NotoSans-{}.ttf", "web/NotoSans-{}.woff2")
    for face in ("Regular", "Italic", "Bold", "BoldItalic")
]
STYLES = {"Regular": "Regular", "Italic": "Italic", "Bold": "Bold", "BoldItalic": "Bold Italic"}
every_file = pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)


@pytest.fixture(scope="module")
def maker() -> dict[str, Any]:
    return runpy.run_path(str(MAKER))


def written() -> set[str]:
    """Every character of the content and of the examples."""
    files = [*paths.content_dir().rglob("*.yaml"), *paths.examples_dir().glob("*.json")]
    assert len(files) > 20
    return set("".join(file.read_text(encoding="utf-8") for file in files)) - {"\n"}


@every_file
def test_a_face_says_its_family_style_and_licence(file: Path) -> None:
    """Programs find a font by these names, and a lawyer by the licence."""
    with TTFont(file) as font:
        names = font["name"]
        assert names.getDebugName(1) == "Noto Sans"
        assert names.getDebugName(2) == STYLES[file.stem.removeprefix("NotoSans-")]
        assert "Google" in names.getDebugName(0)
        assert "Open Font License" in names.getDebugName(13)
        assert font["OS/2"].usWeightClass == (700 if "Bold" in file.stem else 400)


@every_file
def test_a_face_draws_all_that_we_write(file: Path) -> None:
    """A character that the font lacks becomes a box in a PDF."""
    symbols = set("→←↑↓≥≤×±−…•●○◆▲▼✓☐€£¥₫₹")
    with TTFont(file) as font:
        drawn = set(map(chr, font.getBestCmap()))
        blank = {c for c in symbols if font["glyf"][font.getBestCmap()[ord(c)]].numberOfContours == 0}
    assert sorted((written() | symbols) - drawn) == []
    assert blank == set()


@pytest.mark.parametrize("file", FILES[:4], ids=lambda file: file.name)
def test_names_of_people_and_places_can_be_set(file: Path) -> None:
    """Vietnamese, Turkish, Polish, Greek and Cyrillic names stand in client reports."""
    with TTFont(file) as font:
        assert (
            sorted(set("Nguyễn Đặng Ươ Łódź İğış Αθήνα Київ Ñandú ½ № ™") - set(map(chr, font.getBestCmap())))
            == []
        )
        features = {
            record.FeatureTag for name in ("GSUB", "GPOS") for record in font[name].table.FeatureList.FeatureRecord
        }
    assert {"kern", "mark", "liga", "tnum", "lnum", "locl"} <= features


def test_the_fonts_are_small() -> None:
    """All of them under 2 MB, and a page carries at most 100 kB."""
    assert sum(file.stat().st_size for file in FONTS.rglob("*") if file.is_file()) < 2_000_000
    assert sum(file.stat().st_size for file in FILES[4:]) < 100_000


def test_the_licence_travels_with_the_fonts() -> None:
    """The Open Font License asks for its text and the copyright lines beside every copy."""
    text = (FONTS / "OFL.txt").read_text(encoding="utf-8")
    assert "SIL OPEN FONT LICENSE Version 1.1" in text
    with TTFont(FILES[0]) as font:
        assert font["name"].getDebugName(0) in text


def test_making_them_again_gives_the_same_bytes(
    maker: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither the clock nor the order of a set is in a font; our own face serves as the source."""
    for name, clock in (("one", "1000000000"), ("two", "2000000000")):
        monkeypatch.setenv("SOURCE_DATE_EPOCH", clock)  # the clock that fontTools reads
        maker["make"](FONTS, tmp_path / name, ("Italic",))
    made = sorted(file.relative_to(tmp_path / "one") for file in (tmp_path / "one").rglob("*.*"))
    names = [file.as_posix() for file in made]
    assert names == ["NotoSans-Italic.ttf", "letters.json", "web/NotoSans-Italic.woff2"]
    for file in made:
        one, two = ((tmp_path / name / file).read_bytes() for name in ("one", "two"))
        assert one == two, file


def test_a_missing_symbol_is_borrowed(maker: dict[str, Any]) -> None:
    """Shape and width come from the sister font, and nothing else comes along."""
    font, sister = TTFont(FILES[0]), TTFont(FILES[2])
    maker["subset"](font, [ord("A"), ord("B")], [])
    maker["borrow"](font, sister, ["●"])
    assert set(font.getBestCmap()) == {ord("A"), ord("B"), ord("●")}
    assert font["hmtx"][font.getBestCmap()[ord("●")]] == sister["hmtx"][sister.getBestCmap()[ord("●")]]


def test_our_own_faces_borrow_nothing(maker: dict[str, Any]) -> None:
    """A character that is there is left alone: no sister font is opened for a complete face."""
    assert maker["complete"](FONTS, "Bold").getBestCmap() == TTFont(FILES[2]).getBestCmap()


def test_the_list_of_letters_is_true(maker: dict[str, Any]) -> None:
    """pdf.py knows by it what the font can set."""
    listed = json.loads((FONTS / "letters.json").read_text(encoding="utf-8"))
    assert listed == [list(run) for run in maker["ranges"](FONTS, maker["FACES"])]
    assert any(first <= ord("≥") <= last for first, last in listed)
