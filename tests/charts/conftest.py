"""What the tests of charts share: our font, and the card of the worked example."""

import pytest
import vl_convert
from kit.made import ON

from cxassess.content.reading import Content
from cxassess.document.assessment import Assessment
from cxassess.places import templates_dir
from cxassess.pyramid.scorecard import Scorecard
from cxassess.pyramid.scoring import score


@pytest.fixture(scope="session", autouse=True)
def font() -> None:
    vl_convert.register_font_directory(str(templates_dir() / "fonts"))


@pytest.fixture(scope="session")
def card(golden: Assessment, golden_content: Content) -> Scorecard:
    return score(golden, golden_content, on=ON)
