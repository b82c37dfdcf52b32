"""What commands may be told, and what is said of what they may not."""

from pathlib import Path

import pytest
from kit.program import cxassess

from cxassess.places import examples_dir

CAFE = str(examples_dir() / "kopi-lereng.json")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("score", "nowhere.json"), "nowhere.json: No such file or directory; check the name"),
        (("score", CAFE, "--content", "nowhere"), "nowhere: is no folder; name a content folder"),
        (("report", CAFE, "--lang", "fr"), "--lang: is fr; write id or en"),
        (("score", CAFE, "--on", "2026-13-01"), "--on: is 2026-13-01; write YYYY-MM-DD"),
        (("report", CAFE, "--format", "docx"), "--format: is docx; write html or pdf"),
        (("report", CAFE, "--from", "x.ipynb"), "takes an assessment FILE or --from NOTEBOOK; name one"),
        (("report", CAFE, "--brand", "nowhere.yaml"), "nowhere.yaml"),
        (("report", "--from", "nowhere.ipynb"), "nowhere.ipynb: No such file or directory"),
        (("report",), "takes an assessment FILE or --from NOTEBOOK; name one"),
        (("sheet", "--role", "ceo"), "--role: is ceo; write leader, front-line or customer"),
        (
            ("sheet", "--open-only"),
            "name the assessment of which the open items are to be asked: sheet FILE",
        ),
        (("sheet", "--out", "mine.json"), "--out: mine.json does not end in .pdf; name a PDF file"),
        (("new",), "name either ORGANISATION or --from FILE"),
        (
            ("new", "--from", CAFE, "--unit", "x", "--unit-kind", "planet"),
            "--unit kind: must be 'company', 'brand'",
        ),
        (("check", "."), "holds no .json file"),
        (("batch", "."), "holds no .json file"),
    ],
)
def test_mistakes_are_told_in_words(tmp_path: Path, words: tuple[str, ...], said: str) -> None:
    """Exit code 1, no traceback."""
    done = cxassess(*words, cwd=tmp_path)
    assert done.returncode == 1
    assert said in done.stderr
    assert "Traceback" not in done.stderr
