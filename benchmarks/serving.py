"""Servers and a browser for the benchmarks: everything on loopback, ended with the block."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def atlas() -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """The atlas as ``make run`` serves it; yields its address and process."""
    port = free_port()
    command = [
        sys.executable,
        "-m",
        "uvicorn",
        "asgi:app",
        "--host",
        "127.0.0.1",
        "--port",
        str(port),
        "--no-access-log",
    ]
    with _server(command, ROOT, port) as served:
        yield served


@contextmanager
def streamlit(script: str) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """A peer page of ``benchmarks/peers/`` under ``streamlit run``, with Leaflet in its static folder."""
    from xstatic.pkg import leaflet

    with tempfile.TemporaryDirectory() as name:
        folder, port = Path(name), free_port()
        text = (ROOT / "benchmarks" / "peers" / script).read_text(encoding="utf-8")
        (folder / script).write_text(
            text.replace("Path(__file__).resolve().parents[2]", f"Path({str(ROOT)!r})"), encoding="utf-8"
        )
        (folder / "static").mkdir()
        for part in ("leaflet.js", "leaflet.css"):
            shutil.copy(next(Path(leaflet.BASE_DIR).rglob(part)), folder / "static" / part)
        command = [
            sys.executable,
            "-m",
            "streamlit",
            "run",
            script,
            "--server.port",
            str(port),
            "--server.headless",
            "true",
        ]
        command += [
            "--server.enableStaticServing",
            "true",
            "--browser.gatherUsageStats",
            "false",
            "--server.fileWatcherType",
            "none",
        ]
        with _server(command, folder, port) as served:
            yield served


@contextmanager
def _server(command: list[str], folder: Path, port: int) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    process = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}"
    try:
        _wait(f"{address}/_stcore/health", process)
        yield address, process
    finally:
        process.terminate()
        process.wait(10)


def _wait(address: str, process: subprocess.Popen[bytes]) -> None:
    for _ in range(300):
        if process.poll() is not None:
            raise RuntimeError(f"the server behind {address} ended with {process.returncode} before it answered")
        try:
            urllib.request.urlopen(address, timeout=1).read()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError(f"nothing answered at {address} within 30 s")


@contextmanager
def chromium() -> Iterator[Browser]:
    """Headless Chromium: CHROMIUM, else the one on PATH."""
    path = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        yield browser
        browser.close()
