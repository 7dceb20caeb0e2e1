"""One of two processes is killed under twenty readers: every map keeps working, everybody reconnects, nothing is lost."""

import pytest
import websockets

from benchmarks.readers import Reader, query
from deploy.update import readiness
from tests.deploy.serving import kill

pytestmark = pytest.mark.browser
RAW = 17
PAGES = 3
PATIENCE = 120_000
"""Milliseconds in which a page must have come back; Streamlit tries again with pauses, on a busy machine for long."""
VIEW = "/?on=2020-11-25&clause=6&panel=deadlines&view=40.1,46.2,9"


def test_readers_survive_the_death_of_their_process(served, new_page, run):
    pages = [open_page(new_page(), served.url + VIEW) for _ in range(PAGES)]
    readers = run(arrive(served))
    processes = served.children()
    victim = max(processes, key=served.sockets)
    kill(processes[victim])
    maps_go_on(pages)
    lost, back = run(look_again(readers))
    assert lost >= 1, "the process that was killed had no reader"
    assert back == lost
    for page in pages:
        page.wait_for_function("() => !document.querySelector('[data-testid=stConnectionStatus]')", timeout=PATIENCE)
        page.get_by_role("radio", name="The clauses").click()
        page.get_by_role("heading", name="The nine clauses").wait_for(timeout=PATIENCE)
        for part in ("panel=clauses", "on=2021-01-15", "clause=6"):
            page.wait_for_url(lambda url, part=part: part in url, timeout=PATIENCE)
        assert state(page)["on"] == "2021-01-15"
        assert state(page)["clause"] == 6
        assert state(page)["view"] == [40.1, 46.2, 9]
    while readiness(victim) is None:
        assert served.answers("/readyz"), "the other one serves until this one is back"


async def arrive(served):
    """Seventeen readers without a browser, each with a view of its own."""
    readers = [Reader(served.url, served.cookie()) for _ in range(RAW)]
    for number, reader in enumerate(readers):
        await reader.connect()
        await reader.look(query(number))
        assert reader.shows(query(number))
    return readers


async def look_again(readers):
    """All ask for something; those who lost the connection connect again and asks for the view in the address."""
    lost, back = 0, 0
    for number, reader in enumerate(readers):
        try:
            await reader.look(query(number) + "&clause=1")
        except websockets.ConnectionClosed:
            lost += 1
            await reader.connect()
            await reader.look(query(number))
            back += reader.shows(query(number))
    assert sum(reader.failures for reader in readers) == 0
    for reader in readers:
        await reader.close()
    return lost, back


def maps_go_on(pages):
    """With or without a server behind it: the map has moved before the browser could have asked anybody."""
    for page in pages:
        asked = page.evaluate(
            """() => {
                const before = performance.getEntriesByType("resource").length;
                window.atlas.show({on: "2021-01-15"});
                return performance.getEntriesByType("resource").length - before;
            }"""
        )
        assert asked == 0
        assert page.locator('path[data-controller="azerbaijan"]').count() > 0
        assert state(page)["on"] == "2021-01-15"


def open_page(page, url):
    page.goto(url)
    page.wait_for_selector("path[data-controller]", state="attached", timeout=PATIENCE)
    page.wait_for_selector("text=Obligations and their dates", timeout=PATIENCE)
    return page


def state(page):
    return page.evaluate("window.atlas.state()")
