"""The catalogues of words: nothing that is asked for is missing, nothing is kept that nobody asks for, placeholders fit."""

import ast
import importlib
import re
import string

import polib
import pytest

from geodata.columns import DECLARED
from geodata.translations import TRANSLATED
from layers.atlas import atlas_data
from layers.export.csvw import AROUND
from layers.export.table_columns import TABLES
from layers.map.language import map_language, words_of_the_map, words_of_the_points
from layers.map.translated import ground_texts
from layers.wording.catalogues import LANGUAGES, LOCALE
from panels import page, points_ask, story

ROOT = LOCALE.parent
CALLS = {"tr", "N", "plural"}
ATTRIBUTION = ROOT / "geodata" / "attribution"
BY_COMMAND = {"geopackage", "flatgeobuf", "shapefile", "dbf", "gzipped", "cluster", "precision_table", "data_frames", "command", "said"}  # fmt: skip
"""Modules whose sentences the command alone says, in English."""
SAYS = {"Said", "Said.of", "InputError", "UnreadableError", "SaidError"}


def entries(language):
    return polib.pofile(str(LOCALE / language / "LC_MESSAGES" / "atlas.po"))


def in_python():
    """Texts of ``tr("…")``, ``N("…")`` and ``plural("…", "…", n)`` calls, and in f-strings too."""
    for path in [*(ROOT / "panels").glob("*.py"), *(ROOT / "server").glob("*.py"), *(ROOT / "layers").rglob("*.py")]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) in CALLS:
                choices = (
                    [node.args[0].body, node.args[0].orelse] if isinstance(node.args[0], ast.IfExp) else [node.args[0]]
                )
                yield from (choice.value for choice in choices if isinstance(choice, ast.Constant))


def in_templates():
    for path in (ROOT / "layers").rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        yield from re.findall(r"""\btr\(\s*"([^"]+)\"""", text)


def from_data():
    """Words of the record and of the page's tables that are shown translated."""
    yield atlas_data().record.statement.headline
    yield atlas_data().ground.credits
    yield from ground_texts(atlas_data().ground)
    yield from (page.TAG, story.CONTEXT, *points_ask.ORDERS.values())
    yield from (claim.verdict for claim in atlas_data().record.claims)
    columns = (*DECLARED, *AROUND, *(column for table in TABLES.values() for column in table))
    yield from (text for column in columns for text in (column.title, column.about))


def of_lists():
    """What can be wrong with a list of points, or a row of it, in the formats that the page takes."""
    for path in [*(ATTRIBUTION.glob("*.py")), *(ATTRIBUTION / "reading").glob("*.py")]:
        if path.stem not in BY_COMMAND:
            yield from templates(path)


def templates(path):
    """The templates of ``Said`` and the errors that carry one, as they stand or by the name of a constant of the module."""
    module = importlib.import_module(".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"))
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call) or not node.args or ast.unparse(node.func) not in SAYS:
            continue
        for given in (
            [node.args[0].body, node.args[0].orelse] if isinstance(node.args[0], ast.IfExp) else [node.args[0]]
        ):
            match given:
                case ast.Constant(value):
                    yield value
                case ast.Name(name):
                    yield getattr(module, name)
                case ast.Subscript(ast.Name(name)):
                    yield from getattr(module, name).values()
                case ast.Call(ast.Attribute(ast.Name(name), "get"), [_, ast.Constant(value)]):
                    yield from (*getattr(module, name).values(), value)
                case ast.Attribute() | ast.JoinedStr():
                    pass  # what was said before, with its line; what only the command says, in English
                case _:
                    pytest.fail(f"{path.name}: {ast.unparse(node)}")


def asked():
    found = {*in_python(), *in_templates(), *from_data(), *of_lists(), *words_of_the_map(), *words_of_the_points()}
    return {text for text in found if isinstance(text, str) and re.search("[A-Za-z]", text)}


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_word_is_translated(language):
    known = {entry.msgid for entry in entries(language) if entry.msgstr or all(entry.msgstr_plural.values() or [""])}
    assert sorted(asked() - known) == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_no_translation_is_left_over(language):
    assert sorted({entry.msgid for entry in entries(language)} - asked()) == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_placeholders_fit(language):
    for entry in entries(language):
        for said in entry.msgstr_plural.values() if entry.msgid_plural else [entry.msgstr]:
            assert fields(said) == fields(entry.msgid) or fields(said) == fields(entry.msgid_plural), entry.msgid


@pytest.mark.parametrize("language", TRANSLATED)
def test_square_kilometres_are_written_with_a_raised_two(language):
    written = re.compile(r"\d\s(?:km|км|կմ)2\b")
    texts = [text for entry in entries(language) for text in (entry.msgid, entry.msgstr)]
    assert [text for text in texts if written.search(text)] == []


def fields(text):
    """Placeholders of a template; a lone brace, a format or a look into a value is an error."""
    parts = list(string.Formatter().parse(text))
    assert all(not spec and not conversion for _, name, spec, conversion in parts if name is not None), text
    names = {name for _, name, _, _ in parts if name is not None}
    assert all(re.fullmatch(r"\w+", name) for name in names), text
    return names


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_brings_its_months_and_numbers(language):
    given = map_language(language)
    assert len(given["dates"]["months"]) == len(given["dates"]["short"]) == 12
    assert all(part in given["dates"]["long"] for part in ("{d}", "{m}", "{y}"))
