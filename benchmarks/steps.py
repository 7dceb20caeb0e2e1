"""Date step and layer toggle, to paint, beside ``st_folium`` in the same run.

Ours: the native range input is moved and the time to the second animation frame after it is taken, with the script's own
share.  The peers: an arrow key moves Streamlit's slider, and the time runs until the areas in the frame have other fills.
"""

from __future__ import annotations

import statistics
from collections.abc import Iterator

from playwright.sync_api import Page

from benchmarks import dense
from benchmarks.figures import Figure, at_least, at_most, percentile, spread
from benchmarks.serving import atlas, chromium, streamlit

FRAME_MS = 1000 / 60
ROUNDS = 120
PEER_ROUNDS = 8

STEP = """async (step) => {
  const bar = document.querySelector('input[type=range][aria-valuetext]');
  const values = [...Array(Number(bar.max) - Number(bar.min) + 1).keys()].map((n) => n + Number(bar.min));
  bar.value = values[step % values.length];
  await new Promise((done) => setTimeout(done, 60));
  const start = performance.now();
  bar.value = values[(step + 1) % values.length];
  bar.dispatchEvent(new Event('input', {bubbles: true}));
  const script = performance.now() - start;
  await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  return {script, paint: performance.now() - start};
}"""

TOGGLE = """async (step) => {
  const boxes = [...document.querySelectorAll('[data-layer-toggle]')];
  await new Promise((done) => setTimeout(done, 60));
  const start = performance.now();
  boxes[step % boxes.length].click();
  const script = performance.now() - start;
  await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  return {script, paint: performance.now() - start};
}"""

RELIEF = "() => document.querySelector('[data-layer-toggle=relief]').click()"
"""The relief is a file of its own, asked for when it is first shown; so it is hidden and shown before requests count."""

PEER_FILLS = """() => {
  const frame = document.querySelector('iframe');
  const paths = frame?.contentDocument?.querySelectorAll('path.leaflet-interactive') ?? [];
  return [...paths].map((path) => path.getAttribute('fill')).join();
}"""

PEER_STEP = f"""async (before) => {{
  const fills = {PEER_FILLS};
  const start = performance.now();
  while (performance.now() - start < 15000) {{
    const now = fills();
    if (now && now !== before) return performance.now() - start;
    await new Promise(requestAnimationFrame);
  }}
  return null;
}}"""


def measure() -> Iterator[Figure]:
    """Interleave rounds of the atlas and both peers."""
    with chromium() as browser, atlas() as (ours, _), streamlit("rebuilt.py") as (theirs, _):
        page = browser.new_page(viewport={"width": 1400, "height": 900})
        page.goto(ours)
        page.wait_for_selector("path[data-controller]", timeout=30_000)
        page.wait_for_timeout(1500)
        for _ in range(2):
            page.evaluate(RELIEF)
            page.wait_for_timeout(500)
        requests = fetched(page)
        rebuilt, group = peer(browser.new_page(), theirs), peer(browser.new_page(), f"{theirs}/?way=group")
        steps, toggles = [], []
        peers: dict[str, list[float]] = {"rebuilt": [], "group": []}
        for number in range(PEER_ROUNDS):
            page.bring_to_front()
            for turn in range(ROUNDS // PEER_ROUNDS):
                steps.append(page.evaluate(STEP, number * 15 + turn))
                toggles.append(page.evaluate(TOGGLE, number * 15 + turn))
            peers["rebuilt"] += peer_step(rebuilt, number)
            peers["group"] += peer_step(group, number)
        yield from told_of_ours(steps, toggles)
        asked = sorted({url.rsplit("/", 1)[-1] for url in requests})
        yield at_most("requests while stepping and toggling (relief loaded)", len(requests), 0, "", ", ".join(asked))
        half = statistics.median(step["paint"] for step in steps)
        yield at_least(
            "date step: st_folium rebuilt / ours, p50",
            statistics.median(peers["rebuilt"]) / half,
            10,
            "x",
            spread(peers["rebuilt"]),
        )
        yield at_least(
            "date step: feature_group_to_add / ours, p50",
            statistics.median(peers["group"]) / half,
            5,
            "x",
            spread(peers["group"]),
        )
        for other in (rebuilt, group, page):
            other.close()
        yield from dense.measure(browser)


def fetched(page: Page) -> list[str]:
    """Addresses of which bytes come over the network from now on (a list that grows); what the browser has kept is none."""
    session = page.context.new_cdp_session(page)
    asked: dict[str, str] = {}
    found: list[str] = []
    session.on("Network.requestWillBeSent", lambda event: asked.update({event["requestId"]: event["request"]["url"]}))
    session.on(
        "Network.loadingFinished",
        lambda event: found.append(asked.get(event["requestId"], "?")) if event["encodedDataLength"] else None,
    )
    session.send("Network.enable")
    return found


def told_of_ours(steps: list[dict[str, float]], toggles: list[dict[str, float]]) -> Iterator[Figure]:
    """Figures of the atlas alone."""
    for name, rows in (("date step", steps), ("layer toggle", toggles)):
        paints, scripts = [row["paint"] for row in rows], [row["script"] for row in rows]
        yield at_most(f"{name}, to paint, p95", percentile(paints, 0.95) / FRAME_MS, 2, "frames", spread(paints))
        yield at_most(f"{name}, script, p95", percentile(scripts, 0.95), 1, "ms", spread(scripts))


def peer(page: Page, address: str) -> Page:
    """Open a peer and wait until it shows areas."""
    page.goto(address)
    page.wait_for_function(f"() => ({PEER_FILLS})().length > 0", timeout=60_000)
    page.wait_for_timeout(1000)
    return page


def peer_step(page: Page, number: int) -> list[float]:
    """Move the peer's slider one stop; a list with the milliseconds, empty when nothing changed in 15 s."""
    page.bring_to_front()
    before = page.evaluate(PEER_FILLS)
    page.locator("input[type=range], [role=slider]").first.focus()
    page.keyboard.press("ArrowRight" if number % 12 < 6 else "ArrowLeft")
    taken = page.evaluate(PEER_STEP, before)
    page.wait_for_timeout(400)
    return [] if taken is None else [float(taken)]
