"""Whether an assessment fits its content and itself: each misfit with its place."""

import pytest
from kit.fields import Json, fields, filled, inner_model
from kit.made import blank

from cxassess.content.reading import Content
from cxassess.document.answers import Answer, EvidenceLink
from cxassess.document.assessment import Assessment
from cxassess.document.checking import check_assessment, misfits
from cxassess.errors import AssessmentError

FIELDS = {field.path: field for field in fields()}
LISTS = [
    name
    for name, info in Assessment.model_fields.items()
    if inner_model(info.annotation)[0] and isinstance(filled(Assessment).get(name), list)
]
LINKS = [path for path in FIELDS if "evidence" in path[1:]]


def found(document: Json, content: Content) -> dict[str, str]:
    """What is wrong, by its place."""
    unfit = misfits(Assessment.model_validate(document), content)
    return {".".join(map(str, one.place)): one.key for one in unfit}


def test_what_does_not_fit_its_content_is_told(content: Content) -> None:
    """A document made in memory is checked like a file, on demand."""
    link = EvidenceLink(evidence="E-99", supports="F")
    unfit = blank(content).answer("inform-1", Answer(state="rated", rating="F", evidence=(link,)))
    with pytest.raises(AssessmentError, match="E-99 is not in the evidence list"):
        check_assessment(unfit, content)
    check_assessment(blank(content), content)


@pytest.mark.parametrize(("field", "key"), [("trade", "problem-no-trade"), ("size", "problem-no-size")])
def test_the_profile_chooses_what_the_content_names(content: Content, field: str, key: str) -> None:
    """A trade of the journeys, a size; "other" is a trade everywhere."""
    profile = blank(content).profile.model_copy(update={field: "lemonade"})
    assert [(one.place, one.key) for one in misfits(blank(content, profile=profile), content)] == [
        (("profile", field), key)
    ]
    with pytest.raises(AssessmentError, match="lemonade is no"):
        check_assessment(blank(content, profile=profile), content)
    for trade in ("other", *(trade.key for trade in content.journey.trades)):
        check_assessment(
            blank(content, profile=profile.model_copy(update={"size": "small", "trade": trade})), content
        )


def test_commentary_is_of_a_chapter(content: Content) -> None:
    """Where nobody would print it, it is refused, not lost."""
    with pytest.raises(AssessmentError, match=r"commentary\.cover: is no chapter"):
        check_assessment(blank(content, commentary={"cover": "x"}), content)


def test_lists_are_all_looked_at() -> None:
    """Those of records, that is."""
    assert LISTS == ["evidence", "exceptions", "targets"]


@pytest.mark.parametrize("name", LISTS)
def test_no_two_records_of_a_list_are_known_by_the_same(content: Content, name: str) -> None:
    """Whatever list it is: a merge would take the two for one."""
    document = filled(Assessment)
    before = found(document, content)
    document[name] = document[name] * 2
    new = {key for place, key in found(document, content).items() if place not in before}
    assert new & {"problem-record-twice", "problem-excepted-twice"}


def test_links_are_all_looked_at() -> None:
    """Answers, indicators, mistakes and exceptions rest on evidence."""
    assert {path[0] for path in LINKS} == {"answers", "indicators", "mistakes", "exceptions"}


@pytest.mark.parametrize("section", sorted({path[0] for path in LINKS}))
def test_what_is_linked_must_be_there(content: Content, section: str) -> None:
    """Whatever links to it, evidence that is in no list is told with its place."""
    linked = [value for path in LINKS if path[0] == section for value in (FIELDS[path].one, FIELDS[path].other)]
    document = next(value for value in linked if "E-01" in str(value[section]))
    gone = {name: value for name, value in document.items() if name != "evidence"}
    lost = [place for place, key in found(gone, content).items() if key == "problem-evidence-lost"]
    assert any(place.startswith(f"{section}.") for place in lost)
