"""`deploy/serve` under test: started, its processes found and killed, its log kept."""

import asyncio
import http.client
import json
import os
import shutil
import signal
import ssl
import subprocess
import sys
import threading
import time
import urllib.request
from contextlib import contextmanager, suppress
from pathlib import Path

import psutil

from tests.browsing import free_port

ROOT = Path(__file__).parents[2]
ANCESTORS = "https://example.org https://localhost:*"


class Serving:
    """nginx and processes of the page, from a run folder of their own; over HTTPS where a certificate is given.

    `edits` are the settings that an administrator would write: file, what stands there, what shall.
    """

    def __init__(
        self, run, files=None, site=None, processes=2, settings="settings", edits=(), certificate=None, root=ROOT
    ):
        self.run, self.root, self.front = run, root, free_port()
        self.log = run / "log.jsonl"
        shutil.copytree(root / "deploy" / settings, run / "mine")
        for name, old, new in edits:
            path = run / "mine" / name
            text = path.read_text()
            assert old in text
            path.write_text(text.replace(old, new.format(front=self.front)))
        self.settings = {
            "ATLAS_RUN": str(run),
            "ATLAS_SETTINGS": str(run / "mine"),
            "ATLAS_LISTEN": f"127.0.0.1:{self.front}",
            "ATLAS_PROCESSES": str(processes),
            "ATLAS_PYTHON": sys.executable,
            "FRAME_ANCESTORS": ANCESTORS,
            "ATLAS_EDITING": "0",
        }
        self.settings |= {"ATLAS_FILES": str(files)} if files else {}
        self.settings |= {"ATLAS_SITE": str(site)} if site else {}
        self.url = f"http{'s' if certificate else ''}://127.0.0.1:{self.front}"
        self.trust = ssl.create_default_context(cafile=certificate) if certificate else None

    def start(self, **settings):
        """Start another one, with these settings instead of the own; the caller waits for it."""
        with self.log.open("a") as log:
            return subprocess.Popen(
                [self.root / "deploy" / "serve"],
                cwd="/",
                stdout=log,
                stderr=log,
                env={**os.environ, **self.settings, **settings},
            )

    def __enter__(self):
        """Wait until it serves or has given up: that it does by its own limits, which no machine is too slow for."""
        self.process = self.start()
        while self.process.poll() is None:
            if self.answers("/readyz"):
                return self
            time.sleep(0.1)
        raise RuntimeError(self.log.read_text())

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait()

    def update(self, *options):
        """Carry out an update; returns the finished command."""
        command = [sys.executable, "-m", "deploy.update", *options]
        environment = {**os.environ, "ATLAS_RUN": str(self.run)}
        return subprocess.run(command, cwd=self.root, env=environment, capture_output=True, text=True, check=False)

    def answers(self, path):
        try:
            with urllib.request.urlopen(self.url + path, timeout=10, context=self.trust) as answer:
                return answer.status == 200
        except OSError:
            return False

    def connection(self):
        if self.trust:
            return http.client.HTTPSConnection("127.0.0.1", self.front, timeout=60, context=self.trust)
        return http.client.HTTPConnection("127.0.0.1", self.front, timeout=60)

    def get(self, path, **headers):
        connection = self.connection()
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        body = answer.read()
        connection.close()
        return answer, body

    def send(self, method, path, body):
        """Send a body, as far as it is taken; returns the answer and its body."""
        connection = http.client.HTTPConnection("127.0.0.1", self.front, timeout=60)
        with suppress(BrokenPipeError, ConnectionResetError):
            connection.request(method, path, body=body)
        answer = connection.getresponse()
        content = answer.read()
        connection.close()
        return answer, content

    def cookie(self):
        """The routing cookie that a new reader is given."""
        return self.get("/")[0].headers["Set-Cookie"].split(";")[0]

    def everything(self):
        """All processes below the manager."""
        return psutil.Process(self.process.pid).children(recursive=True)

    def children(self):
        """The processes of the page that are there, by their sockets."""
        found = {}
        for child in self.everything():
            with suppress(psutil.ZombieProcess, psutil.NoSuchProcess):
                line = child.cmdline()
                if "--uds" in line:
                    found[Path(line[line.index("--uds") + 1])] = child
        return found

    def sockets(self, path):
        """How many connections a process has open, besides the one that it listens on."""
        child = self.children()[path]
        return sum(one.laddr == str(path) for one in child.net_connections(kind="unix")) - 1

    def wait_for(self, what):
        """Wait until the log says something; ends by itself only when the manager ends."""
        while what not in self.log.read_text():
            assert self.process.poll() is None, self.log.read_text()
            time.sleep(0.1)

    def lines(self):
        """The log, every line of which must be JSON (the manager's own lines, which begin with the time, and the update's apart)."""
        lines = self.log.read_text().splitlines()
        return [json.loads(line) for line in lines if not line.startswith(("20", "update: "))]


def kill(process):
    """As the kernel does when memory runs out."""
    process.send_signal(signal.SIGKILL)


@contextmanager
def background():
    """A loop in a thread of its own (the browser's driver has the main thread's): yields what runs a coroutine there."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    try:
        yield lambda coroutine: asyncio.run_coroutine_threadsafe(coroutine, loop).result()
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()
