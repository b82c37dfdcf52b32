"""The brand of a consultancy: name, logo, colours and standing lines, checked before a report shows them."""

from __future__ import annotations

import base64
import math
import re
from functools import partial
from pathlib import Path
from typing import Annotated, Any, Literal, Self
from xml.etree import ElementTree

from pydantic import AfterValidator, Field, ValidationError, model_validator
from pydantic_core import PydanticCustomError

from cxassess import theme
from cxassess.content.model import Entry
from cxassess.errors import ContentError, Problem, refusal, validation_problems
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
        raise refusal("problem-no-colour", given=repr(given[:30]))
    return given.lower()


def _dark_enough(needed: float, colour: str) -> str:
    has = contrast(colour)
    if has < needed:
        raise refusal(
            "problem-too-pale",
            colour=colour,
            contrast=f"{math.floor(has * 100) / 100:.2f}",  # never rounded up to what it is not
            needed=f"{needed:g}",
            darker=darker(colour, needed),
        )
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
        colours = {"primary": primary, "secondary": secondary, "step": STEP_CONTRAST}
        colours |= {"first": "primary", "second": "secondary"}  # as the file calls them
        if contrast(secondary) >= STEP_CONTRAST * contrast(primary):
            raise refusal("problem-grey-swapped", **colours)
        if wanted <= contrast("#000000"):
            raise refusal("problem-grey-primary", **colours, darker=darker(primary, wanted))
        raise refusal("problem-grey-secondary", **colours, lighter=tint(secondary, contrast(primary) / 2))


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
        _check(base64.b64decode(self.data, validate=True), self.media, "logo")
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


class _BrandFields(Entry):
    """What a brand file and a loaded brand have in common."""

    name: _ShortLine
    colours: Colours | None = None
    contact: Annotated[tuple[_ShortLine, ...], Field(max_length=8)] = ()
    confidential: OneLine | None = None
    disclaimer: Text | None = None
    advisor: _ShortLine | None = None


class BrandFile(_BrandFields):
    """A brand file as it is written: `logo` names a picture beside it."""

    logo: _ShortLine | None = None
    logo_alt: _ShortLine | None = None


class Brand(_BrandFields):
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
    named = file.data.get("logo") if isinstance(file.data, dict) else None
    if isinstance(named, str):
        try:
            logo = _read_logo(path.parent, named)
        except PydanticCustomError as fault:
            problems.append(Problem(file.where(("logo",)), fault.type, **fault.context or {}))
    if problems or not shape:
        first = {problem.where: problem for problem in reversed(problems)}  # a place is told once
        raise ContentError("problem-brand-unusable", [*first.values()][::-1], path=path)
    picture = logo and Logo(**logo, alt=shape.logo_alt or shape.name)
    return Brand(logo=picture, **shape.model_dump(exclude={"logo", "logo_alt"}))


def _read_logo(folder: Path, named: str) -> dict[str, Any]:
    """Media type and data of a picture in the brand file's own folder. A refusal says what is wrong with it."""
    media, logo = _MEDIA.get(Path(named).suffix[1:].lower()), named[:60]
    if not media:
        raise refusal("problem-logo-kind", logo=logo)
    try:
        file = (folder / named).resolve()
        if not file.is_relative_to(folder.resolve()):
            raise refusal("problem-logo-outside", logo=logo)
        if not file.is_file():
            raise refusal("problem-logo-missing", logo=logo)
        raw = file.read_bytes()
    except (OSError, RuntimeError) as error:  # RuntimeError: a circle of links, before Python 3.13
        raise refusal("problem-logo-unreadable", logo=logo, reason=str(error)) from None
    _check(raw, media, logo)
    return {"media": media, "data": base64.b64encode(raw).decode()}


def _check(raw: bytes, media: Media, logo: str) -> None:
    """A refusal says why these bytes are no logo of this kind; `logo` is what it calls them."""
    if len(raw) > LOGO_BYTES:
        raise refusal("problem-logo-large", logo=logo, size=f"{LOGO_BYTES // 1_000_000} MB")
    if media != next((kind for magic, kind in _MAGIC.items() if raw.startswith(magic)), "image/svg+xml"):
        raise refusal("problem-logo-misnamed", logo=logo)
    if media == "image/svg+xml":
        _check_drawing(raw, logo)


def _check_drawing(raw: bytes, logo: str) -> None:
    # Entities can grow without end or draw in other files; they need a DOCTYPE.
    if b"<!DOCTYPE" in raw or b"<!ENTITY" in raw:
        raise refusal("problem-logo-doctype", logo=logo, first="DOCTYPE", second="ENTITY")
    try:
        root = ElementTree.fromstring(raw.decode())
    except (UnicodeDecodeError, ElementTree.ParseError) as error:
        raise refusal("problem-logo-no-xml", logo=logo, reason=str(error)) from None
    if root.tag != "{http://www.w3.org/2000/svg}svg":
        raise refusal("problem-logo-no-svg", logo=logo, begin='<svg xmlns="http://www.w3.org/2000/svg">')
    if not (root.get("viewBox") or (root.get("width") and root.get("height"))):
        raise refusal("problem-logo-no-size", logo=logo, field="viewBox")
    # A page would leave a linked picture out, and Typst would make no PDF at all.
    pictures = (one for one in root.iter() if one.tag.endswith(("}image", "}feImage")))
    links = (link for one in pictures for name, link in one.attrib.items() if name.endswith("href"))
    if not all(link.startswith("data:") for link in links):
        raise refusal("problem-logo-linked", logo=logo)
