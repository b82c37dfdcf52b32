"""Files: what is refused and how it is told, and what a saved file looks like."""

import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from kit.made import blank
from kit.places import DATA

from cxassess.content.reading import Content
from cxassess.document.answers import Answer
from cxassess.document.assessment import FORMAT, Assessment
from cxassess.document.assessmentfile import dumps, load_assessment, new_assessment, save_assessment
from cxassess.errors import AssessmentError

CASES = DATA / "assessments"


def least(**changes: object) -> dict[str, Any]:
    """The smallest valid document, with some fields changed."""
    profile = {"organisation": "Acme", "unit": {"kind": "company"}}
    content = {"model": "cx-pyramid-6", "version": "1.0"}
    return {"format": FORMAT, "content": content, "on": "2026-03-31", "profile": profile} | changes


def refused(tmp_path: Path, content: Content, document: object) -> list[str]:
    """What is said of a document that is refused; its file must stay as it was."""
    file = tmp_path / "acme.json"
    text = document if isinstance(document, str) else json.dumps(document, indent=2)
    file.write_text(text, encoding="utf-8")
    with pytest.raises(AssessmentError) as caught:
        load_assessment(file, content)
    assert file.read_text(encoding="utf-8") == text
    return [str(problem) for problem in caught.value.problems]


@pytest.mark.parametrize(
    "case", sorted(CASES.glob("*.json"), key=lambda path: path.name), ids=lambda path: path.stem
)
def test_bad_documents_are_told_in_words(case: Path, content: Content) -> None:
    """Each tests/data/assessments/NAME.json is refused with exactly the lines of NAME.expected."""
    with pytest.raises(AssessmentError) as caught:
        load_assessment(case, content)
    told = [str(problem) for problem in caught.value.problems]
    assert told == case.with_suffix(".expected").read_text(encoding="utf-8").splitlines()


def test_broken_json_names_line_and_column(tmp_path: Path, content: Content) -> None:
    """A missing comma is told with its line."""
    (told,) = refused(tmp_path, content, '{"format": 1,\n "on": "2026-03-31"\n "profile": {}}')
    assert told.startswith("acme.json:3 column 2: is not JSON here")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "is not JSON here"),
        ("[]", "must begin with {"),
        ('{"format": 1, "format": 1}', "stands twice"),
        ('{"format": 0}', "is no number of a format"),
        ('{"a": 1}', 'is missing; if this is an assessment, write "format": 2'),
        ("[" * 100_000, "nested too deeply"),
    ],
)
def test_what_is_no_assessment(tmp_path: Path, content: Content, text: str, said: str) -> None:
    """Other JSON, no JSON, doubled keys: one clear line each."""
    assert said in refused(tmp_path, content, text)[0]


def test_a_future_format_asks_for_an_upgrade(tmp_path: Path, content: Content) -> None:
    """A file of a newer cxassess is not half understood."""
    (told,) = refused(tmp_path, content, least(format=FORMAT + 1, novelty=True))
    assert "newer cxassess" in told
    assert told.endswith("upgrade cxassess")


def test_other_content_is_refused(tmp_path: Path, content: Content) -> None:
    """An assessment made with another model, or another major version, is not scored with this one."""
    for other in ({"model": "coffee-bar", "version": "1.0"}, {"model": "cx-pyramid-6", "version": "2.0"}):
        (told,) = refused(tmp_path, content, least(content=other))
        assert "the content is" in told
    assert load_minor(tmp_path, content).content.version == "1.7"


def load_minor(tmp_path: Path, content: Content) -> Assessment:
    file = tmp_path / "minor.json"
    file.write_text(json.dumps(least(content={"model": "cx-pyramid-6", "version": "1.7"})))
    return load_assessment(file, content)


@pytest.mark.parametrize("value", [20260331, 1774915200, True, "31-03-2026", "2026-02-30"])
def test_a_date_is_a_date(tmp_path: Path, content: Content, value: object) -> None:
    """Numbers are not taken for dates, and impossible days are refused."""
    (told,) = refused(tmp_path, content, least(on=value))
    assert told.startswith("acme.json:7 on:")


@pytest.mark.parametrize("value", [True, "3", 3.5, 4, -1, None])
def test_a_severity_is_0_to_3(tmp_path: Path, content: Content, value: object) -> None:
    """Nothing is coerced into a severity."""
    assert refused(tmp_path, content, least(mistakes={"silos": {"severity": value}}))


@pytest.mark.parametrize("weight", ["0", "-1", "NaN", "Infinity", "much", True])
def test_weights_are_positive_numbers(tmp_path: Path, content: Content, weight: object) -> None:
    """Zero, negative and not-a-number weights are refused."""
    assert refused(tmp_path, content, least(weights={"inform-1": weight}))


def test_weights_are_kept_exactly(tmp_path: Path, content: Content) -> None:
    """What was written is what is saved, digit for digit."""
    file = tmp_path / "a.json"
    file.write_text(json.dumps(least(weights={"inform-1": "1.10", "inform-2": "0.3333333333333333333333"})))
    saved = json.loads(dumps(load_assessment(file, content)))["weights"]
    assert saved == {"inform-1": "1.10", "inform-2": "0.3333333333333333333333"}


