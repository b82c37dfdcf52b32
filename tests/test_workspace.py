"""A consultant's folder: its settings, read with every problem told, and paths as people type them."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as settings_of_hypothesis
from hypothesis import strategies as st

from cxassess.errors import CxError
from cxassess.workspace import Workspace, as_typed, settings_text, workspace_of

FILE = "assessments/klinik/2026-11-28.json"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace with one assessment in it, and the current folder elsewhere."""
    folder = tmp_path / "clients" / "my work"
    (folder / FILE).parent.mkdir(parents=True)
    (folder / FILE).write_text("{}")
    (folder / "workspace.yaml").write_text('name: "Tilikrasa"\n')
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    return folder


def settings(folder: Path, text: str) -> Path:
    (folder / "workspace.yaml").write_text(text, encoding="utf-8")
    return folder


def problems_of(folder: Path) -> list[str]:
    with pytest.raises(CxError) as caught:
        Workspace.load(folder)
    return [str(problem) for problem in caught.value.problems]


def test_only_the_name_is_needed(folder: Path) -> None:
    """Everything else has its place in the folder."""
    work = Workspace.load(folder)
    assert work == Workspace(folder, name="Tilikrasa", reports=folder / "reports")
    assert work.assessments == folder / "assessments"


def test_paths_in_it_are_counted_from_its_folder(folder: Path, tmp_path: Path) -> None:
    """Whatever the current folder is; `..` and backslashes, too."""
    (tmp_path / "clients" / "look").mkdir()
    (tmp_path / "clients" / "look" / "brand.yaml").write_text("name: A\n")
    (folder / "content").mkdir()
    text = "name: A\nbrand: '..\\look\\brand.yaml'\nreports: out\ncontent: content\nlanguage: en\n"
    work = Workspace.load(settings(folder, text))
    assert work.brand == tmp_path / "clients" / "look" / "brand.yaml"
    assert (work.reports, work.content, work.lang) == (folder / "out", folder / "content", "en")


def test_every_problem_is_told_with_its_line(folder: Path) -> None:
    """All at once: place first, what to do last."""
    (folder / "file").touch()
    text = 'name: ""\nbrand: "look/brand.yaml"\nreports: file\ncontent: nowhere\nlanguage: fr\ncolour: red\n'
    # In the order of the model, then what is not there.
    assert sorted(problems_of(settings(folder, text))) == [
        "workspace.yaml:1 name: is empty; write the text",
        "workspace.yaml:2 brand: there is no file look/brand.yaml; correct the path, counted from this folder, "
        "or take the line out",
        "workspace.yaml:3 reports: there is no folder file; correct the path, counted from this folder, "
        "or take the line out",
        "workspace.yaml:4 content: there is no folder nowhere; correct the path, counted from this folder, "
        "or take the line out",
        "workspace.yaml:5 language: must be 'id' or 'en', not 'fr'",
        "workspace.yaml:6 colour: is unknown here; check the spelling or remove it",
    ]


@pytest.mark.parametrize("text", ["", "- name\n", "name: [\n", "name: no\n", 'name: "a\\u001b[31m"\n', "5\n"])
def test_a_file_that_is_none_is_told_too(folder: Path, text: str) -> None:
    """Empty, a list, broken, ambiguous, with control characters."""
    assert all(told.startswith("workspace.yaml:") for told in problems_of(settings(folder, text)))


def test_an_editors_mark_at_the_beginning_is_no_part_of_it(folder: Path) -> None:
    """As Windows' own editor writes it."""
    (folder / "workspace.yaml").write_bytes(b"\xef\xbb\xbfname: A\r\nlanguage: en\r\n")
    assert Workspace.load(folder).lang == "en"


def test_a_folder_without_settings_is_no_workspace(tmp_path: Path) -> None:
    """What to do is said, in a folder that is not there as well; a notebook may take it as it is."""
    (tmp_path / "a.json").touch()
    assert Workspace.around(tmp_path / "a.json") == Workspace.without_settings(tmp_path)
    for folder in (tmp_path, tmp_path / "nowhere"):
        (told,) = problems_of(folder)
        assert told == f"{folder}: holds no workspace.yaml; name a workspace, or lay one out: cxassess init DIR"
        assert workspace_of(folder) is None
        assert Workspace.around(folder) == Workspace.without_settings(folder)


def test_the_nearest_workspace_counts(folder: Path) -> None:
    """From a file, a folder, or what is yet to be written, upwards."""
    inner = folder / "assessments" / "klinik"
    assert workspace_of(folder / FILE) == workspace_of(inner / "new" / "x.json") == Workspace.load(folder)
    settings(inner, "name: Inner\n")
    found = workspace_of(folder / FILE)
    assert found
    assert found.name == "Inner"
    assert Workspace.around(str(inner)) == found


