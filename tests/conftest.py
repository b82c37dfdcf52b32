"""What every test may use, and which groups of tests run only when asked for."""

import shutil
from collections.abc import Iterator

import pytest
from hypothesis import Phase, settings
from kit.places import GOLDEN

from cxassess.content.reading import Content, load_content
from cxassess.document.assessment import Assessment
from cxassess.document.assessmentfile import load_assessment
from cxassess.report.engine import Kernel

GROUPS = ("browser", "office", "long")
# For `make mutants`: few examples, the same each time, and no search for a smaller one.
settings.register_profile("mutants", max_examples=20, derandomize=True, phases=[Phase.explicit, Phase.generate])


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--all-groups", action="store_true", help=f"run the groups {', '.join(GROUPS)} too")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Without --all-groups, leave the groups out; with it, a missing browser is an error, not a skip."""
    if config.getoption("--all-groups"):
        return
    for item in items:
        for group in GROUPS:
            if item.get_closest_marker(group):
                item.add_marker(pytest.mark.skip(reason=f"group {group}: runs with make test-all"))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """A line a group that was left out."""
    for group in GROUPS:
        reason = f"group {group}: runs with make test-all"
        count = sum(reason in str(report.longrepr) for report in terminalreporter.stats.get("skipped", []))
        if count:
            terminalreporter.write_line(f"skipped {count} tests of the {reason}")


@pytest.fixture(scope="session")
def content() -> Content:
    return load_content()


@pytest.fixture(scope="session")
def golden_content() -> Content:
    return load_content(GOLDEN / "content")


@pytest.fixture(scope="session")
def golden(golden_content: Content) -> Assessment:
    return load_assessment(GOLDEN / "kopi-kencana.json", golden_content)


@pytest.fixture(scope="session")
def kernel() -> Iterator[Kernel]:
    """One kernel for all tests that run notebooks: starting it is what costs."""
    with Kernel() as one:
        yield one


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of a Chromium. Only tests of the group `browser` ask for it, so its absence is a failure."""
    for name in ("chromium", "chromium-browser", "google-chrome"):
        if found := shutil.which(name):
            return found
    pytest.fail("no Chromium found; install one (Debian: apt install chromium)")
