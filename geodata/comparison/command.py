"""``python -m geodata diff OLD NEW``."""

from __future__ import annotations

import argparse
import json
from typing import Any


def add(commands: Any) -> None:
    """Register the command with an argparse subparsers object."""
    text = "What changed between two editions of the data, in sentences: facts, sources, km2."
    sub = commands.add_parser("diff", help=text, description=text)
    sub.add_argument("old", metavar="OLD", help="a folder with record/ and shapes/, a clone, or a data package (.zip)")
    sub.add_argument("new", metavar="NEW", nargs="?", help="the same; default: the data in use")
    sub.add_argument("--all", action="store_true", help="list every changed wording too")
    sub.add_argument("--json", action="store_true", help="print one JSON document and nothing else")
    sub.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Print the changelog; bad input raises ValueError with one sentence."""
    from geodata.comparison.days import in_words
    from geodata.comparison.differences import differences
    from geodata.comparison.edition import read_edition
    from geodata.comparison.sentences import Changelog
    from geodata.data_folder import data_folder

    old, new = read_edition(arguments.old), read_edition(arguments.new or data_folder())
    if arguments.json:
        print(json.dumps([item.as_json() for item in differences(old, new)], ensure_ascii=False, indent=1))
        return 0
    for line in Changelog(old, new, whole=arguments.all).lines():
        print(in_words(line))
    return 0
