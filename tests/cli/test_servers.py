"""JupyterLab, the app and the doctor: on this machine only, stopped when asked, plain about what is broken."""

import http.client
import json
import os
import random
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from kit.kernels import kernel_of
from kit.program import PROGRAM
from playwright.sync_api import Browser, Page, sync_playwright

from cxassess.cli import servers as lab
from cxassess.cli.servers import app_server, lab_server
from cxassess.content.reading import Content
from cxassess.document.assessmentfile import load_assessment
from cxassess.errors import AssessmentError, CxError
from cxassess.places import examples_dir, notebooks_dir
from cxassess.workspace import settings_text

HOSTILE = "</title><script>alert(1)</script> $x$ {{7*7}} <img src=x onerror=alert(2)>"


# --- what is refused before anything starts ---


@pytest.fixture
def no_server(monkeypatch: pytest.MonkeyPatch) -> None:
    """Starting a program is a failure."""
    monkeypatch.setattr(subprocess, "Popen", lambda *_, **__: pytest.fail("a program was started"))


def test_lab_needs_a_folder(tmp_path: Path, no_server: None) -> None:
    """A folder that is not there is named, with how to lay one out."""
    with (
        pytest.raises(CxError, match=r"nowhere: is no folder; name one, or lay one out: cxassess init DIR"),
        lab_server(tmp_path / "nowhere"),
    ):
        pass


def test_the_app_says_how_to_begin(tmp_path: Path, content: Content, no_server: None) -> None:
    """A file that is not there: the message ends with the command that makes one."""
    with (
        pytest.raises(CxError, match=r'acme.json: is not there; .* cxassess new "Company name"$'),
        app_server(tmp_path / "acme.json", content),
    ):
        pass


def test_the_app_checks_the_file_first(tmp_path: Path, content: Content, no_server: None) -> None:
    """A broken file is told as everywhere else, before any server starts."""
    file = tmp_path / "acme.json"
    file.write_text('{"format": 1}', encoding="utf-8")
    with pytest.raises(AssessmentError, match=r"acme.json:1 profile: is missing"), app_server(file, content):
        pass


