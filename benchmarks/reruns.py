"""Reruns of the page's script: on the server, from click to panel, bytes sent, and memory of one more reader.

Each reader is a real browser context with its own websocket.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Iterator

import psutil
from playwright.sync_api import Page, WebSocket

from benchmarks.figures import Figure, at_most, percentile, spread
from benchmarks.serving import ROOT, atlas, chromium

ROUNDS = 24
READERS = 12
PATIENCE = 10_000
WAYS = {
    "The story": ".st-key-story-begin button",
    "The clauses": "[class*=st-key-clause-pick] button",
    "The dates": '[data-testid="stVegaLiteChart"] :is(canvas, svg)',
}
"""Each way in, and what shows that its panel stands: for the dates the chart itself."""
CLICK = f"""async ([way, sign]) => {{
  const frame = () => new Promise((done) => requestAnimationFrame(done));
  const running = () => document.querySelector('[data-test-script-state="running"]');
  const button = [...document.querySelectorAll('button[role="radio"]')].find((one) => one.innerText.trim() === way);
  const start = performance.now();
  button.click();
  while (!document.querySelector(sign) || running()) {{
    if (performance.now() - start > {PATIENCE}) return null;
    await frame();
  }}
  await frame();
  return performance.now() - start;
}}"""


def measure() -> Iterator[Figure]:
    """Click through the panels of one reader, then open more."""
    with chromium() as browser, atlas() as (address, process):
        page = browser.new_page(viewport={"width": 1400, "height": 900})
        counter = Counter(page)
        ready(page, address)
        for number in range(len(WAYS)):  # the first time, the browser still fetches what draws charts
            click_to_panel(page, number)
            page.wait_for_timeout(500)
        clicks, sizes = [], []
        for number in range(ROUNDS):
            counter.bytes = 0
            clicks.append(click_to_panel(page, number))
            page.wait_for_timeout(500)
            sizes.append(counter.bytes / 1000)
        yield at_most("from click to panel, p50", statistics.median(clicks), 200, "ms", spread(clicks))
        yield at_most("bytes of a rerun, p95", percentile(sizes, 0.95), 20, "kB", spread(sizes, "kB"))
        yield from memory(browser, address, process.pid)
    yield from on_the_server()


class Counter:
    """Adds up what the server sends over a page's websockets."""

    def __init__(self, page: Page) -> None:
        self.bytes = 0
        page.on("websocket", self._listen)

    def _listen(self, socket: WebSocket) -> None:
        socket.on("framereceived", lambda payload: setattr(self, "bytes", self.bytes + len(payload)))


def ready(page: Page, address: str) -> None:
    """Open the page and wait for its map."""
    page.goto(f"{address}?panel=start")
    page.wait_for_selector("path[data-controller]", timeout=60_000)
    page.wait_for_timeout(1000)


def click_to_panel(page: Page, number: int) -> float:
    """Milliseconds from a click on a way in to the frame in which its panel stands and Streamlit has finished."""
    way, sign = list(WAYS.items())[number % len(WAYS)]
    took = page.evaluate(CLICK, [way, sign])
    if took is None:
        raise RuntimeError(f"the panel “{way}” did not open within {PATIENCE / 1000:.0f} s.")
    return float(took)


def memory(browser: object, address: str, pid: int) -> Iterator[Figure]:
    """Resident memory of the server per further reader."""
    server = psutil.Process(pid)
    contexts, before = [], server.memory_info().rss
    for _ in range(READERS):
        context = browser.new_context()  # type: ignore[attr-defined]
        page = context.new_page()
        ready(page, address)
        contexts.append(context)
    grown = (server.memory_info().rss - before) / READERS / 1e6
    for context in contexts:
        context.close()
    yield at_most("memory of one more reader's session", grown, 3, "MB", f"{READERS} browser contexts, all open")


def on_the_server() -> Iterator[Figure]:
    """Run time of the script itself, through Streamlit's own test driver."""
    from streamlit.testing.v1 import AppTest

    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60).run()
    times = []
    for _ in range(30):
        start = time.perf_counter()
        app.run()
        times.append((time.perf_counter() - start) * 1000)
    yield at_most("script rerun on the server, median", statistics.median(times), 20, "ms", spread(times))
    yield at_most("script rerun on the server, p95", percentile(times, 0.95), 50, "ms")
