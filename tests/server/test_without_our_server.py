"""`streamlit run app.py`: the page works without our server, and no reader gets another's file."""

import os
import subprocess
import sys
import tempfile
import time

import pytest
import websockets
from playwright.sync_api import expect

from tests.browser.opened import until
from tests.browsing import ROOT, free_port, rest
from tests.server.reader import Reader, ask, reading, run
from tests.server.test_downloads import points


@pytest.fixture
def streamlit_url(tmp_path):
    """Like ``served`` of tests/browsing.py, the process may ask no other host."""
    outbound = tmp_path / "outbound"
    watched = {"OUTBOUND_LOG": str(outbound), "PYTHONPATH": str(ROOT / "tests" / "outbound")}
    port = free_port()
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port)]
    with tempfile.TemporaryFile() as log:
        server = subprocess.Popen(
            command, cwd=ROOT, env={**os.environ, **watched}, stdout=log, stderr=log, stdin=subprocess.DEVNULL
        )
        url = f"http://127.0.0.1:{port}/"
        try:
            while not answers(url):
                if server.poll() is not None:
                    log.seek(0)
                    raise RuntimeError(log.read().decode())
                time.sleep(0.1)
            yield url
        finally:
            server.terminate()
            server.wait()
    assert not outbound.exists(), outbound.read_text()


def answers(url):
    try:
        return ask(url, "/_stcore/health").status == 200
    except OSError:
        return False


def test_two_readers_with_lists_of_one_length_get_their_own(streamlit_url):
    async def both():
        async with reading(streamlit_url, "panel=points") as first, reading(streamlit_url, "panel=points") as second:
            await first.upload(points("FIRST READER"))
            await second.upload(points("OTHER READER"))
            ours, theirs = await first.press("points"), await second.press("points")
            with pytest.raises(websockets.InvalidStatus):
                await Reader(streamlit_url).connect(origin="http://example.org")
            return (await first.fetch(ours)).body, (await second.fetch(theirs)).body

    first, second = run(both())
    assert b"FIRST READER" in first
    assert b"OTHER READER" in second


@pytest.mark.browser
def test_the_page_works_with_streamlit_alone(page, streamlit_url):
    page.goto(f"{streamlit_url}?panel=clauses&on=2020-11-20")
    page.wait_for_selector('[data-testid="stApp"] .atlas path[data-controller]', state="attached")
    rest(page)
    assert page.locator(".atlas-map").bounding_box()["x"] == 0
    expect(page.get_by_role("heading", name="The nine clauses")).to_be_visible()
    page.locator(".atlas-range").focus()
    page.keyboard.press("ArrowRight")
    until(page, "window.atlas.state().on > '2020-11-20'")
    rest(page)
    assert "panel=clauses" in page.url
    page.locator(".st-key-atlas-dock").get_by_role("button", name="Close").click()
    until(page, "document.querySelector('.atlas-map').getBoundingClientRect().width === 1400")
