"""``python -m deploy.update`` (``make update``): put new processes in the place of those that serve, refusing nobody.

There are two colours.  New processes start under the one that does not serve, and prove themselves: each answers
``/readyz``, all with the same data.  Only then nginx is pointed at them, and the old ones end.  Where they fail, the old
ones keep serving, and the log holds the error message of the new ones.  The first start is an update too.
"""

from __future__ import annotations

import fcntl
import http.client
import json
import os
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Any
from xmlrpc.client import Error, Fault, ServerProxy

from supervisor.xmlrpc import SupervisorTransport

COLOURS = ("blue", "green")
READY_WITHIN = 120
"""Seconds that a newcomer has to load the record and answer.  On a busy machine it takes twenty."""
ON_THEIR_WAY = 1
"""Seconds for requests that nginx took before it knew of the newcomers to reach the old processes."""
TRYING = {"STARTING", "RUNNING"}
"""States of a newcomer that has not failed."""


class UpdateError(Exception):
    """The newcomers can't take over; the message says why."""


class Update:
    """One update of what runs in a run folder.

    Parameters
    ----------
    run
        Run folder of ``deploy/serve``.
    """

    def __init__(self, run: Path) -> None:
        self.run = run
        transport = SupervisorTransport(None, None, f"unix://{run}/supervisor.sock")
        self.manager: Any = ServerProxy("http://127.0.0.1", transport=transport).supervisor
        self.upstream = run / "upstream.conf"
        serving = self.upstream.read_text(encoding="utf-8") if self.upstream.exists() else ""
        self.old = next((colour for colour in COLOURS if f"/{colour}-" in serving), None)
        self.new = "green" if self.old == "blue" else "blue"

    def __call__(self) -> None:
        """Start the newcomers, let them take over, end the old ones.

        Raises
        ------
        UpdateError
            When the newcomers fail; then all is as it was before.
        """
        try:
            for name in self._names(self.new):
                self.manager.startProcess(f"atlas:{name}", False)
            _check_same({name: self._await_ready(name) for name in self._names(self.new)})
            self._point_nginx_at(self.new)
        except UpdateError:
            self._stop(self.new)
            raise
        if self.old:
            time.sleep(ON_THEIR_WAY)
            self._stop(self.old)

    def is_ready(self) -> bool:
        """Whether all processes that serve are ready."""
        return self.old is not None and all(readiness(self.run / f"{name}.sock") for name in self._names(self.old))

    def _names(self, colour: str) -> list[str]:
        return [one["name"] for one in self.manager.getAllProcessInfo() if one["name"].startswith(f"{colour}-")]

    def _await_ready(self, name: str) -> str:
        """Wait for one newcomer; returns the version of its data."""
        until = time.monotonic() + READY_WITHIN
        while time.monotonic() < until:
            if self.manager.getProcessInfo(f"atlas:{name}")["statename"] not in TRYING:
                raise UpdateError(f"{name} ended before it was ready; its output above says why.")
            found = readiness(self.run / f"{name}.sock")
            if found is not None:
                return found
            time.sleep(0.1)
        raise UpdateError(f"{name} was not ready within {READY_WITHIN} s.")

    def _point_nginx_at(self, colour: str) -> None:
        before = self.upstream.read_text(encoding="utf-8") if self.upstream.exists() else None
        lines = [f"server unix:{self.run}/{name}.sock max_fails=1 fail_timeout=3s;\n" for name in self._names(colour)]
        self._write("".join(lines))
        try:
            self._start_nginx() if before is None else self._reload_nginx()
        except UpdateError:
            if before is None:
                self.upstream.unlink()
            else:
                self._write(before)
            raise

    def _write(self, text: str) -> None:
        beside = self.run / "upstream.conf.part"
        beside.write_text(text, encoding="utf-8")
        beside.replace(self.upstream)

    def _start_nginx(self) -> None:
        """Start nginx, and wait until it has its addresses: then it writes its number into a file."""
        self.manager.startProcess("atlas:nginx", False)
        number = self.run / "nginx.pid"
        while not (number.exists() and number.read_text(encoding="ascii").strip()):
            if self.manager.getProcessInfo("atlas:nginx")["statename"] not in TRYING:
                raise UpdateError("nginx does not start; its output above says what prevents it.")
            time.sleep(0.05)

    def _reload_nginx(self) -> None:
        """Let nginx read its settings again, and wait until no worker takes requests by the old ones."""
        command = ["nginx", "-q", "-t", "-e", "stderr", "-p", str(self.run), "-c", str(self.run / "nginx.conf")]
        if subprocess.run(command, check=False).returncode:
            raise UpdateError("nginx rejects the settings as they are now; its output above says why.")
        master = self.manager.getProcessInfo("atlas:nginx")["pid"]
        workers = _taking_requests(master)
        self.manager.signalProcess("atlas:nginx", "HUP")
        while workers & _taking_requests(master):
            time.sleep(0.05)

    def _stop(self, colour: str) -> None:
        for name in self._names(colour):
            try:
                self.manager.stopProcess(f"atlas:{name}")
            except Fault:
                continue  # it has ended already


def _check_same(versions: dict[str, str]) -> None:
    if len(set(versions.values())) > 1:
        raise UpdateError(f"the new processes serve different data ({versions}): something writes to the record.")


def readiness(path: Path) -> str | None:
    """Version of the data that the process behind a socket serves, or None when it does not answer yet."""
    connection = http.client.HTTPConnection("localhost", timeout=2)
    connection.sock = socket.socket(socket.AF_UNIX)
    connection.sock.settimeout(2)
    try:
        connection.sock.connect(str(path))
        connection.request("GET", "/readyz")
        return str(json.loads(connection.getresponse().read())["data"])
    except (OSError, http.client.HTTPException, ValueError, KeyError):
        return None
    finally:
        connection.close()


def _taking_requests(master: int) -> set[int]:
    """Workers of nginx that have not been told to end: those say so in their title."""
    children = Path(f"/proc/{master}/task/{master}/children").read_text(encoding="ascii").split()
    found = set()
    for child in children:
        try:
            if b"shutting down" not in Path(f"/proc/{child}/cmdline").read_bytes():
                found.add(int(child))
        except OSError:
            continue  # it has just ended
    return found


def main(arguments: list[str]) -> int:
    """Update what runs; returns the exit status (0 updated, 1 the old processes keep running, 2 nothing runs).

    With ``--check`` only say by the status whether all processes that nginx points at are ready.
    """
    run = Path(os.environ.get("ATLAS_RUN", "/tmp/ceasefire-atlas"))  # noqa: S108 as deploy/serve
    try:
        if arguments == ["--check"]:
            return 0 if Update(run).is_ready() else 1
        with (run / "update.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            return _carry_out(Update(run))
    except (OSError, http.client.HTTPException, Error) as error:
        print(f"update: nothing runs in {run}, or it was stopped meanwhile ({error}).", file=sys.stderr, flush=True)
        return 2


def _carry_out(update: Update) -> int:
    try:
        update()
    except UpdateError as error:
        then = "The old processes keep serving." if update.old else "Nothing was serving, so this ends."
        print(f"update: {error} {then}", file=sys.stderr, flush=True)
        if not update.old:
            update.manager.shutdown()
        return 1
    print(f"update: {update.new} serves.", file=sys.stderr, flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
