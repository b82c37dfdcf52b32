"""The form with 7 and with 200 records of evidence, the browser at full speed and at a sixth of it.

`--before FOLDER` measures another version of the project, too, in the same run, turn by turn.
"""

import argparse
import json
import os
import platform
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from form import CHANGED, CLICK, told
from playwright.sync_api import Page, sync_playwright

from cxassess.content.reading import load_content
from cxassess.places import examples_dir

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
from kit.lab import QUIET, Lab, running_lab

ROOT = Path(__file__).parents[1]
SIZES, SPEEDS = (7, 200), (1, 6)
VISITS, CLICKS = 11, 20
CELL = """from cxassess import load_content
from cxassess.document.sitting import Sitting
try:
    from cxassess.filling.widget import AssessmentForm
except ImportError:  # as it was in an older version
    from cxassess.forms import AssessmentForm
AssessmentForm(Sitting.open({file!r}, load_content()), lang="en")"""
# From the click until the page stands there, and is painted.
PAINTED = f"""async (page) => {{
  {CHANGED}
  const root = document.querySelector(".cx-form"), button = root.querySelector(`.cx-menu [data-at="${{page}}"]`);
  const began = performance.now();
  const what = {{ childList: true, subtree: true, attributes: true }};
  const shown = changed(() => document.getElementById(`cx-pane-${{page}}`), root, what);
  button.click();
  await shown;
  await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  return performance.now() - began;
}}"""


def with_records(count: int) -> dict[str, Any]:
    """An example with so many records of evidence, the older ones linked."""
    document = json.loads((examples_dir() / "kopi-lereng.json").read_text(encoding="utf-8"))
    known = document["evidence"][:count]
    day = date.fromisoformat(document["on"])
    more = [
        {
            "key": f"E-{number:02d}",
            "kind": ("interview", "document", "observation")[number % 3],
            "source": f"Source number {number}, with a name as long as people give them",
            "on": str(day - timedelta(days=number % 90)),
        }
        for number in range(len(known) + 1, count + 1)
    ]
    document["evidence"] = [*known, *more]
    keys = {record["key"] for record in document["evidence"]}
    for part in ("answers", "indicators", "mistakes"):
        for entry in document[part].values():
            links = entry.get("evidence", [])
            entry["evidence"] = [one for one in links if (one if part == "mistakes" else one["evidence"]) in keys]
    document["exceptions"] = []
    return dict(document)


@contextmanager
def lab_of(version: Path, folder: Path) -> Iterator[Lab]:
    """A Lab whose kernels import a version of the project."""
    before = os.environ.get("PYTHONPATH", "")
    os.environ["PYTHONPATH"] = str(version)
    try:
        folder.mkdir()
        with running_lab(folder) as lab:
            yield lab
    finally:
        os.environ["PYTHONPATH"] = before


def form_in(page: Page, lab: Lab, count: int) -> None:
    """A page with the form of a file with so many records."""
    file = lab.folder / f"{count}.json"
    file.write_text(json.dumps(with_records(count)), encoding="utf-8")
    cell = {"cell_type": "code", "metadata": {}, "outputs": [], "execution_count": None}
    cell |= {"source": CELL.format(file=str(file)), "id": "form"}
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3"}}
    notebook = {"cells": [cell], "metadata": kernel, "nbformat": 4, "nbformat_minor": 5}
    (lab.folder / f"{count}.ipynb").write_text(json.dumps(notebook), encoding="utf-8")
    lab.open(page, f"{count}.ipynb")
    page.evaluate("() => window.jupyterapp.commands.execute('notebook:run-all-cells')")
    page.wait_for_selector(".cx-shell", timeout=60_000)


def visited(page: Page) -> list[float]:
    """How long the list of evidence took to be painted, each time."""
    times = []
    for _ in range(VISITS):
        page.evaluate(PAINTED, "profile")
        times.append(page.evaluate(PAINTED, "evidence"))
    return times[1:]


def clicked(page: Page) -> list[float]:
    """How long an answer on a level took to be saved and painted, each time."""
    questions = load_content().of_level("resolve")
    page.evaluate(PAINTED, "resolve")
    times = []
    for n in range(CLICKS):
        key, letter = questions[n % len(questions)].key, "NPLF"[n // len(questions) % 4]
        times.append(page.evaluate(CLICK, f"cx-answers-{key}-{letter}")["painted"])
    return times


def measure(page: Page, name: str, count: int) -> None:
    """Measure one form at each speed."""
    session = page.context.new_cdp_session(page)
    for rate in SPEEDS:
        session.send("Emulation.setCPUThrottlingRate", {"rate": rate})
        speed = "full speed" if rate == 1 else f"a {rate}th of the speed"
        told(f"{name}, {count} records, {speed}: list of evidence drawn", visited(page))
        told(f"{name}, {count} records, {speed}: click saved and redrawn", clicked(page))


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--before", type=Path, help="a checkout of another version")
    parser.add_argument("--records", type=int, nargs="+", default=SIZES)
    told_to = parser.parse_args()
    before = told_to.before
    versions = {"before": before, "now": ROOT} if before else {"now": ROOT}
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=QUIET)
        load = f"load {os.getloadavg()[0]:.1f}"
        print(f"{platform.platform()}, {os.cpu_count()} cores, {load}, Chromium {browser.version}")
        for count in told_to.records:
            for name, version in versions.items():
                with lab_of(version, Path(folder) / f"{name}-{count}") as lab:
                    page = browser.new_page(viewport={"width": 1280, "height": 900})
                    form_in(page, lab, count)
                    measure(page, name, count)
                    page.close()
        print(f"load at the end {os.getloadavg()[0]:.1f}")
        browser.close()


if __name__ == "__main__":
    main()
