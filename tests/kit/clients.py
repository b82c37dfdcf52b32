"""Assessment files of made-up clients, to be rendered side by side."""

import json
from pathlib import Path

from cxassess.places import examples_dir


def client(folder: Path, name: str, word: str, **profile: object) -> Path:
    """The web shop under another name, with a word of its own in every typed text."""
    text = (examples_dir() / "polderfiets.json").read_text(encoding="utf-8")
    document = json.loads(text.replace("Polderfiets", word))
    document["profile"] |= {"organisation": f"{name} {word}", "trade_text": word, "report_languages": ["en"]}
    document["profile"] |= profile
    for entry in document["answers"].values():
        if entry["state"] != "not-applicable":
            entry["note"] = word
    for record in document["evidence"]:
        record["source"] = word
    file = folder / f"{name}.json"
    file.write_text(json.dumps(document), encoding="utf-8")
    return file
