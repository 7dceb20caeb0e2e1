"""The interface of the static site: every file as its schema says, every link to a file, every example of the page run."""

import csv
import gzip
import io
import itertools
import json
import re
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

import geopandas as gpd
import jsonschema
import pytest
import yaml
from openapi_spec_validator import validate
from shapely.geometry import shape

from geodata.control import control_at
from geodata.integrity import data_version
from geodata.status import statuses
from layers.site.api import ROOT, api
from tests.layers.files_served import served
from tests.layers.sheets import world

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "api.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def made():
    """All files of the interface, by their path in it."""
    return {name.removeprefix(f"{ROOT}/"): make() for name, make in api(*world())}


@pytest.fixture(scope="module")
def folder(made, tmp_path_factory):
    place = tmp_path_factory.mktemp("site")
    for name, content in made.items():
        path = place / ROOT / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return place


@pytest.fixture(scope="module")
def address(folder):
    """The interface served by a plain web server."""

    with served(folder) as found:
        yield f"{found}/{ROOT}"


def described(made):
    """The paths of the OpenAPI document as patterns, each with the schema of its answer."""
    document = yaml.safe_load(made["openapi.yaml"])
    for path, operations in document["paths"].items():
        pattern = re.sub(r"\{\w+\}", r"[\\w-]+", re.sub(r"[.]", r"\\.", path.removeprefix("/")))
        content = operations["get"]["responses"]["200"]["content"]
        yield re.compile(pattern), next(iter(content.values()))["schema"]


def test_every_file_is_as_its_schema_says_and_the_description_names_it(made):
    patterns, seen = list(described(made)), set()
    for name, content in made.items():
        if name.endswith((".gz", ".yaml")):
            continue
        found = [schema for pattern, schema in patterns if pattern.fullmatch(name)]
        assert len(found) == 1, name
        if "$ref" in found[0]:
            schema = json.loads(made[found[0]["$ref"]])
            value = json.loads(content)
            if "features" in value:  # a feature is the same in every state in which it stands
                assert value["features"]
                value["features"] = [item for item in value["features"] if json.dumps(item) not in seen]
                seen |= {json.dumps(item) for item in value["features"]}
            jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker()).validate(value)
        if name.startswith("schemas/"):
            jsonschema.Draft202012Validator.check_schema(json.loads(content))
    for pattern, _ in patterns:
        assert any(pattern.fullmatch(name) for name in made), pattern


def test_a_wrong_file_is_not_as_its_schema_says(made):
    wrong = json.loads(made["states/2020-11-25.geojson"])
    del wrong["features"][0]["properties"]["sources"]
    schema = json.loads(made["schemas/state.schema.json"])
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(wrong, schema)


def test_the_description_is_openapi(folder):
    path = folder / ROOT / "openapi.yaml"
    validate(yaml.safe_load(path.read_bytes()), base_uri=path.as_uri())


def test_every_link_of_the_index_leads_to_a_file_and_every_file_is_linked(made):
    index = json.loads(made["index.json"])
    linked = {period["file"] for kind in ("states", "obligations") for period in index[kind]}
    linked |= {index[name] for name in ("changes", "events", "places", "openapi")} | set(index["schemas"].values())
    assert linked | {"index.json"} == {name for name in made if not name.endswith(".gz")}


def test_files_are_gzipped_beside_and_the_same_each_time(made):
    for name, content in made.items():
        if not name.endswith(".gz"):
            assert gzip.decompress(made[f"{name}.gz"]) == content
    again = {name.removeprefix(f"{ROOT}/"): make() for name, make in api(*world())}
    assert again == made


