"""The static site: every link leads somewhere, nothing is asked of others, axe finds nothing, and text stays text."""

import io
import json
import re
import shutil
from html import unescape
from html.parser import HTMLParser
from posixpath import dirname, join, normpath
from urllib.parse import unquote

import pytest
import zxingcpp
from axe_playwright_python.sync_playwright import Axe
from PIL import Image
from playwright.sync_api import expect

from geodata.__main__ import main as geodata
from geodata.integrity import data_version
from layers import sheet as sheets
from layers.__main__ import main
from layers.cli.folders import LIST
from layers.sheet import render
from layers.site.archive import archived, editions
from layers.site.build import build, downloads
from layers.site.pages import PAGES, Site
from layers.site.pages import address as address_of
from layers.wording import LANGUAGES
from tests.browser.opened import until
from tests.layers.sheets import HOSTILE, hostile_record, world

ADDRESSES = [address_of(name, lang) for lang in LANGUAGES for name in PAGES]
"""Every page of the site."""


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """A whole site; each sheet is made in one language, and lies there for all."""
    folder = tmp_path_factory.mktemp("made") / "site"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sheets, "render", once(sheets.render))
        patch.setattr(sheets, "sheet", once(sheets.sheet))
        build(folder, *world())
    return folder


def once(make):
    """Makes a page at the first of the calls that differ by the language alone, in each language in turn."""
    made = {}

    def page(*given, **more):
        def told(lang):
            return [{**one, "lang": lang} if isinstance(one, dict) else one for one in given]

        asked = repr(([one for one in told(None) if isinstance(one, str | dict)], more))
        if asked not in made:
            made[asked] = make(*told(LANGUAGES[len(made) % len(LANGUAGES)]), **more)
        return made[asked]

    return page


class Links(HTMLParser):
    """Collects ids, links and loaded files of a page."""

    def __init__(self):
        super().__init__()
        self.ids, self.links = set(), []

    def handle_starttag(self, tag, attributes):
        values = dict(attributes)
        if "id" in values:
            assert values["id"] not in self.ids, values["id"]
            self.ids.add(values["id"])
        self.links += [values[key] for key in ("href", "src") if key in values]


def every(site):
    """Every file of the site but the list of them."""
    return {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()} - {LIST}


def read(path):
    found = Links()
    found.feed(path.read_text(encoding="utf-8"))
    return found


def test_every_link_leads_to_a_file_and_an_anchor_of_the_site(site):
    found = {address: read(site / address) for address in ADDRESSES}
    linked = set()
    for name, page in found.items():
        for link in page.links:
            if link.startswith("data:image/svg+xml,"):
                continue
            assert not re.match(r"[a-z]+:|//", link), link
            path, _, anchor = link.partition("#")
            target = normpath(join(dirname(name), path.partition("?")[0])) if path else name
            assert (site / unquote(target)).is_file(), link
            linked.add(target)
            if anchor and target in found:
                assert anchor in found[target].ids, link
    files = {name for name in every(site) if not name.startswith("api/")}
    linked = {name for name in linked if not name.startswith("api/")}  # test_api.py follows the links of the interface
    assert files == linked | set(ADDRESSES)


@pytest.mark.browser
@pytest.mark.parametrize(
    ("width", "names"),
    [
        (1400, [*(f"{name}.html" for name in PAGES), "az/clauses.html", "hy/deadlines.html", "ru/index.html"]),
        (390, ["index.html", "changes.html", "contest.html", "hy/deadlines.html"]),
    ],
    ids=["wide", "narrow"],
)
def test_axe_finds_nothing(site, new_page, width, names):
    page = new_page(viewport={"width": width, "height": 900})
    for name in names:
        page.goto((site / name).as_uri())
        found = Axe().run(page).response["violations"]
        assert [(item["id"], item["nodes"][0]["target"]) for item in found] == [], name


FITS = """() => {
  const wide = [document.documentElement, ...document.querySelectorAll("caption")];
  return wide.every((one) => one.scrollWidth <= innerWidth);
}"""
"""A wide table scrolls by itself; what it is called is read without that."""


@pytest.mark.browser
def test_no_page_is_wider_than_the_screen_in_any_language(site, new_page):
    page, wide = new_page(), []
    for name in ADDRESSES:
        page.goto((site / name).as_uri())
        for width in (1400, 390, 320):
            page.set_viewport_size({"width": width, "height": 900})
            if not page.evaluate(FITS):
                wide.append((name, width))
    assert wide == []


@pytest.mark.browser
def test_the_map_is_drawn_from_disk(site, new_page):
    page = new_page(viewport={"width": 1400, "height": 900})
    page.goto((site / "index.html").as_uri())
    area = page.frame_locator("iframe").locator("[data-zone='kalbajar']").first
    area.wait_for(state="visible")
    assert area.bounding_box()["width"] > 20


