"""Lists of the reader's own in the one-file map: the browser answers as the command does, offline, and stays responsive."""

import base64
import csv
import io
import json
import re
import zipfile
from pathlib import Path

import pyarrow as pa
import pytest
from playwright.sync_api import expect

from geodata.attribution.columns import choose
from geodata.attribution.local import placed
from geodata.attribution.reading import open_source
from geodata.attribution.writing import csv_bytes
from layers.atlas import atlas_data
from layers.wording import wording
from tests.browser.opened import open_map
from tests.browsing import ROOT, made_and_saved
from tests.drawn_lists import lists
from tests.geodata.attribution_documents import BOMB, KML, SHEET, archive_of, changed, workbook

pytestmark = pytest.mark.browser
EXAMPLE = ROOT / "examples" / "made-up-incidents.csv"
DROP = """([name, content]) => {
  const bytes = Uint8Array.from(atob(content), (letter) => letter.charCodeAt(0));
  const data = new DataTransfer();
  data.items.add(new File([bytes], name));
  for (const event of ['dragover', 'drop'])
    document.querySelector('.atlas-map').dispatchEvent(new DragEvent(event, {dataTransfer: data, bubbles: true, cancelable: true}));
}"""
ROWS = 1_000
"""Of each of five lists, and of spreadsheets, KML and GPX five times as many together."""


def drop(page, name, content):
    """Drop a file on the map, as a reader does."""
    page.evaluate(DROP, [name, base64.b64encode(content).decode()])


def dropped(page, name, content):
    """Drop a list, see what it was taken for, and have it placed."""
    drop(page, name, content)
    page.get_by_role("button", name="Place the points").click()
    page.get_by_role("link", name="Download the table").wait_for()


def downloaded(page):
    return made_and_saved(page, page.get_by_role("link", name="Download the table").click)


def cells(content):
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))


def by_command(path):
    """The table that the command writes."""
    source = open_source(path)
    parts = placed(atlas_data().ground, source, choose(source), workers=1)
    return csv_bytes(pa.concat_tables([part.table for part, _ in parts]).unify_dictionaries())


@pytest.fixture(scope="module")
def drawn():
    data = atlas_data()
    return dict(lists(data.record, data.ground, ROWS))


@pytest.mark.parametrize("name", ["ged.csv", "acled.tsv", "gbif.csv", "habits.csv", "features.geojsonl", "book.xlsx", "old.xlsx", "places.kmz", "tracks.gpx"])  # fmt: skip
def test_the_browser_answers_as_the_command_does(page, document, drawn, tmp_path, name):
    open_map(page, document)
    dropped(page, name, drawn[name])
    path = tmp_path / name
    path.write_bytes(drawn[name])
    ours, theirs = cells(downloaded(page)), cells(by_command(path))
    assert ours[0] == theirs[0]
    assert len(ours) == len(theirs) > ROWS
    wrong = [
        (number, column, one, other)
        for number, rows in enumerate(zip(ours, theirs, strict=True))
        for column, one, other in zip(theirs[0], *rows, strict=True)
        if one != other
    ]
    assert wrong == []
    certain = {row[theirs[0].index("certain")] for row in theirs[1:]}
    assert certain == {"true", "false", ""}


def test_fifty_thousand_rows_leave_the_map_responsive(page, document):
    rows = "".join(
        f"{38.9 + i % 1601 / 1000:.4f},{45.6 + i % 1903 / 1000:.4f},{2020 + i % 4}-{i % 12 + 1:02}-{i % 28 + 1:02},{i % 3 + 1}\n"
        for i in range(50_000)
    )
    open_map(page, document)
    drop(page, "many.csv", ("lat,lon,date,geo_precision\n" + rows).encode())
    page.get_by_role("button", name="Place the points").wait_for()
    page.evaluate("""() => {
      window.turns = 0;
      const turn = () => { window.turns += 1; if (!document.querySelector('.atlas-own-body a')) setTimeout(turn); };
      turn();
    }""")
    page.get_by_role("button", name="Place the points").click()
    page.get_by_role("link", name="Download the table").wait_for()
    assert page.evaluate("window.turns") > 20, "the page's own thread went on with other work"
    assert page.get_by_text("50,000 rows:").is_visible()
    assert (
        int(
            page.evaluate(
                "document.querySelector('.atlas-own').textContent.match(/all ([\\d,]+) points/)[1].replace(',', '')"
            )
        )
        == 50_000
    )


