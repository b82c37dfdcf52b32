"""What an index lists: all reports that stand in a folder, whenever they were made, and nothing else."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from kit.damage import FILES
from kit.reports import listed_of, named, reports_of, stood

from cxassess.batch.listing import Listing, folded, listing_of, reports_in
from cxassess.content.reading import Content
from cxassess.document.assessment import Unit
from cxassess.document.assessmentfile import load_assessment
from cxassess.places import examples_dir
from cxassess.report.rendering import Report


@pytest.fixture
def cafe(content: Content) -> list[Report]:
    """The coffee chain in its two languages."""
    file = examples_dir() / "kopi-lereng.json"
    return reports_of(file, load_assessment(file, content), content)


def names(listing: Listing) -> list[list[str]]:
    """The notebooks of each entry."""
    return [[report.notebook.name for report in entry] for entry in listing.entries]


def reason(listing: Listing) -> str:
    """What is said of the one notebook that cannot be read."""
    ((_, error),) = listing.unread
    return str(error.problems[-1])


def changed(notebook: Path, change: Callable[[dict[str, object]], object]) -> None:
    """Change the imprint of a notebook."""
    document = json.loads(notebook.read_bytes())
    change(document["metadata"]["cxassess"])
    notebook.write_text(json.dumps(document), encoding="utf-8")


def test_what_stands_is_listed_with_what_came_of_it(tmp_path: Path, content: Content, cafe: list[Report]) -> None:
    """Read from the notebooks alone, it is what the scorecards say."""
    for report in cafe:
        stood(tmp_path, report, content)
    listing = reports_in(tmp_path)
    assert names(listing) == [["kopi-lereng-2026-03-31-id.ipynb", "kopi-lereng-2026-03-31-en.ipynb"]]
    for found, made in zip(listing.entries[0], cafe, strict=True):
        wanted = listed_of(made, content)
        assert (found.client, found.on, found.outcome) == (wanted.client, wanted.on, wanted.outcome)
        assert found.client.organisation == made.card.assessment.profile.organisation
        assert found.outcome.results["claimed"].shown == made.card.claimed.shown
        assert found.outcome.letters == tuple(level.letter for level in made.card.claimed.levels)
        assert not found.edited
    assert listing.unread == []


def test_an_edited_notebook_is_marked(tmp_path: Path, content: Content, cafe: list[Report]) -> None:
    """What a reader sees has changed since it was rendered."""
    notebook = stood(tmp_path, cafe[0], content)
    document = json.loads(notebook.read_bytes())
    document["cells"][0]["source"] = ["# Our own words\n", "and more"]
    notebook.write_text(json.dumps(document), encoding="utf-8")
    assert reports_in(tmp_path).entries[0][0].edited


def test_a_person_who_only_opens_a_notebook_has_not_edited_it(
    tmp_path: Path, content: Content, cafe: list[Report]
) -> None:
    """Jupyter writes it in another way: lines apart, marks of its own."""
    notebook = stood(tmp_path, cafe[0], content)
    document = json.loads(notebook.read_bytes())
    cell = document["cells"][0]
    cell["metadata"]["editable"] = True
    cell["source"] = "".join(cell["source"]).splitlines(keepends=True)
    notebook.write_text(json.dumps(document, indent=3), encoding="utf-8")
    assert not reports_in(tmp_path).entries[0][0].edited


def test_the_list_stands_by_company_unit_and_date(content: Content) -> None:
    """Whatever the order it was found in; the newest first; capitals and accents make no difference."""
    units = [Unit(kind="outlet", name=name) for name in ("Dago", "Asia")]
    reports = [report for name in ("beta", "Ángel", "alfa") for report in named(content, name)]
    reports += [report for unit in units for report in named(content, "alfa", unit=unit)]
    for order in (reports, reports[::-1]):
        listing = listing_of([listed_of(report, content) for report in order])
        clients = [entry[0].client for entry in listing.entries]
        assert [(one.organisation, one.unit_name) for one in clients] == [
            ("alfa", ""), ("alfa", "Asia"), ("alfa", "Dago"), ("Ángel", ""), ("beta", ""),
        ]  # fmt: skip
        assert all([report.imprint.lang for report in entry] == ["id", "en"] for entry in listing.entries)
    older, newer = (load_assessment(examples_dir() / f"kopi-lereng{year}.json", content) for year in ("", "-2027"))
    both = [report for one in (older, newer) for report in reports_of(Path("x.json"), one, content)]
    entries = listing_of([listed_of(report, content) for report in both]).entries
    assert [entry[0].on.year for entry in entries] == [2027, 2026]


def test_reports_of_other_answers_stand_apart(tmp_path: Path, content: Content, cafe: list[Report]) -> None:
    """One language was rendered anew, the other not: each has its own line, with its own results."""
    mine, other = [stood(tmp_path, report, content) for report in cafe]
    changed(other, lambda imprint: imprint["outcome"]["claimed"].update(attained=1, shown="1"))  # type: ignore[index]
    assert sorted(names(reports_in(tmp_path))) == sorted([[mine.name], [other.name]])


def test_what_is_no_report_is_passed_over(tmp_path: Path, content: Content, cafe: list[Report]) -> None:
    """A notebook of one's own, half-run ones, hidden copies, what lies in folders."""
    notebook = stood(tmp_path, cafe[0], content)
    for name in (".hidden.ipynb", "a.failed.ipynb", "in/a.ipynb", ".ipynb_checkpoints/a.ipynb"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(b"{")
    own = json.loads(notebook.read_bytes())
    del own["metadata"]["cxassess"]
    (tmp_path / "own.ipynb").write_text(json.dumps(own), encoding="utf-8")
    listing = reports_in(tmp_path)
    assert (names(listing), listing.unread) == ([[notebook.name]], [])


def test_pages_that_are_nobodys_are_told(tmp_path: Path, content: Content, cafe: list[Report]) -> None:
    """A report that has lost its imprint: it stands, and cannot be listed."""
    notebook = stood(tmp_path, cafe[0], content)
    document = json.loads(notebook.read_bytes())
    del document["metadata"]["cxassess"]
    notebook.write_text(json.dumps(document), encoding="utf-8")
    listing = reports_in(tmp_path)
    assert listing.entries == []
    assert reason(listing).startswith(f"{notebook.name}: does not tell whose report it is")


def test_a_report_without_its_page_is_told(tmp_path: Path, content: Content, cafe: list[Report]) -> None:
    """A link that leads nowhere helps nobody: how to make the page again is said."""
    notebook = stood(tmp_path, cafe[0], content)
    notebook.with_suffix(".pdf").unlink()
    listing = reports_in(tmp_path)
    assert listing.entries == []
    assert reason(listing).startswith(f"{notebook.name}: kopi-lereng-2026-03-31-id.pdf is missing beside it")
    assert "--from" in reason(listing)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda imprint: imprint.update(format=99), "by a newer cxassess"),
        (lambda imprint: imprint.update(client=7), "is damaged"),
        (lambda imprint: imprint.update(outcome=None), "of an older cxassess"),
    ],
)
def test_an_imprint_that_cannot_be_used_is_told(
    tmp_path: Path, content: Content, cafe: list[Report], change: Callable[[dict[str, object]], object], said: str
) -> None:
    """Its neighbour is listed."""
    broken, whole = [stood(tmp_path, report, content) for report in cafe]
    changed(broken, change)
    listing = reports_in(tmp_path)
    assert names(listing) == [[whole.name]]
    assert reason(listing).startswith(f"{broken.name}: ") and said in reason(listing)


@pytest.mark.parametrize("kind", FILES)
def test_a_damaged_notebook_is_told(tmp_path: Path, content: Content, cafe: list[Report], kind: str) -> None:
    """Whatever has become of the file: named with its reason, or still readable; its neighbour is listed."""
    broken, whole = [stood(tmp_path, report, content) for report in cafe]
    data = broken.read_bytes()
    broken.unlink()
    FILES[kind](broken, data)
    listing = reports_in(tmp_path)
    assert [whole.name] in names(listing) or names(listing) == [[broken.name, whole.name]]
    assert all(path == broken and error.problems for path, error in listing.unread)


def test_names_are_looked_up_without_accents() -> None:
    """And without capitals."""
    assert folded("KAFÉ Élan") == folded("kafe elan") == "kafe elan"
