"""Schemas: an editor knows what the program knows."""

import json
import shutil
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from kit.spoiling import BREAKS, spoil

from cxassess.places import content_dir
from cxassess.schemas import SCHEMAS, save_schemas

SHIPPED = sorted(content_dir().glob("**/*.yaml"))
NAMES = [path.relative_to(content_dir()).as_posix() for path in SHIPPED]


def read(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def schema_named_in(path: Path) -> Path:
    """The schema that the first line points an editor to."""
    first = path.read_text(encoding="utf-8").splitlines()[0]
    return (path.parent / first.removeprefix("# yaml-language-server: $schema=")).resolve()


def test_schemas_are_current(tmp_path: Path) -> None:
    """What editors complete by is what the program checks by; `make schemas` writes them anew."""
    save_schemas(tmp_path)
    fresh = {path.name: path.read_text(encoding="utf-8") for path in tmp_path.iterdir()}
    kept = {path.name: path.read_text(encoding="utf-8") for path in (content_dir() / "schemas").iterdir()}
    assert kept == fresh
    assert set(fresh) == {f"{name}.schema.json" for name in SCHEMAS}


@pytest.mark.parametrize("name", NAMES)
def test_shipped_files_fit_their_schema(name: str) -> None:
    """The first line names a schema that exists, is the one of this kind of file, and lets the file pass."""
    path = content_dir() / name
    schema = schema_named_in(path)
    kind = path.parent.name if path.parent.name in SCHEMAS else path.stem
    assert schema == content_dir().resolve() / "schemas" / f"{kind}.schema.json"
    jsonschema.validate(read(path), json.loads(schema.read_text(encoding="utf-8")))


@pytest.mark.parametrize("name", ["missing translation", "unknown key", "wrong type", "malformed key"])
def test_schemas_refuse_what_the_program_refuses(tmp_path: Path, name: str) -> None:
    """An editor underlines it before the program complains."""
    folder = Path(shutil.copytree(content_dir(), tmp_path / "content"))
    spoil(folder, BREAKS[name])
    path = folder / BREAKS[name].file
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(read(path), json.loads(schema_named_in(path).read_text(encoding="utf-8")))
