"""One unit over time: begun from the last, which is found again by what its file holds."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from kit.made import ON, assessments, blank

from cxassess.content.reading import Content, load_content
from cxassess.document.assessment import Assessment, Profile, Target, Unit
from cxassess.document.assessmentfile import load_assessment, save_assessment
from cxassess.document.checking import check_assessment
from cxassess.errors import AssessmentError
from cxassess.series.waves import begun_from, last_before, new_wave, next_file

CONTENT = load_content()
NEXT = date(2027, 4, 1)
DAGO = Unit(kind="outlet", name="Dago Atas")


@pytest.fixture
def file(tmp_path: Path, content: Content) -> Path:
    save_assessment(blank(content), tmp_path / "2026-03-31.json")
    return tmp_path / "2026-03-31.json"


@settings(max_examples=10, deadline=None)
@given(assessments(CONTENT))
def test_the_next_is_of_the_same_and_answers_nothing(old: Assessment) -> None:
    """Weights, content, evidence and targets stay; what was answered, judged and excepted does not; both fit."""
    old = old.replaced(targets=(Target(key="T-01", level=4),), private="then", commentary={"summary": "then"})
    new = begun_from(old, NEXT)
    kept = {name: getattr(old, name) for name in ("content", "profile", "weights", "evidence", "targets")}
    assert new == Assessment(on=NEXT, **kept)
    again = begun_from(old, NEXT, keep_answers=True)
    assert again == old.replaced(on=NEXT)
    for one in (new, again):
        check_assessment(one, CONTENT)


def test_notes_of_the_assessment_stay_behind(content: Content) -> None:
    """What it covered was true of then; what is private of the company goes on, but not to another unit."""
    profile = Profile(organisation="Acme", unit=Unit(kind="company"), note="nine outlets", private="founder")
    old = blank(content, profile=profile, weights={"inform-1": Decimal(2)})
    assert begun_from(old, NEXT).profile == profile.model_copy(update={"note": None})
    other = begun_from(old.replaced(targets=(Target(key="T-01", level=4),)), NEXT, unit=DAGO)
    assert (other.profile.unit, other.profile.private, other.targets, other.weights) == (
        DAGO,
        None,
        (),
        old.weights,
    )
    assert begun_from(old, NEXT, unit=DAGO, keep_answers=True).profile.private == "founder"


@pytest.mark.parametrize(
    ("name", "unit", "goes"),
    [
        ("2026-03-31.json", None, "2027-04-01.json"),
        ("2026-03-31.json", DAGO, "2027-04-01-dago-atas.json"),
        ("2026-03-31-riau.json", None, "2027-04-01-riau.json"),
        ("2026-03-31-riau.json", DAGO, "2027-04-01-dago-atas.json"),
        ("2026-03-31-riau.json", Unit(kind="brand", name="Kopi"), "2027-04-01-kopi.json"),
        ("acme.json", None, "acme-2027-04-01.json"),
    ],
)
def test_where_it_goes(name: str, unit: Unit | None, goes: str, content: Content) -> None:
    """Beside the old, under its own date; another unit under its name."""
    old = blank(content)
    assert next_file(Path("acme", name), old, begun_from(old, NEXT, unit=unit)) == Path("acme", goes)


def test_a_long_name_is_cut_and_stays_its_own(content: Content) -> None:
    """At most 100 letters, and no two names become one."""
    old = blank(content)
    ends = [next_file(Path(f"{'a' * 120}{end}.json"), old, begun_from(old, NEXT, unit=DAGO)).name for end in "bc"]
    assert len(set(ends)) == 2
    assert all(len(name) <= 100 for name in ends)


def test_a_wave_is_written_and_never_over_another(file: Path, content: Content) -> None:
    """Nor beside one of its unit and date under another name, nor before the one it is begun from."""
    made = new_wave(file, content, on=NEXT)
    assert (made.name, load_assessment(made, content).on) == ("2027-04-01.json", NEXT)
    with pytest.raises(AssessmentError, match="stands already"):
        new_wave(file, content, on=NEXT)
    made.rename(made.with_name("called-otherwise.json"))
    with pytest.raises(AssessmentError, match=r"called-otherwise\.json: stands already"):
        new_wave(file, content, on=NEXT)
    for day in (ON, date(2025, 1, 1)):
        with pytest.raises(AssessmentError, match=r"is not after 2026-03-31; choose a later date"):
            new_wave(file, content, on=day)
    assert new_wave(file, content, on=ON, unit=DAGO).name == "2026-03-31-dago-atas.json"


def test_the_last_before_is_found_by_what_the_files_hold(file: Path, content: Content) -> None:
    """The latest of the earlier ones of this unit, whatever they are called; none of another unit or later."""
    now = blank(content, on=NEXT)
    save_assessment(now, file.with_name("now.json"))
    assert last_before(file.with_name("now.json"), now, content) == (file, blank(content))
    save_assessment(begun_from(now, date(2027, 1, 1), unit=DAGO), file.with_name("dago.json"))
    save_assessment(blank(content, on=date(2025, 1, 1)), file.with_name("older.json"))
    save_assessment(blank(content, on=date(2028, 1, 1)), file.with_name("later.json"))
    assert last_before(file.with_name("now.json"), now, content) == (file, blank(content))
    assert last_before(file.with_name("older.json"), blank(content, on=date(2025, 1, 1)), content) is None


def test_of_two_last_ones_neither_is_used(file: Path, content: Content) -> None:
    """They are told instead."""
    file.with_name("copy.json").write_bytes(file.read_bytes())
    with pytest.raises(AssessmentError, match=r"2026-03-31\.json: is of the same .* as copy\.json"):
        last_before(file.with_name("now.json"), blank(content, on=NEXT), content)
