"""Translations of the record: what is used, what is reported, and what a refresh keeps."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import polib
import pytest

from geodata.data_folder import data_folder
from geodata.loading import load_record
from geodata.translations import TRANSLATED, record_in, texts

ROOT = Path(__file__).parents[2]
STORY = ("story/agdam/title", "Agdam, by 20 November")


@pytest.fixture
def data(tmp_path):
    """A copy of the data whose catalogues are a test's own."""
    for folder in ("record", "shapes"):
        shutil.copytree(data_folder() / folder, tmp_path / folder)
    shutil.copy(data_folder() / "manifest.sha256", tmp_path)
    for language in TRANSLATED:
        write(tmp_path, language, {})
    return tmp_path


def write(data, language, entries, *, fuzzy=()):
    catalogue = polib.POFile()
    catalogue.metadata = {"Content-Type": "text/plain; charset=utf-8"}
    for (context, english), said in entries.items():
        flags = ["fuzzy"] if (context, english) in fuzzy else []
        catalogue.append(polib.POEntry(msgctxt=context, msgid=english, msgstr=said, flags=flags))
    catalogue.save(str(data / "record" / "translations" / f"{language}.po"))


def check(data, *options):
    command = [sys.executable, "-m", "geodata", "check", *options]
    env = {**os.environ, "ATLAS_DATA": str(data)}
    return subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False)


def complete(language):
    """A catalogue that says everything as it stands in English."""
    return {text.key: text.english for text in texts(load_record()) if text.language != language}


def test_a_translation_takes_the_place_of_the_english(data):
    write(data, "ru", {STORY: "Агдам, до 20 ноября", ("events/agdam-handed-over/text", "not the text now"): "Старое"})
    record = record_in("ru", data / "record")
    english = load_record()
    assert next(step for step in record.story if step.id == "agdam").title == "Агдам, до 20 ноября"
    assert record.events == english.events
    assert record.units == english.units


def test_a_quotation_keeps_its_words(data):
    word = next(text for text in texts(load_record()) if text.mark.name == "QUOTED" and text.context.endswith("quote"))
    write(data, "ru", {word.key: "Сказанное"})
    record = record_in("ru", data / "record")
    found = [text for text in texts(record) if text.key == word.key]
    assert found
    assert "Сказанное" in record.model_dump_json(include={word.context.split("/")[0]})


def test_a_fuzzy_translation_is_not_used(data):
    write(data, "hy", {STORY: "Ակնա, 20"}, fuzzy={STORY})
    assert next(step for step in record_in("hy", data / "record").story if step.id == "agdam").title == STORY[1]


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("Агдам, до ноября", "figures"),
        ("Оккупированный Агдам, до 20 ноября", "glossary"),
        ("", "missing"),
    ],
)
def test_what_a_translator_has_to_look_at_is_printed_by_entry(data, said, told):
    write(data, "ru", {**complete("ru"), STORY: said})
    lines = check(data, "--translations").stdout.splitlines()
    assert any(line.startswith(f"ru.po: {STORY[0]}: {told}: ") for line in lines), lines[-3:]


def test_a_quoted_word_may_judge(data):
    write(data, "ru", {**complete("ru"), STORY: "«Оккупированный» Агдам, до 20 ноября"})
    assert not any(STORY[0] in line for line in check(data, "--translations").stdout.splitlines() if "ru.po" in line)


def test_a_square_may_be_raised(data):
    square = next(text for text in texts(load_record()) if "km2" in text.english)
    write(data, "ru", {**complete("ru"), square.key: square.english.replace("km2", "км²")})
    lines = check(data, "--translations").stdout.splitlines()
    assert not any(line.startswith(f"ru.po: {square.key[0]}: figures: ") for line in lines)


def test_changed_english_makes_a_translation_stale(data):
    entries = complete("az")
    entries.pop(STORY)
    entries[STORY[0], "Agdam, by 19 November"] = "Ağdam, noyabrın 19-dək"
    write(data, "az", entries)
    told = check(data, "--translations")
    assert f"az.po: {STORY[0]}: stale: {STORY[1]}" in told.stdout
    assert told.returncode == 1


def test_make_check_fails_on_stale_translations():
    recipe = (ROOT / "Makefile").read_text(encoding="utf-8").partition("\ncheck:")[2].partition("\n\n")[0]
    assert "-m geodata check --translations\n" in recipe


def test_a_refresh_keeps_translations_and_marks_stale_ones(data):
    old = (STORY[0], "Agdam, by 19 November")
    gone = ("story/agdam/note", "no such field")
    kept = ("story/line-of-1994/title", "The line of 1994")
    write(data, "az", {old: "Ağdam, noyabrın 19-dək", gone: "yoxdur", kept: "1994-cü ilin xətti"})
    assert check(data, "--write").returncode == 0
    path = data / "record" / "translations" / "az.po"
    found = {(entry.msgctxt, entry.msgid): entry for entry in polib.pofile(str(path))}
    assert found[kept].msgstr == "1994-cü ilin xətti"
    assert (found[STORY].msgstr, found[STORY].previous_msgid) == ("Ağdam, noyabrın 19-dək", old[1])
    assert "fuzzy" in found[STORY].flags
    assert gone not in found
    assert found.keys() == {text.key for text in texts(load_record()) if text.language != "az"}
    before = path.read_bytes()
    check(data, "--write")
    assert path.read_bytes() == before


def test_a_damaged_catalogue_is_named(data):
    (data / "record" / "translations" / "ru.po").write_bytes(b'msgid "a\nmsgstr \xff')
    told = check(data, "--translations")
    assert told.returncode == 2
    assert "ru.po" in told.stderr
    assert "Traceback" not in told.stderr


@pytest.mark.parametrize("language", TRANSLATED)
def test_the_catalogues_name_every_text_of_the_record(language):
    path = data_folder() / "record" / "translations" / f"{language}.po"
    found = {(entry.msgctxt, entry.msgid) for entry in polib.pofile(str(path))}
    assert found == {text.key for text in texts(load_record()) if text.language != language}


@pytest.mark.parametrize("language", ["hy", "ru"])
def test_quotation_marks_are_those_of_the_language(language):
    """Armenian and Russian quote in «…»; other marks stand only for a quotation inside one."""
    catalogue = polib.pofile(str(data_folder() / "record" / "translations" / f"{language}.po"))
    bare = [entry.msgctxt for entry in catalogue if re.search("[“”]", re.sub("«[^»]*»", "", entry.msgstr))]
    assert bare == []
