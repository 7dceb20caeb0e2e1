"""Time to the first painted map on a warm server, beside a Streamlit page that holds one line of text."""

from __future__ import annotations

import statistics
import time
from collections.abc import Iterator

from playwright.sync_api import Browser

from benchmarks.figures import Figure, at_most, spread
from benchmarks.serving import atlas, chromium, streamlit

ROUNDS = 8


def measure() -> Iterator[Figure]:
    """Open both pages in turn, each in a fresh context."""
    with chromium() as browser, atlas() as (ours, _), streamlit("one_line.py") as (floor, _):
        opening(browser, ours, "path[data-controller]")
        opening(browser, floor, "text=One line of text.")
        maps, lines = [], []
        for _ in range(ROUNDS):
            maps.append(opening(browser, ours, "path[data-controller]"))
            lines.append(opening(browser, floor, "text=One line of text."))
        ratio = statistics.median(a / b for a, b in zip(maps, lines, strict=True))
        yield at_most(
            "first map, against a one-line page", ratio, 1.3, "x", f"map: {spread(maps)}; line: {spread(lines)}"
        )


def opening(browser: Browser, address: str, selector: str) -> float:
    """Milliseconds from the request to the frame after the selector is visible."""
    context = browser.new_context(viewport={"width": 1400, "height": 900})
    page = context.new_page()
    start = time.perf_counter()
    page.goto(address, wait_until="commit")
    page.wait_for_selector(selector, state="visible", timeout=60_000)
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    taken = (time.perf_counter() - start) * 1000
    context.close()
    return taken
