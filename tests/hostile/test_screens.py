"""Hostile text on screen: the self-contained document and the page, in Chromium.  Nothing runs, all is shown as text."""

import urllib.request

import pytest

from layers.map.standalone import html
from tests.browser.opened import open_map
from tests.browsing import rest, served
from tests.hostile.corpus import hostile_world

pytestmark = pytest.mark.browser
PANELS = ("story", "clauses", "deadlines", "changes", "events", "governs", "claims", "sources", "downloads", "about")
DAYS = ("2020-11-10", "2020-11-25", "2022-09-01", "2023-10-01")
FOREIGN = """() => {
  const found = [...document.querySelectorAll('img[src=x], [onerror], [onmouseover], a[href^="javascript:" i], x, iframe:not([src^="map.html"], [src^="../map.html"])')];
  return {ran: window.ran, found: found.map((one) => one.outerHTML.slice(0, 200))};
}"""


@pytest.fixture(scope="module")
def world():
    return hostile_world()


def clean(page):
    """Nothing of the corpus ran, and nothing of it became an element."""
    seen = page.evaluate(FOREIGN)
    assert seen["found"] == []
    assert seen.get("ran") is None


def text_of(page):
    return page.evaluate("document.body.textContent")


@pytest.mark.parametrize("policy", [True, False], ids=["with its policy", "without"])
def test_the_self_contained_document(new_page, world, tmp_path, policy):
    """Without the policy too: the texts are harmless by themselves, and the policy is a second lock."""
    content = html(*world)
    if not policy:
        content = content.replace('http-equiv="Content-Security-Policy"', 'name="none"')
    path = tmp_path / "hostile.html"
    path.write_text(content, encoding="utf-8")
    page = new_page()
    open_map(page, path.as_uri())
    for day in DAYS:
        for clause in ("6", "9"):
            page.evaluate(
                "(state) => window.atlas.show(state)",
                {
                    "on": day,
                    "clause": clause,
                    "layers": "control,events,lachin-corridor,nkao,monitoring-centre,captured-2020",
                },
            )
        for tab in ("card", "compare", "table", "layers"):
            page.locator(f'[role=tab][id$="tab-{tab}"]').click()
            clean(page)
    for lang in ("az", "hy", "ru"):
        page.evaluate("(lang) => window.atlas.show({lang, names: lang})", lang)
        clean(page)
    # Taken once: a press moves the map to what it opens, and then others are in sight.
    for shape in page.locator("path[data-zone]:visible").element_handles()[:60:6]:
        shape.dispatch_event("click")
        shape.dispatch_event("mouseover")
        clean(page)
    said = text_of(page)
    assert "evaluatedevaluated" not in said
    assert any(sign in said for sign in ("{{ 7*7 }}", "<img src=x", "${window.ran=1}"))


def test_every_page_of_the_static_site(new_page, world, tmp_path):
    """Its pages, in two of four languages, and its frames; the files that it offers for download are tried in test_files.py."""
    from layers.site.build import _parts

    names = []
    for name, make in _parts(*world, None, None):
        if not name.startswith("downloads/"):
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name).write_bytes(make())
            names += [name] if name.endswith(".html") and not name.startswith(("hy/", "ru/")) else []
    page, said = new_page(), ""
    for name in names:
        page.goto((tmp_path / name).as_uri())
        rest(page)
        clean(page)
        policy = page.locator("meta[http-equiv=Content-Security-Policy]").get_attribute("content")
        assert "script-src 'unsafe-inline'" not in policy, name
        assert "unsafe-eval" not in policy, name
        said += text_of(page)
    assert len(names) >= 5
    assert "evaluatedevaluated" not in said
    for shown in ("<img src=x", "</script><script>", "{{ 7*7 }}", "${window.ran=1}", "=HYPERLINK"):
        assert shown in said, shown


@pytest.fixture(scope="module")
def hostile_url():
    with served("tests.hostile.asgi:app") as url:
        yield url


def test_every_panel_of_the_page(new_page, hostile_url):
    page = new_page()
    seen = ""
    for panel, day in zip(PANELS, DAYS * 3, strict=False):
        page.goto(f"{hostile_url}?on={day}&panel={panel}&names=hy")
        page.wait_for_selector("path[data-controller]", state="attached")
        page.wait_for_selector("[data-testid=stHeading] h2")
        rest(page)
        clean(page)
        said = text_of(page)
        assert "This part of the page failed" not in said, panel
        assert "Traceback" not in said
        seen += said
    assert "evaluatedevaluated" not in seen
    for shown in (
        "<img src=x",
        "</script><script>",
        "{{ 7*7 }}",
        "${window.ran=1}",
        "=HYPERLINK",
        "[a](javascript:",
        ":red[c]",
    ):
        assert shown in seen, shown


def test_the_page_answers_with_the_hostile_record(hostile_url):
    with urllib.request.urlopen(hostile_url + "readyz") as answer:
        assert answer.status == 200
