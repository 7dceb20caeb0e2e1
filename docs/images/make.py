"""Takes the pictures of the README from the real page and the real sheet: ``python -m docs.images.make``."""

from __future__ import annotations

import io
from pathlib import Path

from PIL import Image

from benchmarks.serving import atlas, chromium
from geodata.atomic_write import write_whole
from geodata.ground import load_ground
from geodata.loading import load_record
from layers.sheet import render

HERE = Path(__file__).parent
STATE = {"on": "2020-11-25", "clause": "6", "card": "zone:kalbajar"}
COLOURS = 256
DAYS = (
    "1994-05-12", "2020-10-04", "2020-10-17", "2020-10-20", "2020-11-10", "2020-11-20", "2020-11-25", "2020-12-01",
    "2020-12-14", "2022-08-26", "2023-09-20", "2023-10-01",
)  # fmt: skip
"""Days of the moving picture."""


def main() -> None:
    """Write ``page.png`` (1400 x 900, a card open), ``sheet.png`` and the moving ``timeline.gif``."""
    write_whole(HERE / "page.png", small(page()))
    sheet = render({"on": STATE["on"]}, load_record(), load_ground(), "png", dpi=110)
    write_whole(HERE / "sheet.png", small(sheet))
    write_whole(HERE / "timeline.gif", timeline())
    for name in ("page.png", "sheet.png", "timeline.gif"):
        print(f"{name}: {(HERE / name).stat().st_size / 1000:.0f} kB")


def timeline() -> bytes:
    """The map of the page on a dozen days, one and a half seconds each."""
    with chromium() as browser, atlas() as (address, _process):
        tab = browser.new_page(viewport={"width": 1180, "height": 860})
        tab.goto(f"{address}?panel=start")
        tab.wait_for_selector("path[data-controller]", state="attached", timeout=60_000)
        tab.wait_for_timeout(1500)
        frames = []
        for day in DAYS:
            tab.evaluate("day => window.atlas.show({...window.atlas.state(), on: day})", day)
            tab.wait_for_timeout(600)
            shot = Image.open(io.BytesIO(tab.screenshot(clip={"x": 0, "y": 56, "width": 1180, "height": 804})))
            frames.append(
                shot.convert("RGB")
                .resize((704, 480), Image.Resampling.LANCZOS)
                .quantize(64, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
            )
    stream = io.BytesIO()
    frames[0].save(stream, "GIF", save_all=True, append_images=frames[1:], duration=1500, loop=0, optimize=True)
    return stream.getvalue()


def page() -> bytes:
    """The page on the day on which Kalbajar was handed over, with clause 6 lit and the district's card open."""
    with chromium() as browser, atlas() as (address, _process):
        tab = browser.new_page(viewport={"width": 1400, "height": 900})
        tab.goto(address + "?" + "&".join(f"{key}={value}" for key, value in STATE.items()))
        tab.wait_for_selector("path[data-controller]", state="attached", timeout=60_000)
        tab.wait_for_selector(".atlas-card h3", timeout=60_000)
        tab.wait_for_timeout(2000)
        return tab.screenshot()


def small(png: bytes) -> bytes:
    """The same picture with a palette, as PNG."""
    out = io.BytesIO()
    Image.open(io.BytesIO(png)).convert("RGB").quantize(
        COLOURS, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE
    ).save(out, "PNG", optimize=True)
    return out.getvalue()


if __name__ == "__main__":
    main()