def test_a_row_is_as_sure_as_its_list(page, document):
    """UCDP's and ACLED's codes, a disc and a span, with the sentence to quote and the counts."""
    open_map(page, document)
    ged = "date_start,date_end,date_prec,where_prec,latitude,longitude\n2020-11-18,2020-11-22,3,4,39.991,46.9274\n"
    dropped(page, "GEDEvent.csv", ged.encode())
    assert page.get_by_text("Of 1 places, 1 lie on ground whose holder that day is uncertain.").is_visible()
    assert page.get_by_text("data version").is_visible()
    row = dict(zip(*cells(downloaded(page)), strict=True))
    assert (row["certain"], row["rule"], row["radius_m"]) == ("false", "date_start/date_end; where_prec 4", "110000")
    acled = "event_date,time_precision,geo_precision,latitude,longitude\n18 November 2020,1,1,39.991,46.9274\n"
    dropped(page, "acled.csv", acled.encode())
    assert page.get_by_text("Of 1 places, 0 lie on ground").is_visible()
    assert page.evaluate("document.querySelectorAll('.atlas-own-points').length") == 1


def test_what_the_list_was_taken_for_is_changed_before_it_is_placed(page, document):
    open_map(page, document)
    drop(page, "ru.csv", "Дата;Широта;Долгота;where_prec\n03/04/2020;39,991;46,9274;2\n".encode("cp1251"))
    page.get_by_text("it is cp1251").wait_for()
    page.get_by_text("Precision: where_prec (ucdp-ged).").wait_for()
    page.get_by_role("cell", name="can be read as two days").wait_for()
    page.get_by_label("03/04/2020 means").select_option("3 April 2020")
    page.get_by_role("cell", name="2020-04-03").wait_for()
    page.get_by_label("Take the list's own precision").uncheck()
    page.get_by_text("Precision: where_prec").wait_for(state="detached")
    page.get_by_role("combobox", name="Date", exact=True).select_option("–")
    page.get_by_text("Choose the column of: Date.").wait_for()
    assert page.get_by_role("button", name="Place the points").is_disabled()


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("bomb.csv", b"\x1f\x8b\x08" + b"\0" * 100, "compressed"),
        ("no-archive.xlsx", b"PK\x03\x04" + b"\0" * 100, "damaged"),
        ("text.xlsx", b"lat,lon,date\n", "no spreadsheet"),
        ("book.zip", workbook(("a", SHEET)), "name it .xlsx"),
        ("no-workbook.xlsx", archive_of([("a.txt", b"x")]), "xl/workbook.xml is missing"),
        ("bomb.xlsx", changed([("xl/worksheets/big.xml", b"0" * 60_000_000)]), "more than 200 times its size"),
        ("parts.xlsx", changed([(f"p{n}", b"") for n in range(10_001)]), "10,000 parts"),
        ("entities.xlsx", changed(sheet1=(b"<worksheet", b'<!DOCTYPE x [<!ENTITY a "b">]><worksheet')), "document type"),
        ("cut.xlsx", changed(sheet1=(b"<sheetData>", b"<sheetData><row>")), "damaged"),
        ("nothing.xlsx", workbook(("a", [])), "its sheet has no row"),
        ("far.xlsx", changed(sheet1=(b'<row r="2"', b'<row r="999999999"')), "more than 50,000 rows"),
        ("wide.xlsx", workbook(("a", [[*map(str, range(200))]])), "more than 100 columns"),
        ("empty.kml", b"<kml/>", "it has no feature"),
        ("html.kml", b"<html></html>", "neither KML nor GPX"),
        ("other.gpx", b"<kml/>", "is called GPX but is KML"),
        ("xml.csv", b"<kml/>", "name it .kml"),
        ("entities.kml", KML.format(doctype=BOMB, note="&b;").encode(), "document type or entities"),
        ("own.kml", KML.format(doctype="", note="&b;").encode(), "not well-formed"),
        ("deep.kml", b"<kml>" + b"<Folder>" * 500, "nests deeper than 32"),
        ("long.kml", b"<kml><Placemark><name>" + b"x" * 200_000 + b"</name></Placemark></kml>", "longer than 32,768"),
        ("many.kml", b"<kml><Placemark>" + b"<a/>" * 300_000 + b"</Placemark></kml>", "holds more than 200,000"),
        ("none.kmz", archive_of([("a.txt", b"x")]), "holds no KML"),
        ("empty.csv", b"", "empty"),
        ("header.csv", b"lat,lon,date\n", "empty"),
        ("many.csv", b"lat,lon,date\n" + b"40,46,2020-11-20\n" * 50_001, "more than 50,000 rows"),
        ("wide.csv", ",".join(map(str, range(200))).encode() + b"\n1\n", "200 columns"),
        ("deep.geojson", b'{"type":"FeatureCollection","features":[' + b"[" * 100_000, "not GeoJSON"),
        ("utm.geojson", b'{"type":"FeatureCollection","crs":{"properties":{"name":"EPSG:32638"}},"features":[{}]}', "EPSG:32638"),
    ],
)  # fmt: skip
def test_bad_lists_get_one_sentence(page, document, name, content, said):
    open_map(page, document)
    drop(page, name, content)
    alert = page.locator(".atlas-own-panel [role=alert]")
    alert.wait_for()
    assert said in alert.inner_text()
    assert page.evaluate("window.atlas.state().on")


