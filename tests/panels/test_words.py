"""Every word of the page stands in every catalogue, and says the same placeholders."""

import ast
import re
from pathlib import Path

import pytest
import yaml

from geodata.measures import PUBLISHED
from layers.data import atlas_data
from layers.wording.catalogues import words
from panels import charts, page, points
from panels import words as vocabulary

PANELS = Path(page.__file__).parent


def phrases():
    """What the panels ask for: ``tr("…")`` and ``N("…")``, and the words that come from data."""
    found = set()
    for path in PANELS.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in {"tr", "N"}:
                first = node.args[0]
                if isinstance(first, ast.Constant):
                    found.add(first.value)
    found |= {page.CONTEXT, vocabulary.SOVEREIGNTY, *charts.KINDS, *points.ORDERS.values(), "high", "medium", "low"}
    found |= {claim.verdict for claim in atlas_data().record.claims} | set(points.REASONS)
    found |= {row["what"] for row in yaml.safe_load(PUBLISHED.read_text(encoding="utf-8"))}
    found |= {shape["basis"] for shape in (*atlas_data().ground.pieces, *atlas_data().ground.edges)}
    return found


@pytest.mark.parametrize("lang", ["az", "hy", "ru"])
def test_every_phrase_is_in_the_catalogue(lang):
    assert sorted(phrases() - set(words(lang))) == []


@pytest.mark.parametrize("lang", ["az", "hy", "ru"])
def test_placeholders_survive(lang):
    for phrase, said in words(lang).items():
        assert set(re.findall(r"{\w+}", phrase)) == set(re.findall(r"{\w+}", said)), phrase
