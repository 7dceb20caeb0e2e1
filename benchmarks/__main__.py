"""``python -m benchmarks [NAME ...]``: prints the figures beside their targets; a whole run writes ``latest.json`` and docs/speed.md.

Exit status 0 also when a target is missed: the table says so, and a timed test would only say how busy the machine was.
"""

from __future__ import annotations

import importlib
import json
import platform
import sys

from benchmarks import page
from benchmarks.figures import Figure

PARTS = (
    "sizes",
    "commands",
    "steps",
    "first_map",
    "reruns",
    "snapshots",
    "exports",
    "load",
    "points",
    "points_browser",
    "point_engines",
    "point_agreement",
)


def main(names: list[str]) -> int:
    """Run the parts named, or all."""
    unknown = sorted(set(names) - set(PARTS))
    if unknown:
        print(f"benchmarks: there is no {', '.join(unknown)}; choose from {', '.join(PARTS)}.", file=sys.stderr)
        return 2
    figures: list[Figure] = []
    for part in names or PARTS:
        for figure in importlib.import_module(f"benchmarks.{part}").measure():
            mark = {True: "holds", False: "MISSED", None: ""}[figure.holds]
            print(f"{figure.name:<62} {figure.value:>10g} {figure.unit:<7} {figure.target:<10} {mark}", flush=True)
            if figure.note:
                print(f"    {figure.note}", flush=True)
            figures.append(figure)
    if not names:
        latest = {
            "machine": platform.machine(),
            "python": platform.python_version(),
            "figures": [f.as_dict() for f in figures],
        }
        page.LATEST.write_text(json.dumps(latest, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        page.write()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
