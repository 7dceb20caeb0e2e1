"""The documentation's site: made by the command of the Makefile, whole, closed to the outside, usable by everyone and from disk."""

import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe

ROOT = Path(__file__).resolve().parents[1]
RECIPE = re.search(r"-m sphinx (.* )docs build/docs$", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
PAGES = sorted(page.stem for page in (ROOT / "docs").glob("*.md"))
VIEWS = [
    {"viewport": {"width": width, "height": height}, "color_scheme": scheme}
    for width, height in ((1400, 900), (390, 844))
    for scheme in ("light", "dark")
]


def build(source, out):
    options = shlex.split(RECIPE[1].replace("build/doctrees", str(out / "trees")))
    command = [sys.executable, "-m", "sphinx", *options, str(source), str(out / "site")]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    out = tmp_path_factory.mktemp("docs")
    made = build("docs", out)
    assert made.stderr == ""
    assert made.returncode == 0
    return out / "site"


def test_every_page_is_in_it(site):
    assert sorted(page.stem for page in site.glob("*.html")) == sorted([*PAGES, "search"])
    start = (site / "index.html").read_text(encoding="utf-8")
    for page in PAGES:
        assert page == "index" or f'href="{page}.html"' in start


def test_a_dead_link_or_a_page_out_of_reach_fails(tmp_path):
    docs = tmp_path / "docs"
    shutil.copytree(ROOT / "docs", docs)
    (docs / "thin.md").write_text(
        "# Thin\n\n[nowhere](nowhere.md) and [no such part](editing.md#nothing)\n", encoding="utf-8"
    )
    (docs / "lost.md").write_text("# Lost\n", encoding="utf-8")
    made = build(docs, tmp_path)
    assert made.returncode != 0
    for told in ("nowhere.md", "nothing", "lost.md"):
        assert told in made.stderr


def test_every_link_within_leads_somewhere(site):
    ids = {
        page.name: set(re.findall(r'\bid="([^"]+)"', page.read_text(encoding="utf-8"))) for page in site.glob("*.html")
    }
    for name in ids:
        for link in re.findall(r'<[a-z]+\b[^>]* (?:href|src)="([^"]+)"', (site / name).read_text(encoding="utf-8")):
            parts = urlsplit(link)
            if parts.scheme:
                continue
            target = unquote(parts.path) or name
            assert (site / target).is_file(), f"{name} leads to {link}"
            if parts.fragment and target in ids:
                assert unquote(parts.fragment) in ids[target], f"{name} leads to {link}"


@pytest.mark.parametrize("name", [*PAGES, "search"])
def test_a_page_says_what_it_is_and_takes_nothing_from_elsewhere(site, name):
    text = (site / f"{name}.html").read_text(encoding="utf-8")
    assert '<html class="no-js" lang="en"' in text
    assert re.search(r"<title>[^<]*Ceasefire Atlas[^<]*</title>", text)
    assert len(re.findall(r'<meta name="description" content="[^"]{20,}">', text)) == 1
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]+)"', text)[1]
    scripts = re.search(r"script-src ([^;]+)", policy)[1]
    assert "default-src 'none'" in policy
    assert "unsafe" not in scripts
    assert "http" not in policy
    for tag in re.findall(r"<(?:script|link|img|iframe|source|video)\b[^>]*>", text):
        assert "//" not in tag.replace("http://www.w3.org/2000/svg", ""), tag


@pytest.mark.browser
@pytest.mark.parametrize("view", VIEWS, ids=lambda view: f"{view['viewport']['width']}-{view['color_scheme']}")
def test_it_opens_from_disk_for_everyone(site, new_page, view):
    for name in ("index", "readers", "method-ground", "editing"):
        page, complaints = new_page(**view), []
        page.on("console", lambda line, to=complaints: to.append(line.text) if line.type == "error" else None)
        page.goto((site / f"{name}.html").as_uri())
        assert complaints == []  # later axe asks for the style sheets in a way that a browser refuses to a file
        assert page.evaluate("document.documentElement.scrollWidth") <= view["viewport"]["width"]
        found = Axe().run(page).response["violations"]
        serious = [
            (item["id"], item["nodes"][0]["html"]) for item in found if item["impact"] in {"serious", "critical"}
        ]
        assert serious == [], name


@pytest.mark.browser
def test_the_search_needs_no_network(site, page):
    page.context.set_offline(True)
    page.goto((site / "index.html").as_uri())
    page.get_by_placeholder("Search").fill("corridor")
    page.keyboard.press("Enter")
    page.locator("#search-results li a", has_text="For readers").first.click()
    page.get_by_role("heading", name="For readers").wait_for()
