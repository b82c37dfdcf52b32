"""HTML as a test reads it: its pieces, their attributes and texts, what a form in it would send."""

from collections.abc import Iterator
from html.parser import HTMLParser

VOID = {"input", "br", "img", "hr", "meta", "link", "col", "wbr"}


class Node:
    """A piece of HTML."""

    def __init__(self, tag: str, attrs: list[tuple[str, str | None]], parent: "Node | None") -> None:
        assert len({name for name, _ in attrs}) == len(attrs), f"{tag} has an attribute twice"
        self.tag, self.parent = tag, parent
        self.attrs = {name: value or "" for name, value in attrs}
        self.children: list[Node | str] = []

    def all(self, *tags: str, **attrs: str) -> list["Node"]:
        """Every piece in it of these tags (any, if none is named) and attributes."""
        wanted = {name.rstrip("_").replace("_", "-"): value for name, value in attrs.items()}
        return [
            node
            for node in self._within()
            if (not tags or node.tag in tags) and wanted.items() <= node.attrs.items()
        ]

    def _within(self) -> Iterator["Node"]:
        for child in self.children:
            if isinstance(child, Node):
                yield child
                yield from child._within()

    @property
    def above(self) -> Iterator["Node"]:
        """What it stands in, the nearest first."""
        node = self.parent
        while node:
            yield node
            node = node.parent

    @property
    def text(self) -> str:
        """What one reads in it, with single spaces."""
        return " ".join("".join(self._texts()).split())

    def _texts(self) -> Iterator[str]:
        for child in self.children:
            yield from (child,) if isinstance(child, str) else (" ", *child._texts(), " ")

    def value(self) -> str | None:
        """What a field sends; None where it sends nothing."""
        if self.tag == "select":
            options = self.all("option")
            chosen = [option for option in options if "selected" in option.attrs] or options
            return chosen[0].attrs.get("value", chosen[0].text)
        if self.tag == "textarea":
            return "".join(self._texts()).removeprefix("\n")
        is_off = self.attrs.get("type") in ("radio", "checkbox") and "checked" not in self.attrs
        return None if is_off else self.attrs.get("value", "")

    def values(self) -> dict[str, str]:
        """What a form sends, as form.js joins it."""
        found: dict[str, str] = {}
        for field in self.all("input", "select", "textarea"):
            name, value = field.attrs.get("name"), field.value()
            if name and value is not None:
                found[name] = f"{found[name]} {value}" if name in found else value
        return found


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.root = self.here = Node("", [], None)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        node = Node(tag, attrs, self.here)
        self.here.children.append(node)
        self.here = self.here if tag in VOID else node

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.here.children.append(Node(tag, attrs, self.here))

    def handle_endtag(self, tag: str) -> None:
        assert tag == self.here.tag, f"</{tag}> ends <{self.here.tag}>"
        assert self.here.parent
        self.here = self.here.parent

    def handle_data(self, data: str) -> None:
        self.here.children.append(data)


def read(html: str) -> Node:
    """HTML as pieces; every piece must end where it should."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    assert reader.here is reader.root
    return reader.root


def tables(html: str) -> list[list[list[Node]]]:
    """The body of every table in a page: its rows, each a list of cells."""
    return [[row.all("th", "td") for row in body.all("tr")] for body in read(html).all("tbody")]


def texts(row: list[Node]) -> list[str]:
    """What one reads in each cell of a row."""
    return [cell.text for cell in row]
