"""The last assessment of a unit, as a form looks it up; what is shown of it is tried with the pages."""

from pathlib import Path

from kit.made import blank

from cxassess.content.reading import Content
from cxassess.document.assessmentfile import save_assessment
from cxassess.filling.lasttime import LastTime
from cxassess.forms.pages import Notice


def test_what_is_doubtful_is_told_once(tmp_path: Path, content: Content) -> None:
    """Two files of one date, neither of which is then the last; asked again, nothing is told again."""
    now = blank(content)
    for name in ("a", "b"):
        save_assessment(now.replaced(on=now.on.replace(year=2020)), tmp_path / f"{name}.json")
    save_assessment(now, tmp_path / "now.json")
    notices: list[Notice] = []
    last = LastTime(content)
    for _ in range(2):
        assert last.card(tmp_path / "now.json", now, notices) is None
        assert [notice.word for notice in notices] == ["form-no-last"]


def test_another_date_is_sought_anew(tmp_path: Path, content: Content) -> None:
    """Who puts the date of an assessment before that of the other has no last one any more."""
    now = blank(content)
    save_assessment(now.replaced(on=now.on.replace(year=2020)), tmp_path / "old.json")
    save_assessment(now, tmp_path / "now.json")
    last = LastTime(content)
    card = last.card(tmp_path / "now.json", now, [])
    assert card
    assert card.on.year == 2020
    assert last.card(tmp_path / "now.json", now.replaced(on=now.on.replace(year=2019)), []) is None