def test_swapped_columns_are_refused(page, document):
    open_map(page, document)
    drop(page, "swapped.csv", b"lat,lon,date\n46.9,39.9,2020-11-20\n46.8,39.8,2020-11-20\n")
    page.locator(".atlas-own-panel [role=alert]").get_by_text("swapped").wait_for()
    assert page.get_by_role("button", name="Place the points").is_disabled()


def test_hostile_text_is_shown_as_text_and_leaves_as_text(page, document):
    bad = "x<img src=x onerror=alert(1)>"
    open_map(page, document)
    dropped(
        page, "<b>.csv", f"{bad},lat,lon,date\n=cmd|x,39.991,46.9274,2020-11-20\n{bad},{bad},46,2020-11-20\n".encode()
    )
    assert page.evaluate("document.querySelectorAll('img[src=x]').length") == 0
    rows = cells(downloaded(page))
    assert (rows[1][0], rows[2][0]) == ("'=cmd|x", bad)


def test_a_chosen_list_is_closed_by_escape_and_takes_its_points_away(page, document):
    open_map(page, document)
    page.get_by_role("button", name="Your own points").click()
    page.locator(".atlas-own-panel input[type=file]").set_input_files(EXAMPLE)
    page.get_by_role("button", name="Place the points").click()
    page.wait_for_selector(".atlas-own-points", state="attached")
    assert page.get_by_text("400 rows:").is_visible()
    page.keyboard.press("Escape")
    page.wait_for_selector(".atlas-own-points", state="detached")
    assert not page.locator(".atlas-own-panel").is_visible()
    assert page.evaluate("document.activeElement.getAttribute('aria-label')") == "Your own points"


def test_the_panel_speaks_the_language_of_the_map(page, document):
    open_map(page, document, "#lang=ru")
    drop(page, EXAMPLE.name, EXAMPLE.read_bytes())
    page.get_by_text("Первые строки, как они прочитаны:").wait_for()
    drop(page, "no-date.csv", b"lat,lon\n39.991,46.9274\n")
    page.get_by_text("Выберите столбец для: Дата.").wait_for()
    drop(page, "html.kml", b"<html></html>")
    page.locator(".atlas-own-panel [role=alert]").get_by_text("а не KML и не GPX").wait_for()


WRONG = """lat,lon,date,geo_precision
40,46,x,
40,,2020-11-20,
40,46
40,46,2020-11-20,9
4000000,500000,2020-11-20,
40,46,1990-01-01,
46.9,39.9,2020-11-20,
"40
40",46,2020-11-20,
"""


