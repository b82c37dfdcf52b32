"""Where things are."""

from cxassess.places import content_dir, examples_dir, notebooks_dir, open_or_example, templates_dir


def test_the_data_folders_are_there() -> None:
    """Content, examples, notebooks and templates, in a checkout as in a wheel."""
    assert (content_dir() / "model.yaml").is_file()
    assert list(examples_dir().glob("*.json"))
    assert (templates_dir() / "report.ipynb").is_file()
    assert (notebooks_dir() / "assess.ipynb").is_file()


def test_an_example_is_opened_as_a_copy() -> None:
    """Nobody overwrites a shipped example."""
    copy = open_or_example("")
    copy.write_text("{}")
    assert open_or_example("").read_text() != "{}"
