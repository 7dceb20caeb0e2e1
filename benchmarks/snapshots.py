"""The print sheet beside Folium's own PNG export (Selenium, Chromium) of the same map at the same pixel size."""

from __future__ import annotations

import io
import shutil
import statistics
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from PIL import Image

from benchmarks.figures import Figure, at_least, at_most, spread, told
from benchmarks.serving import FLAGS

if TYPE_CHECKING:
    import folium

STATE = {"on": "2020-11-25"}
ROUNDS = 4


def measure() -> Iterator[Figure]:
    """Interleave sheets and Folium's exports at 150 and 300 dpi."""
    from geodata.ground import load_ground
    from geodata.loading import load_record
    from layers.sheet import render, sheet

    record, ground = load_record(), load_ground()
    render(STATE, record, ground, "png")
    for name, target, make in (
        ("sheet PDF, A4, warm", 0.35, partial(render, STATE, record, ground, "pdf")),
        ("the story to hand out, PDF", 6, partial(sheet, "story", STATE, record, ground)),
    ):
        times = [seconds(make) for _ in range(ROUNDS)]
        yield at_most(name, statistics.median(times), target, "s", spread(times, "s"))
    driver_path = shutil.which("chromedriver")
    for dpi, wanted in ((150, 4), (300, 1.5)):
        page = partial(render, STATE, record, ground, "png", dpi=dpi)
        size = Image.open(io.BytesIO(page())).size
        ours, theirs = [], []
        for _ in range(ROUNDS):
            ours.append(seconds(page))
            if driver_path:
                theirs.append(seconds(partial(folium_png, driver_path, size)))
        if dpi == 150:
            yield at_most("sheet PNG, A4 at 150 dpi, warm", statistics.median(ours), 0.35, "s", spread(ours, "s"))
        if theirs:
            ratio = statistics.median(b / a for a, b in zip(ours, theirs, strict=True))
            yield at_least(
                f"folium's PNG / the sheet, {dpi} dpi",
                ratio,
                wanted,
                "x",
                f"folium: {spread(theirs, 's')}; ours: {spread(ours, 's')}",
            )
        else:
            yield told(f"folium's PNG, {dpi} dpi: not measured, no chromedriver on PATH", 0, "s")


def folium_png(driver_path: str, size: tuple[int, int]) -> bytes:
    """Folium's own export of the same pieces, filled alike, in a browser window of the same pixels.

    Leaflet stands in the page itself, since nothing here may need a network; the delay is Folium's default for maps
    without tiles in our favour: half a second instead of three.
    """
    from selenium import webdriver
    from selenium.webdriver.chrome.service import Service

    options = webdriver.ChromeOptions()
    for flag in (*FLAGS, "--headless", f"--window-size={size[0]},{size[1]}"):
        options.add_argument(flag)
    driver = webdriver.Chrome(options=options, service=Service(driver_path))
    try:
        return bytes(same_map(size)._to_png(delay=0.5, driver=driver))  # type: ignore[arg-type]  # noqa: SLF001 its only export; half a second will do
    finally:
        driver.quit()


def same_map(size: tuple[int, int]) -> folium.Map:
    """The pieces of the day as a plain Folium map with Leaflet inlined."""
    import json

    import folium
    import shapely
    from xstatic.pkg import leaflet

    from benchmarks.peers.hues import HUES
    from geodata.dates import parse_day
    from geodata.ground import load_ground
    from geodata.parts import span_on

    class Inlined(folium.Map):
        default_js: ClassVar[list[tuple[str, str]]] = []  # type: ignore[misc]
        default_css: ClassVar[list[tuple[str, str]]] = []  # type: ignore[misc]

    m = Inlined(location=[39.9, 46.6], zoom_start=8, tiles=None, width=size[0], height=size[1])
    root = Path(leaflet.BASE_DIR)
    script = next(root.rglob("leaflet.js")).read_text(encoding="utf-8")
    style = next(root.rglob("leaflet.css")).read_text(encoding="utf-8")
    m.get_root().header.add_child(  # type: ignore[attr-defined]  # a Figure, says branca, an Element
        folium.Element(f"<script>{{% raw %}}{script}{{% endraw %}}</script><style>{style}</style>")
    )
    features = [
        {
            "type": "Feature",
            "geometry": json.loads(shapely.to_geojson(piece.geometry)),
            "properties": {"fill": HUES[span_on(piece, parse_day(STATE["on"])).controller]},
        }
        for piece in load_ground().pieces
    ]
    folium.GeoJson(
        {"type": "FeatureCollection", "features": features},
        style_function=lambda feature: {"fillColor": feature["properties"]["fill"], "color": "#555", "weight": 1},
    ).add_to(m)
    return m


def seconds(run: Callable[[], object]) -> float:
    """Wall time of one call."""
    start = time.perf_counter()
    run()
    return time.perf_counter() - start
