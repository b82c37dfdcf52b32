"""A working day at the desk, without a browser: chosen, begun, handed on, and made into reports."""

from pathlib import Path

import pytest
from kit.page import Node, read

from cxassess.content.reading import Content
from cxassess.desk import desk as desk_module
from cxassess.desk.desk import Desk
from cxassess.desk.making import Making, Order
from cxassess.document.assessmentfile import load_assessment
from cxassess.errors import CxError
from cxassess.filling.edits import Event
from cxassess.places import examples_dir, is_trial
from cxassess.workspace import Workspace

KOPI = ("assessments", "kopi-lereng", "2026-11-28.json")


def do(desk: Desk, what: str, *at: str, **values: str) -> Node:
    """An event, and what is shown then."""
    desk.take(Event(do=what, at=at, values=values))
    return read(desk.view["html"])


def test_an_assessment_is_opened_and_left(desk: Desk) -> None:
    """Its form takes the desk's place until one goes back; the language that was chosen stays."""
    assert do(desk, "open", *KOPI).all("nav")
    do(desk, "set", "answers", "inform-1", choice="N")
    do(desk, "lang", "id")
    assert desk.filling
    assert desk.filling.value.answer_to("inform-1").rating == "N"
    page = do(desk, "desk")
    assert desk.filling is None
    assert not page.all("nav")
    assert desk.lang == "id"


def test_an_assessment_is_begun(desk: Desk, content: Content) -> None:
    """In a folder of its name, in the language of its notes; and its form is open."""
    do(desk, "new", organisation="Toko {A}/..", on="2026-11-30", lang="en")
    file = desk.workspace.assessments / "toko-a" / "2026-11-30.json"
    profile = load_assessment(file, content).profile
    assert (profile.organisation, profile.working_language) == ("Toko {A}/..", "en")
    assert desk.filling
    assert desk.view["file"] == str(file)


@pytest.mark.parametrize(
    ("event", "values"),
    [
        ("new", {"organisation": "", "on": "2026-11-30"}),
        ("new", {"organisation": "Acme", "on": "yesterday"}),
        ("wave", {"on": "2020-01-01"}),
        ("unit", {"kind": "outlet", "name": "", "on": "2026-11-30"}),
        ("unit", {"kind": "nonsense", "name": "Dago", "on": "2026-11-30"}),
        ("open", {"path": "nowhere.json"}),
        ("batch", {}),
    ],
)
def test_what_cannot_be_is_told(desk: Desk, event: str, values: dict[str, str]) -> None:
    """In words, above the list; nothing is written, and the desk stays."""
    before = sorted(desk.workspace.folder.rglob("*.json"))
    page = do(desk, event, *(KOPI if event in ("wave", "unit") else ()), **values)
    assert [node.text for node in page.all("p", role="alert")]
    assert desk.view["refused"]
    assert desk.filling is None
    assert sorted(desk.workspace.folder.rglob("*.json")) == before


def test_the_next_wave_and_another_unit(desk: Desk, content: Content) -> None:
    """Both beside the one they are begun from, empty but for what comes along; with the answers if asked."""
    old = load_assessment(desk.workspace.folder.joinpath(*KOPI), content)
    do(desk, "wave", *KOPI, on="2027-11-28")
    assert desk.filling
    assert desk.filling.sitting.path.parent == desk.workspace.folder.joinpath(*KOPI[:-1]).resolve()
    assert (desk.filling.value.answers, desk.filling.value.evidence) == ({}, old.evidence)
    do(desk, "desk")
    do(desk, "unit", *KOPI, kind="outlet", name="Dago", on="2026-11-30", keep="yes")
    assert desk.filling
    assert (desk.filling.value.profile.unit.name, desk.filling.value.answers) == ("Dago", old.answers)


def test_an_example_is_tried_on_a_copy(desk: Desk) -> None:
    """No shipped file is touched; what is no example is not copied."""
    before = (examples_dir() / "polderfiets.json").read_bytes()
    do(desk, "try", "polderfiets")
    do(desk, "set", "answers", "inform-1", choice="N")
    assert desk.filling
    assert is_trial(desk.filling.sitting.path)
    assert (examples_dir() / "polderfiets.json").read_bytes() == before
    do(desk, "desk")
    do(desk, "try", "../content/model")
    assert desk.filling is None


def test_a_path_as_it_was_printed(desk: Desk) -> None:
    """With quotes and backslashes, too."""
    do(desk, "open", path='"assessments\\kopi-lereng\\2026-11-28.json"')
    assert desk.filling


