"""JSON Schemas of the content files, of a brand and of a workspace, for editors."""

from __future__ import annotations

import json
from pathlib import Path

from pydantic import BaseModel

from cxassess.content.kit import ChannelsFile, JourneyFile, KpisFile, SurveyFile
from cxassess.content.model import GlossaryFile, ModelFile, WordsFile
from cxassess.content.practices import AdviceFile, IndicatorsFile, MistakesFile, QuestionsFile
from cxassess.files import write_whole
from cxassess.page.brand import BrandFile
from cxassess.places import content_dir
from cxassess.workspace import WorkspaceFile

SCHEMAS: dict[str, type[BaseModel]] = {
    "brand": BrandFile,
    "workspace": WorkspaceFile,
    "model": ModelFile,
    "questions": QuestionsFile,
    "mistakes": MistakesFile,
    "indicators": IndicatorsFile,
    "glossary": GlossaryFile,
    "words": WordsFile,
    "advice": AdviceFile,
    "kpis": KpisFile,
    "survey": SurveyFile,
    "journey": JourneyFile,
    "channels": ChannelsFile,
}


def save_schemas(folder: Path | None = None) -> None:
    """Write the JSON Schemas that give editors completion; a test holds them current."""
    folder = folder or content_dir() / "schemas"
    for name, kind in SCHEMAS.items():
        text = json.dumps(kind.model_json_schema(), indent=2, ensure_ascii=False) + "\n"
        write_whole(folder / f"{name}.schema.json", text.encode())
