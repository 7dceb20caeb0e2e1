"""A copy of the tree, as an installation has it; and one whose own files hold the hostile texts."""

import json
import os
import shutil
import subprocess
import sys
from itertools import count

import yaml

from geodata.integrity import EDITING
from geodata.loading import load_record
from tests.browsing import ROOT
from tests.hostile.corpus import CREDITS, SHAPES, poison, poison_properties

CONTAINERFILE = ROOT / "deploy" / "Containerfile"


def parts():
    """What the image of the atlas holds of the tree: every name that its recipe copies."""
    lines = [line.split()[1:-1] for line in CONTAINERFILE.read_text().splitlines() if line.startswith("COPY ")]
    return [name for names in lines for name in names]


def left_out():
    """What neither the image takes along nor what only building the shapes needs, for :func:`shutil.copytree`."""
    lines = (ROOT / ".dockerignore").read_text().splitlines()
    return shutil.ignore_patterns("sources", *(line.rpartition("/")[2] for line in lines if not line.startswith("#")))


def copy_tree(tree):
    """The parts of the tree that an installation has, and no other."""
    tree.mkdir()
    for name in parts():
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, tree / name, ignore=left_out())
        else:
            shutil.copy(source, tree / name)
    return tree


def hostile_tree(tree):
    """The copy with the poisoned record and shapes written into its files, for commands to read as they read the real ones."""
    copy_tree(tree)
    for name, content in poison(load_record()).model_dump(by_alias=True, mode="json").items():
        text = yaml.dump(content, Dumper=yaml.CSafeDumper, sort_keys=False)
        (tree / "geodata" / "record" / f"{name}.yaml").write_text(text, encoding="utf-8")
    numbers = count()
    for name in SHAPES:
        path = tree / "geodata" / "shapes" / f"{name}.geojson"
        shapes = json.loads(path.read_text(encoding="utf-8"))
        shapes["credits"] = CREDITS
        for feature in shapes["features"]:
            feature["properties"] = poison_properties(feature["properties"], numbers)
        path.write_text(json.dumps(shapes), encoding="utf-8")
    return tree


def environment(**more):
    """Of a process that finds its own tree, and only sealed data."""
    values = {name: value for name, value in os.environ.items() if name not in {EDITING, "PYTHONPATH"}}
    return {**values, "PYTHONDONTWRITEBYTECODE": "1", **more}


def run(tree, *command, **options):
    """Run a command of a tree: ``run(tree, "layers", "html", …)``."""
    return subprocess.run(
        [sys.executable, "-m", *map(str, command)],
        cwd=tree,
        env=environment(**options.pop("settings", {})),
        capture_output=True,
        text=True,
        check=False,
        **options,
    )
