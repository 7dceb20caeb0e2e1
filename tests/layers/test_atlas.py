"""The library with map and sheet: the same files as the commands write, and a map that a notebook shows."""

import doctest
import io

import pytest
from PIL import Image

import layers
import layers.atlas
from layers import Atlas
from layers.__main__ import main


@pytest.fixture(scope="module")
def atlas():
    return Atlas.load()


@pytest.mark.parametrize("module", [layers, layers.atlas], ids=lambda module: module.__name__)
def test_the_examples_run(module):
    found = doctest.testmod(module)
    assert found.attempted > 0
    assert found.failed == 0


def test_tables_have_the_names_of_the_exports(atlas):
    assert set(atlas.state("2020-11-25", "held")["name"]) >= {"Azerbaijan", "Armenia"}
    assert set(atlas.state("2020-11-25")["sovereign_iso"]) == {"AZ", "AM"}


def test_a_sheet_is_the_one_that_the_command_writes(atlas, tmp_path):
    out = tmp_path / "sheet.png"
    assert main(["snapshot", "--on", "2020-11-25", "--dpi", "50", "--clause", "6", "--out", str(out)]) == 0
    assert (
        atlas.sheet(
            kind="multiples", fmt="pdf", lang="ru", days=["2020-11-10", "2020-11-20", "2020-11-25", "2020-12-01"]
        ).content[:4]
        == b"%PDF"
    )
    sheet = atlas.sheet("2020-11-25", dpi=50, clause=6)
    assert sheet.content == out.read_bytes()
    assert Image.open(io.BytesIO(sheet._repr_png_())).format == "PNG"
    assert sheet._repr_svg_() is None


def test_a_map_is_saved_as_the_file_that_the_command_writes(atlas, tmp_path):
    assert main(["html", "--out", str(tmp_path / "command.html")]) == 0
    saved = atlas.map().save(tmp_path / "library.html").read_text(encoding="utf-8")
    command = (tmp_path / "command.html").read_text(encoding="utf-8")
    assert len(saved) - len(command) < 400
    assert saved.partition("</style>")[2].partition("<script>")[0] == command.partition("</style>")[2].partition("<script>")[0]  # fmt: skip


def test_values_that_cannot_be_shown_are_refused(atlas):
    with pytest.raises(ValueError, match="no clause “12”"):
        atlas.map(clause=12)
    with pytest.raises(ValueError, match="lies after --on"):
        atlas.sheet("2020-11-25", from_="2020-12-01")


@pytest.mark.browser
def test_a_notebook_shows_the_map_at_its_state(atlas, new_page):
    page = new_page(viewport={"width": 1300, "height": 800})
    shown = atlas.map(on="2020-11-24", layers=["control", "kalbajar"])
    page.set_content(f"<!DOCTYPE html><body>{shown._repr_html_()}</body>")
    frame = page.frame_locator("iframe")
    frame.locator("[data-zone='kalbajar']").first.wait_for(state="attached")
    state = page.frames[1].evaluate("window.atlas.state()")
    assert (state["on"], set(state["layers"])) == ("2020-11-24", {"control", "kalbajar"})


@pytest.mark.browser
def test_a_saved_map_opens_at_its_state_and_an_address_wins(atlas, new_page, tmp_path):
    address = atlas.map(on="2020-11-24").save(tmp_path / "map.html").as_uri()
    for ending, day in (("", "2020-11-24"), ("#on=2023-01-01", "2023-01-01")):
        page = new_page()
        page.goto(address + ending)
        page.locator("[data-zone='kalbajar']").first.wait_for(state="attached")
        assert page.evaluate("window.atlas.state().on") == day
