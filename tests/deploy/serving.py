"""`python -m deploy` under test: started, its processes found and killed, its log kept."""

import asyncio
import http.client
import json
import os
import signal
import socket
import ssl
import subprocess
import sys
import threading
import time
import urllib.request
from contextlib import contextmanager, suppress
from pathlib import Path

import psutil

ROOT = Path(__file__).parents[2]


def free_ports(count):
    """Neighbouring ports that nobody listens on; the first is for nginx.  Each worker of the tests has its own score of them."""
    start = 8641 + 20 * int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
    for first in range(start, start + 20 - count):
        if all(_is_free(port) for port in range(first, first + count)):
            return list(range(first, first + count))
    raise RuntimeError("no neighbouring ports are free")


def _is_free(port):
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) != 0


class Serving:
    """nginx on the first port, a process on each of the others; over HTTPS where a certificate is given."""

    def __init__(self, ports, run, site=None, options=(), certificate=None):
        self.front, *self.ports = ports
        self.log = run / "log.jsonl"
        self.command = [sys.executable, "-m", "deploy", "--processes", str(len(self.ports)), "--run", str(run)]
        self.command += ["--listen", f"127.0.0.1:{self.front}", "--first-port", str(self.ports[0]), "--access-log"]
        self.command += ["--site", str(site)] if site else []
        self.command += map(str, options)
        self.url = f"http{'s' if certificate else ''}://127.0.0.1:{self.front}"
        self.trust = ssl.create_default_context(cafile=certificate) if certificate else None

    def __enter__(self):
        with self.log.open("a") as log:
            self.process = subprocess.Popen(
                self.command,
                cwd=ROOT,
                stdout=log,
                stderr=log,
                env={**os.environ, "FRAME_ANCESTORS": "https://example.org https://localhost:*"},
            )
        until = time.monotonic() + 60
        while time.monotonic() < until and self.process.poll() is None:
            if self.answers("/readyz"):
                return self
            time.sleep(0.1)
        self.__exit__()
        raise RuntimeError(self.log.read_text())

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait(30)

    def answers(self, path):
        try:
            with urllib.request.urlopen(self.url + path, timeout=3, context=self.trust) as answer:
                return answer.status == 200
        except OSError:
            return False

    def connection(self):
        if self.trust:
            return http.client.HTTPSConnection("127.0.0.1", self.front, timeout=10, context=self.trust)
        return http.client.HTTPConnection("127.0.0.1", self.front, timeout=10)

    def get(self, path, **headers):
        connection = self.connection()
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        body = answer.read()
        connection.close()
        return answer, body

    def send(self, method, path, body):
        """Send a body, as far as it is taken; returns the answer and its body."""
        connection = http.client.HTTPConnection("127.0.0.1", self.front, timeout=10)
        with suppress(BrokenPipeError, ConnectionResetError):
            connection.request(method, path, body=body)
        answer = connection.getresponse()
        content = answer.read()
        connection.close()
        return answer, content

    def cookie(self):
        """The routing cookie that a new reader is given."""
        return self.get("/")[0].headers["Set-Cookie"].split(";")[0]

    def children(self):
        """Process of each port."""
        found = {}
        for child in psutil.Process(self.process.pid).children():
            with suppress(psutil.ZombieProcess, psutil.NoSuchProcess):
                line = child.cmdline()
                if "--port" in line:
                    found[int(line[line.index("--port") + 1])] = child
        return found

    def sockets(self, port):
        """How many connections a process has open."""
        child = self.children()[port]
        return sum(one.status == "ESTABLISHED" and one.laddr.port == port for one in child.net_connections(kind="tcp"))

    def signal(self, number=signal.SIGHUP):
        self.process.send_signal(number)

    def lines(self):
        """The log, every line of which must be JSON (nginx's own warnings apart)."""
        return [json.loads(line) for line in self.log.read_text().splitlines() if not line.startswith("20")]


@contextmanager
def background():
    """A loop in a thread of its own (the browser's driver has the main thread's): yields what runs a coroutine there."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    try:
        yield lambda coroutine: asyncio.run_coroutine_threadsafe(coroutine, loop).result(90)
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()
