"""The commands: what they write, and one sentence for what they can't."""

import csv
import io
import json
import subprocess
import sys

import pyogrio
import pytest

from geodata.atomic_write import OutputError, write_whole
from geodata.integrity import data_version
from layers.__main__ import main
from layers.export.tables import FORMATS


def refused(capsys, *arguments):
    """Run a command that must fail; returns its one sentence."""
    try:
        code = main(arguments)
    except SystemExit as error:
        code = error.code
    told = capsys.readouterr()
    assert code == 2
    assert told.out == ""
    assert "Traceback" not in told.err
    assert told.err.count("\n") == 1
    return told.err


def test_export_writes_a_day_and_the_history(tmp_path):
    one, whole = tmp_path / "day.geojson", tmp_path / "all.geojson"
    assert main(["export", "--on", "2020-11-25", "--out", str(one)]) == 0
    assert main(["export", "--all", "--out", str(whole)]) == 0
    assert len(pyogrio.read_dataframe(whole)) > len(pyogrio.read_dataframe(one))


def test_tables_writes_twelve_files_and_what_a_csv_can_not_hold(tmp_path):
    folder = tmp_path / "new" / "tables"
    assert main(["tables", "--on", "2020-11-25", "--out", str(folder)]) == 0
    names = {f"{name}.{fmt}" for name in ("obligations", "events", "changes", "sources") for fmt in FORMATS}
    names.add("csv-metadata.json")
    assert {path.name for path in folder.iterdir()} == names


def told(capsys, *arguments):
    """What a command says on standard error, sentence by sentence, when it succeeds."""
    assert main(arguments) == 0
    return [line for line in capsys.readouterr().err.splitlines() if line.endswith(".")]


ONE = ("export", "--on", "2020-11-25", "--out")
ALL = ("export", "--all", "--out")


@pytest.mark.parametrize(
    ("words", "name", "sentence"),
    [
        ((*ALL, "{}", "--known", "2020-11-12"), "x.geojson", "--known has no effect with --all"),
        ((*ALL, "{}", "--with-later"), "x.geojson", "--with-later has no effect with --all"),
        (("export", "--on", "2030-01-01", "--out", "{}"), "x.geojson", "The record ends on 2026-06-08: the file holds"),
        ((*ONE, "{}", "--layers", "relief"), "x.geojson", "The file is empty: nothing of relief"),
        ((*ONE, "{}", "--layers", "agdam"), "x.gpkg", "The tables obligations, event_list, changes and sources are whole"),
        (("tables", "--on", "2020-11-25", "--out", "{}"), "t", "The tables tell nothing that came after 2020-11-25"),
        (("tables", "--on", "2030-01-01", "--out", "{}"), "t", "The record ends on 2026-06-08: the tables hold"),
        (("snapshot", "--on", "2020-11-25", "--compare", "changes", "--out", "{}"), "x.svg", "--compare has no effect without --from"),
    ],
    ids=lambda value: value[:24].replace(" ", "-") if isinstance(value, str) else " ".join(value[:2]),
)  # fmt: skip
def test_an_option_without_effect_or_a_state_that_is_not_there_is_said(capsys, tmp_path, words, name, sentence):
    sentences = told(capsys, *(word.replace("{}", str(tmp_path / name)) for word in words))
    assert [said for said in sentences if said.startswith(sentence)], sentences


def test_what_works_says_nothing(capsys, tmp_path):
    assert told(capsys, *ONE, str(tmp_path / "x.geojson"), "--known", "2020-11-12") == []
    assert told(capsys, "tables", "--out", str(tmp_path / "t")) == []
    assert told(capsys, "tables", "--on", "2020-11-25", "--with-later", "--out", str(tmp_path / "u")) == []


def test_a_csv_has_what_it_can_not_hold_beside_it(tmp_path):
    path = tmp_path / "state.csv"
    assert main(["export", "--on", "2020-11-14", "--known", "2020-11-12", "--out", str(path)]) == 0
    about = json.loads((tmp_path / "state.csv-metadata.json").read_text(encoding="utf-8"))
    assert about["url"] == path.name
    assert about["notes"] == [{"on": "2020-11-14", "known": "2020-11-12"}]
    assert data_version() == about["schema:version"]
    assert data_version() in about["dc:bibliographicCitation"]
    header = next(csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig"))))
    assert [column["name"] for column in about["tableSchema"]["columns"]] == header
    assert all(column["dc:description"] for column in about["tableSchema"]["columns"])


def test_the_tables_are_described_beside_them(tmp_path):
    assert main(["tables", "--out", str(tmp_path)]) == 0
    about = json.loads((tmp_path / "csv-metadata.json").read_text(encoding="utf-8"))
    for table in about["tables"]:
        header = next(csv.reader(io.StringIO((tmp_path / table["url"]).read_text(encoding="utf-8-sig"))))
        assert [column["name"] for column in table["tableSchema"]["columns"]] == header
    assert len(about["tables"]) == 4


def test_every_bad_input_gets_one_sentence(capsys, tmp_path):
    out = str(tmp_path / "x.csv")
    assert "“2020-02-31” is not a day" in refused(capsys, "export", "--on", "2020-02-31", "--out", out)
    assert "“today” is not a date" in refused(capsys, "export", "--on", "today", "--out", out)
    assert "begins on 1994-05-12" in refused(capsys, "export", "--on", "1990-01-01", "--out", out)
    assert "no layer “nowhere”" in refused(capsys, "export", "--on", "2020-11-25", "--layers", "nowhere", "--out", out)
    assert "must end in .geojson" in refused(capsys, "export", "--on", "2020-11-25", "--out", str(tmp_path / "x.shp"))
    assert "has no ending" in refused(capsys, "export", "--on", "2020-11-25", "--out", str(tmp_path / "x"))
    assert "no folder" in refused(capsys, "export", "--on", "2020-11-25", "--out", str(tmp_path / "no" / "x.csv"))
    assert refused(capsys, "export", "--out", out)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_in_the_way_is_named(capsys, tmp_path):
    (tmp_path / "x.csv").mkdir()
    assert "is a folder" in refused(capsys, "export", "--on", "2020-11-25", "--out", str(tmp_path / "x.csv"))
    (tmp_path / "file").write_text("")
    assert "can't be made" in refused(capsys, "tables", "--out", str(tmp_path / "file" / "tables"))


def test_a_full_disk_leaves_the_old_file(tmp_path):
    """A limit on file size stands for the full disk: the write fails in the middle."""
    path = tmp_path / "state.gpkg"
    path.write_bytes(b"old")
    script = (
        "import resource, signal, sys\n"
        "from pathlib import Path\n"
        "from geodata.atomic_write import OutputError, write_whole\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))\n"
        "try:\n    write_whole(sys.argv[1], bytes(5000))\n"
        "except OutputError as error:\n    print(error)\n"
    )
    done = subprocess.run([sys.executable, "-c", script, str(path)], capture_output=True, text=True, check=True)
    assert "can't be written" in done.stdout
    assert path.read_bytes() == b"old"
    assert [item.name for item in tmp_path.iterdir()] == ["state.gpkg"]


def test_write_whole_replaces_and_leaves_nothing_beside(tmp_path):
    path = tmp_path / "x.bin"
    write_whole(path, b"one")
    write_whole(path, b"two")
    assert path.read_bytes() == b"two"
    assert [item.name for item in tmp_path.iterdir()] == ["x.bin"]
    with pytest.raises(OutputError, match="no such file or directory"):
        write_whole(tmp_path / "no" / "x", b"")
