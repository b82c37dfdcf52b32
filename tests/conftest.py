"""What every test may use, and which groups of tests run only when asked for."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import Phase, settings
from kit.form import Opener, opener
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
    """Write its groups on each test; without --all-groups, leave them out."""
    for item in items:
        for group in filter(item.get_closest_marker, GROUPS):
            item.user_properties.append(("group", group))
            if not config.getoption("--all-groups"):
                item.add_marker(pytest.mark.skip(reason=f"group {group}: runs with make test-all"))


def of_group(reporter: pytest.TerminalReporter, group: str, outcome: str) -> list[pytest.TestReport]:
    """The tests of a group that came out in a way, wherever they ran."""
    reports = reporter.stats.get(outcome, [])
    return [one for one in reports if ("group", group) in getattr(one, "user_properties", ())]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """A line a group: how many of its tests ran, and how many did not."""
    is_asked = terminalreporter.config.getoption("--all-groups")
    for group in GROUPS:
        ran = sum(len(of_group(terminalreporter, group, outcome)) for outcome in ("passed", "failed", "error"))
        skipped = len(of_group(terminalreporter, group, "skipped"))
        if ran + skipped or is_asked:
            how = "" if is_asked else " (make test-all runs it)"
            terminalreporter.write_line(f"group {group}: {ran} ran, {skipped} skipped{how}")


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Asked for all groups, a test of one that was skipped is a failure: nobody would notice a missing browser."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if not session.config.getoption("--all-groups") or not isinstance(reporter, pytest.TerminalReporter):
        return
    if any(of_group(reporter, group, "skipped") for group in GROUPS):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


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


@pytest.fixture
def open_(tmp_path: Path, content: Content) -> Opener:
    """Opens forms on one file, as several people if need be."""
    return opener(tmp_path, content)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """The file that `open_` opens."""
    return tmp_path / "acme.json"
