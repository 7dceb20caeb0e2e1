"""Processes without the right to write: another user, or one whose power over all files was taken away; and tiny disks."""

import ctypes
import os
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path

NOBODY = 65534
CAPABILITIES = (1, 2, 3)
"""Of Linux: to pass over permissions when writing and reading, and to change them on files of others."""
DROP = 24
"""prctl's PR_CAPBSET_DROP."""


@lru_cache(maxsize=1)
def unprivileged():
    """How to start a process that permissions bind, as keywords of ``subprocess``.

    Other users than root are bound already.  Root starts it as nobody; where the interpreter lies in a folder that nobody
    may enter, as root without the power to pass over permissions.
    """
    if os.geteuid():
        return {}
    nobody = {"user": NOBODY, "group": NOBODY, "extra_groups": []}
    try:
        subprocess.run([sys.executable, "-c", "import streamlit"], check=True, capture_output=True, cwd="/", **nobody)
    except (OSError, subprocess.CalledProcessError):
        return {"preexec_fn": bind}
    return nobody


def bind():
    """Take from this process, before it becomes another program, root's power over permissions."""
    for capability in CAPABILITIES:
        if ctypes.CDLL(None, use_errno=True).prctl(DROP, capability, 0, 0, 0):
            raise OSError(ctypes.get_errno(), "the capability can't be dropped")


def writes_nothing():
    """No byte may be written into any file from here on."""
    _limit(0)


def writes_little():
    """Sixty kilobytes is all that this process may write into one file: what a full disk looks like to it."""
    _limit(60_000)


def writes_next_to_nothing():
    """The same, for files that are all small."""
    _limit(2_000)


def _limit(size):
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


@contextmanager
def no_disk(folder):
    """A folder on the ordinary disk, for a process that may write little into one file: it fails in the middle."""
    folder.mkdir(exist_ok=True)
    yield {"preexec_fn": writes_little}


@contextmanager
def small_disk(folder, limit=writes_little):
    """A disk of 64 kB at a folder; where mounting is not allowed, a process' limit instead: yields keywords of ``subprocess``."""
    folder.mkdir(exist_ok=True)
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=64k", "atlas", str(folder)], capture_output=True, check=False
    )
    try:
        yield {"preexec_fn": limit} if mounted.returncode else {}
    finally:
        if not mounted.returncode:
            subprocess.run(["umount", str(folder)], check=True)


@contextmanager
def open_folder():
    """A folder that every user may enter (pytest's own are closed), removed again although nobody may write to it."""
    folder = Path(tempfile.mkdtemp(prefix="atlas-bare-"))
    folder.chmod(0o755)
    try:
        yield folder
    finally:
        writable(folder, may=True)
        shutil.rmtree(folder)


def writable(tree, *, may):
    """Give or take everybody's permission to write in a tree."""
    for path in [tree, *tree.rglob("*")]:
        if not path.is_symlink():
            mode = path.stat().st_mode
            path.chmod(mode | 0o200 if may else mode & ~0o222)
