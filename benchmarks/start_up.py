"""Start-up: the command line against an empty Python, a warm kernel against a cold one. Prints ratios."""

import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from cxassess.content.reading import load_content
from cxassess.places import examples_dir
from cxassess.report.edition import Edition
from cxassess.report.engine import Kernel
from cxassess.report.rendering import render_report

FILE = examples_dir() / "kopi-lereng.json"


def seconds(work: Callable[[], object], times: int) -> float:
    """The median duration of some runs."""

    def once() -> float:
        began = time.perf_counter()
        work()
        return time.perf_counter() - began

    return statistics.median(once() for _ in range(times))


def python(program: str, *words: str) -> None:
    """Run a program in a fresh interpreter."""
    subprocess.run([sys.executable, "-c", program, *words], check=True, capture_output=True)


def main() -> None:
    """Measure and print."""
    empty = seconds(lambda: python("pass"), 9)
    score = seconds(lambda: python("from cxassess.cli.commands import main; main()", "score", str(FILE)), 9)
    print(f"cxassess score {score:.2f} s, empty Python {empty:.2f} s: {score / empty:.0f} times")

    content = load_content()
    with tempfile.TemporaryDirectory() as folder, Kernel() as kernel:

        def render(one: Kernel | None) -> None:
            render_report(FILE, Edition(content, Path(folder)), lang="id", kernel=one)

        render(kernel)
        warm = seconds(lambda: render(kernel), 5)
        cold = seconds(lambda: render(None), 3)
    print(f"report in a started kernel {warm:.2f} s, in its own {cold:.2f} s: {warm / cold:.2f} times")


if __name__ == "__main__":
    main()
