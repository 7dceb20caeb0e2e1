"""Exports in a reader's language: what is read is in it, what programs read is the same in all."""

import io
import json
import re
import sqlite3
import zipfile

import pytest

from geodata.columns import DECLARED
from geodata.loading import load_record
from geodata.translations import TRANSLATED
from layers.export import export, heading_of
from layers.export.csvw import of_tables
from layers.export.package import package
from layers.export.table_columns import TABLES
from layers.export.tables import tables
from layers.export.value_lists import value_lists
from layers.wording import wording
from tests.layers.sheets import world

TOLD = {column.title for column in DECLARED} | {column.about for column in DECLARED}
TOLD |= {text for columns in TABLES.values() for column in columns for text in (column.title, column.about)}
NAMES = r"Ceasefire Atlas|GeoNames|OpenStreetMap|Natural Earth|GLOBE|ISO|alpha-2|WGS84|EDTF|SPDX|WKT|ODbL|Shapefile|CC.BY|\b[Ii]d\b|False|True|`\w+`"
CODES = r"mapped|adjusted|chain of places|schematic|residual|doubt|event_list|obligations|sources|\bv=\S+|\?on=\S+|\S*\.(?:org|com|gov)\S*"
"""What stays as it is: names of works and formats, ids, values."""


def own(text):
    return re.sub(f"{NAMES}|{CODES}", "", text)


def foreign(texts, lang):
    """Texts that are English: a known one, or in Armenian and Russian one with a word of Latin letters."""
    found = {text for text in texts if text in TOLD - {"Id", "Id."} and wording(lang).tr(text) != text}
    return found | ({text for text in texts if re.search("[A-Za-z]{4}", own(text))} if lang != "az" else set())


def opened(lang):
    with zipfile.ZipFile(io.BytesIO(package(*world(), lang))) as archive:
        return json.loads(archive.read("datapackage.json"))


@pytest.mark.parametrize("lang", TRANSLATED)
def test_the_data_package_is_described_in_the_readers_language(lang):
    head, english = opened(lang), opened("en")
    tables = [part["schema"]["fields"] for part in head["resources"] if "schema" in part]
    same = [part["schema"]["fields"] for part in english["resources"] if "schema" in part]
    texts = [head["title"], head["about"]["name"], head["description"].split("©")[0], *head["keywords"][:3]]
    texts += [field[key] for fields in tables for field in fields for key in ("title", "description")]
    assert foreign(texts, lang) == set()
    assert foreign([field["title"] for fields in same for field in fields], lang)
    named = [[(field["name"], field["type"], field.get("constraints")) for field in fields] for fields in (*tables,)]
    assert named == [[(field["name"], field["type"], field.get("constraints")) for field in fields] for fields in same]
    assert (head["name"], head["version"]) == (english["name"], english["version"])


@pytest.mark.parametrize("lang", TRANSLATED)
def test_a_publisher_nobody_named_is_told_in_the_readers_language(lang):
    unnamed = wording(lang).tr("Author not recorded")
    assert any(source["title"].startswith(f"{unnamed}: ") for source in opened(lang)["sources"])
    assert unnamed in {row["publisher"] for row in tables(*world(), "2020-11-25", lang=lang)["sources"]}


@pytest.mark.parametrize("lang", TRANSLATED)
def test_what_describes_the_tables_is_in_the_readers_language(lang):
    record, ground = world()
    heading = heading_of(record, ground, lang=lang)
    told = json.loads(of_tables(heading, lang))
    assert told["@context"][1] == {"@language": lang}
    columns = [column for table in told["tables"] for column in table["tableSchema"]["columns"]]
    texts = [told["dc:title"], told["dc:description"], told["dc:rights"]]
    texts += [column[key] for column in columns for key in ("dc:title", "dc:description")]
    assert foreign(texts, lang) == set()
    assert [column["name"] for column in columns] == [column.name for table in TABLES.values() for column in table]


@pytest.mark.parametrize("lang", TRANSLATED)
def test_a_geopackage_tells_columns_values_and_layers_in_the_readers_language(lang, tmp_path):
    path = tmp_path / "x.gpkg"
    path.write_bytes(export("2020-11-25", *world(), "gpkg", lang=lang))
    with sqlite3.connect(path) as base:
        columns = base.execute("SELECT title, description FROM gpkg_data_columns").fetchall()
        values = base.execute("SELECT constraint_name, value, description FROM gpkg_data_column_constraints").fetchall()
        layers = [row[0] for row in base.execute("SELECT identifier FROM gpkg_contents WHERE data_type = 'features'")]
        style = base.execute("SELECT styleQML FROM layer_styles WHERE f_table_name = 'control'").fetchone()[0]
    said = {words for _, _, words in values}
    assert foreign([text for row in columns for text in row] + layers, lang) == set()
    assert foreign(said, lang) == set()
    lists = value_lists(load_record())
    assert {(name, value) for name, value, _ in values} == {(name, value) for name in lists for value in lists[name]}
    assert wording(lang).tr("Controller") in style


@pytest.mark.parametrize("lang", TRANSLATED)
def test_kml_and_the_readme_of_shapefiles_are_in_the_readers_language(lang):
    w = wording(lang)
    kml = export("2020-11-25", *world(), "kml", lang=lang).decode()
    folders = re.findall("<Folder><name>(.*?)</name>", kml)
    assert folders
    assert foreign(folders, lang) == set()
    assert "Controller:" not in kml
    with zipfile.ZipFile(io.BytesIO(export("2020-11-25", *world(), "zip", lang=lang))) as archive:
        readme = archive.read("README.txt").decode()
    assert w.tr("Every feature names its licence.") in readme
    assert "names its licence" not in readme
