"""``python -m geodata check | at | status | changes | diff | schema | seal``: the record and the ground, asked from a shell."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geodata.attribution import command as attribute
from geodata.attribution.unreadable import UnreadableError, shown
from geodata.command_parser import run_command
from geodata.comparison import command as diff
from geodata.dates import parse_day

if TYPE_CHECKING:
    from geodata.ground import Ground


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command; returns the exit status (0 done, 1 the check found faults, 2 bad input)."""
    return run_command("geodata", "The record and the ground of an agreement.", [add], argv)


def add(commands: Any) -> None:
    """Register the commands with an argparse subparsers object."""

    def command(name: str, run: Callable[[argparse.Namespace], int], text: str) -> argparse.ArgumentParser:
        sub: argparse.ArgumentParser = commands.add_parser(name, help=text, description=text)
        sub.set_defaults(run=run)
        return sub

    sub = command("check", _check, "Check record and shapes; names file, line and field of each fault.")
    reports = sub.add_mutually_exclusive_group()
    reports.add_argument("--balance", action="store_true", help="print how much each side is heard, clause by clause")
    reports.add_argument("--gaps", action="store_true", help="print what the record says is missing")
    reports.add_argument(
        "--translations", action="store_true", help="print what is missing, stale or doubtful in the translations"
    )
    reports.add_argument("--patch", metavar="FILE", help="say what a proposed correction (YAML or JSON) would do")
    reports.add_argument(
        "--write",
        action="store_true",
        help="write both reports into their pages, and new texts into the catalogues of translations",
    )
    command("checksum", _checksum, "Checksum of a clause of the statement, read from standard input.")
    command("seal", _seal, "Write the manifest of hashes again, after a reviewed change.")
    command("schema", _schema, "Write the JSON Schemas of the record's files from the models.")
    sub = command("at", _at, "Who held a point on a day, its zones and clauses, and how sure that is.")
    sub.add_argument(
        "place",
        nargs="+",
        metavar="LAT LON",
        help='latitude and longitude, WGS84; also as one text: "39.991, 46.9274", degrees and minutes, or POINT (46.9274 39.991)',
    )
    sub.add_argument(
        "--on", required=True, metavar="DAY", help="YYYY-MM-DD; also as attribute reads it: 20 November 2020"
    )
    _json(sub)
    sub = command("status", _status, "Every obligation at a day: due, done, status.")
    _day(sub, "--on")
    _day(sub, "--known", required=False)
    _json(sub)
    sub = command("changes", _changes, "What changed hands after one day and up to another.")
    _day(sub, "--from", dest="start")
    _day(sub, "--to", dest="end")
    sub.add_argument("--net", action="store_true", help="compare the two days only")
    _json(sub)
    attribute.add(commands)
    diff.add(commands)


def _day(parser: argparse.ArgumentParser, name: str, *, required: bool = True, dest: str | None = None) -> None:
    def read(text: str) -> date:
        try:
            return parse_day(text)
        except ValueError as error:
            raise argparse.ArgumentTypeError(str(error)) from error

    options: dict[str, Any] = {"dest": dest} if dest else {}
    parser.add_argument(name, type=read, required=required, metavar="YYYY-MM-DD", **options)


def _json(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="print one JSON document and nothing else")


def _print_json(value: Any) -> None:
    print(json.dumps(value, ensure_ascii=False, indent=1))


def _check(arguments: argparse.Namespace) -> int:
    if arguments.patch:
        return _try_patch(arguments.patch)
    if arguments.translations:
        return _translations()
    if arguments.balance or arguments.gaps or arguments.write:
        return _reports(arguments)
    from geodata.checking import faults

    found = list(faults())
    for fault in found:
        print(fault)
    print("The record and the shapes are in order." if not found else f"{len(found)} faults found.")
    return 1 if found else 0


def _try_patch(path: str) -> int:
    from geodata.comparison.patch import try_patch

    report = try_patch(Path(path))
    for line in report.lines:
        print(line)
    return 0 if report.in_order else 1


def _translations() -> int:
    from geodata.loading import load_record
    from geodata.translation_check import flaws

    found = list(flaws(load_record()))
    for flaw in found:
        print(flaw)
    print(f"{len(found)} entries to look at." if found else "The translations are complete.")
    return 1 if found else 0


