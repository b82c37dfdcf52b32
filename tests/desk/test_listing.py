"""What a desk lists: every assessment below a folder, read anew only where its file changed."""

import os
from pathlib import Path

from kit.answers import L
from kit.made import blank

from cxassess.content.reading import Content
from cxassess.desk import listing
from cxassess.desk.listing import Listing
from cxassess.document.assessmentfile import load_assessment, save_assessment
from cxassess.workspace import Workspace


def test_every_assessment_is_listed(workspace: Workspace, content: Content) -> None:
    """The one changed last on top, with how far it is; a draft lacks what nobody answered."""
    fresh = workspace.assessments / "acme" / "2026-03-01.json"
    save_assessment(blank(content).answer("inform-1", L), fresh)
    os.utime(fresh, (2_000_000_000, 2_000_000_000))
    rows = Listing(workspace.assessments, content).rows()
    assert rows[0].card
    assert rows[0].card.assessment.profile.organisation == "Acme"
    asked = len(content.questions) + len(content.mistakes) + len(content.indicators)
    assert (rows[0].answered, rows[0].asked) == (1, asked)
    assert {row.file.parent.name for row in rows} == {"acme", "kopi-lereng", "polderfiets"}


def test_a_file_that_cannot_be_read_is_a_row(workspace: Workspace, content: Content) -> None:
    """With its reasons; the others are listed all the same."""
    (workspace.assessments / "bad.json").write_text("{", encoding="utf-8")
    rows = {row.file.name: row for row in Listing(workspace.assessments, content).rows()}
    assert rows["bad.json"].card is None
    assert rows["bad.json"].error is not None
    assert len(rows) == 2  # both others have the same name


def test_only_what_changed_is_read_again(workspace: Workspace, content: Content, monkeypatch: object) -> None:
    """A list of five hundred is shown after every click."""
    seen: list[Path] = []
    real = listing.load_assessment

    def load(path: Path, content: Content) -> object:
        seen.append(path)
        return real(path, content)

    monkeypatch.setattr(listing, "load_assessment", load)  # type: ignore[attr-defined]
    desk = Listing(workspace.assessments, content)
    desk.rows()
    assert len(seen) == 2
    desk.rows()
    assert len(seen) == 2
    file = seen[0]
    save_assessment(load_assessment(file, content).replaced(private="x"), file)
    desk.rows()
    assert seen[2:] == [file]


def test_no_folder_no_rows(tmp_path: Path, content: Content) -> None:
    """A workspace whose assessments folder nobody has made yet."""
    assert Listing(tmp_path / "none", content).rows() == []
