"""The commands: what they write, and one sentence for what they can't."""

import subprocess
import sys

import pyogrio
import pytest

from geodata.atomic_write import OutputError, write_whole
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


def test_tables_writes_twelve_files(tmp_path):
    folder = tmp_path / "new" / "tables"
    assert main(["tables", "--on", "2020-11-25", "--out", str(folder)]) == 0
    names = {f"{name}.{fmt}" for name in ("obligations", "events", "changes", "sources") for fmt in FORMATS}
    assert {path.name for path in folder.iterdir()} == names


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
