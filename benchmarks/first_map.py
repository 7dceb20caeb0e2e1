"""Time to the first painted map on a warm server, beside a Streamlit page that holds one line of text; and on a slow line."""

from __future__ import annotations

import statistics
import time
from collections.abc import Iterator

from playwright.sync_api import Browser

from benchmarks.figures import Figure, at_most, spread
from benchmarks.serving import atlas, chromium, streamlit

ROUNDS = 8
SLOW_ROUNDS = 3
SLOW_LINE = {"offline": False, "latency": 400, "downloadThroughput": 400_000 / 8, "uploadThroughput": 400_000 / 8}
"""400 ms and 400 kbit/s, as Chromium's own emulation takes them."""
MAP = "path[data-controller]"
CONTROLS = '[data-testid="stApp"] button'
LINE = "text=One line of text."


def measure() -> Iterator[Figure]:
    """Open both pages in turn, each in a fresh context; then ours on a slow line."""
    with chromium() as browser, atlas() as (ours, _), streamlit("one_line.py") as (floor, _):
        opening(browser, ours, MAP)
        opening(browser, floor, LINE)
        maps, lines = [], []
        for _ in range(ROUNDS):
            maps.append(opening(browser, ours, MAP)[0])
            lines.append(opening(browser, floor, LINE)[0])
        ratio = statistics.median(a / b for a, b in zip(maps, lines, strict=True))
        yield at_most(
            "first map, against a one-line page", ratio, 0.7, "x", f"map: {spread(maps)}; line: {spread(lines)}"
        )
        slow = [opening(browser, ours, MAP, CONTROLS, line=SLOW_LINE) for _ in range(SLOW_ROUNDS)]
        first, controls = ([times[i] / 1000 for times in slow] for i in (0, 1))
        yield at_most("first map at 400 kbit/s and 400 ms", statistics.median(first), 6, "s", spread(first, "s"))
        yield at_most("the panels there", statistics.median(controls), 22.5, "s", spread(controls, "s"))


def opening(browser: Browser, address: str, *selectors: str, line: dict[str, float] | None = None) -> list[float]:
    """Milliseconds from the request to the frame after each selector is visible, one after the other."""
    context = browser.new_context(viewport={"width": 1400, "height": 900})
    page = context.new_page()
    if line:
        network = context.new_cdp_session(page)
        network.send("Network.enable")
        network.send("Network.emulateNetworkConditions", line)
    start = time.perf_counter()
    page.goto(address, wait_until="commit", timeout=90_000)
    taken = []
    for selector in selectors:
        page.wait_for_selector(selector, state="visible", timeout=90_000)
        page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
        taken.append((time.perf_counter() - start) * 1000)
    context.close()
    return taken
