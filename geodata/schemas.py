"""JSON Schemas of the record's files, generated from the models (``python -m geodata schema``)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from geodata.loading import RECORD
from geodata.model import Record

FOLDER = RECORD / "schema"


def schema_texts() -> dict[str, str]:
    """One schema (JSON text) for each file of the record, by file name."""
    texts = {}
    for name, field in Record.model_fields.items():
        annotation: Any = field.annotation
        schema: dict[str, Any] = TypeAdapter(annotation).json_schema()
        schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": f"{name}.yaml", **schema}
        texts[f"{name}.schema.json"] = json.dumps(schema, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    return texts


def write_schemas(folder: Path = FOLDER) -> list[Path]:
    """Write the schemas; returns the files."""
    folder.mkdir(exist_ok=True)
    paths = []
    for name, text in schema_texts().items():
        path = folder / name
        path.write_text(text, encoding="utf-8")
        paths.append(path)
    return paths
