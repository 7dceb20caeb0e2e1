"""Fixtures of every folder: a real Chromium, a page that may ask nobody but us, and the real application."""

import base64
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import expect, sync_playwright

ROOT = Path(__file__).parents[1]
PATIENCE = 120
"""Seconds after which what never comes is given up; no test passes by waiting for it."""
expect.set_options(timeout=PATIENCE * 1000)
FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip


@pytest.fixture(scope="session")
def playwright():
    """Playwright, started once."""
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="session")
def chromium(playwright):
    """The browser, started once."""
    found = (shutil.which(name) for name in ("chromium", "chromium-browser", "google-chrome"))
    path = os.environ.get("CHROMIUM") or next(filter(None, found))
    browser = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
    yield browser
    browser.close()


@pytest.fixture
def engine(request):
    """The browser of a test: what its module asks for, else ``ATLAS_TEST_BROWSER``, else Chromium."""
    return request.getfixturevalue(getattr(request, "param", os.environ.get("ATLAS_TEST_BROWSER", "chromium")))


KEEPS = """(() => {
  const make = URL.createObjectURL;
  window.kept = [];
  URL.createObjectURL = (blob) => { window.kept.push(blob); return make.call(URL, blob); };
})()"""
LAST = """() => new Promise((done) => {
  const reader = new FileReader();
  reader.onload = () => done(reader.result.split(",")[1]);
  reader.readAsDataURL(window.kept.at(-1));
})"""


def is_firefox(page):
    """Whether the page runs in Firefox."""
    return page.context.browser.browser_type.name == "firefox"


def made_and_saved(page, press):
    """Bytes of what a press makes in the page and saves; WebDriver BiDi tells nothing of it, so Firefox keeps what it made."""
    if not is_firefox(page):
        with page.expect_download() as waiting:
            press()
        return Path(waiting.value.path()).read_bytes()
    press()
    until(page, "window.kept.length > 0")
    return base64.b64decode(page.evaluate(LAST))


@pytest.fixture
def new_page(engine):
    """Make a page in a fresh context; at the end no page may have asked another host, or have thrown."""
    contexts, strangers, errors = [], [], []

    def local(route):
        host = route.request.url.split("/")[2] if "//" in route.request.url else ""
        if host.split(":")[0] in {"", "127.0.0.1", "localhost"}:
            route.continue_()
        else:
            strangers.append(route.request.url)
            route.abort()

    def make(**options):
        context = engine.new_context(**{"viewport": {"width": 1400, "height": 900}, **options})
        context.route("**/*", local)
        context.set_default_timeout(PATIENCE * 1000)
        page = context.new_page()
        if is_firefox(page):
            page.add_init_script(KEEPS)
        page.on("pageerror", lambda error: errors.append(str(error)))
        contexts.append(context)
        return page

    yield make
    for context in contexts:
        context.close()
    assert strangers == []
    # Firefox counts a refused WebAssembly as an error; Streamlit's frontend tries whether it may and goes on without.
    assert [error for error in errors if "blocked WebAssembly" not in error] == []


@pytest.fixture
def page(new_page):
    """A page of 1400 x 900."""
    return new_page()


RESTS = """async () => {
  // The map reports 300 ms after its last change. Its timer was set before ours and fires before it, however slow the machine.
  const frame = () => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
  const busy = () => document.querySelector('[data-test-script-state="running"], [data-testid="stSkeleton"], [data-stale="true"]')
    || (window.atlas && !whole(window.atlas));
  // What ties the map to the page comes with its late parts.
  const whole = ({parts}) => { try { return parts().later.parts; } catch { return false; } };
  for (let calm = 0; calm < 2;) {
    await new Promise((done) => setTimeout(done, 350));
    await frame();
    calm = busy() ? 0 : calm + 1;
  }
  await document.fonts.ready;
}"""


def until(page, condition):
    """Ask again and again; `wait_for_function` may not, under a policy without eval."""
    end = time.monotonic() + PATIENCE
    while not page.evaluate(condition):
        assert time.monotonic() < end, condition
        page.wait_for_timeout(20)


def comes(page, promise):
    """Wait for what an asynchronous function of the page waits for; `evaluate` alone would wait for ever for what never comes."""
    page.evaluate(f"() => {{ window.came = false; ({promise})().then(() => {{ window.came = true; }}); }}")
    until(page, "window.came")


def rest(page):
    """Wait until the map has reported, Streamlit has answered, and all of it is drawn."""
    comes(page, RESTS)


RUNS = """() => {
  const app = document.querySelector("[data-test-script-state]");
  const pressed = performance.now();
  let began = false;
  window.answered = false;
  // On a busy machine the beginning and the end of a run may be drawn at once: then nothing was seen to run, and the page is at rest.
  window.unseen = () => performance.now() - pressed > 15000 && app.dataset.testScriptState !== "running";
  new MutationObserver(() => {
    if (app.dataset.testScriptState === "running") began = true;
    else if (began) window.answered = true;
  }).observe(app, { attributes: true });
}"""


def answered(page, press):
    """Press, and wait until Streamlit has run for it: on a busy machine it begins later than `rest` looks."""
    page.evaluate(RUNS)
    press()
    until(page, "window.answered || window.unseen()")
    rest(page)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture(scope="session")
def app_url():
    """The real application under uvicorn, on a free port."""
    with served() as url:
        yield url


@contextmanager
def served(application="asgi:app", root=ROOT, log=None, **settings):
    """An application under uvicorn; ``settings`` are environment variables.  Yields its address.

    What it prints goes into the file ``log``.
    At the end the process may have asked no other host, not even for an address.
    """
    port = free_port()
    command = [
        sys.executable,
        "-m",
        "uvicorn",
        application,
        "--host",
        "127.0.0.1",
        "--port",
        str(port),
        "--no-access-log",
    ]
    url = f"http://127.0.0.1:{port}/"
    with tempfile.TemporaryDirectory() as folder:
        outbound = Path(folder, "outbound")
        watched = {"OUTBOUND_LOG": str(outbound), "PYTHONPATH": str(ROOT / "tests" / "outbound")}
        # A pipe that nobody reads would fill up and stop the server.
        with Path(log or Path(folder, "log")).open("w+b") as printed:
            server = subprocess.Popen(
                command, cwd=root, env={**os.environ, **watched, **settings}, stdout=printed, stderr=printed
            )
            try:
                _wait(url, server, printed)
                yield url
            finally:
                server.terminate()
                server.wait()
        assert not outbound.exists(), outbound.read_text()


def _wait(url, server, log):
    """Until it answers or has ended; a machine that is busy with other things may take as long as it needs."""
    while True:
        if server.poll() is not None:
            log.seek(0)
            raise RuntimeError(log.read().decode())
        try:
            with urllib.request.urlopen(f"{url}readyz", timeout=2):
                return
        except OSError:
            time.sleep(0.1)
