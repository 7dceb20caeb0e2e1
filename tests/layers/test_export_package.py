"""The data package describes what is in it."""

import csv
import hashlib
import io
import json
import zipfile
from datetime import date

from frictionless import Package

from geodata.integrity import data_version
from layers.__main__ import main
from layers.export.package import package
from tests.layers.sheets import world


def opened():
    return zipfile.ZipFile(io.BytesIO(package(*world())))


def test_every_resource_is_there_with_its_hash_licence_and_kind():
    with opened() as archive:
        head = json.loads(archive.read("datapackage.json"))
        names = set(archive.namelist())
        assert head["version"] == data_version()
        assert {resource["path"] for resource in head["resources"]} == {name for name in names if "/" in name}
        assert len({resource["name"] for resource in head["resources"]}) == len(head["resources"])
        for resource in head["resources"]:
            content = archive.read(resource["path"])
            assert resource["bytes"] == len(content)
            assert resource["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"
            assert resource["licenses"][0]["name"] in {"CC-BY-4.0", "ODbL-1.0", "other-pd"}
        assert {"CITATION.cff", "LICENSE-DATA", "CHANGELOG.md"} <= names


def test_the_tables_have_the_columns_and_types_that_are_described():
    readers = {
        "integer": int,
        "number": float,
        "boolean": {"true": True, "false": False}.__getitem__,
        "string": str,
        "date": date.fromisoformat,
    }
    with opened() as archive:
        for resource in json.loads(archive.read("datapackage.json"))["resources"]:
            if resource.get("profile") != "tabular-data-resource":
                continue
            lines = list(csv.DictReader(io.StringIO(archive.read(resource["path"]).decode("utf-8-sig"))))
            fields = resource["schema"]["fields"]
            assert list(lines[0]) == [field["name"] for field in fields]
            for field in fields:
                for line in lines:
                    if line[field["name"]]:
                        readers[field["type"]](line[field["name"]])


def test_the_statement_is_named_as_another_register_has_it():
    with zipfile.ZipFile(io.BytesIO(package(*world()))) as archive:
        about = json.loads(archive.read("datapackage.json"))["about"]
    assert about["sameAs"] == ["https://pax.peaceagreements.org/agreements/2324"]
    assert about["identifier"] == ["PA-X Peace Agreements Database: 2324"]


def test_the_same_data_give_the_same_bytes(tmp_path):
    path = tmp_path / "data.zip"
    assert main(["package", "--out", str(path)]) == 0
    assert path.read_bytes() == package(*world())


def test_frictionless_reads_every_table_and_finds_it_as_described(tmp_path):
    path = tmp_path / "data.zip"
    path.write_bytes(package(*world()))
    with zipfile.ZipFile(path) as archive:
        archive.extractall(tmp_path)
    report = Package(str(tmp_path / "datapackage.json")).validate()
    assert report.valid, report.flatten(["type", "message"])[:5]


def test_every_column_is_described_and_keys_resolve():
    with opened() as archive:
        head = json.loads(archive.read("datapackage.json"))
    schemas = {resource["path"]: resource["schema"] for resource in head["resources"] if "schema" in resource}
    assert len(schemas) == 4
    for schema in schemas.values():
        assert all(field["description"] for field in schema["fields"])
    assert schemas["tables/events.csv"]["primaryKey"] == "id"
    assert schemas["tables/changes.csv"]["foreignKeys"]
    assert all("None" not in source["title"] for source in head["sources"])