def test_pages_say_what_the_engine_says(site):
    changes = (site / "changes.html").read_text(encoding="utf-8")
    deadlines = (site / "deadlines.html").read_text(encoding="utf-8")
    record, _ = world()
    assert "1 Dec 2020" in changes.replace("\u00a0", " ")
    assert "0\u00a0(+10)" in deadlines
    for duty in record.obligations:
        assert f'id="{duty.id}"' in deadlines
    for claim in record.claims:
        assert claim.finding in unescape((site / "claims.html").read_text(encoding="utf-8"))


@pytest.mark.parametrize("text", HOSTILE)
def test_texts_of_the_record_are_text(text):
    record = hostile_record(text)
    site = Site(record, world()[1], downloads(record))
    for name in set(PAGES) - {"downloads", "contest", "index"}:  # which have pictures or a script of their own
        content = site.page(name).decode()
        assert "<script" not in content
        assert "<svg" not in content
        assert "<img" not in content
        assert "onerror=alert" not in content or "&lt;img" in content


def page_of_downloads(address):
    record, ground = world()
    return Site(record, ground, downloads(record, address)).page("downloads").decode()


def test_an_earlier_site_is_replaced_and_nothing_else(site, tmp_path, capsys):
    other = tmp_path / "other"
    other.mkdir()
    (other / "letter.txt").write_text("mine")
    assert main(["site", "--out", str(other)]) == 2
    assert "was not written by this command" in capsys.readouterr().err
    assert (other / "letter.txt").read_text() == "mine"
    assert main(["site", "--out", str(tmp_path / "no" / "site")]) == 2
    assert "there is no folder" in capsys.readouterr().err
    assert [path.name for path in site.parent.iterdir()] == ["site"]


def test_the_site_offers_frames_that_name_its_address():
    made = unescape(page_of_downloads("https://example.org/atlas/"))
    assert 'src="https://example.org/atlas/map.html?controls=time,legend#on=2020-11-25"' in made
    assert "Put this site’s address before" in page_of_downloads(None)


def test_every_entry_that_can_be_contested_leads_to_the_form(site):
    record, _ = world()
    asked = {
        unquote(link.partition("?entry=")[2])
        for name in PAGES
        for link in read(site / f"{name}.html").links
        if link.startswith("contest.html?entry=")
    }
    kinds = (record.events, record.claims, record.obligations, record.places, record.zones, record.units)
    wanted = {item.id for kind in kinds for item in kind} | {str(clause.number) for clause in record.clauses}
    assert asked == wanted


@pytest.mark.browser
def test_the_form_makes_a_patch_that_the_command_reads(site, new_page, tmp_path, capsys):
    page = new_page()
    page.goto((site / "events.html").as_uri())
    page.locator("a[href='contest.html?entry=agdam-handed-over']").click()
    expect(page.locator("#entry")).to_have_value("agdam-handed-over")
    page.locator("#file").click()
    page.get_by_text("Still missing: What about it").wait_for()
    for label, text in {
        "What about it": "date",
        "What the record says now": "2020-11-20",
        "What it should say": "2020-11-21",
        "Who published it": "A newspaper",
        "Title": "“On the day”",
    }.items():
        page.get_by_label(label).click()
        page.keyboard.type(text)
    with page.expect_download() as saved:
        page.locator("#file").click()
    saved.value.save_as(tmp_path / saved.value.suggested_filename)
    assert geodata(["check", "--patch", str(tmp_path / "contest-agdam-handed-over.json")]) == 0
    told = capsys.readouterr().out
    assert "now dated 2020-11-21, was 2020-11-20" in told
    assert "A newspaper" in told
    expect(page.locator("#patch")).to_contain_text("“On the day”")


def test_the_data_set_is_described_for_search_engines(site):
    text = (site / "downloads.html").read_text(encoding="utf-8")
    (described,) = [
        json.loads(found) for found in re.findall(r'<script type="application/ld\+json">(.*?)</script>', text)
    ]
    assert (described["@context"], described["@type"]) == ("https://schema.org", "Dataset")
    assert described["version"] == data_version()
    assert described["about"]["sameAs"] == ["https://pax.peaceagreements.org/agreements/2324"]
    for file in described["distribution"]:
        assert (site / file["contentUrl"]).is_file()


def test_programs_that_write_are_led_to_files_that_there_are(site):
    text = (site / "llms.txt").read_text(encoding="utf-8")
    links = re.findall(r"\]\((\S+)\)", text)
    assert len(links) > 8
    assert all((site / link).is_file() for link in links)
    assert "Control is not sovereignty." in text


def edition(folder, version):
    """The folder of an edition."""
    (folder / version).mkdir(parents=True)
    (folder / version / "map.html").write_text("<title>An earlier map</title>", encoding="utf-8")
    (folder / version / "ceasefire-atlas-data.zip").write_bytes(b"PK")


