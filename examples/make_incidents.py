# ruff: noqa: INP001 a script by itself
"""Writes made-up-incidents.csv: places and days drawn by a random generator, so that nothing in it happened.

``python examples/make_incidents.py`` writes the same file every time.
"""

from __future__ import annotations

import csv
import random
from datetime import date, timedelta
from pathlib import Path

ROWS = 400
OUT = Path(__file__).with_name("made-up-incidents.csv")
FORMS = ("%Y-%m-%d", "%Y-%m-%d", "%Y-%m-%d", "%d.%m.%Y", "%Y-%m-%dT12:00+04:00", "%d %B %Y", "%Y-%m")
"""Dates are written in several forms on purpose; the last is known to the month only."""


def rows() -> list[list[str]]:
    """The rows, with four at the end that no position or date can be read from."""
    chance = random.Random(20201110)  # noqa: S311 an example, no secret
    made = []
    for number in range(1, ROWS - 3):
        day = date(2020, 9, 1) + timedelta(days=chance.randrange(1300))
        lat, lon = chance.uniform(38.9, 40.5), chance.uniform(45.6, 47.5)
        made.append(
            [str(number), f"{day:{chance.choice(FORMS)}}", f"{lat:.4f}", f"{lon:.4f}", "made up, nothing happened here"]
        )
    broken = [
        ["", "40.1", "46.5", "made up: no date"],
        ["2021-02-30", "40.1", "46.5", "made up: no day of the calendar"],
        ["2021-05-01", "north", "46.5", "made up: no latitude"],
        ["2021-05-01", "46.5", "40.1", "made up: latitude and longitude swapped"],
    ]
    return made + [[str(ROWS - 3 + number), *row] for number, row in enumerate(broken)]


def main() -> None:
    """Write the file."""
    with OUT.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(["id", "date", "lat", "lon", "note"])
        writer.writerows(rows())


if __name__ == "__main__":
    main()