def test_the_app_names_what_is_missing(content: Content, no_server: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without Voilà: one sentence, with the command that installs it into this very Python."""
    monkeypatch.setattr(lab, "find_spec", lambda name: None)
    file = examples_dir() / "kopi-lereng.json"
    command = re.escape(f"voila: is missing; run {sys.executable} -m pip install voila")
    with pytest.raises(CxError, match=command), app_server(file, content):
        pass


def test_the_desk_needs_a_workspace(tmp_path: Path, content: Content, no_server: None) -> None:
    """One sentence, with the command that lays one out."""
    told = re.escape(f"{tmp_path}: holds no workspace.yaml; name a workspace, or lay one out: cxassess init DIR")
    with pytest.raises(CxError, match=told), app_server(tmp_path, content):
        pass


def test_a_server_that_cannot_start_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A child that ends at once is not waited for, and nothing stays behind."""
    monkeypatch.setattr(lab.sys, "executable", sys.executable)
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr(lab.tempfile, "tempdir", None)
    monkeypatch.setenv("PYTHONHOME", str(tmp_path / "nowhere"))
    with pytest.raises(CxError, match="Jupyter: did not start; what it said stands above"), lab_server(tmp_path):
        pass
    assert list(tmp_path.iterdir()) == []


# --- as it is typed ---


def started(*words: str, folder: Path) -> subprocess.Popen[bytes]:
    """The command in a session of its own, where HOME cannot be written; what it says and leaves is there."""
    (folder / "home").write_text("no folder", encoding="utf-8")
    (folder / "tmp").mkdir()
    shutil.copy(examples_dir() / "kopi-lereng.json", folder / "a.json")
    with (folder / "said").open("wb") as said:
        return subprocess.Popen(
            [sys.executable, "-c", PROGRAM, *words],
            cwd=folder,
            env={"PATH": os.environ["PATH"], "HOME": str(folder / "home"), "TMPDIR": str(folder / "tmp")},
            stdout=said,
            stderr=said,
            start_new_session=True,
        )


def address_in(folder: Path) -> str:
    """The address that a command prints when its server answers."""
    for _ in range(1200):
        said = (folder / "said").read_text(encoding="utf-8")
        if found := re.search(r" at (http\S+)\n", said):
            return found[1]
        time.sleep(0.1)
    pytest.fail(f"no address was printed: {said}")


def status(address: str, host: str = "127.0.0.1") -> int:
    """What a request is answered with, once the whole answer is there; a redirect is not followed."""
    parts = urlsplit(address)
    connection = http.client.HTTPConnection(parts.netloc, timeout=120)
    connection.request("GET", f"{parts.path}?{parts.query}", headers={"Host": host})
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return answer.status


def running(folder: Path) -> list[str]:
    """The processes with the folder in their command line: servers and, by their connection files, kernels."""
    found = subprocess.run(["ps", "-A", "-ww", "-o", "args"], capture_output=True, text=True, check=True)
    return [line for line in found.stdout.splitlines() if str(folder) in line]


def kernels(folder: Path) -> int:
    """How many kernels run whose connection file is in the folder."""
    return sum("ipykernel" in line for line in running(folder))


def interrupted(process: subprocess.Popen[bytes]) -> None:
    """As Ctrl-C does: every process of the terminal is told."""
    os.killpg(process.pid, signal.SIGINT)


def terminated(process: subprocess.Popen[bytes]) -> None:
    """As a system does that shuts down: the command alone is told."""
    process.terminate()


def hung_up(process: subprocess.Popen[bytes]) -> None:
    """As a terminal does that is closed."""
    process.send_signal(signal.SIGHUP)


LAB, APP = ("lab", "."), ("app", "a.json", "--lang", "en")


@pytest.mark.parametrize(
    ("words", "stop"),
    [
        (LAB, interrupted),
        (APP, terminated),
        pytest.param(APP, interrupted, marks=pytest.mark.long),
        pytest.param(LAB, hung_up, marks=pytest.mark.long),
    ],
)
def test_a_server_is_guarded_and_ends_with_its_command(
    tmp_path: Path, words: tuple[str, ...], stop: Callable[[subprocess.Popen[bytes]], None]
) -> None:
    """The next free port; the token opens, nothing else does; no process and no file outlives the command."""
    with socket.socket() as taken:
        # Below those that systems give away: kernels of other tests would take the next one meanwhile.
        port = random.randrange(20_000, 30_000, 10)
        taken.bind(("127.0.0.1", port))
        process = started(*words, "--no-browser", "--port", str(port), folder=tmp_path)
        try:
            address = address_in(tmp_path)
            host = urlsplit(address).netloc
            assert address.startswith("http://127.0.0.1:") and urlsplit(address).port != port
            assert status(address.split("?")[0], host) == 302  # to the login page
            assert status(address.split("?")[0] + "?token=x", host) == 302
            assert status(address, "evil.example") == 403
            # Of the app this starts a kernel, which must end, too. The page is whole when the kernel has run the
            # notebook: a kernel that is stopped while it starts says so, in a traceback of its own.
            assert status(address, host) == 200
            assert running(tmp_path) and bool(kernels(tmp_path)) == (words is APP)
            stop(process)
            assert process.wait(timeout=60) == 0
        finally:
            # Not killed: a test that fails would leave its server behind.
            process.terminate()
            process.wait(timeout=60)
    said = (tmp_path / "said").read_text(encoding="utf-8")
    assert "To stop: Ctrl-C, here." in said and said.endswith("Stopped.\n") and "Traceback" not in said
    assert running(tmp_path) == []
    assert list((tmp_path / "tmp").iterdir()) == []


# --- in a browser ---


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    quiet = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"]
    quiet += ["--disable-background-networking", "--disable-component-update", "--disable-dev-shm-usage"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=quiet)
        yield browser
        browser.close()


@pytest.fixture
def heard() -> list[str]:
    """What a page asked for, and every dialog it opened."""
    return []


@pytest.fixture
def page(browser: Browser, heard: list[str]) -> Iterator[Page]:
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.set_default_timeout(90_000)
    page.on("request", lambda request: heard.append(request.url))
    page.on("dialog", lambda dialog: (heard.append(f"dialog: {dialog.message}"), dialog.dismiss()))
    yield page
    page.close()


def elsewhere(heard: list[str]) -> list[str]:
    return [one for one in heard if not one.startswith(("http://127.0.0.1:", "data:", "blob:"))]


@pytest.mark.browser
def test_lab_asks_nobody_for_anything(
    page: Page, heard: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Start page and notebook: no request but to this machine, no news, no update check, no list of extensions;
    the kernel is our own, whatever kernels are installed."""
    for name in ("CONFIG_DIR", "DATA_DIR"):
        monkeypatch.setenv(f"JUPYTER_{name}", str(tmp_path / name))
    kernel_of(tmp_path / "nowhere", tmp_path / "jupyter", monkeypatch)
    work = tmp_path / "work"
    shutil.copytree(notebooks_dir(), work)
    with lab_server(work) as server:
        page.goto(server.address)
        page.locator(".jp-Launcher").wait_for()
        page.wait_for_load_state("networkidle")
        told = json.loads(page.locator("#jupyter-config-data").inner_text())
        kernels = page.request.get(server.address.replace("/lab?", "/api/kernelspecs?")).json()["kernelspecs"]
        page.goto(server.address.replace("/lab?", "/lab/tree/read.ipynb?"))
        page.locator(".jp-Notebook-ExecutionIndicator[data-status=idle]").wait_for()
        page.locator(".jp-Notebook .jp-Cell").nth(3).wait_for()
        page.wait_for_load_state("networkidle")
        assert page.locator(".Toastify__toast").count() == 0
    assert elsewhere(heard) == []
    assert [url for url in heard if "/lab/api/news" in url or "/lab/api/update" in url] == []
    assert told["extensionManager"]["name"] == "read-only"
    assert kernels["python3"]["spec"]["argv"][0] == sys.executable


@pytest.fixture
def assessment(tmp_path: Path) -> Path:
    """A copy of an example whose company has a hostile name."""
    document = json.loads((examples_dir() / "kopi-lereng.json").read_text(encoding="utf-8"))
    document["profile"]["organisation"] = HOSTILE
    file = tmp_path / "a.json"
    file.write_text(json.dumps(document), encoding="utf-8")
    return file


@pytest.mark.browser
def test_the_app_shows_the_assessment_and_nothing_else(
    page: Page, heard: list[str], assessment: Path, content: Content, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Language, title, form, no code; an answer is saved; a hostile name runs nothing; all from this machine."""
    kernel_of(assessment.parent / "nowhere", assessment.parent / "jupyter", monkeypatch)
    with app_server(assessment, content, lang="en") as server:
        page.goto(server.address.split("?")[0])
        assert urlsplit(page.url).path == "/login"
        page.goto(server.address)
        page.locator("#rendered_cells").wait_for()
        page.wait_for_load_state("networkidle")
        assert page.evaluate("document.documentElement.lang") == "en"
        assert page.title() == HOSTILE
        page.locator("#rendered_cells").get_by_text(HOSTILE, exact=True).first.wait_for()
        assert page.locator(".cx-error, .jp-InputArea-editor, .jp-MarkdownOutput").count() == 0
        assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
        page.locator(".cx-menu [data-at=inform]").click()
        page.locator("label[for=cx-answers-inform-1-N]").click()
        page.locator(".cx-form:not([data-saving])").wait_for()
        assert load_assessment(assessment, content).answer_to("inform-1").rating == "N"
        # The browser itself refuses what a library would fetch.
        fetch = "document.body.append(Object.assign(new Image(), {src: 'http://localhost:9/x.png'}))"
        with page.expect_event("requestfailed", lambda request: "localhost" in request.url) as blocked:
            page.evaluate(fetch)
        assert blocked.value.failure == "csp"
    assert elsewhere(heard) == ["http://localhost:9/x.png"]


@pytest.mark.browser
def test_the_app_of_a_workspace_is_its_desk(
    page: Page, heard: list[str], assessment: Path, content: Content
) -> None:
    """Named as the workspace, in its language, and nothing is asked of anybody else."""
    work = assessment.parent
    (work / "workspace.yaml").write_text(settings_text(HOSTILE[:60], lang="en"), encoding="utf-8")
    (work / "assessments").mkdir()
    assessment.rename(work / "assessments" / "a.json")
    with app_server(work, content) as server:
        page.goto(server.address)
        page.locator("#rendered_cells").get_by_text(HOSTILE, exact=True).first.wait_for()
        assert page.title() == HOSTILE[:60]
        assert page.evaluate("document.documentElement.lang") == "en"
        assert page.locator(".cx-error").count() == 0
        page.get_by_text("Examples to try").wait_for()
    assert elsewhere(heard) == []


@pytest.mark.browser
def test_a_tab_that_is_left_ends_its_kernel(
    page: Page,
    assessment: Path,
    content: Content,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    """Who leaves the form leaves no kernel behind, and the terminal says nothing of it."""
    monkeypatch.setenv("TMPDIR", str(assessment.parent))
    with app_server(assessment, content, lang="en") as server:
        page.goto(server.address)
        page.locator(".cx-menu").wait_for()
        page.wait_for_load_state("networkidle")
        assert kernels(assessment.parent) == 1
        page.goto("about:blank")
        for _ in range(300):
            if not kernels(assessment.parent):
                break
            time.sleep(0.1)
        assert kernels(assessment.parent) == 0
    assert capfd.readouterr().err == ""


@pytest.mark.browser
def test_the_app_tells_an_error_in_its_own_words(
    page: Page, heard: list[str], assessment: Path, content: Content
) -> None:
    """What a cell raised, as an alert, in the working language; no traceback, no name of a class."""
    with app_server(assessment, content) as server:
        assessment.write_text('{"format": 1, "<img src=x onerror=alert(3)>": 1}', encoding="utf-8")
        page.goto(server.address)
        page.locator("#rendered_cells").wait_for()
        said = page.get_by_role("alert").inner_text()
        assert "a.json:1 profile: tidak ada; tambahkan" in said
        assert "Traceback" not in said and "Error" not in said
        assert page.evaluate("document.documentElement.lang") == "id"
    assert elsewhere(heard) == []