@pytest.mark.parametrize(
    "typed",
    [
        FILE,
        "assessments\\klinik\\2026-11-28.json",
        f'"{FILE}"',
        f" '{FILE}'\n",
        f"“{FILE}”",
        f"./{FILE}",
        f"clients/my work/{FILE}",
        f"my work/{FILE}",
        f"../clients/my work/{FILE}",
    ],
)
def test_a_path_is_taken_as_people_paste_it(folder: Path, typed: str) -> None:
    """As it was printed in the workspace or in a folder above it, in quotes, from Windows, or from here."""
    assert Workspace.load(folder).path(typed).resolve() == (folder / FILE).resolve()


def test_what_lies_here_comes_first(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As in every program; else what is not there yet lies in the workspace."""
    monkeypatch.chdir(folder / "assessments" / "klinik")
    work = Workspace.load(folder)
    assert work.path("2026-11-28.json") == Path("2026-11-28.json")
    assert work.path("new.json") == folder / "new.json"


def test_whole_paths_stay(folder: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Also those of another system, which are told as they were typed; `~` is the home folder."""
    work = Workspace.load(folder)
    assert work.path(str(folder / FILE)) == folder / FILE
    foreign = work.path(r"C:\Users\Ayu\a.json")
    assert foreign.as_posix() == work.near(foreign) == "C:/Users/Ayu/a.json"
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    assert work.path("~/a.json") == tmp_path / "a.json"
    assert as_typed("~nobody-of-this-name/a.json") == Path("~nobody-of-this-name/a.json")


@pytest.mark.parametrize("typed", ["", " ", '"', "a" * 5000, "a\0b", "\\", "~", "..", "{x}", "%s"])
def test_any_text_is_some_path(folder: Path, typed: str) -> None:
    """Whoever opens it says what is wrong with it."""
    assert isinstance(Workspace.load(folder).path(typed), Path)


def test_a_backslash_may_belong_to_a_name(folder: Path, tmp_path: Path) -> None:
    """A file that is called so is found."""
    odd = Path("a\\b.json")
    try:
        odd.touch()
    except OSError:
        pytest.skip("no such names here")
    assert Workspace.load(folder).path("a\\b.json") == odd


@settings_of_hypothesis(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from([".", "..", "a", "B c", "é", "{x}", "%s", "~", "'", '"', "C:"]), max_size=6))
def test_what_is_printed_leads_back(folder: Path, parts: list[str]) -> None:
    """Any path in the workspace that is there, as printed and as Windows would write it."""
    file = folder.joinpath("assessments", *(part for part in parts if part != ".."), "a.json")
    file.parent.mkdir(parents=True, exist_ok=True)
    file.touch()
    work = Workspace.load(folder)
    assert work.path(work.near(file)) == work.path(work.near(file).replace("/", "\\")) == file


def test_a_notebook_opens_what_is_there(folder: Path) -> None:
    """Else it says in one sentence what to do; naming none, it opens a copy of an example."""
    work = Workspace.load(folder)
    assert work.assessment(FILE.replace("/", "\\")) == folder / FILE
    assert work.assessment(" ").name == "kopi-lereng.json"
    for typed in ("assessments/klinic.json", r"C:\Users\a.json", "assessments", "a\0b"):
        with pytest.raises(CxError) as caught:
            work.assessment(typed)
        (problem,) = caught.value.problems
        assert problem.where == typed
        assert problem.what.startswith("is not there; check the name")


def test_content_of_ones_own_is_typed_or_set(folder: Path) -> None:
    """In that order; else it is the shipped content."""
    (folder / "ours").mkdir()
    assert Workspace.load(folder).content_folder("") is None
    work = Workspace.load(settings(folder, "name: A\ncontent: ours\n"))
    assert work.content_folder("") == work.content_folder(r".\ours") == folder / "ours"


def test_a_path_is_printed_as_it_can_be_typed(folder: Path, tmp_path: Path) -> None:
    """Relative to the workspace, with slashes; outside it, whole."""
    work = Workspace.load(folder)
    assert work.near(folder / FILE) == FILE
    assert work.path(work.near(folder / FILE)) == folder / FILE
    assert work.near(tmp_path / "b.json") == (tmp_path / "b.json").as_posix()


@pytest.mark.parametrize("name", ["", " ", "a\nb", "a\x1b[31m", "a" * 121])
def test_a_name_that_no_one_could_read_back_is_refused(name: str) -> None:
    """Before it is written."""
    with pytest.raises(CxError, match="nothing was written"):
        settings_text(name)
