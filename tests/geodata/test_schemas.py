"""The committed JSON Schemas are those of the models, and the record's files satisfy them."""

import json

import jsonschema
import pytest
import yaml

from geodata.loading import RECORD
from geodata.schemas import FOLDER, schema_texts

TEXTS = schema_texts()


def test_the_committed_schemas_are_current():
    assert {path.name: path.read_text(encoding="utf-8") for path in FOLDER.glob("*.json")} == TEXTS


@pytest.mark.parametrize("name", sorted(TEXTS))
def test_each_file_satisfies_its_schema(name):
    content = yaml.safe_load((RECORD / name.replace(".schema.json", ".yaml")).read_text(encoding="utf-8"))
    jsonschema.validate(content, json.loads(TEXTS[name]))
