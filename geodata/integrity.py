"""The seal: a manifest of hashes of record and shapes, and the data version that follows from it.

``geodata/manifest.sha256`` has the form of ``sha256sum``, so that anybody can check it without us:
``cd geodata && sha256sum --check manifest.sha256``.
"""

from __future__ import annotations

import os
import re
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from geodata.data_folder import data_folder

MANIFEST = "manifest.sha256"
SEALED = {"record": (".yaml",), "shapes": (".geojson", ".json", ".webp")}
"""Folders and the endings of the files in them that are sealed."""
_DECLARED = re.compile(r"""^version: ["']?(\d+\.\d+\.\d+)["']?\s*$""", re.MULTILINE)
EDITING = "ATLAS_EDITING"
"""Environment variable that, set to 1, lets a changed record be served while it is edited."""


class IntegrityError(ValueError):
    """A sealed file differs from the manifest; the message names each such file."""


def hashes(root: Path) -> dict[str, str]:
    """SHA-256 of every sealed file, by its path below ``root``, sorted."""
    found = {}
    for folder, endings in SEALED.items():
        for path in sorted((root / folder).iterdir()):
            if path.suffix in endings:
                found[f"{folder}/{path.name}"] = sha256(path.read_bytes()).hexdigest()
    return found


def data_version(root: Path | None = None) -> str:
    """The version that the record declares, and twelve digits of the hash of the manifest that the files would have.

    ``1.2.0+0123456789ab`` is a semantic version with its build: two readers can tell whether they hold the same data.
    """
    return _version(root or data_folder())


@lru_cache(maxsize=4)
def _version(root: Path) -> str:
    # Read from the text: an answer that needs the version needs no model of the record.
    declared = _DECLARED.search((root / "record" / "statement.yaml").read_text(encoding="utf-8", errors="replace"))
    return f"{declared[1] if declared else '0.0.0'}+{sha256(_text(hashes(root)).encode()).hexdigest()[:12]}"


def seal(root: Path | None = None) -> Path:
    """Write the manifest again, after a reviewed change; returns its path."""
    from geodata.atomic_write import write_whole

    root = root or data_folder()
    return write_whole(root / MANIFEST, _text(hashes(root)).encode())


def broken_seals(root: Path | None = None) -> list[str]:
    """One sentence for each file that is changed, missing or not in the manifest."""
    root = root or data_folder()
    try:
        lines = (root / MANIFEST).read_text(encoding="utf-8").splitlines()
        sealed = {name: digest for digest, name in (line.split("  ", 1) for line in lines)}
    except (FileNotFoundError, ValueError):
        return [f"{MANIFEST}: it is missing or damaged; restore it, or write it with `python -m geodata seal`."]
    found, faults = hashes(root), []
    for name in sorted(sealed.keys() | found.keys()):
        if name not in found:
            faults.append(f"{name}: the file is missing; restore it from the repository.")
        elif name not in sealed:
            faults.append(f"{name}: the file is not in {MANIFEST}.")
        elif sealed[name] != found[name]:
            faults.append(f"{name}: the file is not the one that was sealed.")
    return faults


def verify(root: Path | None = None) -> None:
    """Refuse changed data, unless ``ATLAS_EDITING=1``.

    Raises
    ------
    IntegrityError
        Naming every changed file and what to do.
    """
    faults = broken_seals(root)
    if faults and os.environ.get(EDITING) != "1":
        hint = f"After a reviewed change run `python -m geodata seal`; while editing set {EDITING}=1."
        raise IntegrityError("\n".join([*faults, hint]))


def _text(digests: dict[str, str]) -> str:
    return "".join(f"{digest}  {name}\n" for name, digest in sorted(digests.items()))
