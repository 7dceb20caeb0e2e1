"""``make data``: builds ``geodata/shapes/`` from ``geodata/sources/`` and the record.  Needs no network."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from geodata.build.assemble import RuleError
from geodata.build.manifest import SOURCES, SourceError
from geodata.build.shapes import build
from geodata.ground import SHAPES
from geodata.loading import RECORD, RecordError


def main() -> int:
    """Run from the command line; 1 with the faults of the record, 2 with one sentence when a source is refused."""
    parser = argparse.ArgumentParser(
        prog="python -m geodata.build", description="Build geodata/shapes/ from the sources and the record."
    )
    parser.add_argument("--sources", type=Path, default=SOURCES)
    parser.add_argument("--record", type=Path, default=RECORD)
    parser.add_argument("--out", type=Path, default=SHAPES)
    parser.add_argument("--report", action="store_true", help="only print the areas beside the published ones")
    args = parser.parse_args()
    try:
        if args.report:
            from geodata.measures import report

            print(report(args.out, args.record))
            return 0
        build(args.sources, args.record, args.out)
    except RecordError as error:
        print(error, file=sys.stderr)
        return 1
    except (SourceError, RuleError) as error:
        print(error, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
