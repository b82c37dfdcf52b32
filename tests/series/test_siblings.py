"""The files beside an assessment: known by what they hold, and told where two of them cannot both be meant."""

import json
from pathlib import Path

import pytest
from kit.made import ON, blank

from cxassess.content.reading import Content
from cxassess.document.assessment import Profile, Unit
from cxassess.document.assessmentfile import save_assessment
from cxassess.errors import AssessmentError
from cxassess.series.siblings import doubts, original_of, refuse_doubtful, siblings

COPIES = [
    "2026-03-31 (Sari's conflicted copy 2026-04-02).json",
    "2026-03-31 (konflik salinan dari Sari 2026-04-02).json",
    "2026-03-31 (1).json",
    "2026-03-31(2).json",
    "2026-03-31.sync-conflict-20260402-101112-ABCDEFG.json",
    "2026-03-31_conflict-20260402-101112.json",
    "Copy of 2026-03-31.json",
    "Salinan dari 2026-03-31.json",
    "2026-03-31 - Copy.json",
    "2026-03-31 - Salinan (2).json",
    "2026-03-31 copy 2.json",
    "2026-03-31-Copy1.json",
]


@pytest.fixture
def file(tmp_path: Path, content: Content) -> Path:
    save_assessment(blank(content), tmp_path / "2026-03-31.json")
    return tmp_path / "2026-03-31.json"


def told(path: Path, content: Content, **fields: object) -> list[str]:
    return [str(problem) for problem in doubts(path, blank(content, **fields))]


@pytest.mark.parametrize("name", COPIES)
def test_a_conflict_copy_is_known_by_its_name(name: str, file: Path, content: Content) -> None:
    """Beside its original, both tell it, once; even a copy that is no JSON. Without the original it is a name."""
    copy = file.with_name(name)
    copy.write_text("{", encoding="utf-8")
    assert original_of(copy) == file.name
    for path in (file, copy):
        (problem,) = told(path, content)
        assert problem.startswith(f"{name}: looks like a copy of {file.name};")
    file.unlink()
    assert original_of(copy) == ""


def test_a_file_alone_is_not_doubted(file: Path, content: Content) -> None:
    """Nor one beside other units, other dates, hidden files, and what is no assessment."""
    outlet = Profile(organisation="Acme", unit=Unit(kind="outlet", name="Dago"))
    save_assessment(blank(content, profile=outlet), file.with_name("2026-03-31-dago.json"))
    save_assessment(blank(content, on=ON.replace(year=2027)), file.with_name("2027-03-31.json"))
    file.with_name(".2026-03-31 (1).json").write_bytes(file.read_bytes())
    for name, text in {"a": "[]", "b": "{", "c": '{"on": 1, "profile": {}}', "d": "[" * 100_000}.items():
        file.with_name(f"{name}.json").write_text(text, encoding="utf-8")
    file.with_name("e.json").symlink_to("e.json")
    file.with_name("f.json").mkdir()
    refuse_doubtful(file, blank(content))
    assert [one.path.name for one in siblings(file)] == ["2026-03-31-dago.json", "2027-03-31.json"]


def test_two_of_one_unit_and_date(file: Path, content: Content) -> None:
    """As OneDrive names its copies, or with the name written otherwise: each tells the other."""
    twin = file.with_name("2026-03-31-LAPTOP7.json")
    profile = Profile(organisation="ACME.", unit=Unit(kind="company"))
    save_assessment(blank(content, profile=profile), twin)
    for one, other in ((file, twin), (twin, file)):
        assert told(one, content) == [
            f"{one.name}: is of the same organisation, unit and date as {other.name}; "
            "correct the date or unit of one, or move one away"
        ]
    with pytest.raises(AssessmentError, match="it is doubtful that"):
        refuse_doubtful(file, blank(content))


def test_two_names_of_one_file_are_one(file: Path, content: Content) -> None:
    """By a link, say, or where a disk takes no notice of capitals."""
    file.with_name("latest.json").symlink_to(file)
    assert told(file, content) == []


def test_a_changed_file_is_looked_at_anew(file: Path, content: Content) -> None:
    """What was seen of it is not kept past its next save."""
    save_assessment(blank(content), file.with_name("b.json"))
    assert told(file, content)
    document = json.loads(file.with_name("b.json").read_text(encoding="utf-8"))
    file.with_name("b.json").write_text(json.dumps(document | {"on": "2025-01-01"}, indent=9), encoding="utf-8")
    assert told(file, content) == []


def test_a_name_that_holds_another_date(file: Path, content: Content) -> None:
    """Only where none of its dates is the one in the file; digits that are no date are none."""
    for name in ("2027-03-31.json", "acme-2027-03-31-draft.json"):
        file = file.rename(file.with_name(name))
        (problem,) = told(file, content)
        assert "is named 2027-03-31 but dated 2026-03-31; correct the date in it, or rename the file" in problem
    for name in ("acme.json", "2025-01-01 as of 2026-03-31.json", "12026-03-310.json"):
        file = file.rename(file.with_name(name))
        assert told(file, content) == []