def test_each_day_has_one_state_and_it_is_that_of_the_engine(made):
    index = json.loads(made["index.json"])
    record, ground = world()
    for kind in ("states", "obligations"):
        days = [(date.fromisoformat(period["from"]), date.fromisoformat(period["to"])) for period in index[kind]]
        assert (days[0][0], days[-1][1]) == (record.coverage_start, record.coverage_end)
        assert all(last + timedelta(days=1) == first for (_, last), (first, _) in itertools.pairwise(days))
    for period in index["states"]:
        features = json.loads(made[period["file"]])["features"]
        pieces = [item for item in features if item["properties"]["kind"] == "control"]
        for end in ("from", "to"):
            day = date.fromisoformat(period[end])
            for piece in pieces[::25]:
                inside = shape(piece["geometry"]).representative_point()
                answer = control_at(ground, inside.y, inside.x, day)
                assert answer.controller == piece["properties"]["controller"]
                zones = {item["properties"]["layer"] for item in features if item["properties"]["kind"] == "zones"}
                assert set(answer.zones) <= zones
        assert sum(item["properties"]["km2"] for item in pieces) == pytest.approx(sum(p.km2 for p in ground.pieces))


def test_features_say_when_they_hold(made):
    index = json.loads(made["index.json"])
    for period in index["states"]:
        for feature in json.loads(made[period["file"]])["features"]:
            (span,) = feature["when"]["timespans"]
            start = span["start"].get("in") or span["start"]["latest"]
            assert start <= period["from"]
            assert period["to"] <= span.get("end", {"in": "9999"})["in"]


def test_obligations_are_those_of_the_command_on_every_day_of_the_stretch(made):
    record, _ = world()
    for period in json.loads(made["index.json"])["obligations"]:
        file = json.loads(made[period["file"]])
        assert file["version"] == data_version()
        for day in (period["from"], period["to"]):
            assert file["obligations"] == [row.as_dict() for row in statuses(record, date.fromisoformat(day))]


def test_places_change_hands_on_the_day_on_which_the_command_says_so(made):
    _, ground = world()
    rows = list(csv.DictReader(io.StringIO(made["places.csv"].decode())))
    assert len({row["place"] for row in rows}) > 100
    for row in rows[::3]:
        answer = control_at(ground, float(row["lat"]), float(row["lon"]), date.fromisoformat(row["since"]))
        assert (answer.controller, str(answer.certain).lower(), answer.other or "") == (
            row["holder"],
            row["certain"],
            row["or"],
        )
    for before, row in itertools.pairwise(rows):
        if before["place"] == row["place"]:
            known = ("holder", "certain", "or")
            assert before["since"] < row["since"]
            assert [before[key] for key in known] != [row[key] for key in known]


def test_another_program_opens_a_state(address):
    table = gpd.read_file(f"{address}/states/2020-11-25.geojson")
    assert {"azerbaijan", "armenia", "armenian-forces"} <= set(table["controller"])


def blocks(language):
    """The examples of a language on the page."""
    return re.findall(rf"```{language}\n(.*?)```", PAGE, flags=re.DOTALL)


@pytest.mark.parametrize("number", range(len(blocks("sh"))))
def test_examples_for_curl_run(address, tmp_path, number):
    text = blocks("sh")[number].replace("https://example.org/atlas/api/v1", address)
    done = subprocess.run(["bash", "-euo", "pipefail", "-c", text], cwd=tmp_path, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout or list(tmp_path.iterdir())


@pytest.mark.parametrize("number", range(len(blocks("python"))))
def test_examples_for_python_run_and_print_what_the_page_says(address, tmp_path, number):
    text = blocks("python")[number].replace("https://example.org/atlas/api/v1", address)
    done = subprocess.run([sys.executable, "-c", text], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == re.findall(r"# prints (.*)", text)


@pytest.mark.parametrize("language", ["r", "text"])
def test_addresses_of_the_other_examples_are_there(folder, language):
    """The examples for R and QGIS name files that there are; `make test-qgis` opens the one for QGIS."""
    found = re.findall(r"https://example\.org/atlas/([\w./-]+)", "\n".join(blocks(language)))
    assert found
    for name in found:
        assert (folder / name).is_file(), name
