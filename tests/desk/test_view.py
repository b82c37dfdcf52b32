"""What a desk shows: every row by its name, in both languages, and nothing that was typed as a tag."""

from dataclasses import replace

import pytest
from kit.made import blank
from kit.page import read
from kit.reports import reports_of

from cxassess.content.reading import Content
from cxassess.desk.desk import Desk
from cxassess.desk.making import Order
from cxassess.filling.edits import Event
from cxassess.report.carrying import CarriedCells
from cxassess.report.edition import Edition
from cxassess.text import LANGS, Lang
from cxassess.workspace import Workspace


@pytest.mark.parametrize("lang", LANGS)
def test_a_row_says_where_it_stands(workspace: Workspace, lang: Lang) -> None:
    """Company, date in words, how far, the three results, last change."""
    desk = Desk(workspace, lang=lang)
    (row,) = (one for one in read(desk.view["html"]).all("tr") if "Kopi Lereng" in one.text)
    assert {"id": "31 Maret 2026", "en": "31 March 2026"}[lang] in row.text
    assert {"id": "45 dari 45", "en": "45 of 45"}[lang] in row.text
    assert "4 / 3 / 2" in row.text
    assert "assessments/kopi-lereng/2026-11-28.json" in row.text


def test_what_people_typed_is_text(workspace: Workspace) -> None:
    """Names of companies, folders and files."""
    bad = workspace.assessments / "<img src=x>"
    bad.mkdir()
    (bad / "<b>.json").write_text('{"<i>": 1}', encoding="utf-8")
    desk = Desk(replace(workspace, name="<script>alert(1)</script>"))
    desk.take(Event(do="new", values={"organisation": "<u>Acme</u>", "on": "2026-11-30"}))
    desk.take(Event(do="desk"))
    page = read(desk.view["html"])
    assert not page.all("img", "script", "b", "i", "u")
    assert "<u>Acme</u>" in page.text


def test_a_long_list_is_cut_until_asked_for(desk: Desk) -> None:
    """Sixty rows at once; the search looks through all of them."""
    view = desk._view()
    many = replace(view, rows=list(view.rows) * 40)
    assert len(many.shown) == 60
    assert len(replace(many, is_whole=True).shown) == 80
    assert len(replace(many, sought="POLDER").found) == 40
    assert replace(many, sought="polder kopi").found == []


def test_a_folder_without_settings_says_how_to_make_it_one(workspace: Workspace) -> None:
    """By the command that does."""
    said = "not a workspace yet"
    assert said not in Desk(workspace).view["html"]
    (workspace.folder / "workspace.yaml").unlink()
    assert said in Desk(Workspace.without_settings(workspace.folder), lang="en").view["html"]


def test_cells_of_a_person_in_a_report_are_told(desk: Desk, content: Content) -> None:
    """Which are in it, which are not, and where the notebook is that it replaces; as text, whatever was typed."""
    (report, _) = reports_of(desk.workspace.assessments / "acme.json", blank(content), content)
    kept = desk.workspace.reports / "acme.kept.ipynb"
    carried = CarriedCells(("<b>ours</b>", "x = 1"), ("cover()",), ("1/0",), kept=kept)
    view = replace(desk._view(), orders=[Order((report.file,), Edition(content, kept.parent), 1, [report])])
    assert "desk-" not in str(view.carried(report)) and view.carried(report) == []
    told = replace(view, orders=[replace(view.orders[0], results=[replace(report, carried=carried)])])
    text = read(told.html()).text
    for said in ("“<b>ours</b>” and “x = 1”", "without the cells you left out: “cover()”", "stops at them: “1/0”"):
        assert said in text
    assert "the notebook as it was: reports/acme.kept.ipynb" in text


def test_a_file_that_may_not_be_meant_says_so(desk: Desk) -> None:
    """Beside its name, such as a copy that a sync client made; once that is gone, no more."""
    kopi = desk.workspace.assessments / "kopi-lereng"
    copy = kopi / "2026-11-28 (conflicted copy).json"
    copy.write_bytes((kopi / "2026-11-28.json").read_bytes())
    desk.take(Event(do="look"))
    told = [one.text for one in read(desk.view["html"]).all("span", class_="cx-told cx-why")]
    assert any("conflicted copy" in text for text in told)
    copy.unlink()
    desk.take(Event(do="look"))
    told = [one.text for one in read(desk.view["html"]).all("span", class_="cx-told cx-why")]
    assert not any("conflicted copy" in text for text in told)