@pytest.mark.parametrize("lang", ["az", "hy", "ru"])
def test_what_is_wrong_with_rows_is_told_as_python_tells_it_in_each_language(page, document, tmp_path, lang):
    path = tmp_path / "wrong.csv"
    path.write_text(WRONG)
    source = open_source(path)
    (part,) = [part for part, _ in placed(atlas_data().ground, source, choose(source), workers=1)]
    told = [text for text in part.reasons.column(wording(lang).said).to_pylist() if text]
    assert len(told) == 8
    open_map(page, document, f"#lang={lang}")
    drop(page, path.name, path.read_bytes())
    page.locator(".atlas-own-body button.atlas-own-place").click()
    page.locator(".atlas-own-body a.atlas-own-place").wait_for()
    shown = page.locator(".atlas-own-body details").last.locator("td:nth-child(2)").all_text_contents()
    assert shown == told


def test_macros_links_and_formulas_of_a_spreadsheet_do_nothing(page, document):
    link = ("xl/externalLinks/externalLink1.xml", b"<externalLink/>")
    macro = ("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0" + b"x" * 100)
    sheet = [("date", "lat", "lon", "note"), ("2020-11-18", 39.991, 46.9274, '=HYPERLINK("http://127.0.0.1:9/x", "x")')]
    with zipfile.ZipFile(io.BytesIO(workbook(("a", sheet)))) as archive:
        members = [(name, archive.read(name)) for name in archive.namelist()]
    open_map(page, document)
    dropped(page, "book.xlsx", archive_of([*members, link, macro]))
    row = dict(zip(*cells(downloaded(page)), strict=True))
    assert (row["controller"], row["note"]) == ("armenian-forces", "")


def test_a_picture_holds_the_map_the_points_and_the_legend(page, document):
    open_map(page, document)
    dropped(page, "one.csv", b"lat,lon,date\n39.991,46.9274,2020-11-20\n")
    page.get_by_role("button", name="Zoom to the points").click()
    picture = made_and_saved(page, page.get_by_role("button", name="Picture with the points").click)
    colours, below = page.evaluate(
        """async (content) => {
          const image = new Image();
          image.src = 'data:image/png;base64,' + content;
          await image.decode();
          const canvas = new OffscreenCanvas(image.width, image.height);
          const pen = canvas.getContext('2d');
          pen.drawImage(image, 0, 0);
          const map = 2 * Math.round(document.querySelector(".atlas-map").getBoundingClientRect().height);
          const counted = (top, height) => {
            const count = {};
            const {data} = pen.getImageData(0, top, image.width, height);
            for (let i = 0; i < data.length; i += 4) {
              const colour = data.slice(i, i + 3).join();
              count[colour] = (count[colour] ?? 0) + 1;
            }
            return count;
          };
          return [counted(0, map), counted(map, image.height - map)];
        }""",
        base64.b64encode(picture).decode(),
    )
    assert below.get("123,106,53", 0) >= 40, "the mark of the point in the legend"
    assert below.get("243,232,200", 0) >= 200, "the ground of its holder in the legend"
    assert colours.get("123,106,53", 0) >= 4, "the middle of the point, in the colour of its holder"
    fills = [count for colour, count in colours.items() if colour != "255,254,251"]
    assert max(fills) > 10_000, "the ground under it"


@pytest.mark.chromium_only(reason="WebDriver BiDi can't ask Firefox ESR for the look of a print")
def test_paper_shows_the_points_and_says_what_they_are(page, document):
    open_map(page, document)
    dropped(page, EXAMPLE.name, EXAMPLE.read_bytes())
    page.emulate_media(media="print")
    expect(page.locator(".atlas-own")).to_be_visible()
    expect(page.locator(".atlas-own")).to_contain_text("hollow: not certain")
    expect(page.get_by_role("link", name="Download the table")).not_to_be_visible()
    page.emulate_media(media="screen")
    assert len(re.findall(rb"/Type\s*/Page\b", page.pdf(prefer_css_page_size=True))) == 1


def test_what_reads_lists_is_packed_and_the_policy_names_its_script(document):
    text = Path(document.removeprefix("file://")).read_text(encoding="utf-8")
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', text)[1]
    assert "worker-src blob:" in policy
    assert "unsafe-eval" not in policy
    assert json.loads(re.search(r'id="atlas-points">([^<]+)<', text)[1])
