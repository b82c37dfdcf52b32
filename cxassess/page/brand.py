"""The brand of a consultancy: name, logo, colours and standing lines, checked before a report shows them."""

from __future__ import annotations

import base64
import math
import re
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Annotated, Any, Literal, Self
from xml.etree import ElementTree

from pydantic import AfterValidator, Field, ValidationError, model_validator

from cxassess import theme
from cxassess.content.model import Entry
from cxassess.errors import ContentError, Problem, ReportError, validation_problems
from cxassess.page.colours import contrast, darker, tint
from cxassess.text import Line, Text
from cxassess.yamlfile import scan_yaml

LOGO_BYTES = 1_000_000
# Text, rules and the ground of white text; marks; two neighbours that must differ in a grey print.
PRIMARY_CONTRAST, SECONDARY_CONTRAST, STEP_CONTRAST = 4.5, 3.0, 1.5

Media = Literal["image/svg+xml", "image/png", "image/jpeg"]
_MEDIA: dict[str, Media] = {"svg": "image/svg+xml", "png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg"}
_MAGIC: dict[bytes, Media] = {b"\x89PNG\r\n\x1a\n": "image/png", b"\xff\xd8\xff": "image/jpeg"}


def _colour(given: str) -> str:
    if not re.fullmatch("#[0-9A-Fa-f]{6}", given):
        raise ValueError(f'is no colour: {given[:30]!r}; write six hexadecimal digits, like "#123f6d"')
    return given.lower()


def _dark_enough(needed: float, colour: str) -> str:
    if (has := contrast(colour)) < needed:
        has = math.floor(has * 100) / 100  # never rounded up to what it is not
        least = f"at least {needed:g}:1 is needed: darken it to {darker(colour, needed)}"
        raise ValueError(f"{colour} is {has:.2f}:1 against white; {least}")
    return colour


_Colour = Annotated[str, AfterValidator(_colour), Field(json_schema_extra={"pattern": "^#[0-9A-Fa-f]{6}$"})]


class Colours(Entry):
    """The two colours of a brand, dark enough for white paper and different in a grey print."""

    primary: Annotated[_Colour, AfterValidator(partial(_dark_enough, PRIMARY_CONTRAST))] | None = None
    secondary: Annotated[_Colour, AfterValidator(partial(_dark_enough, SECONDARY_CONTRAST))] | None = None

    @model_validator(mode="after")
    def _differ_in_grey(self) -> Self:
        primary, secondary = self.primary or theme.VERIFIED, self.secondary
        if not secondary or contrast(primary) >= STEP_CONTRAST * contrast(secondary):
            return self
        wanted = STEP_CONTRAST * contrast(secondary)
        if contrast(secondary) >= STEP_CONTRAST * contrast(primary):
            advice = "make the darker one primary"
        elif wanted <= contrast("#000000"):
            advice = f"darken primary to {darker(primary, wanted)}"
        else:
            advice = f"lighten secondary to {tint(secondary, contrast(primary) / 2)}"
        step = f"primary {primary} must be {STEP_CONTRAST}:1 darker than secondary {secondary}"
        raise ValueError(f"{step}, or a grey print shows one colour: {advice}")


class Logo(Entry):
    """A logo as a report carries it: base64, and really a picture of its kind.

    It is not rid of scripts or links: a page shows it by <img src="data:…"> and print by Typst, and neither of the
    two runs or fetches anything. Never put it into a page as markup.
    """

    media: Media
    data: str
    alt: Line

    @model_validator(mode="after")
    def _is_a_picture(self) -> Self:
        _check(base64.b64decode(self.data, validate=True), self.media)
        return self

    @property
    def raw(self) -> bytes:
        """The bytes of the picture."""
        return base64.b64decode(self.data)

    @property
    def uri(self) -> str:
        """The picture as the address of an <img>."""
        return f"data:{self.media};base64,{self.data}"


class OneLine(Text):
    """A text for the cover and the foot of every page: one line in either language."""

    id: Annotated[Line, Field(max_length=160)]
    en: Annotated[Line, Field(max_length=160)]


_ShortLine = Annotated[Line, Field(max_length=120)]


class _Standing(Entry):
    """What a brand file and a loaded brand have in common."""

    name: _ShortLine
    colours: Colours | None = None
    contact: Annotated[tuple[_ShortLine, ...], Field(max_length=8)] = ()
    confidential: OneLine | None = None
    disclaimer: Text | None = None
    advisor: _ShortLine | None = None


class BrandFile(_Standing):
    """A brand file as it is written: `logo` names a picture beside it."""

    logo: _ShortLine | None = None
    logo_alt: _ShortLine | None = None