def test_earlier_editions_stay_side_by_side(tmp_path):
    edition(tmp_path / "kept", "0.9.0+0123456789ab")
    record, ground = world()
    made = dict(archived(data_version(), {"map.html": lambda: b"own"}, tmp_path / "kept"))
    assert set(made) == {
        f"archive/{data_version()}/map.html",
        "archive/0.9.0+0123456789ab/map.html",
        "archive/0.9.0+0123456789ab/ceasefire-atlas-data.zip",
    }
    assert made["archive/0.9.0+0123456789ab/map.html"]() == b"<title>An earlier map</title>"
    listed = {"editions": editions(data_version(), tmp_path / "kept")}
    text = Site(record, ground, downloads(record) | listed).page("downloads").decode()
    assert f"{data_version()} (this one)" in text
    assert 'href="archive/0.9.0+0123456789ab/map.html"' in text
    (tmp_path / "kept" / "letters").mkdir()
    with pytest.raises(ValueError, match="is not an edition"):
        editions(data_version(), tmp_path / "kept")


OLD = "0.9.0+0123456789ab"


@pytest.fixture
def later_site(site, tmp_path):
    """Address of a site made after this one: it keeps an edition before, and this one as an earlier edition too."""
    copy = tmp_path / "copy"
    edition(copy / "archive", OLD)
    shutil.copytree(site / "archive" / data_version(), copy / "archive" / data_version())
    (copy / "map.html").write_text("<title>The map of today</title>", encoding="utf-8")
    (copy / "site.css").write_bytes((site / "site.css").read_bytes())
    record, ground = world()
    kept = {"editions": ["2.0.0+ffffffffffff", data_version(), OLD]}
    present = f'data-version="{data_version()}"'
    for lang, place in (("en", copy), ("ru", copy / "ru")):
        text = Site(record, ground, downloads(record) | kept).page("index", lang).decode()
        assert present in text
        place.mkdir(exist_ok=True)
        (place / "index.html").write_text(text.replace(present, 'data-version="2.0.0+ffffffffffff"'), encoding="utf-8")
    return (copy / "index.html").as_uri()


@pytest.mark.browser
def test_an_address_with_a_version_opens_the_map_of_that_edition(later_site, new_page):
    page = new_page()
    for asked in (OLD, OLD.replace("+", "%2B")):
        for address in (f"?v={asked}#on=2020-11-25", f"?on=2020-11-25&v={asked}"):
            page.goto(later_site + address)
            page.wait_for_url(f"**/archive/{OLD}/map.html#on=2020-11-25")
            assert page.title() == "An earlier map"
    page.goto(f"{later_site}?on=2020-11-25&v=2.0.0%2Bffffffffffff")
    page.wait_for_url("**/copy/map.html#on=2020-11-25")
    page.goto(f"{later_site.replace('index', 'ru/index')}?on=2020-11-25&v={OLD}")
    page.wait_for_url(f"**/copy/archive/{OLD}/map.html#on=2020-11-25&lang=ru")
    page.goto(f"{later_site}?v=../../etc")
    page.get_by_text("version ../../etc of the data, which this site does not keep").wait_for()
    assert page.url.partition("?")[0] == later_site


@pytest.mark.browser
def test_the_version_printed_on_a_sheet_resolves_after_the_data_have_changed(later_site, new_page):
    """The code on paper, read by another program, opens the edition from which the sheet was made, at its state."""
    content = render({"on": "2020-11-25", "clause": "6"}, *world(), "png", dpi=150, address="https://atlas.example/")
    with Image.open(io.BytesIO(content)) as image:
        (code,) = zxingcpp.read_barcodes(image.convert("L"))
    page = new_page()
    page.goto(code.text.replace("https://atlas.example/", later_site))
    page.wait_for_url(f"**/archive/{data_version()}/map.html#*")
    until(page, "Boolean(window.atlas)")
    page.evaluate("window.atlas.ready")
    shown = page.evaluate("window.atlas.state()")
    assert (shown["on"], shown["clause"]) == ("2020-11-25", 6)
    assert page.locator(".atlas-notice p").count() == 0


@pytest.mark.browser
def test_a_card_of_the_map_leads_to_the_form(site, new_page):
    page = new_page(viewport={"width": 1400, "height": 900})
    page.goto((site / "map.html").as_uri() + "#on=2020-12-05")
    until(page, "Boolean(window.atlas)")
    page.evaluate("window.atlas.ready")
    page.locator("[data-place=shusha]").first.click()
    with page.expect_popup() as opened:
        page.get_by_role("link", name="Something wrong?").click()
    opened.value.wait_for_load_state()
    assert opened.value.locator("#entry").input_value() == "shusha"
    assert data_version() in opened.value.locator("#patch").inner_text()
