"""``python -m deploy.sbom``: the parts that a running atlas consists of, as CycloneDX 1.5 JSON on standard output.

Read from the lock file (requirements.txt) and from what is installed; nothing is asked of anybody.  With ``--check`` it
only says whether every part is freely licensed.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import uuid
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement

from geodata.integrity import data_version

ROOT = Path(__file__).resolve().parents[1]
LOCK = ROOT / "requirements.txt"
CLASSIFIERS = {
    "License :: OSI Approved :: MIT License": "MIT",
    "License :: OSI Approved :: BSD License": "BSD-3-Clause",
    "License :: OSI Approved :: Apache Software License": "Apache-2.0",
    "License :: OSI Approved :: ISC License (ISCL)": "ISC",
    "License :: OSI Approved :: Python Software Foundation License": "PSF-2.0",
    "License :: OSI Approved :: Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "License :: OSI Approved :: Historical Permission Notice and Disclaimer (HPND)": "HPND",
}
"""Trove classifiers as SPDX ids, for packages that state no licence expression."""
FREE = {
    "0BSD", "3-Clause BSD License", "Apache License 2.0", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "CC0-1.0", "HPND", "ISC", "MIT",
    "MIT-CMU", "MPL-2.0", "PSF-2.0", "Zlib", "(same as Leaflet)",
}  # fmt: skip
"""Licences that the running parts may have; Leaflet's is BSD-2-Clause."""


def locked(lock: Path = LOCK) -> Iterator[tuple[Requirement, list[str]]]:
    """Every pinned package of a lock file that this machine needs, with the SHA-256 digests that are accepted for it."""
    text = lock.read_text(encoding="utf-8").replace("\\\n", " ")
    for line in text.splitlines():
        if not line or line.startswith((" ", "#")):
            continue
        requirement = Requirement(line.split(" --hash")[0].strip())
        if requirement.marker is None or requirement.marker.evaluate():
            yield requirement, re.findall(r"--hash=sha256:([0-9a-f]{64})", line)


def licence(name: str) -> str:
    """The licence of an installed package, as its metadata state it: an SPDX expression where there is one."""
    found = distribution(name).metadata
    if found["License-Expression"]:
        return str(found["License-Expression"])
    known = [CLASSIFIERS[entry] for entry in found.get_all("Classifier") or [] if entry in CLASSIFIERS]
    stated = str(found["License"] or "").strip().splitlines()
    return " AND ".join(known) or (stated[0][:60] if stated else "unknown")


def component(requirement: Requirement, digests: list[str]) -> dict[str, Any]:
    """One package; the digests are those of the files that pip accepts for it."""
    name, version = requirement.name.lower(), str(requirement.specifier).removeprefix("==")
    return {
        "type": "library",
        "bom-ref": f"pkg:pypi/{name}@{version}",
        "name": name,
        "version": version,
        "purl": f"pkg:pypi/{name}@{version}",
        "licenses": [{"license": {"name": licence(name)}}],
        "properties": [{"name": "lock:sha256", "value": digest} for digest in digests],
    }


def sbom() -> dict[str, Any]:
    """The document; the same lock file and data give the same document."""
    parts = [component(requirement, digests) for requirement, digests in locked()]
    version = data_version()
    seed = json.dumps([part["purl"] for part in parts]) + version
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "serialNumber": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, seed)}",
        "version": 1,
        "metadata": {
            "component": {"type": "application", "name": "ceasefire-atlas", "version": version, "bom-ref": "atlas"}
        },
        "components": sorted(parts, key=lambda part: str(part["name"])),
        "dependencies": [{"ref": "atlas", "dependsOn": sorted(str(part["bom-ref"]) for part in parts)}],
    }


def not_free(licences: dict[str, str]) -> dict[str, str]:
    """Packages of which any part is under a licence that is not in :data:`FREE`, with what they state."""
    return {name: stated for name, stated in licences.items() if not set(re.split(r" AND | OR ", stated)) <= FREE}


def check() -> int:
    """Say whether every licence is free; returns the exit status."""
    licences = {requirement.name: licence(requirement.name) for requirement, _ in locked()}
    for name, stated in not_free(licences).items():
        print(f"sbom: {name} is under “{stated}”, which is not among the licences allowed here.", file=sys.stderr)
    if not_free(licences):
        return 1
    print(f"sbom: all {len(licences)} packages are under licences allowed here.")
    return 0


def main(arguments: list[str] | None = None) -> int:
    """Print the document; returns the exit status (1 for a licence, 2 when a pinned package is not installed)."""
    parser = argparse.ArgumentParser(prog="deploy.sbom", description="What a running atlas consists of, as CycloneDX.")
    parser.add_argument("--check", action="store_true", help="only say whether every licence is free")
    options = parser.parse_args(arguments)
    try:
        if options.check:
            return check()
        print(json.dumps(sbom(), indent=1))
    except PackageNotFoundError as error:
        print(f"sbom: {error.name} is pinned but not installed: run `make .venv/run` first.", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
