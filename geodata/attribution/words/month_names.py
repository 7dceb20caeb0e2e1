"""``python -m geodata.attribution.words.month_names``: the month names by which lists of points are dated, from Babel (CLDR).

Both the commands and the browser read the file, so that neither needs Babel for it.
"""

from __future__ import annotations

import json
from pathlib import Path

from babel.dates import get_month_names

PATH = Path(__file__).with_name("months.json")
READ_IN = ("en", "ru", "az", "hy", "tr")
NOMINATIVE = ("ru", "hy")
"""Languages that have another form for a month without a day."""
ALSO = {("en", 9): ["sept"], ("ru", 2): ["фев"], ("ru", 9): ["сен"], ("ru", 11): ["ноя"]}
"""Short forms that people write and CLDR does not have."""


def month_names() -> dict[str, list[list[str]]]:
    """Words for each month, January first, by language; small letters, without dots."""
    return {language: [_words(language, month) for month in range(1, 13)] for language in READ_IN}


def _without_dots(word: str) -> str:
    """A word as it is compared: small letters, without dots, also that which Turkish İ leaves behind."""
    return word.casefold().replace("\N{COMBINING DOT ABOVE}", "").strip(". ")


def _words(language: str, month: int) -> list[str]:
    forms = [get_month_names(width, "format", language)[month] for width in ("wide", "abbreviated")]
    if language in NOMINATIVE:
        forms.append(get_month_names("wide", "stand-alone", language)[month])
    return list(dict.fromkeys([*map(_without_dots, forms), *ALSO.get((language, month), [])]))


if __name__ == "__main__":
    rows = [f" {json.dumps(key)}: {json.dumps(value, ensure_ascii=False)}" for key, value in month_names().items()]
    PATH.write_text("{\n" + ",\n".join(rows) + "\n}\n", encoding="utf-8")
