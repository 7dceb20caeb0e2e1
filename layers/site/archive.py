"""Editions of the data side by side: what was printed or cited once can be opened later.

``archive/<version>/`` holds the one-file map and the data package of one edition.  A site writes its own, and takes the earlier
ones over from a folder, usually the ``archive`` of the site before it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from layers.view_state import version_form

ROOT = "archive"
FILES = ("map.html", "ceasefire-atlas-data.zip")


def editions(version: str, folder: Path | str | None) -> list[str]:
    """The versions that the site has, newest name first; its own leads.

    Raises
    ------
    ValueError
        With one sentence, where the folder holds something that is not an edition.
    """
    return [version, *sorted((name for name in _earlier(folder) if name != version), reverse=True)]


def archived(
    version: str, own: Mapping[str, Callable[[], bytes]], folder: Path | str | None
) -> Iterator[tuple[str, Callable[[], bytes]]]:
    """Every file of every edition and how it is made; ``own`` makes those of this one."""
    for name, make in own.items():
        yield f"{ROOT}/{version}/{name}", make
    for earlier, place in _earlier(folder).items():
        if earlier != version:
            for name in FILES:
                yield f"{ROOT}/{earlier}/{name}", (place / name).read_bytes


def _earlier(folder: Path | str | None) -> dict[str, Path]:
    """The folders of earlier editions by version."""
    if folder is None:
        return {}
    root = Path(folder)
    if not root.is_dir():
        raise ValueError(f"“{folder}” is not a folder: --archive takes the folder of earlier editions.")
    found = {path.name: path for path in sorted(root.iterdir()) if not path.name.startswith(".")}
    for name, path in found.items():
        missing = [file for file in FILES if not (path / file).is_file()]
        if missing or not version_form().fullmatch(name):
            raise ValueError(
                f"“{path}” is not an edition: a folder named by its data version, with {' and '.join(FILES)}."
            )
    return found
