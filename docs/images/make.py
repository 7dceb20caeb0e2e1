"""Takes the pictures of the README from the real page and the real sheet: ``python -m docs.images.make``."""

from __future__ import annotations

import io
from pathlib import Path

from PIL import Image

from benchmarks.serving import atlas, chromium
from geodata.ground import load_ground
from geodata.loading import load_record
from layers.files import write_whole
from layers.sheet import render

HERE = Path(__file__).parent
STATE = {"on": "2020-11-25", "clause": "6"}
COLOURS = 128


def main() -> None:
    """Write ``page.png`` (1400 x 900, a card open) and ``sheet.png``."""
    write_whole(HERE / "page.png", small(page()))
    sheet = render({"on": STATE["on"], "clause": 6}, load_record(), load_ground(), "png", dpi=110)
    write_whole(HERE / "sheet.png", small(sheet))
    for name in ("page.png", "sheet.png"):
        print(f"{name}: {(HERE / name).stat().st_size / 1000:.0f} kB")


def page() -> bytes:
    """The page on the day on which Kalbajar was handed over, with clause 6 lit and the district's card open."""
    with chromium() as browser, atlas() as (address, _process):
        tab = browser.new_page(viewport={"width": 1400, "height": 900})
        tab.goto(address + "?" + "&".join(f"{key}={value}" for key, value in STATE.items()))
        tab.wait_for_selector("path[data-controller]", state="attached", timeout=60_000)
        tab.locator('path[data-zone="kalbajar"]').first.focus()
        tab.keyboard.press("Enter")
        tab.mouse.move(1, 1)
        tab.evaluate("document.activeElement.blur()")
        tab.wait_for_timeout(2000)
        return tab.screenshot()


def small(png: bytes) -> bytes:
    """The same picture with a palette, as PNG."""
    out = io.BytesIO()
    Image.open(io.BytesIO(png)).convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE).save(
        out, "PNG", optimize=True
    )
    return out.getvalue()


if __name__ == "__main__":
    main()
