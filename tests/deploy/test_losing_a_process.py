"""One of two processes is killed under twenty readers: every map goes on, everybody comes back, nothing is lost."""

import time

import pytest
import websockets

from benchmarks.readers import Reader, query

pytestmark = pytest.mark.browser
RAW = 17
PAGES = 3
VIEW = "/?on=2020-11-25&clause=6&panel=deadlines&view=40.1,46.2,9"


def test_readers_survive_the_death_of_their_process(served, new_page, run):
    pages = [open_page(new_page(), served.url + VIEW) for _ in range(PAGES)]
    readers = run(arrive(served))
    victim = max(served.ports, key=served.sockets)
    served.children()[victim].kill()
    maps_go_on(pages)
    lost, back = run(look_again(readers))
    assert lost >= 1, "the process that was killed had no reader"
    assert back == lost
    for page in pages:
        page.wait_for_function("() => !document.querySelector('[data-testid=stConnectionStatus]')", timeout=15_000)
        page.get_by_role("radio", name="The clauses").click()
        page.get_by_role("heading", name="The nine clauses").wait_for(timeout=20_000)
        page.wait_for_timeout(900)
        assert "panel=clauses" in page.url
        assert "on=2021-01-15" in page.url
        assert "clause=6" in page.url
        assert state(page)["on"] == "2021-01-15"
        assert state(page)["clause"] == 6
        assert state(page)["view"] == [40.1, 46.2, 9]


async def arrive(served):
    """Seventeen readers without a browser, each with a view of its own."""
    readers = [Reader(served.url, served.cookie()) for _ in range(RAW)]
    for number, reader in enumerate(readers):
        await reader.connect()
        await reader.look(query(number))
        assert reader.shows(query(number))
    return readers


async def look_again(readers):
    """All ask for something; whoever has fallen connects again and asks for the view in the address."""
    lost, back = 0, 0
    for number, reader in enumerate(readers):
        try:
            await reader.look(query(number) + "&clause=1")
        except websockets.ConnectionClosed:
            lost += 1
            start = time.monotonic()
            await reader.connect()
            await reader.look(query(number))
            assert time.monotonic() - start < 10
            back += reader.shows(query(number))
    assert sum(reader.failures for reader in readers) == 0
    for reader in readers:
        await reader.close()
    return lost, back


def maps_go_on(pages):
    """At once, with or without a server behind it."""
    for page in pages:
        start = time.monotonic()
        page.evaluate("() => window.atlas.show({on: '2021-01-15'})")
        held = page.locator('path[data-controller="azerbaijan"]').count()
        assert held > 0
        assert time.monotonic() - start < 2
        assert state(page)["on"] == "2021-01-15"


def open_page(page, url):
    page.goto(url)
    page.wait_for_selector("path[data-controller]", state="attached", timeout=60_000)
    page.wait_for_selector("text=Obligations and their dates", timeout=30_000)
    return page


def state(page):
    return page.evaluate("window.atlas.state()")
