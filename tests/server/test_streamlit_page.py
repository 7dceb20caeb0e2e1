"""Streamlit's page as it is served: with the map before it, or, where its shape is another, as it is."""

import re
from types import SimpleNamespace

import pytest

from layers.wording import LANGUAGES, wording
from server import streamlit_page
from server.early_map import with_map
from server.headers import inline_script_hashes

PAGE = (streamlit_page.FRONTEND / "index.html").read_text(encoding="utf-8")


@pytest.fixture
def served(monkeypatch, tmp_path):
    """What is served for another index.html."""

    def serve(text, lang="en"):
        (tmp_path / "index.html").write_text(text, encoding="utf-8")
        monkeypatch.setattr(streamlit_page, "FRONTEND", tmp_path)
        streamlit_page.document.cache_clear()
        return streamlit_page.document(lang).decode()

    yield serve
    monkeypatch.undo()
    streamlit_page.document.cache_clear()


def test_all_of_streamlit_waits_in_the_template():
    page = with_map(PAGE, "Title", "Waiting")
    waiting = page.split('<template id="streamlit">')[1].split("</template>")[0]
    outside = page.replace(waiting, "")
    assert waiting.count("<script") == 1
    assert len(re.findall("<link", waiting)) == len(re.findall('rel="(?:modulepreload|stylesheet)"|as="font"', PAGE))
    assert "./static/js" not in outside


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('<script type="module"', '<script type="text/javascript"'),
        ('<div id="root"></div>', '<main id="app"></main>'),
        ("</head>", ""),
        ("<title>Streamlit</title>", "<title>Other</title>"),
    ],
)
def test_a_page_of_another_shape_is_served_and_logged(served, caplog, old, new):
    assert old in PAGE
    text = served(PAGE.replace(old, new))
    assert "index.html" in caplog.text
    assert re.search(r'<script type="(module|text/javascript)"[^>]+static/js/index', text), "Streamlit is still in it"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_inline_script_is_in_the_policy(lang):
    from server.headers import content_security_policy

    hashes = inline_script_hashes(streamlit_page.document(lang).decode())
    assert len(hashes) == 2
    assert all(one in content_security_policy() for one in hashes)


SEEN = re.compile(
    r"<title>(.*?)</title>|atlas-early-bar[^>]*>([^<]*)<|<strong>(.*?)</strong><br>(.*?)</p>|<p>(.*?)</p></noscript>"
)
"""What a reader meets before the map: the title, the bar, the words where the map will be, those of a browser without scripts."""


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    ("kind", "titles"), [("module", 3), ("text/javascript", 2)], ids=["with the map", "of another shape"]
)
def test_the_first_words_are_in_the_language(served, lang, kind, titles):
    """Also where Streamlit's page has another shape and the map waits for it."""
    page = served(PAGE.replace('type="module"', f'type="{kind}"'), lang)
    told = [text for found in SEEN.findall(page) for text in found if text]
    assert f'<html lang="{lang}">' in page
    assert len(told) == titles + 2
    assert told.count(wording(lang).tr("Ceasefire Atlas")) == titles
    if lang != "en":
        assert not {text for text in told if f">{text}<" in served(PAGE)}


@pytest.mark.parametrize(
    ("query", "lang"),
    [
        ("", "en"),
        ("lang=hy", "hy"),
        ("on=2020-11-20&lang=ru&x", "ru"),
        ("lang=fr", "en"),
        ("lang=az&lang=hy", "hy"),
        ("lang=%E5", "en"),
    ],
)
def test_the_address_says_the_language(query, lang):
    assert streamlit_page.language_of(query) == lang


@pytest.mark.parametrize("kind", ["module", "text/javascript"])
def test_a_catalogue_with_markup_is_shown_and_not_run(served, monkeypatch, kind):
    poisoned = SimpleNamespace(tr=lambda text: f"</title><script>alert(1)</script>{text}")
    monkeypatch.setattr(streamlit_page, "wording", lambda _: poisoned)
    page = served(PAGE.replace('type="module"', f'type="{kind}"'), "ru")
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page
