"""Settings of a workspace, taken where the command line says nothing."""

import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from cxassess.cli import reports
from cxassess.cli.commands import app
from cxassess.cli.settings import Settings
from cxassess.errors import CxError
from cxassess.page.brand import Brand
from cxassess.places import content_dir, examples_dir
from cxassess.report.edition import Edition
from cxassess.report.rendering import Report
from cxassess.text import Lang

BRAND = examples_dir() / "brand" / "brand.yaml"


def laid_out(folder: Path, *, lang: str = "en", more: str = "") -> Path:
    """A small workspace with a brand and one assessment."""
    (folder / "assessments").mkdir(parents=True)
    shutil.copytree(BRAND.parent, folder / "look")
    shutil.copy(examples_dir() / "kopi-lereng.json", folder / "assessments" / "a.json")
    text = f'name: A\nbrand: "look/brand.yaml"\nreports: out\nlanguage: {lang}\n{more}'
    (folder / "workspace.yaml").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder, which is no workspace."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_workspace_is_taken_where_nothing_was_told(here: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """From the folder that a file lies in; and what was taken is said in one line."""
    laid_out(here / "work")
    settings = Settings(Path("work/assessments/a.json"))
    brand = settings.brand(None)
    assert brand
    assert brand.name == "Tilikrasa Konsultan"
    assert settings.reports(None) == Path("work/out")
    assert settings.assessments(None) == Path("work/assessments")
    assert settings.lang(None, default="id") == "en"
    settings.tell()
    (line,) = capfd.readouterr().err.splitlines()
    assert line.replace("\\", "/") == "From work/workspace.yaml: brand work/look/brand.yaml, reports work/out"


def test_what_was_told_wins(here: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """And nothing is said then."""
    settings = Settings(laid_out(here / "work", more='content: "assessments"\n'))
    assert settings.brand(Brand(name="B")) == Brand(name="B")
    assert (settings.reports(Path("o")), settings.assessments(Path("d"))) == (Path("o"), Path("d"))
    assert settings.lang("id", default="en") == "id"
    assert settings.content(content_dir()).folder == content_dir()
    settings.tell()
    assert capfd.readouterr().err == ""


def test_without_a_workspace_all_is_as_it_was(here: Path) -> None:
    """Here, unbranded, in the shipped content, in the command's own language."""
    settings = Settings(Path("a.json"))
    assert settings.brand(None) is None
    assert (settings.reports(None), settings.assessments(None)) == (Path("reports"), Path())
    assert settings.lang(None, default="en") == "en"
    assert settings.content(None).is_shipped


def test_the_files_own_workspace_comes_before_the_current_folder(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A client's report wears the brand of the folder that the client lies in; else the one where one works."""
    one, other = laid_out(here / "one"), laid_out(here / "other", lang="id")
    monkeypatch.chdir(one)
    assert Settings(other / "assessments" / "a.json").lang(None, default="id") == "id"
    assert Settings(examples_dir() / "kopi-lereng.json").lang(None, default="id") == "en"
    assert Settings().lang(None, default="id") == "en"


def test_two_workspaces_must_agree_or_be_told(here: Path) -> None:
    """No client wears the brand of another's folder by chance."""
    files = [laid_out(here / name) / "assessments" / "a.json" for name in ("one", "other")]
    settings = Settings(*files)
    assert settings.lang(None, default="id") == "en"
    assert settings.reports(Path("o")) == Path("o")
    with pytest.raises(CxError, match=r"one.workspace.yaml: says otherwise than other.workspace.yaml; .* --brand"):
        settings.brand(None)


def test_reports_land_in_their_workspace_and_wear_its_brand(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Typed outside it, one or many; the languages are those of each profile."""
    laid_out(here / "work")
    editions: list[Edition] = []
    made = Report(Path("a.json"), "id", None, Path("out/a.ipynb"), (), 1.0)  # type: ignore[arg-type]

    def one(file: Path, edition: Edition, *, lang: Lang) -> Report:
        editions.append(edition)
        return made

    monkeypatch.setattr(reports, "render_report", one)
    monkeypatch.setattr(reports, "_rendered", lambda paths, edition, **_: editions.append(edition))
    for command in ("report", "batch"):
        done = CliRunner().invoke(app, [command, "work/assessments/a.json"])
        assert "reports work/out" in done.stderr.replace("\\", "/")
    assert {edition.folder for edition in editions} == {Path("work/out")}
    assert {edition.brand.name for edition in editions if edition.brand} == {"Tilikrasa Konsultan"}
    assert {edition.lang for edition in editions} == {None}


def test_the_proof_lands_there_too(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In the reports' folder, however deep one is."""
    monkeypatch.chdir(laid_out(here / "work") / "assessments")
    monkeypatch.setattr(reports, "proof_page", lambda content: "all")
    assert CliRunner().invoke(app, ["proof"]).exit_code == 0
    assert (here / "work" / "out" / "proof.html").is_file()


def test_new_check_and_score_follow_it(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A new assessment lies with the others, in the workspace's language; content of one's own is read."""
    work = laid_out(here / "work")
    (work / "deep").mkdir()
    monkeypatch.chdir(work / "deep")
    run = CliRunner().invoke
    assert run(app, ["new", "Acme", "--on", "2026-03-31"]).exit_code == 0
    file = work / "assessments" / "acme" / "2026-03-31.json"
    assert '"working_language": "en"' in file.read_text(encoding="utf-8")
    monkeypatch.chdir(work)
    made = run(app, ["new", "Beta", "--on", "2026-03-31"]).stdout.strip()
    assert made == str(Path("assessments") / "beta" / "2026-03-31.json")
    (work / "workspace.yaml").write_text("name: A\nlanguage: id\n", encoding="utf-8")
    assert "Tingkat" in run(app, ["score", made]).stdout
    (work / "workspace.yaml").write_text("name: A\ncontent: deep\n", encoding="utf-8")
    assert "the content in" in str(run(app, ["check", "assessments"]).exception)
