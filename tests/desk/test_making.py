"""Reports made beside the work: one order after another, each told, whatever goes wrong with it."""

from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event

import pytest
from kit.made import blank
from kit.reports import reports_of

from cxassess.batch.rendering import Batch
from cxassess.content.reading import Content
from cxassess.desk import making
from cxassess.desk.making import Making, Order
from cxassess.report.edition import Edition


class Told:
    """Counts what is told, and waits for it."""

    def __init__(self) -> None:
        self.count = 0
        self.ended = Event()

    def __call__(self) -> None:
        self.count += 1
        self.ended.set()

    def wait(self, is_so: Callable[[], bool]) -> None:
        while not is_so():
            assert self.ended.wait(10)
            self.ended.clear()


@pytest.fixture
def told() -> Iterator[Told]:
    yield Told()


def test_orders_are_made_one_after_another(
    content: Content, tmp_path: Path, told: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each result is told as it comes, and the end of each order."""
    both = reports_of(Path("acme.json"), blank(content), content)

    def render(files: object, edition: Edition, **how: object) -> Batch:
        for report in both:
            how["tell"](report)  # type: ignore[operator]
        return Batch(tuple(both), (), 2, edition.folder / "index.html")

    monkeypatch.setattr(making, "render_batch", render)
    desk = Making(told)
    orders = [Order((Path("acme.json"),), Edition(content, tmp_path), 2) for _ in range(2)]
    for order in orders:
        desk.take(order)
    told.wait(lambda: not any(order.is_open for order in orders))
    assert [order.reports for order in orders] == [both, both]
    assert told.count == 6
    assert desk.orders == orders


def test_an_order_that_cannot_begin_is_told(content: Content, tmp_path: Path, told: Told) -> None:
    """And the next is made all the same: a desk outlives a folder that is none."""
    in_the_way = tmp_path / "reports"
    in_the_way.write_text("", encoding="utf-8")
    desk = Making(told)
    orders = [Order((tmp_path / "none.json",), Edition(content, in_the_way / "x"), 1) for _ in range(2)]
    for order in orders:
        desk.take(order)
    told.wait(lambda: not any(order.is_open for order in orders))
    assert all(order.error is not None for order in orders)


def test_a_file_that_fails_is_named(content: Content, tmp_path: Path, told: Told) -> None:
    """With its reasons, before any kernel starts."""
    (tmp_path / "bad.json").write_text("{", encoding="utf-8")
    order = Order((tmp_path / "bad.json",), Edition(content, tmp_path / "out"), 1)
    Making(told).take(order)
    told.wait(lambda: not order.is_open)
    assert [failure.file.name for failure in order.failures] == ["bad.json"]
    assert order.reports == []
