"""A small client of Marionette, the remote control that is built into Firefox: no driver has to be installed beside it.

Messages are JSON with their length in bytes before a colon; a command is ``[0, number, name, parameters]``, its answer
``[1, number, error, result]``.
"""

import json
import os
import socket
import subprocess
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

PREFERENCES = {
    "app.update.enabled": False,
    "browser.shell.checkDefaultBrowser": False,
    "browser.startup.page": 0,
    "datareporting.policy.dataSubmissionEnabled": False,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "services.settings.server": "data:,",
    "toolkit.telemetry.server": "",
}
ELEMENT = "element-6066-11e4-a52e-4f735466cecf"
"""The key under which WebDriver hands over an element."""


class MarionetteError(RuntimeError):
    """Firefox refused a command; the message is its own."""


class Firefox:
    """One window of a Firefox, by its Marionette connection."""

    def __init__(self, connection):
        self.connection, self.stream, self.number = connection, connection.makefile("rb"), 0
        self._receive()
        self.call("WebDriver:NewSession", capabilities={"alwaysMatch": {"acceptInsecureCerts": False}})

    def call(self, name, **parameters):
        """Send a command and return its result."""
        self.number += 1
        text = json.dumps([0, self.number, name, parameters]).encode()
        self.connection.sendall(b"%d:%s" % (len(text), text))
        _, _, error, result = self._receive()
        if error:
            raise MarionetteError(f"{name}: {error['message']}")
        return result

    def _receive(self):
        length = b""
        while (sign := self.stream.read(1)) != b":":
            if not sign:
                raise MarionetteError("Firefox closed the connection")
            length += sign
        return json.loads(self.stream.read(int(length)))

    def open(self, address):
        """Load a page and wait for it."""
        self.call("WebDriver:Navigate", url=address)

    def evaluate(self, expression):
        """Value of a JavaScript expression in the page; a promise is waited for."""
        script = f"const done = arguments[0]; Promise.resolve({expression}).then(done, error => done('' + error));"
        return self.call("WebDriver:ExecuteAsyncScript", script=script, args=[], sandbox=None)["value"]

    def until(self, expression, seconds=30):
        """Wait until an expression holds."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if self.evaluate(expression):
                return
            time.sleep(0.1)
        raise AssertionError(expression)

    def find(self, selector):
        """The first element that a CSS selector finds."""
        return self.call("WebDriver:FindElement", using="css selector", value=selector)["value"][ELEMENT]

    def press(self, selector, keys):
        """Type keys into an element."""
        self.call("WebDriver:ElementSendKeys", id=self.find(selector), text=keys)

    def click(self, selector):
        """Click the middle of an element."""
        self.call("WebDriver:ElementClick", id=self.find(selector))


@contextmanager
def firefox(path):
    """A headless Firefox with an empty profile and a window of 1400 x 900."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        settings = {**PREFERENCES, "marionette.port": port}
        lines = [f"user_pref({json.dumps(name)}, {json.dumps(value)});\n" for name, value in settings.items()]
        Path(profile, "user.js").write_text("".join(lines), encoding="utf-8")
        command = [path, "--headless", "--marionette", "--no-remote", "--profile", profile]
        size = {"MOZ_HEADLESS_WIDTH": "1400", "MOZ_HEADLESS_HEIGHT": "985", "HOME": profile}
        process = subprocess.Popen(
            command, env={**os.environ, **size}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        try:
            with _connected(port, process) as connection:
                yield Firefox(connection)
        finally:
            process.terminate()
            process.wait(20)


def _connected(port, process):
    until = time.monotonic() + 60
    while time.monotonic() < until:
        if process.poll() is not None:
            raise MarionetteError(f"Firefox ended with {process.returncode} before it answered")
        try:
            return socket.create_connection(("127.0.0.1", port), timeout=60)
        except OSError:
            time.sleep(0.2)
    raise MarionetteError("Firefox did not answer within a minute")
