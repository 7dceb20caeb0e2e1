"""Streamlit's page as it is served: with the map before it, or, where its shape is another, as it is."""

import re

import pytest

from server import streamlit_page
from server.early_map import with_map
from server.headers import inline_script_hashes

PAGE = (streamlit_page.FRONTEND / "index.html").read_text(encoding="utf-8")


@pytest.fixture
def served(monkeypatch, tmp_path):
    """What is served for another index.html."""

    def serve(text):
        (tmp_path / "index.html").write_text(text, encoding="utf-8")
        monkeypatch.setattr(streamlit_page, "FRONTEND", tmp_path)
        streamlit_page.document.cache_clear()
        return streamlit_page.document().decode()

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


def test_every_inline_script_is_in_the_policy():
    from server.headers import content_security_policy

    hashes = inline_script_hashes(streamlit_page.document().decode())
    assert len(hashes) == 2
    assert all(one in content_security_policy() for one in hashes)