def _reports(arguments: argparse.Namespace) -> int:
    from geodata.loading import load_record
    from geodata.rules import balance, gaps, pages
    from geodata.translation_files import write_catalogues

    record = load_record()
    if arguments.write:
        for path in [*pages.write_pages(record), *write_catalogues(record)]:
            print(f"{path.parent.name}/{path.name} written.")
    else:
        print((balance if arguments.balance else gaps).report(record), end="")
    return 0


def _checksum(_: argparse.Namespace) -> int:
    from geodata.rules.quoted import checksum

    print(checksum(sys.stdin.read()))
    return 0


def _seal(_: argparse.Namespace) -> int:
    from geodata.integrity import data_version, seal

    print(f"{seal().name} written; the data version is {data_version()}.")
    return 0


def _schema(_: argparse.Namespace) -> int:
    from geodata.schemas import write_schemas

    for path in write_schemas():
        print(path.name)
    return 0


def _at(arguments: argparse.Namespace) -> int:
    from geodata.control import check_position, control_at
    from geodata.ground import POINT, load_ground

    lat, lon = _position(arguments.place)
    check_position(lat, lon)
    ground = load_ground(files=POINT)
    answer = control_at(ground, lat, lon, _one_day(arguments.on, ground)).as_json()
    if arguments.json:
        _print_json(answer)
    else:
        for name, value in answer.items():
            if value not in (None, []):
                print(f"{name:>12}  {', '.join(map(str, value)) if isinstance(value, list) else value}")
        print("Control is not sovereignty.")
    return 0


def _position(words: list[str]) -> tuple[float, float]:
    """Latitude and longitude from the words of a command, read as ``attribute`` reads them."""
    from geodata.attribution.written_place import degrees, read_position

    if len(words) == 2 and not any(word.strip().endswith((",", ";")) for word in words):
        with suppress(ValueError):
            return degrees(words[0], "NS"), degrees(words[1], "EW")
    return read_position(" ".join(words))


def _one_day(text: str, ground: Ground) -> date:
    """A day, read as ``attribute`` reads it; a month or a span is not one day."""
    from geodata.attribution.written_day import FORMS, Calendar, day_of, read_day

    if len(text) == 10 and text.replace("-", "").isdecimal():
        return parse_day(text)
    try:
        first, last = read_day(text, Calendar(ground.coverage_start, ground.time_zone))
    except UnreadableError as error:
        said = str(error).removeprefix("its date ") if text.strip() else f"--on is empty: {FORMS}"
        raise ValueError(f"{said}.") from error
    if first != last:
        raise ValueError(
            f"{shown(text)} is {day_of(first)} to {day_of(last)}: give one day (geodata attribute takes spans, in a list)."
        )
    return day_of(first)


def _status(arguments: argparse.Namespace) -> int:
    from geodata.loading import load_record
    from geodata.status import statuses

    record = load_record()
    as_of = min(arguments.on, record.coverage_end).isoformat()
    rows = [{**status.as_dict(), "as_of": as_of} for status in statuses(record, arguments.on, arguments.known)]
    if arguments.json:
        _print_json(rows)
        return 0
    print(f"{'obligation':<18} {'status':<13} {'due':<11} {'first due':<11} {'done':<11} {'days late':>9} (first)")
    for row in rows:
        late = "" if row["days_late"] is None else f"{row['days_late']:+d}"
        first = "" if row["days_late_first"] is None else f"({row['days_late_first']:+d})"
        dates = f"{row['due'] or '—':<11} {row['first_due'] or '—':<11} {row['done'] or '—':<11}"
        print(f"{row['id']:<18} {row['status']:<13} {dates} {late:>9} {first}")
    if record.coverage_end < arguments.on:
        print(f"The record ends on {as_of}; what came later is not in it.")
    return 0


def _changes(arguments: argparse.Namespace) -> int:
    from geodata.changes import changes
    from geodata.ground import load_ground

    rows = changes(load_ground(files=("pieces",)), arguments.start, arguments.end, net=arguments.net)
    if arguments.json:
        _print_json([row.as_json() for row in rows])
        return 0
    for row in rows:
        clause = f"clause {row.clause}" if row.clause else f"by {row.cause}"
        marks = ("disputed" if row.disputed else "", "" if row.certain else "date or extent uncertain")
        printed = " or ".join(f"{km2:g}" for km2 in row.published_km2)
        note = "; ".join(mark for mark in (*marks, f"published: {printed} km²" if printed else "") if mark)
        print(f"{row.date}  {row.zone:<20} {row.from_} -> {row.to:<13} {row.km2:>9.1f} km²  {clause}  {note}")
    print(f"{len(rows)} hand-overs. Control is not sovereignty.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
