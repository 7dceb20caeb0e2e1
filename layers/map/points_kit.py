"""What the map needs for the reader's own points: scripts, their style, and the words by which lists are read.

The one-file map unpacks them when a list is dropped or chosen, the page fetches them when its panel is opened, and not before.  Everything that Python and the browser both must
know comes from the declarations that Python reads (:mod:`geodata.attribution.words`).
"""

from __future__ import annotations

import json
from typing import Any

from geodata.attribution.columns import ADDED
from geodata.attribution.precision_table import precision_tables
from geodata.attribution.words import headers, months
from geodata.data_folder import tree
from geodata.ground import Ground
from geodata.integrity import data_version
from geodata.spreadsheet_safety import FORMULA, NUMBER
from geodata.translations import TRANSLATED
from layers.map.files import built
from layers.map.language import words_of_the_points
from layers.wording.catalogues import translations

EXAMPLE = tree("examples/made-up-incidents.csv")
"""A list to try with."""


def panel() -> str:
    """The script that draws the panel; a policy must allow it by its hash."""
    return built("attribute_panel.js")


def kit(ground: Ground) -> str:
    """All that the one-file map needs, as JSON."""
    return _json({"panel": panel(), "style": built("attribute.css"), **_reading(ground)})


def page_files(ground: Ground) -> dict[str, bytes]:
    """What the page needs, by the plain names of its files."""
    return {
        "attribute_page.js": built("attribute_page.js").encode(),
        "attribute.json": _json(_reading(ground)).encode(),
        EXAMPLE.name: EXAMPLE.read_bytes(),
    }


def _reading(ground: Ground) -> dict[str, Any]:
    return {
        "worker": built("attribute_worker.js"),
        "lists": lists(ground),
        "words": {language: _words(language) for language in TRANSLATED},
    }


def _json(content: dict[str, Any]) -> str:
    return json.dumps(content, ensure_ascii=False, sort_keys=True)


def lists(ground: Ground) -> dict[str, Any]:
    """How lists are read: names of months and columns, codes of precision, the columns that are added."""
    return {
        "months": months(),
        "headers": headers(),
        "precision": [
            {
                "id": table.id,
                "columns": [
                    {
                        "names": column.names,
                        "gives": column.gives,
                        "codes": column.codes and {code: {"value": own.value} for code, own in column.codes.items()},
                    }
                    for column in table.columns
                ],
            }
            for table in precision_tables()
        ],
        "added": ADDED,
        "zone": ground.time_zone,
        "formula": FORMULA,
        "number": NUMBER.pattern,
        "version": data_version(),
    }


def _words(language: str) -> dict[str, str]:
    say = translations(language).gettext
    return {word: say(word) for word in words_of_the_points()}
