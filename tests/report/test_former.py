"""What stands in a report's place: its own under another spelling, another's, or one of another file."""

from pathlib import Path

import pytest
from kit.made import blank
from kit.reports import imprint_on, reports_of
from nbformat.v4 import new_notebook

from cxassess.content.reading import Content
from cxassess.document.assessment import Profile, Unit
from cxassess.document.assessmentfile import save_assessment
from cxassess.errors import ReportError
from cxassess.page.imprint import Client
from cxassess.report.former import former_of, refuse_foreign
from cxassess.report.notebookfile import beside, notebook_bytes
from cxassess.report.rendering import report_name


def stood(folder: Path, content: Content, organisation: str, file: str = "") -> Path:
    """A report of a company in a folder, made from a file."""
    profile = Profile(organisation=organisation, unit=Unit(kind="company"))
    report = reports_of(Path(), blank(content, profile=profile), content)[1]
    imprint = imprint_on(report, content)
    assert imprint.sources
    imprint = imprint.model_copy(update={"sources": imprint.sources.model_copy(update={"file": file})})
    notebook = folder / report.notebook.name
    node = new_notebook(metadata={"cxassess": imprint.model_dump(mode="json")})
    notebook.write_bytes(notebook_bytes(node))
    return notebook


def client(organisation: str) -> Client:
    return Client(organisation=organisation, unit_kind="company")


def name(content: Content, organisation: str, unit: str = "") -> str:
    part = Unit(kind="outlet", name=unit) if unit else Unit(kind="company")
    return report_name(blank(content, profile=Profile(organisation=organisation, unit=part)), "en")


@pytest.mark.parametrize(
    ("was", "now"),
    [
        ("PT Kopi Lereng", "PT. KOPI LERENG"),
        ("T.M. Lewin", "TM Lewin"),
        ("KopiLereng", "Kopi–Lereng"),
        ("Cafe\u0301 O'Brien", "Café O’Brien"),
    ],
)
def test_a_corrected_name_replaces_its_own_report(was: str, now: str, tmp_path: Path, content: Content) -> None:
    """In capitals, punctuation, blanks or normal form; under its new name, and the old goes."""
    old, new = stood(tmp_path, content, was), tmp_path / f"{name(content, now)}.ipynb"
    former = former_of(new, client(now), force=False)
    assert former and former.notebook == old
    refuse_foreign(former, client(now), tmp_path, force=False)
    for ending in (".html", ".pdf"):
        beside(old, ending).touch()
    former.give_way(new)
    assert len(list(tmp_path.iterdir())) == (0 if old != new else 3)


def test_other_names_stay_their_own(tmp_path: Path, content: Content) -> None:
    """C++, C# and C are three, though their reports have one name."""
    former = former_of(stood(tmp_path, content, "C++"), client("C"), force=False)
    assert former
    for other in ("C#", "C"):
        for force in (False, True):
            with pytest.raises(ReportError, match=r"is the report of C\+\+; choose another folder"):
                refuse_foreign(former, client(other), tmp_path, force=force)
    assert former_of(tmp_path / f"{name(content, 'C D')}.ipynb", client("C D"), force=False) is None


def test_the_report_of_another_file_stays(tmp_path: Path, content: Content) -> None:
    """While that file stands and holds something else; a file that was moved or copied is the same."""
    last, now = tmp_path / "last.json", tmp_path / "now.json"
    save_assessment(blank(content), last)
    save_assessment(blank(content, private="x"), now)
    (tmp_path / "reports").mkdir()
    notebook = stood(tmp_path / "reports", content, "Acme", "../last.json")
    former = former_of(notebook, client("Acme"), force=False)
    assert former
    refuse_foreign(former, client("Acme"), last, force=False)
    with pytest.raises(ReportError, match=r"made from \.\./last\.json, another file that still stands"):
        refuse_foreign(former, client("Acme"), now, force=False)
    refuse_foreign(former, client("Acme"), now, force=True)
    now.write_bytes(last.read_bytes())
    refuse_foreign(former, client("Acme"), now, force=False)
    save_assessment(blank(content, private="y"), now)
    last.unlink()
    refuse_foreign(former, client("Acme"), now, force=False)


def test_a_broken_one_of_another_spelling_is_left_alone(tmp_path: Path, content: Content) -> None:
    """It is not in the place."""
    old = stood(tmp_path, content, "KopiLereng")
    old.write_text("{", encoding="utf-8")
    assert (
        former_of(tmp_path / f"{name(content, 'Kopi Lereng')}.ipynb", client("Kopi Lereng"), force=False) is None
    )
    with pytest.raises(ReportError, match="is no whole notebook"):
        former_of(old, client("KopiLereng"), force=False)
    assert former_of(old, client("KopiLereng"), force=True) is None


def test_long_names_are_cut_and_stay_apart(content: Content) -> None:
    """At most 100 letters with the longest ending, and of few enough bytes; short ones stay as they are."""
    names = [
        name(content, organisation * 30, unit * 30) for organisation in ("PT ", "漢字") for unit in ("ab", "ac")
    ]
    assert len(set(names)) == 4
    for one in names:
        assert one.endswith("-2026-03-31-en")
        assert len(f"{one}.failed.ipynb") <= 100
        assert len(f"{one}.failed.ipynb".encode()) < 200
    assert name(content, "PT Kopi Lereng", "Dago") == "pt-kopi-lereng-dago-2026-03-31-en"