class Brand(_Standing):
    """A consultancy's own look, whole in itself: it goes into a notebook's metadata as JSON and comes back.

    A report without a brand names no consultancy, so there is no neutral one: functions take `Brand | None`.

    >>> Brand.model_validate(Brand(name="Acme").model_dump(mode="json")).name
    'Acme'
    """

    logo: Logo | None = None

    def colours_by_role(self) -> dict[str, str]:
        """The colours of results in our theme, each with the brand's in its place; empty if the brand has none.

        Claimed, consistent and verified go from light to dark, each step at least 1.4:1. Ink can be read on
        claimed, white on verified.

        >>> Brand(name="Acme", colours=Colours(primary="#5b2a86")).colours_by_role()[theme.VERIFIED]
        '#5b2a86'
        """
        if not self.colours or not (self.colours.primary or self.colours.secondary):
            return {}
        verified = self.colours.primary or theme.VERIFIED
        # The powers keep the steps of our own theme, whatever the contrast of the brand's colours.
        consistent = self.colours.secondary or tint(verified, max(3.0, contrast(verified) ** 0.6))
        claimed = tint(verified, min(3.0, contrast(consistent) ** 0.5))
        return {theme.VERIFIED: verified, theme.CONSISTENT: consistent, theme.CLAIMED: claimed}


def load_brand(path: Path | str) -> Brand:
    """Read a brand file and the logo beside it.

    Raises ContentError with every problem found, each with its line.
    """
    path = Path(path)
    file, problems = scan_yaml(path)
    shape = logo = None
    try:
        shape = BrandFile.model_validate(file.data)
    except ValidationError as error:
        problems += validation_problems(error, file.where)
    # The logo is looked at even where the rest is faulty: all problems are told at once.
    if isinstance(file.data, dict) and isinstance(named := file.data.get("logo"), str):
        try:
            logo = _read_logo(path.parent, named)
        except ValueError as fault:
            problems.append(Problem(file.where(("logo",)), f"{named[:60]} {fault}"))
    if problems or not shape:
        first = {problem.where: problem for problem in reversed(problems)}  # a place is told once
        raise ContentError(f"the brand in {path} cannot be used", [*first.values()][::-1])
    picture = logo and Logo(**logo, alt=shape.logo_alt or shape.name)
    return Brand(logo=picture, **shape.model_dump(exclude={"logo", "logo_alt"}))


def kept_brand(told: Mapping[str, Any]) -> Brand | None:
    """The brand that a report notebook carries in its metadata, if it carries one. Raises ReportError."""
    try:
        return Brand.model_validate(told["brand"]) if told.get("brand") else None
    except ValidationError as error:
        problems = validation_problems(error, lambda place: ".".join(["brand", *map(str, place)]))
        summary = "the brand in the notebook is not as it was; render the report anew with --brand and --force"
        raise ReportError(summary, problems) from error


def _read_logo(folder: Path, named: str) -> dict[str, Any]:
    """Media type and data of a picture in the brand file's own folder. ValueError says what is wrong with it."""
    media = _MEDIA.get(Path(named).suffix[1:].lower())
    if not media:
        raise ValueError("is no picture that a report can show; save the logo as SVG, PNG or JPEG")
    try:
        file = (folder / named).resolve()
        if not file.is_relative_to(folder.resolve()):
            raise ValueError("lies outside the folder of the brand file; put the logo beside the brand file")
        if not file.is_file():
            raise ValueError("is missing; put the logo beside the brand file, or take the line out")
        raw = file.read_bytes()
    except (OSError, RuntimeError) as error:  # RuntimeError: a circle of links, before Python 3.13
        raise ValueError(f"cannot be read ({error}); check the file and its rights") from None
    _check(raw, media)
    return {"media": media, "data": base64.b64encode(raw).decode()}


def _check(raw: bytes, media: Media) -> None:
    """ValueError says why these bytes are no logo of this kind."""
    if len(raw) > LOGO_BYTES:
        raise ValueError("is larger than 1 MB; save it smaller")
    if media != next((kind for magic, kind in _MAGIC.items() if raw.startswith(magic)), "image/svg+xml"):
        raise ValueError("is not the kind of picture its name says; save it again as SVG, PNG or JPEG")
    if media == "image/svg+xml":
        _check_drawing(raw)


def _check_drawing(raw: bytes) -> None:
    # Entities can grow without end or draw in other files; they need a DOCTYPE.
    if b"<!DOCTYPE" in raw or b"<!ENTITY" in raw:
        raise ValueError("holds a DOCTYPE or an ENTITY; take it out, or save it as plain SVG")
    try:
        root = ElementTree.fromstring(raw.decode())
    except (UnicodeDecodeError, ElementTree.ParseError) as error:
        raise ValueError(f"is no XML in UTF-8 ({error}); save it as plain SVG") from None
    if root.tag != "{http://www.w3.org/2000/svg}svg":
        raise ValueError('does not begin with <svg xmlns="http://www.w3.org/2000/svg">; save it as SVG')
    if not (root.get("viewBox") or (root.get("width") and root.get("height"))):
        raise ValueError("has no size; give its <svg> a viewBox, or a width and a height")
    # A page would leave a linked picture out, and Typst would make no PDF at all.
    pictures = (one for one in root.iter() if one.tag.endswith(("}image", "}feImage")))
    links = (link for one in pictures for name, link in one.attrib.items() if name.endswith("href"))
    if not all(link.startswith("data:") for link in links):
        raise ValueError("shows a picture from another file; embed that picture, and save it again")
