"""Lists given to the one-file map in Chromium: how long 50,000 rows take and how long the page stands still, and whether all cells are the command's."""

from __future__ import annotations

import csv
import random
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

from playwright.sync_api import Page

from benchmarks.figures import Figure, at_most, percentile
from benchmarks.serving import chromium
from geodata.ground import load_ground
from geodata.loading import load_record
from layers.map.standalone import html

ROWS = 50_000
EACH = 5_000
"""Rows of each kind of list that are compared with the command's, cell by cell."""
FRAME_MS = 1000 / 60
PLACE = """async () => {
  window.longest = 0;
  let before = performance.now();
  const beat = setInterval(() => {
    window.longest = Math.max(window.longest, performance.now() - before);
    before = performance.now();
  }, 4);
  const start = performance.now();
  [...document.querySelectorAll('.atlas-own-place')].at(-1).click();
  while (!document.querySelector('.atlas-own-body a')) await new Promise((done) => setTimeout(done, 5));
  clearInterval(beat);
  return [(performance.now() - start) / 1000, window.longest];
}"""
STEP = """async () => {
  const took = [];
  for (let i = 0; i < 60; i += 1) {
    await window.atlas.show({on: i % 2 ? '2023-12-31' : '2023-06-30'});
    took.push(Number(document.querySelector('.atlas-own-points').dataset.ms));
  }
  return took;
}"""


def measure() -> Iterator[Figure]:
    """Rows of different places, first to the point and the day, then with UCDP's codes of place."""
    with tempfile.TemporaryDirectory() as folder, chromium() as browser:
        document = Path(folder, "atlas.html")
        document.write_text(html(load_record(), load_ground()), encoding="utf-8")
        for name, coded in (("", False), (" with codes of precision", True)):
            page = browser.new_page()
            page.goto(document.as_uri())
            seconds, longest = placed(page, rows(Path(folder, "list.csv"), coded=coded))
            yield at_most(f"{ROWS:,} rows{name} placed in the browser, table and map included", seconds, 5, "s")
            yield at_most("longest time for which the page did nothing else meanwhile", longest, 200, "ms")
        page.get_by_role("button", name="At their dates").click()
        took = page.evaluate(STEP)
        yield at_most("drawing them at a step of the date, p95", percentile(took, 0.95), FRAME_MS, "ms")
        page.close()
        page = browser.new_page()
        drawn = import_module("tests.drawn_lists").lists(load_record(), load_ground(), EACH)
        for name, content in drawn:
            page.goto(document.as_uri())
            path = Path(folder, name)
            path.write_bytes(content)
            label = f"cells that differ between browser and command, {EACH:,} rows of {name}"
            yield at_most(label, differing(page, path), 0, "cells")


def differing(page: Page, path: Path) -> int:
    """How many cells of the table that the browser gives are not the command's."""
    placed(page, path)
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Download the table").click()
    out = path.with_name("by_command.csv")
    subprocess.run(
        [sys.executable, "-m", "geodata", "attribute", str(path), "--out", str(out)], check=True, capture_output=True
    )
    ours, theirs = (
        [cell for row in csv.reader(file.read_text("utf-8-sig").splitlines(keepends=True)) for cell in [*row, "\n"]]
        for file in (Path(waiting.value.path()), out)
    )
    return sum(one != other for one, other in zip(ours, theirs, strict=True))


def rows(path: Path, *, coded: bool) -> Path:
    """A made-up list around the ground, each row at a place of its own."""
    draw = random.Random(50)
    lines = (
        f"{draw.uniform(38.4, 41.9):.4f},{draw.uniform(44, 49):.4f},{2020 + i % 4}-{i % 12 + 1:02}-{i % 28 + 1:02}"
        + f",{draw.choice('1111122345')}" * coded
        for i in range(ROWS)
    )
    path.write_text("lat,lon,date" + ",where_prec" * coded + "\n" + "\n".join(lines) + "\n", encoding="utf-8")
    return path


def placed(page: Page, path: Path) -> list[float]:
    """Seconds from the press to the table, and the longest pause of the page in milliseconds."""
    page.get_by_role("button", name="Your own points").click()
    page.locator(".atlas-own-panel input[type=file]").set_input_files(path)
    page.locator("button.atlas-own-place:enabled").wait_for()
    found: list[float] = page.evaluate(PLACE)
    return found