def test_reports_are_ordered(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of one, in the language chosen; of those ticked, as their profiles say; into the workspace's folder."""
    taken: list[Order] = []
    monkeypatch.setattr(Making, "take", lambda self, order: taken.append(order))
    do(desk, "report", *KOPI, lang="en", interactive="yes", pdf="yes")
    ticked = {f"file.{'/'.join(KOPI)}": "yes", "file.assessments/polderfiets/2026-11-28.json": "yes"}
    desk.take(Event(do="batch", values=ticked))
    one, many = taken
    assert (one.edition.formats, many.edition.formats) == (("pdf",), ("html", "pdf"))
    assert (one.wanted, one.edition.lang, one.edition.interactive) == (1, "en", True)
    assert one.edition.folder == desk.workspace.reports
    assert [file.parent.name for file in many.files] == ["kopi-lereng", "polderfiets"]
    assert (many.wanted, many.edition.lang) == (4, None)


def test_reports_wear_the_brand_of_the_workspace(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """Unless it is unticked; it is named where it is offered."""
    taken: list[Order] = []
    monkeypatch.setattr(Making, "take", lambda self, order: taken.append(order))
    brand = (examples_dir() / "brand" / "brand.yaml").as_posix()
    (workspace.folder / "workspace.yaml").write_text(f'name: X\nbrand: "{brand}"\n', encoding="utf-8")
    desk = Desk(workspace.folder, lang="en")
    assert "Tilikrasa Konsultan" in do(desk, "choose", *KOPI).text
    do(desk, "report", *KOPI, brand="yes")
    do(desk, "report", *KOPI)
    assert [bool(order.edition.brand) for order in taken] == [True, False]


def test_an_interview_sheet_is_written_and_opened(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Among the reports, for the role and in the language chosen; its place is told."""
    opened: list[str] = []
    monkeypatch.setattr(desk_module, "opened_in_browser", lambda address: opened.append(address) or True)
    do(desk, "choose", *KOPI)
    page = do(desk, "sheet", *KOPI, role="customer", lang="en")
    file = desk.workspace.reports / "kopi-lereng-2026-03-31-sheet-customer-en.pdf"
    assert file.read_bytes().startswith(b"%PDF-")
    assert opened == [file.as_uri()]
    assert f"reports/{file.name}" in page.text
    page = do(desk, "sheet", *KOPI, role="customer", open="yes")
    assert "nothing is left to ask" in page.text


def test_what_cannot_be_opened_here_says_where_it_is(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """On a server there is no screen; else the browser gets the file's own address."""
    asked: list[str] = []
    monkeypatch.setattr(desk_module, "opened_in_browser", lambda address: asked.append(address) or len(asked) > 1)
    assert "reports/a b.html" in do(desk, "page", "reports", "a b.html").text
    assert "reports/a b.html" not in do(desk, "page", "reports", "a b.html").text
    assert asked[0].startswith("file://")
    assert asked[0].endswith("/reports/a%20b.html")


def test_a_file_opens_at_once(workspace: Workspace) -> None:
    """Where the desk is asked for one; one that is not there is an error in one sentence."""
    assert Desk(workspace, file="/".join(KOPI)).filling
    with pytest.raises(CxError, match="is not there"):
        Desk(workspace, file="nowhere.json")


def test_pages_alone_wait_for_a_choice(desk: Desk) -> None:
    """The first asks which assessment, the others say that there is none yet; then each is its page."""
    first, second = desk.page("profile"), desk.page("inform")
    second.hear(Event(do="look", client="a"))
    assert "My assessments" in first.view["html"]
    assert "First choose" in second.view["html"]
    first.take(Event(do="open", at=KOPI))
    assert read(first.view["html"]).all("form", data_set="profile")
    assert read(second.view["html"]).all("form", data_set="answers/inform-1")
    assert read(desk.view["html"]).all("nav")


def test_every_event_is_acknowledged(desk: Desk) -> None:
    """At the desk and in the form, by browser and number."""
    desk.take(Event(do="open", at=KOPI, client="a", seq=3))
    assert desk.view["acks"] == {"a": 3}
    desk.take(Event(do="go", at=("inform",), client="b", seq=1))
    desk.take(Event(do="desk", client="a", seq=4))
    assert desk.view["acks"] == {"a": 4, "b": 1}


def test_one_does_not_leave_what_is_not_saved(desk: Desk, tmp_path: Path) -> None:
    """The form stays until its file is back."""
    do(desk, "open", *KOPI)
    assert desk.filling
    away = desk.filling.sitting.path.rename(tmp_path / "away.json")
    do(desk, "set", "answers", "inform-1", choice="N")
    do(desk, "desk")
    assert desk.filling
    away.rename(desk.filling.sitting.path)
    do(desk, "retry")
    do(desk, "desk")
    assert desk.filling is None


def test_a_notebook_keeps_nothing_of_it(desk: Desk) -> None:
    """What is shown is no state of the widget."""
    do(desk, "open", *KOPI)
    data, _ = desk._repr_mimebundle_()
    assert "Kopi" not in str(data)
    assert "Kopi" not in str({key: value for key, value in desk.get_state().items() if key != "_css"})


def test_the_focus_follows_what_comes_on_screen(desk: Desk) -> None:
    """To the head of a form and of the desk, and to the orders; only in the browser that asked, each time anew."""

    def act(what: str, *at: str, client: str = "a") -> list[object]:
        desk.take(Event(do=what, at=at, client=client))
        return list(desk.view["focus"])

    counts = []
    for what, at, anchor in (
        ("open", KOPI, "cx-page"),
        ("go", ("inform", "cx-answers-inform-3"), "cx-answers-inform-3"),
        ("desk", (), "cx-page"),
        ("open", KOPI, "cx-page"),
    ):
        count, where, mover = act(what, *at)
        assert (where, mover) == (anchor, "a")
        counts.append(count)
    assert counts == sorted(set(counts))
    assert act("look", client="b") == [counts[-1], "cx-page", "a"]


def test_a_file_gets_the_date_of_its_assessment(desk: Desk) -> None:
    """By one button, where its name holds another; its history comes along, so that undo still goes back."""
    page = do(desk, "look")
    assert page.all("button", data_do="rename", data_at="/".join(KOPI))
    do(desk, "open", *KOPI)
    do(desk, "set", "answers", "inform-1", choice="N")
    do(desk, "desk")
    page = do(desk, "rename", *KOPI)
    new = desk.workspace.folder.joinpath(*KOPI[:-1]) / "2026-03-31.json"
    assert new.is_file()
    assert not desk.workspace.folder.joinpath(*KOPI).exists()
    assert "2026-03-31.json" in page.all("p", role="status")[0].text
    do(desk, "open", *KOPI[:-1], new.name)
    do(desk, "undo")
    assert desk.filling
    assert desk.filling.value.answer_to("inform-1").rating != "N"


def test_no_file_is_renamed_over_another(desk: Desk) -> None:
    """It is told, and both stay."""
    there = desk.workspace.folder.joinpath(*KOPI[:-1]) / "2026-03-31.json"
    there.write_text("mine", encoding="utf-8")
    do(desk, "rename", *KOPI)
    assert desk.view["refused"]
    assert there.read_text(encoding="utf-8") == "mine"
    assert desk.workspace.folder.joinpath(*KOPI).is_file()


def test_an_example_by_its_path_is_tried_on_a_copy(desk: Desk) -> None:
    """That of the workspace, too: what says that nothing is kept must keep nothing."""
    own = desk.workspace.folder / "examples" / "polderfiets.json"
    own.parent.mkdir()
    own.write_bytes((examples_dir() / "polderfiets.json").read_bytes())
    for path in (own, examples_dir() / "polderfiets.json"):
        do(desk, "open", path=str(path))
        assert desk.filling
        assert is_trial(desk.filling.sitting.path)
        do(desk, "desk")


def test_the_same_company_on_the_same_day(desk: Desk) -> None:
    """It is told how to go on, with the path as one knows it here, and nothing is written over."""
    do(desk, "new", organisation="Klinik Melati", on="2026-12-01")
    do(desk, "desk")
    page = do(desk, "new", organisation="Klinik Melati", on="2026-12-01")
    (told,) = (node.text for node in page.all("p", role="alert"))
    assert "assessments/klinik-melati/2026-12-01.json" in told
    assert str(desk.workspace.folder) not in told
    assert "Duplicate for another unit" in told


def test_a_language_chosen_at_the_desk_is_that_of_forms(desk: Desk) -> None:
    """Whatever the working language of the assessment that is opened then."""
    do(desk, "lang", "en")
    do(desk, "open", *KOPI)
    assert desk.filling
    assert desk.filling.lang == "en"


def test_reports_made_before_are_a_button_away(desk: Desk) -> None:
    """By the index in the folder of reports, once there is one."""
    index = desk.workspace.reports / "index.html"
    assert not do(desk, "look").all("button", data_do="page")
    index.parent.mkdir()
    index.write_text("", encoding="utf-8")
    (button,) = do(desk, "look").all("button", data_do="page")
    assert button.attrs["data-at"] == "reports/index.html"
