"""What an update, the manager and its end may do to a site: in a copy of the tree that a test may damage."""

import os
import re
import time
from datetime import datetime

import psutil
import pytest

from deploy.update import readiness
from tests.deploy.serving import ROOT, Serving, kill
from tests.hostile.tree import copy_tree

EVENTS = "geodata/record/events.yaml"
STOP_WITHIN = 10
"""Seconds after which a container service kills; `stopwaitsecs` of the processes lies below it."""


@pytest.fixture(scope="module")
def site(open_folder, files):
    """nginx and two processes of a copy of the tree."""
    with Serving(open_folder(), files, root=copy_tree(open_folder() / "tree")) as running:
        yield running


@pytest.fixture
def serving(site):
    """The same, serving again where the test before has ended it, with an empty log."""
    if site.process.poll() is not None:
        site.__enter__()
    os.truncate(site.log, 0)
    return site


def newcomers(serving):
    """The colour under which the next processes start."""
    return "green" if any(path.stem.startswith("blue") for path in serving.children()) else "blue"


def test_a_broken_update_leaves_the_old_ones_serving_and_a_crash_loop_pauses(serving):
    """A record that is not the sealed one: the newcomers end, the old ones serve, and one that dies comes back when the record does."""
    before, new = serving.children(), newcomers(serving)
    record = serving.root / EVENTS
    sealed = record.read_bytes()
    record.write_bytes(sealed + b"# edited\n")

    done = serving.update()
    assert done.returncode == 1
    assert done.stderr.startswith(f"update: {new}-")
    assert done.stderr.endswith("The old processes keep serving.\n")
    serving.wait_for(f"The atlas does not start: {EVENTS}")
    assert serving.children() == before
    assert serving.answers("/readyz")

    fallen = min(before)
    kill(before[fallen])
    while len(pauses(serving, fallen.stem)) < 4:
        assert serving.answers("/readyz")
        time.sleep(0.1)
    found = pauses(serving, fallen.stem)
    assert found[-3] < found[-2] < found[-1], "each pause is longer than the one before"

    record.write_bytes(sealed)
    while readiness(fallen) is None:
        assert serving.answers("/readyz")
        time.sleep(0.1)
    assert serving.update().returncode == 0


def pauses(serving, name):
    """Seconds between the end of a process and its next start, from the manager's log."""
    ended, found = None, []
    for line in serving.log.read_text().splitlines():
        if match := re.match(rf"(\S+ \S+) \w+ (?:exited: {name} |spawned: '{name}')", line):
            at = datetime.strptime(match[1], "%Y-%m-%d %H:%M:%S,%f")
            if "exited" in line:
                ended = at
            elif ended:
                found.append((at - ended).total_seconds())
    return found


def test_what_is_in_the_way_is_named_and_nothing_outlives_the_manager(serving, open_folder, files):
    """A second start from the same folder, one on the same address, the manager's death, and a start after it."""
    assert serving.start().wait() == 2
    said = f"serve: another one serves from {serving.run} (process {serving.process.pid}): stop it, or choose another ATLAS_RUN."
    assert said in serving.log.read_text()

    other = Serving(open_folder(), files, processes=1, root=serving.root)
    other.start(ATLAS_LISTEN=f"127.0.0.1:{serving.front}").wait()
    log = other.log.read_text()
    assert f"bind() to 127.0.0.1:{serving.front} failed (98: Address already in use)" in log
    assert "nginx does not start; its output above says what prevents it. Nothing was serving, so this ends." in log
    assert serving.answers("/readyz")

    everything = serving.everything()
    assert len(everything) >= 4
    kill(serving.process)
    serving.process.wait()
    psutil.wait_procs(everything)
    serving.__enter__()


def test_a_stop_in_the_middle_of_an_update_is_quick(serving):
    """The newcomers are still loading, the old ones have readers."""
    everything, new = serving.everything(), newcomers(serving)
    command = [serving.settings["ATLAS_PYTHON"], "-m", "deploy.update"]
    update = psutil.Popen(command, cwd=serving.root, env={**os.environ, **serving.settings})
    serving.wait_for(f"spawned: '{new}-1'")
    everything += serving.everything()
    begin = time.monotonic()
    serving.process.terminate()
    serving.process.wait()
    assert time.monotonic() - begin < STOP_WITHIN
    assert update.wait() == 2, "the update says that it was stopped"
    psutil.wait_procs(everything)


def test_nginx_takes_uploads_as_large_as_the_page_does():
    settings = (ROOT / ".streamlit" / "config.toml").read_text()
    megabytes = int(re.search(r"^maxUploadSize = (\d+)", settings, re.MULTILINE)[1])
    assert f"client_max_body_size {megabytes + 1}m;" in (ROOT / "deploy" / "nginx" / "nginx.conf").read_text()


def test_both_examples_of_settings_ask_for_the_same_limits():
    first, second = ((ROOT / "deploy" / name / "limits.conf").read_text() for name in ("settings", "settings-https"))
    assert first == second
