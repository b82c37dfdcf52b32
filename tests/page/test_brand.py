"""The brand of a consultancy: what a report may trust, however a file or a notebook came to us."""

import json
import os
import re
import zlib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from kit.logos import CIRCLE, HOSTILE_LOGO, JPEG, PNG, SVG, branded, drawing, encoded, notebook
from kit.notebooks import imprinted
from pydantic import ValidationError

from cxassess import theme
from cxassess.errors import ContentError, Problem, ReportError
from cxassess.page.brand import LOGO_BYTES, Brand, Colours, Logo, load_brand
from cxassess.page.colours import contrast
from cxassess.page.imprint import imprint_of
from cxassess.page.pdf import to_pdf
from cxassess.places import examples_dir
from cxassess.report.printing import to_html

EXAMPLE = examples_dir() / "brand" / "brand.yaml"


def problems(folder: Path, text: str) -> list[Problem]:
    (folder / "brand.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(ContentError) as caught:
        load_brand(folder / "brand.yaml")
    return caught.value.problems


def refused(folder: Path, logo: str | bytes, name: str = "logo.svg") -> str:
    """What is said of the one problem of a logo, which stands on the line of the logo."""
    with pytest.raises(ContentError) as caught:
        branded(folder, logo, name)
    [problem] = caught.value.problems
    assert problem.where == "brand.yaml:2 logo"
    return problem.what


def grey_order(brand: Brand) -> list[float]:
    """The contrast to white of claimed, consistent, verified."""
    roles = brand.colours_by_role()
    return [contrast(roles[role]) for role in (theme.CLAIMED, theme.CONSISTENT, theme.VERIFIED)]


# --- the file ---


def test_the_example_is_a_whole_brand() -> None:
    """Every field of the file is shown by example, in both languages."""
    brand = load_brand(EXAMPLE)
    assert brand.name == "Tilikrasa Konsultan"
    assert brand.logo and brand.logo.alt.startswith(f"{brand.name}: ")
    assert all(getattr(brand, field) for field in Brand.model_fields)
    assert len(brand.colours_by_role()) == 3


def test_a_name_is_enough(tmp_path: Path) -> None:
    """Everything else is optional, and without colours nothing is recoloured."""
    (tmp_path / "brand.yaml").write_text('name: "Acme"\n', encoding="utf-8")
    brand = load_brand(str(tmp_path / "brand.yaml"))
    assert brand == Brand(name="Acme")
    assert brand.colours_by_role() == {}


def test_a_logo_is_called_by_the_name_unless_said_otherwise(tmp_path: Path) -> None:
    """A screen reader says something in any case."""
    brand = branded(tmp_path, drawing(CIRCLE))
    assert brand.logo and brand.logo.alt == "Acme"


def test_all_problems_are_told_at_once_with_their_lines(tmp_path: Path) -> None:
    """YAML, fields, languages, colours and the logo: one run shows what must be mended."""
    text = """\
name: ""
slogan: "Better"
logo: "gone.svg"
colours:
  primary: "#e87000"
  secondary: green
contact: [No]
confidential: {id: "Rahasia"}
disclaimer:
  id: "Satu"
  en: ""
"""
    found = problems(tmp_path, text)
    told = {problem.where: problem.what for problem in found}
    assert len(found) == len(told)
    assert set(told) == {
        "brand.yaml:1 name",
        "brand.yaml:2 slogan",
        "brand.yaml:3 logo",
        "brand.yaml:5 colours.primary",
        "brand.yaml:6 colours.secondary",
        "brand.yaml:7 contact.0",
        "brand.yaml:8 confidential.en",
        "brand.yaml:11 disclaimer.en",
    }
    assert told["brand.yaml:3 logo"].startswith("gone.svg is missing; put the logo beside")
    assert told["brand.yaml:8 confidential.en"] == "is missing; add it"


@pytest.mark.parametrize("logo", ['""', "5", "No", '"a\\tb"'])
def test_a_faulty_line_is_told_once(tmp_path: Path, logo: str) -> None:
    """What is no file name is not looked for."""
    [problem] = problems(tmp_path, f'name: "Acme"\nlogo: {logo}\n')
    assert problem.where == "brand.yaml:2 logo"


@pytest.mark.parametrize("text", ['- "Acme"\n', '"Acme"\n'])
def test_what_is_no_brand_file_is_refused(tmp_path: Path, text: str) -> None:
    """A list or a text is told as a problem, not as a crash."""
    assert problems(tmp_path, text)


def test_the_line_for_every_page_is_one_line(tmp_path: Path) -> None:
    """It stands in the foot of a page, where a second line would run into the text."""
    [problem] = problems(tmp_path, 'name: "Acme"\nconfidential:\n  id: |-\n    a\n    b\n  en: "one"\n')
    assert problem.where == "brand.yaml:3 confidential.id"


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    """As for any content file."""
    with pytest.raises(ContentError, match="is missing"):
        load_brand(tmp_path / "brand.yaml")


# --- the logo's file ---


@pytest.mark.parametrize(("name", "data"), [("a.png", PNG), ("a.JPG", JPEG), ("a.jpeg", JPEG)])
def test_pictures_are_carried_as_they_are(tmp_path: Path, name: str, data: bytes) -> None:
    """Byte for byte, with the media type of what they are."""
    logo = branded(tmp_path, data, name).logo
    assert logo and logo.raw == data
    assert logo.uri.startswith("data:image/png;base64,iVBOR" if name == "a.png" else "data:image/jpeg;base64,/9j/")


@pytest.mark.parametrize("name", ["../logo.svg", "../gone.svg", "/etc/hostname.svg", "a/../../logo.svg"])
def test_a_logo_lies_beside_its_brand_file(tmp_path: Path, name: str) -> None:
    """No way out of the folder, whether a file is there or not."""
    (tmp_path / "logo.svg").write_text(drawing(CIRCLE))
    (tmp_path / "in").mkdir()
    [problem] = problems(tmp_path / "in", f'name: "Acme"\nlogo: "{name}"\n')
    assert "outside the folder" in problem.what


def test_a_link_does_not_lead_out(tmp_path: Path) -> None:
    """A symbolic link to a file elsewhere is outside, one to a file beside it is not."""
    inside = tmp_path / "in"
    inside.mkdir()
    (tmp_path / "real.svg").write_text(drawing(CIRCLE))
    (inside / "logo.svg").symlink_to(tmp_path / "real.svg")
    [problem] = problems(inside, 'name: "Acme"\nlogo: "logo.svg"\n')
    assert "outside the folder" in problem.what
    (inside / "logo.svg").unlink()
    (inside / "real.svg").write_text(drawing(CIRCLE))
    (inside / "logo.svg").symlink_to("real.svg")
    assert load_brand(inside / "brand.yaml").logo


@pytest.mark.parametrize("name", ["logo.svg", "loop.svg", "x" * 100 + ".svg", "logo.svg/a.svg"])
def test_what_is_no_file_is_told(tmp_path: Path, name: str) -> None:
    """A folder, a circle of links, a name too many: one problem, and what to do."""
    (tmp_path / "logo.svg").mkdir()
    (tmp_path / "loop.svg").symlink_to("loop.svg")
    [problem] = problems(tmp_path, f'name: "Acme"\nlogo: "{name}"\n')
    assert problem.where == "brand.yaml:2 logo"
    assert ";" in problem.what


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_is_no_file(tmp_path: Path) -> None:
    """Reading one would wait for ever."""
    os.mkfifo(tmp_path / "logo.svg")
    [problem] = problems(tmp_path, 'name: "Acme"\nlogo: "logo.svg"\n')
    assert "is missing" in problem.what


@pytest.mark.parametrize(
    ("name", "data"),
    [("a.svg", PNG), ("a.png", JPEG), ("a.jpg", PNG), ("a.png", b"<svg/>"), ("a.jpg", b""), ("a.svg", JPEG)],
)
def test_a_logo_is_what_its_name_says(tmp_path: Path, name: str, data: bytes) -> None:
    """By its first bytes, not by its extension."""
    assert "is not the kind of picture its name says" in refused(tmp_path, data, name)


@pytest.mark.parametrize("name", ["logo.gif", "logo", "logo.svgz", "logo.svg.exe"])
def test_other_kinds_are_refused(tmp_path: Path, name: str) -> None:
    """SVG, PNG and JPEG are what pages, PDF and slides can all show."""
    assert "save the logo as SVG, PNG or JPEG" in refused(tmp_path, drawing(CIRCLE), name)


def test_a_large_logo_is_refused(tmp_path: Path) -> None:
    """It stands in every report; a megabyte passes, a byte more does not."""
    whole = drawing(CIRCLE)
    filled = whole + " " * (LOGO_BYTES - len(whole))
    assert branded(tmp_path, filled).logo
    assert "larger than 1 MB" in refused(tmp_path, filled + " ")


# --- the drawing ---

ENTITY = '<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + drawing("<text>&x;</text>")
REFUSED = [
    (ENTITY, "DOCTYPE"),
    ("<!DOCTYPE svg>" + drawing(CIRCLE), "DOCTYPE"),
    (ENTITY.encode("utf-16"), "UTF-8"),
    (ENTITY.encode("utf-16-le"), "is no XML"),
    (drawing("&nbsp;" + CIRCLE), "is no XML"),
    (drawing(CIRCLE)[:-3], "is no XML"),
    ("no drawing at all", "is no XML"),
    ("<html><svg/></html>", "does not begin with <svg"),
    (drawing(CIRCLE).replace(f'xmlns="{SVG}"', ""), "does not begin with <svg"),
    (drawing('<image href="https://evil.example/a.png"/>'), "embed that picture"),
    (drawing('<g><image xlink:href="photo.png"/></g>'), "embed that picture"),
    (drawing('<filter id="f"><feImage href="//evil.example/a.png"/></filter>'), "embed that picture"),
]


@pytest.mark.parametrize(("logo", "said"), REFUSED, ids=[str(n) for n in range(len(REFUSED))])
def test_a_drawing_that_cannot_be_shown_is_refused(tmp_path: Path, logo: str | bytes, said: str) -> None:
    """Entities, what is no SVG, pictures in other files: told with what to do."""
    told = refused(tmp_path, logo)
    assert said in told
    assert ";" in told


@pytest.mark.parametrize(
    "head", ['viewBox="0 0 20 10"', 'width="30" height="20px"', 'width="60" viewBox="0 0 3 1"']
)
def test_a_drawing_has_a_size(tmp_path: Path, head: str) -> None:
    """By its view box, or by width and height."""
    assert branded(tmp_path, drawing(CIRCLE, head)).logo


@pytest.mark.parametrize("head", ["", 'width="9"', 'height="9"', 'viewBox=""'])
def test_a_drawing_without_a_size_is_refused(tmp_path: Path, head: str) -> None:
    """It would show as nothing, or as large as the page."""
    assert "has no size; give its <svg> a viewBox" in refused(tmp_path, drawing(CIRCLE, head))


def test_windows_files_are_read(tmp_path: Path) -> None:
    """A byte-order mark, a declaration and CRLF are no fault."""
    windows = '\ufeff<?xml version="1.0" encoding="UTF-8"?>\r\n' + drawing(f"\r\n{CIRCLE}\r\n")
    assert branded(tmp_path, windows).logo


# --- on the page and in print ---


def test_a_hostile_logo_is_nothing_but_a_picture_on_the_page(tmp_path: Path) -> None:
    """Scripts, events, foreign parts and addresses stand in one <img> as base64, and nowhere as markup."""
    brand = branded(tmp_path, HOSTILE_LOGO)
    assert brand.logo and brand.logo.raw == HOSTILE_LOGO.encode()
    page = to_html(notebook(brand))
    assert page.count(f'<img alt="Acme" src="data:image/svg+xml;base64,{encoded(HOSTILE_LOGO)}"') == 1
    rest = page.replace(encoded(HOSTILE_LOGO), "", 1)
    traces = ("evil", "alert", "<script", "onload", "foreignObject", "javascript:", encoded(HOSTILE_LOGO)[:40])
    assert [trace for trace in traces if trace in rest] == []
    assert "default-src 'none'" in page and "script-src 'none'" in page


def unpacked(pdf: bytes) -> bytes:
    """A PDF with its packed parts beside it in the clear."""
    streams = re.findall(rb"stream\r?\n(x.*?)\r?\nendstream", pdf, re.DOTALL)
    return pdf + b"".join(zlib.decompressobj().decompress(stream) for stream in streams)


def test_a_hostile_logo_is_nothing_but_a_drawing_in_print(tmp_path: Path) -> None:
    """The PDF is made, with no script, no action and no address in it; a link of our own would be found."""
    brand = branded(tmp_path, HOSTILE_LOGO)
    plain = unpacked(to_pdf(notebook(brand)).data)
    assert plain.startswith(b"%PDF")
    assert [trace for trace in (b"/JavaScript", b"/JS", b"/URI", b"/Launch", b"evil") if trace in plain] == []
    assert b"/URI" in unpacked(to_pdf(notebook(brand, "[x](https://evil.example)")).data)


# --- colours ---


@pytest.mark.parametrize(
    "colour", ["123f6d", "#12f", "#123f6d80", "blue", "#123f6g", "rgb(1,2,3)", "#123f6d\n", "#１23f6d"]
)
def test_a_colour_is_six_digits(colour: str) -> None:
    """One form, the one that is replaced in the charts."""
    with pytest.raises(ValidationError, match="write six hexadecimal digits"):
        Colours(primary=colour)


def test_capitals_are_the_same_colour() -> None:
    """Kept in small letters, so that equal brands are equal."""
    assert Colours(primary="#14524A") == Colours(primary="#14524a")


@pytest.mark.parametrize(
    ("field", "colour", "told"),
    [
        ("primary", "#e87000", "#e87000 is 3.11:1 against white; at least 4.5:1 is needed: darken it to #bd5b00"),
        ("primary", "#777777", "#777777 is 4.47:1 against white; at least 4.5:1 is needed: darken it to #767676"),
        ("primary", "#ffffff", "#ffffff is 1.00:1 against white; at least 4.5:1 is needed: darken it to #767676"),
        ("secondary", "#ffd400", "#ffd400 is 1.43:1 against white; at least 3:1 is needed: darken it to #b09200"),
    ],
)
def test_a_pale_colour_is_told_the_nearest_that_passes(field: str, colour: str, told: str) -> None:
    """A designer gets a colour to use, not just a number; the ratio is never rounded up to the limit."""
    with pytest.raises(ValidationError) as caught:
        Colours(**{field: colour})
    assert told in str(caught.value)


@pytest.mark.parametrize(
    ("primary", "secondary", "advice"),
    [
        ("#2f8f7f", "#14524a", None),  # a pale primary is refused first
        ("#2a7a6c", "#14524a", "make the darker one primary"),
        ("#226b60", "#2a7a6c", "darken primary to #1d5c53"),
        ("#000000", "#0a1a18", "lighten secondary to #344240"),
        (None, "#14524a", "darken primary to #0e2f52"),
    ],
)
def test_two_colours_differ_in_a_grey_print(primary: str | None, secondary: str, advice: str | None) -> None:
    """Each way of being too near has its advice; without a primary, our own stands beside the secondary."""
    with pytest.raises(ValidationError) as caught:
        Colours(primary=primary, secondary=secondary)
    assert (advice or "darken it to") in str(caught.value)


COLOUR = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")
quickly = settings(max_examples=60, deadline=None)


def advised(**colours: str) -> Colours:
    """These colours, or what the messages make of them: following the advice must lead to colours that pass."""
    for _ in range(4):
        try:
            return Colours(**colours)
        except ValidationError as error:
            for detail in error.errors():
                words = str(detail["msg"]).split()
                if detail["loc"]:
                    colours[str(detail["loc"][0])] = words[-1]
                elif "make the darker" in detail["msg"]:
                    colours = {"primary": colours["secondary"], "secondary": colours["primary"]}
                else:
                    colours[words[-3]] = words[-1]
    raise AssertionError(colours)


@quickly
@given(COLOUR, COLOUR)
def test_whoever_follows_the_advice_gets_there(primary: str, secondary: str) -> None:
    """Any two colours become two that pass, within a few messages."""
    advised(primary=primary, secondary=secondary)


@quickly
@given(COLOUR, st.none() | COLOUR)
def test_roles_go_from_light_to_dark(primary: str, secondary: str | None) -> None:
    """For any brand: claimed, consistent, verified as clear steps, and what is written on them can be read."""
    named = {"primary": primary} | ({"secondary": secondary} if secondary else {})
    brand = Brand(name="Acme", colours=advised(**named))
    claimed, consistent, verified = grey_order(brand)
    assert 1.7 <= claimed <= consistent / 1.4 <= verified / 1.4 / 1.4
    assert consistent >= 3
    assert verified >= 4.5
    assert contrast(theme.INK, brand.colours_by_role()[theme.CLAIMED]) >= 4.5


def test_a_secondary_alone_stands_beside_our_own_primary() -> None:
    """Both colours are optional."""
    roles = Brand(name="Acme", colours=Colours(secondary="#2f8f7f")).colours_by_role()
    assert (roles[theme.VERIFIED], roles[theme.CONSISTENT]) == (theme.VERIFIED, "#2f8f7f")
    assert Brand(name="Acme", colours=Colours()).colours_by_role() == {}


# --- in a notebook and back ---


def test_a_brand_comes_back_from_json() -> None:
    """It is stored in a notebook's metadata: whole, and equal when read."""
    brand = load_brand(EXAMPLE)
    stored = json.dumps(brand.model_dump(mode="json"))
    assert Brand.model_validate(json.loads(stored)) == brand
    assert str(EXAMPLE.parent) not in stored


def clean() -> str:
    logo = load_brand(EXAMPLE).logo
    assert logo
    return logo.data


HOSTILE: dict[str, dict[str, Any]] = {
    "entity": {"data": encoded(ENTITY)},
    "no drawing": {"data": encoded("<script>alert(1)</script>")},
    "picture elsewhere": {"data": encoded(REFUSED[-1][0])},
    "no base64": {"data": '"><script>alert(1)</script>'},
    "broken base64": {"data": clean()[:-1]},
    "base64 in lines": {"data": clean()[:76] + "\n" + clean()[76:]},
    "other letters": {"data": "é"},
    "empty": {"data": ""},
    "other kind": {"media": "image/png"},
    "unknown kind": {"media": "text/html"},
    "large": {"data": encoded(PNG + bytes(LOGO_BYTES)), "media": "image/png"},
    "two lines": {"alt": "a\nb"},
    "more": {"path": "/etc/passwd"},
    "number": {"data": 5},
}


@pytest.mark.parametrize("case", HOSTILE)
def test_a_hostile_notebook_is_refused(case: str) -> None:
    """Reading back is as strict as loading, and tells the place: metadata may come from anyone."""
    stored = load_brand(EXAMPLE).model_dump(mode="json")
    stored["logo"] |= HOSTILE[case]
    with pytest.raises(ReportError, match=r"brand\.logo.*: "):
        imprint_of(imprinted(brand=stored))


@pytest.mark.parametrize(
    "change",
    [
        {"colours": {"primary": "red;} body{display:none"}},
        {"colours": {"primary": "#ffffff"}},
        {"name": ""},
        {"name": "a\x1b[2J"},
        {"name": "x" * 1000},
        {"contact": ["a"] * 100},
        {"confidential": {"id": "a", "en": "b\nc"}},
        {"disclaimer": {"id": "a", "en": " "}},
        {"disclaimer": "a"},
        {"script": "x"},
        {"logo": "logo.svg"},
        {"advisor": "a\u2028b"},
        {"advisor": "\ud800"},
    ],
)
def test_hostile_fields_are_refused(change: dict[str, Any]) -> None:
    """No field is looser in a notebook than in a file."""
    with pytest.raises(ValidationError):
        Brand.model_validate(load_brand(EXAMPLE).model_dump(mode="json") | change)


def test_nothing_can_be_changed_once_it_is_checked() -> None:
    """A brand is frozen, its logo too."""
    brand = load_brand(EXAMPLE)
    assert isinstance(brand.logo, Logo)
    with pytest.raises(ValidationError, match="frozen"):
        brand.logo.data = ""  # type: ignore[misc]
