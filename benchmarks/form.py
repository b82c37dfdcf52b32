"""The form in Chromium and JupyterLab: a click until it is saved and shown, the first question, a page. Ratios."""

import json
import os
import platform
import shutil
import statistics
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

from cxassess.content.reading import load_content
from cxassess.places import examples_dir, notebooks_dir

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
from kit.lab import QUIET, Lab, running_lab

CLICKS, FRESH, LATER, PAUSE = 200, 6, 3, 4000
KERNEL = "window.jupyterapp.shell.currentWidget.sessionContext.session.kernel"
EXECUTE = f"""async (code) => {{
  const began = performance.now();
  await {KERNEL}.requestExecute({{ code }}).done;
  return performance.now() - began;
}}"""
# Resolves in the same task in which the document came to look as wanted.
CHANGED = """const changed = (wanted, root, what) => new Promise((done) => {
  const look = () => { if (wanted()) { observer.disconnect(); done(performance.now()); } };
  const observer = new MutationObserver(look);
  observer.observe(root, what);
});"""
FIRST = f"""async () => {{
  {CHANGED}
  const began = performance.now();
  const what = {{ childList: true, subtree: true }};
  const shown = changed(() => document.querySelector(".cx-shell"), document.body, what);
  window.jupyterapp.commands.execute("notebook:run-all-cells");
  return await shown - began;
}}"""
PAGE = f"""async (page) => {{
  {CHANGED}
  const root = document.querySelector(".cx-form"), button = root.querySelector(`.cx-menu [data-at="${{page}}"]`);
  const began = performance.now();
  const what = {{ childList: true, subtree: true, attributes: true }};
  const shown = changed(() => document.getElementById(`cx-pane-${{page}}`), root, what);
  button.click();
  return await shown - began;
}}"""
# The form ends its sign of saving once it shows what stands; the time of day it tells may be the same as before.
CLICK = f"""async (id) => {{
  {CHANGED}
  const root = document.querySelector(".cx-form"), radio = document.getElementById(id);
  const pyramid = () => Array.from(root.querySelectorAll(".cx-storeys svg"), (one) => one.innerHTML).join();
  const before = pyramid();
  const began = performance.now();
  radio.click();
  const shown = await changed(() => root.dataset.saving === undefined, root, {{ attributes: true }}) - began;
  await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  return {{ shown, painted: performance.now() - began, redrawn: pyramid() !== before }};
}}"""


def told(what: str, times: list[float]) -> None:
    """Print the median, the 95th percentile and the longest of some times in milliseconds."""
    high = statistics.quantiles(times, n=20, method="inclusive")[-1]
    middle = statistics.median(times)
    print(f"{what}: p50 {middle:.0f} ms, p95 {high:.0f} ms, max {max(times):.0f} ms ({len(times)} times)")


@contextmanager
def form(browser: Browser, lab: Lab, name: str) -> Iterator[tuple[Page, float]]:
    """A form of a fresh copy, in a fresh page by a fresh kernel, and how long it took beyond those and imports."""
    file = Path(shutil.copy(examples_dir() / "kopi-lereng.json", lab.folder / f"{name}.json"))
    lab.copy(f"{name}.ipynb", file, lang="en")
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    lab.open(page, f"{name}.ipynb")
    page.evaluate(EXECUTE, imports())
    yield page, page.evaluate(FIRST)
    page.close()
    for session in lab.ask("sessions"):
        lab.ask(f"sessions/{session['id']}", "DELETE")


def imports() -> str:
    """The lines of the notebook that import."""
    notebook = json.loads((notebooks_dir() / "assess.ipynb").read_text(encoding="utf-8"))
    lines = [line for cell in notebook["cells"] if cell["cell_type"] == "code" for line in cell["source"]]
    return "".join(line for line in lines if line.startswith(("from ", "import ")))


def clicks(page: Page) -> list[dict[str, Any]]:
    """Answers changed one after another, level by level."""
    content, seen = load_content(), []
    for n in range(CLICKS):
        level = content.level_keys[n * len(content.level_keys) // CLICKS]
        if page.locator(f"#cx-pane-{level}").count() == 0:
            page.evaluate(PAGE, level)
        question = content.of_level(level)[n % 5].key
        now = page.locator(f"#cx-answers-{question}-form [name=choice]:checked").get_attribute("value")
        letter = "NPLF"[("NPLF".find(now or "") + 1) % 4]
        seen.append(page.evaluate(CLICK, f"cx-answers-{question}-{letter}"))
    return seen


def visits(page: Page, rounds: int) -> list[tuple[str, float]]:
    """Each page opened in turn, some rounds, and how long each took to stand there."""
    pages = [*load_content().level_keys, "mistakes", "indicators", "evidence", "review", "result"]
    return [(one, page.evaluate(PAGE, one)) for _ in range(rounds) for one in pages]


def measure(browser: Browser, lab: Lab) -> None:
    """Open some forms, turn their pages, and click in the last."""
    opened: list[float] = []
    visited: dict[str, list[tuple[str, float]]] = {
        "first visit": [],
        "first visit, seconds later": [],
        "later visit": [],
    }
    for n in range(FRESH):
        with form(browser, lab, f"form-{n}") as (page, shown):
            opened.append(shown)
            # The form loads, in the background, what its result page needs.
            page.wait_for_timeout(PAUSE * (n % 2))
            visited[["first visit", "first visit, seconds later"][n % 2]] += visits(page, 1)
            visited["later visit"] += visits(page, LATER)
            if n == FRESH - 1:
                bare = statistics.median(page.evaluate(EXECUTE, "pass") for _ in range(50))
                seen = clicks(page)
    told("notebook run until the form stands, without kernel start and imports", opened)
    for visit, found in visited.items():
        told(f"page, {visit}", [took for one, took in found if one != "result"])
        told(f"result page, {visit}", [took for one, took in found if one == "result"])
    told_clicks(seen, bare)


def told_clicks(seen: list[dict[str, Any]], bare: float) -> None:
    """Print how long clicks took, and against what else this kernel does."""
    times, tenth = [one["shown"] for one in seen], CLICKS // 10
    told("click until saved and shown", times)
    told("click until painted", [one["painted"] for one in seen])
    grown = statistics.median(times[-tenth:]) / statistics.median(times[:tenth])
    print(f"pyramid redrawn by {sum(one['redrawn'] for one in seen)} of {CLICKS} clicks", end="; ")
    print(f"the last {tenth} took {grown:.2f} times the first {tenth}")
    print(
        f"the kernel answers `pass` in {bare:.0f} ms; a click is {statistics.median(times) / bare:.1f} times that"
    )


def main() -> None:
    """Measure and print."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    with (
        tempfile.TemporaryDirectory() as folder,
        running_lab(Path(folder)) as lab,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=chromium, args=QUIET)
        python = f"Python {platform.python_version()}, Chromium {browser.version}"
        print(f"{platform.platform()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, {python}")
        measure(browser, lab)
        print(f"load at the end {os.getloadavg()[0]:.1f}")
        browser.close()


if __name__ == "__main__":
    main()
