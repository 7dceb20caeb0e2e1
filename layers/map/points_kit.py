"""What the one-file map needs for the reader's own points: two scripts, their style, and the words by which lists are read.

The map unpacks them when a list is dropped or chosen, and not before.  Everything that Python and the browser both must
know comes from the declarations that Python reads (:mod:`geodata.attribution.words`).
"""

from __future__ import annotations

import json
from typing import Any

from geodata.attribution.columns import ADDED
from geodata.attribution.precision_table import precision_tables
from geodata.attribution.words import headers, months
from geodata.ground import Ground
from geodata.integrity import data_version
from geodata.spreadsheet_safety import FORMULA, NUMBER
from layers.map.files import built
from layers.wording.catalogues import LANGUAGES, translations, words_of_the_points


def panel() -> str:
    """The script that draws the panel; a policy must allow it by its hash."""
    return built("attribute_panel.js")


def kit(ground: Ground) -> str:
    """All of it as JSON."""
    content = {
        "panel": panel(),
        "worker": built("attribute_worker.js"),
        "style": built("attribute.css"),
        "lists": lists(ground),
        "words": {language: _words(language) for language in LANGUAGES if language != "en"},
    }
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
