"""Two people in two browsers on one file: until the one sees what the other did. Time from click to sight."""

import os
import platform
import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from cxassess.content.reading import load_content
from cxassess.document.assessmentfile import load_assessment
from cxassess.places import examples_dir
from cxassess.text import versions_of

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
from kit.lab import QUIET, Lab, running_lab

ROUNDS = int(sys.argv[1]) if len(sys.argv) > 1 else 200
# Resolves at the time of day at which a radio is checked, or a note is as wanted.
SEEN = """async ([id, wanted]) => {
  const one = () => document.getElementById(id);
  const isSeen = () => wanted === null ? one()?.checked : one()?.value === wanted;
  while (!isSeen()) await new Promise((done) => setTimeout(done, 5));
  return Date.now();
}"""
CLICK = "(id) => { const at = Date.now(); document.getElementById(id).click(); return at; }"
WRITE = """([id, text]) => {
  const one = document.getElementById(id), at = Date.now();
  one.value = text;
  one.dispatchEvent(new Event("input", { bubbles: true }));
  one.dispatchEvent(new Event("change", { bubbles: true }));
  return at;
}"""


def seated(browser: Browser, lab: Lab, file: Path, who: str) -> Page:
    """Somebody at the first level of a file, in a browser and with a kernel of one's own."""
    lab.copy(f"{who}.ipynb", file, lang="id", who=who)
    page = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
    lab.open(page, f"{who}.ipynb")
    page.evaluate("() => window.jupyterapp.commands.execute('notebook:run-all-cells')")
    page.wait_for_selector(".cx-shell")
    page.evaluate("() => document.querySelector('.cx-menu [data-at=inform]').click()")
    page.wait_for_selector("#cx-pane-inform")
    return page


def told(what: str, times: list[float]) -> None:
    """Print the median, the 95th percentile and the longest of some times in milliseconds."""
    high = statistics.quantiles(times, n=20, method="inclusive")[-1]
    middle, longest = statistics.median(times), max(times)
    print(f"{what}: p50 {middle:.0f} ms, p95 {high:.0f} ms, max {longest:.0f} ms ({len(times)} times)")


def measure(one: Page, other: Page, file: Path) -> None:
    """Rounds in which one rates a question while the other writes a note there; each waits to see both."""
    rated, written = list[float](), list[float]()
    wanted: dict[str, tuple[str, str]] = {}
    for n in range(ROUNDS):
        key, rating, text = f"inform-{n % 5 + 1}", "NPLF"[(n // 5) % 4], f"putaran {n}"
        radio, note = f"cx-answers-{key}-{rating}", f"cx-answers-{key}-note-id"
        clicked, typed = one.evaluate(CLICK, radio), other.evaluate(WRITE, [note, text])
        rated.append(other.evaluate(SEEN, [radio, None]) - clicked)
        written.append(one.evaluate(SEEN, [note, text]) - typed)
        wanted[key] = rating, text
        time.sleep(n * 0.137 % 0.7)  # not in step with the looking
    told("a rating until the other screen shows it", rated)
    told("a note until the other screen shows it", written)
    answers = load_assessment(file, load_content()).answers
    found = {key: (answers[key].rating, versions_of(answers[key].note, working="id")["id"]) for key in wanted}
    lost = [key for key in wanted if found[key] != wanted[key]]
    clashes = sum(page.locator(".cx-clash").count() for page in (one, other))
    print(f"{ROUNDS} rounds: {len(lost)} of {len(wanted)} answers not as they were left, {clashes} clashes")


def main() -> None:
    """Measure and print."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    with (
        tempfile.TemporaryDirectory() as folder,
        running_lab(Path(folder)) as lab,
        sync_playwright() as playwright,
    ):
        file = Path(shutil.copy(examples_dir() / "kopi-lereng.json", lab.folder / "one.json"))
        browser = playwright.chromium.launch(executable_path=chromium, args=QUIET)
        python = f"Python {platform.python_version()}, Chromium {browser.version}"
        print(f"{platform.platform()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, {python}")
        measure(*(seated(browser, lab, file, who) for who in ("ann", "ben")), file)
        print(f"load at the end {os.getloadavg()[0]:.1f}")
        browser.close()


if __name__ == "__main__":
    main()
