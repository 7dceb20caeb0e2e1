"""The map alone, from the self-contained file: long jumps, hover and long tasks; ten times the vertices; a processor slowed 4x.

Ten times the vertices: every step of every arc of the topology is cut into ten, so the same shapes are drawn from ten
times as many points.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Browser, Page

from benchmarks.figures import Figure, at_most, percentile, spread, told
from geodata.ground import load_ground
from geodata.loading import load_record
from layers.map.standalone import html

FRAME_MS = 1000 / 60
ROUNDS = 60
HEAD, TAIL = "Atlas.ground(map_atlas, ", ");"

MOVE = """async ([index, toggle]) => {
  const bar = document.querySelector('.atlas-range');
  const boxes = [...document.querySelectorAll('[data-layer-toggle]')];
  await new Promise((done) => setTimeout(done, 60));
  const start = performance.now();
  if (toggle) boxes[index % boxes.length].click();
  else {
    bar.value = index % (Number(bar.max) + 1);
    bar.dispatchEvent(new Event('input', {bubbles: true}));
  }
  const script = performance.now() - start;
  await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  return {script, paint: performance.now() - start};
}"""

WATCH = """() => {
  window.longTasks = [];
  window.hovers = [];
  new PerformanceObserver((list) => list.getEntries().forEach((entry) => window.longTasks.push(entry.duration))).observe({type: 'longtask'});
  document.querySelector('.atlas-map').addEventListener('mouseover', () => {
    const start = performance.now();
    requestAnimationFrame(() => {
      const channel = new MessageChannel();
      channel.port1.onmessage = () => window.hovers.push(performance.now() - start);
      channel.port2.postMessage(0);
    });
  }, true);
}"""
PLACES = ((150, 300), (300, 200), (300, 330), (600, 200), (900, 300), (450, 500), (800, 450), (150, 600))


def densified(document: str, times: int) -> str:
    """The document with every step of its topology's arcs cut into ``times`` steps."""
    start = document.index(HEAD) + len(HEAD)
    end = document.index(TAIL, start)
    topology = json.loads(document[start:end])
    topology["arcs"] = [_cut(arc, times) for arc in topology["arcs"]]
    return document[:start] + json.dumps(topology) + document[end:]


def _cut(arc: list[int], times: int) -> list[int]:
    found = arc[:2]
    for dx, dy in zip(arc[2::2], arc[3::2], strict=True):
        for part in range(times):
            found += [dx * (part + 1) // times - dx * part // times, dy * (part + 1) // times - dy * part // times]
    return found


def measure(browser: Browser) -> Iterator[Figure]:
    """Rounds of the map as it is and of the dense one, in turn; then the map as it is on a slowed processor."""
    usual = html(load_record(), load_ground())
    with tempfile.TemporaryDirectory() as folder:
        pages = [opened(browser, Path(folder, "usual.html"), usual)]
        pages.append(opened(browser, Path(folder, "dense.html"), densified(usual, 10)))
        for name, page, hard in [(", file alone", pages[0], True), (", 10x the vertices", pages[1], True)]:
            yield from figures(name, page, hard=hard)
        pages[1].close()
        slow = pages[0].context.new_cdp_session(pages[0])
        slow.send("Emulation.setCPUThrottlingRate", {"rate": 4})
        yield from figures(", processor slowed 4x", pages[0], hard=False)
        pages[0].close()


def opened(browser: Browser, path: Path, text: str) -> Page:
    """A page with the document, at rest and watched."""
    path.write_text(text, encoding="utf-8")
    page = browser.new_page(viewport={"width": 1400, "height": 900}, bypass_csp=True)
    page.goto(path.as_uri())
    page.evaluate("window.atlas.ready")
    page.wait_for_timeout(2500)
    page.evaluate(WATCH)
    return page


def figures(name: str, page: Page, *, hard: bool) -> Iterator[Figure]:
    """Steps, jumps, toggles, hover and long tasks of one page; ``hard`` figures have targets."""
    page.bring_to_front()
    for what, stride, toggle in (("date step", 1, False), ("long jump", 37, False), ("layer toggle", 1, True)):
        rows = [page.evaluate(MOVE, [number * stride, toggle]) for number in range(ROUNDS)]
        paints, scripts = [row["paint"] for row in rows], [row["script"] for row in rows]
        frames, script = percentile(paints, 0.95) / FRAME_MS, percentile(scripts, 0.95)
        if hard:
            yield at_most(f"{what}{name}, to paint, p95", frames, 2, "frames", spread(paints))
            yield at_most(f"{what}{name}, script, p95", script, 1, "ms", spread(scripts))
        else:
            yield told(f"{what}{name}, to paint, p95", frames, "frames", spread(paints))
            yield told(f"{what}{name}, script, p95", script, "ms", spread(scripts))
    for number in range(48):
        page.mouse.move(*PLACES[number % len(PLACES)])
        page.wait_for_timeout(60)
    hovers, tasks = page.evaluate("[window.hovers, window.longTasks]")
    limit = at_most if hard else lambda label, value, _, unit, note="": told(label, value, unit, note)
    yield limit(f"hover{name}, to paint, p95", percentile(hovers, 0.95) / FRAME_MS, 1, "frames", spread(hovers))
    yield limit(f"longest task after load{name}", max(tasks, default=0), 50, "ms", f"{len(tasks)} over 50 ms")
    page.evaluate("window.longTasks.length = window.hovers.length = 0")
