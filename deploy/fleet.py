"""Several processes of the page: started, watched, replaced when one dies, restarted one after the other."""

from __future__ import annotations

import json
import os
import secrets
import signal
import subprocess
import sys
import time
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
READY_WITHIN = 60
"""Seconds that a process has to load the record and answer ``/readyz``."""
SETTLE = 4
"""Seconds for which nginx still passes over a process that was away (``fail_timeout``), with one to spare."""
STOP_WITHIN = 10
"""Seconds that a process has to let its readers go."""


class FleetError(RuntimeError):
    """A process can't be started; the message says which and why."""


@dataclass
class Fleet:
    """The processes, by port.

    Parameters
    ----------
    ports
        One process for each, on loopback.
    secret
        The cookie secret that all share; several machines must be given the same one (``ATLAS_COOKIE_SECRET``).
    """

    ports: tuple[int, ...]
    secret: str = field(default_factory=lambda: os.environ.get("ATLAS_COOKIE_SECRET") or secrets.token_hex(32))
    running: dict[int, subprocess.Popen[bytes]] = field(default_factory=dict)

    def start(self) -> None:
        """Start all, and wait until each is ready with the same data.

        Raises
        ------
        FleetError
            When one ends, does not answer, or serves other data than the first.
        """
        for port in self.ports:
            self.running[port] = self._spawn(port)
        versions = {port: self.await_ready(port) for port in self.ports}
        if len(set(versions.values())) > 1:
            raise FleetError(
                f"The processes serve different data: {versions}. Stop everything that writes to the record."
            )

    def _spawn(self, port: int) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "uvicorn", "asgi:app", "--host", "127.0.0.1", "--port", str(port)]
        command += ["--no-access-log", "--ws-max-size", str(2**20), "--timeout-graceful-shutdown", "5"]
        settings = {"STREAMLIT_SERVER_COOKIE_SECRET": self.secret, "ATLAS_LOG": os.environ.get("ATLAS_LOG", "json")}
        return subprocess.Popen(command, cwd=ROOT, env={**os.environ, **settings})

    def await_ready(self, port: int) -> str:
        """Wait for one process; returns the version of its data."""
        until = time.monotonic() + READY_WITHIN
        while time.monotonic() < until:
            ended = self.running[port].poll()
            if ended is not None:
                raise FleetError(f"The process on port {port} ended with status {ended} before it was ready.")
            found = readiness(port)
            if found is not None:
                return found
            time.sleep(0.1)
        raise FleetError(f"The process on port {port} was not ready within {READY_WITHIN} s.")

    def mend(self) -> list[int]:
        """Replace every process that has ended; returns their ports, without waiting for them."""
        fallen = [port for port, process in self.running.items() if process.poll() is not None]
        for port in fallen:
            self.running[port] = self._spawn(port)
        return fallen

    def restart(self) -> None:
        """Restart one after the other: readers of the one that goes reconnect to those that stay."""
        for port in self.ports:
            self._end(port)
            self.running[port] = self._spawn(port)
            self.await_ready(port)
            time.sleep(SETTLE)

    def stop(self) -> None:
        """End all."""
        for process in self.running.values():
            process.terminate()
        for port in self.running:
            self._end(port)

    def _end(self, port: int) -> None:
        process = self.running[port]
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(STOP_WITHIN)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def readiness(port: int) -> str | None:
    """Version of the data that a process serves, or None when it does not answer yet."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=2) as answer:
            return str(json.load(answer)["data"])
    except (OSError, ValueError, KeyError):
        return None