def test_saving_twice_gives_the_same_bytes(tmp_path: Path, content: Content) -> None:
    """Read and saved again, an assessment is the same file; answers stand in their own order."""
    rated = Answer(state="rated", rating="L")
    assessment = blank(content).answer("respond-2", rated).answer("inform-10", rated).answer("inform-2", rated)
    assert list(assessment.answers) == ["inform-2", "inform-10", "respond-2"]
    save_assessment(blank(content, private="x", note={"id": "ya"}), tmp_path / "a.json")
    save_assessment(load_assessment(tmp_path / "a.json", content), tmp_path / "b.json")
    assert (tmp_path / "a.json").read_bytes() == (tmp_path / "b.json").read_bytes()


def test_new_never_overwrites(tmp_path: Path, content: Content) -> None:
    """A file that stands stays."""
    file = tmp_path / "acme" / "2026.json"
    new_assessment(file, content, organisation="Acme", on=date(2026, 1, 1))
    before = file.read_bytes()
    with pytest.raises(AssessmentError, match="nothing was written"):
        new_assessment(file, content, organisation="Other", on=date(2026, 1, 1))
    assert file.read_bytes() == before


@pytest.mark.parametrize("name", ["", "  ", "a\x1b[31mred", "two\nlines", "\u202e\x00"])
def test_names_with_control_characters_are_refused(tmp_path: Path, content: Content, name: str) -> None:
    """They would reach terminals and file names; nothing is written."""
    with pytest.raises(AssessmentError):
        new_assessment(tmp_path / "a.json", content, organisation=name, on=date(2026, 1, 1))
    assert not list(tmp_path.iterdir())


def test_a_number_no_one_can_mean_is_refused(tmp_path: Path, content: Content) -> None:
    """Thousands of digits, samples of astronomic size, dates past the calendar: one line each, no traceback."""
    assert refused(tmp_path, content, '{"format": 1, "x": ' + "9" * 5000 + "}")
    sampled = {"state": "rated", "rating": "L", "evidence": [{"evidence": "E-01", "sample": {"k": 1, "n": 10**9}}]}
    assert refused(tmp_path, content, least(answers={"inform-1": sampled}))
    assert refused(tmp_path, content, least(on="9999-12-31"))
    late = {"key": "E-01", "kind": "document", "source": "s", "on": "9999-12-31"}
    assert refused(tmp_path, content, least(evidence=[late]))


@pytest.mark.parametrize("blank_", ["", "  ", {}, {"id": " "}])
def test_a_reason_is_not_blank(tmp_path: Path, content: Content, blank_: object) -> None:
    """An exception lifts a cap and not-applicable leaves the count: both say why."""
    exception = {"mistake": "silos", "level": "resolve", "reason": blank_}
    assert refused(tmp_path, content, least(exceptions=[exception]))
    dropped = {"state": "not-applicable", "reason": "not-offered", "note": blank_}
    assert refused(tmp_path, content, least(answers={"inform-1": dropped}))


def test_a_language_stands_once(tmp_path: Path, content: Content) -> None:
    """Twice would mean two reports in one file."""
    profile = {"organisation": "Acme", "unit": {"kind": "company"}, "report_languages": ["id", "id"]}
    assert "stands twice" in refused(tmp_path, content, least(profile=profile))[0]


def test_two_problems_in_one_place_do_not_hide_each_other(tmp_path: Path, content: Content) -> None:
    """A text given as a mapping is told beside other problems."""
    profile = {"organisation": {"id": "A"}, "unit": {"kind": "company"}, "size": 3}
    told = refused(tmp_path, content, least(profile=profile))
    assert [line.split()[1] for line in told] == ["profile.organisation:", "profile.size:"]


def test_control_characters_do_not_reach_the_terminal(tmp_path: Path, content: Content) -> None:
    """Keys come from files."""
    assert "\x1b" not in refused(tmp_path, content, least(**{"\x1b[31mX": 1}))[0]


def test_faults_of_form_do_not_hide_faults_of_fit(tmp_path: Path, content: Content) -> None:
    """An unknown key, a doubled one and a bad format beside an unknown question and lost evidence: all at once."""
    unfit = {"state": "rated", "rating": "L", "evidence": [{"evidence": "E-99", "supports": "L"}]}
    document = least(banana=1, format="1", answers={"nope-1": {"state": "unknown"}, "inform-1": unfit})
    text = json.dumps(document, indent=1).replace('"on":', '"on": "2026-01-01",\n "on":')
    told = "\n".join(refused(tmp_path, content, text))
    for said in (
        "banana: is unknown",
        "format: is no number",
        "on: stands twice",
        "nope-1: is unknown",
        "E-99 is not in",
    ):
        assert said in told
    assert all(re.match(r"acme\.json:\d+ ", line) for line in told.splitlines())


def test_a_faulty_list_of_evidence_is_not_called_lost(tmp_path: Path, content: Content) -> None:
    """Where the list itself cannot be read, nothing is said of links to it."""
    linked = {"state": "rated", "rating": "L", "evidence": [{"evidence": "E-01", "supports": "L"}]}
    told = refused(tmp_path, content, least(answers={"inform-1": linked}, evidence=[{"key": "E-01"}]))
    assert told and not any("not in the evidence list" in line for line in told)


def test_half_a_letter_is_told(tmp_path: Path, content: Content) -> None:
    """A text cut in the middle of a letter is no text; the file is refused, not the program stopped."""
    file = tmp_path / "a.json"
    save_assessment(blank(content, note="Toko X"), file)
    file.write_text(file.read_text(encoding="utf-8").replace("Toko X", "Toko \\ud800"), encoding="utf-8")
    with pytest.raises(AssessmentError):
        load_assessment(file, content)
