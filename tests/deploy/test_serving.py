"""What nginx does in front: one process a reader, files from disk, limits, headers, a log that names nobody."""

import gzip
import json
import re
import threading
from contextlib import contextmanager

import pytest
import websockets

from benchmarks.readers import Reader, query
from deploy.update import readiness
from geodata.integrity import data_version


def test_health_and_readiness_with_the_data_version(served):
    assert served.get("/_stcore/health")[1] == b"ok"
    answer, body = served.get("/readyz")
    assert answer.status == 200
    assert json.loads(body)["data"] == data_version()
    assert [readiness(socket) for socket in served.children()] == [data_version()] * 2


def test_a_reader_stays_with_one_process_and_readers_spread(served, run):
    answer, _ = served.get("/")
    cookie = answer.headers["Set-Cookie"]
    assert re.fullmatch(r"atlas_route=[0-9a-f]{32}; Path=/; HttpOnly; SameSite=Lax", cookie)
    assert served.get("/", Cookie=cookie.split(";")[0])[0].headers["Set-Cookie"] is None

    async def spread():
        readers = [Reader(served.url, served.cookie()) for _ in range(24)]
        for reader in readers:
            await reader.connect()
        counts = [served.sockets(socket) for socket in served.children()]
        for reader in readers:
            await reader.close()
        same = [Reader(served.url, cookie.split(";")[0]) for _ in range(8)]
        before = [served.sockets(socket) for socket in served.children()]
        for reader in same:
            await reader.connect()
        after = [served.sockets(socket) for socket in served.children()]
        for reader in same:
            await reader.close()
        return counts, [late - early for early, late in zip(before, after, strict=True)]

    counts, added = run(spread())
    assert min(counts) >= 3
    assert max(added) >= 6, "eight sockets of one reader belong to one process"


def test_a_cookie_that_is_none_of_ours_is_replaced(served):
    assert "atlas_route=" in served.get("/", Cookie="atlas_route=../../etc")[0].headers["Set-Cookie"]


def test_hashed_files_come_compressed_from_disk_and_are_kept(served):
    link = served.get("/")[0].headers["Link"]
    for name in re.findall(r"<(app/static/[^>]+)>", link):
        answer, body = served.get(f"/{name}", **{"Accept-Encoding": "gzip"})
        assert answer.status == 200
        assert answer.headers["Content-Encoding"] == "gzip"
        assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert gzip.decompress(body)
        assert len(served.get(f"/{name}")[1]) > len(body)
    page = served.get("/")[1].decode()
    script = re.search(r'src="\./(static/js/[^"]+)"', page)[1]
    answer, _ = served.get(f"/{script}", **{"Accept-Encoding": "gzip"})
    assert answer.headers["Cache-Control"].endswith("immutable")
    assert answer.headers["Content-Encoding"] == "gzip"
    served.wait_for(script)
    asked = {line["process"] for line in served.lines() if line.get("path") == f"/{script}"}
    assert asked == {""}, "nginx asked a process for a file that lies on disk"


def test_addresses_that_readers_do_not_need_are_closed(served):
    assert served.get("/_stcore/metrics")[0].status == 403


@pytest.mark.parametrize(("megabytes", "statuses"), [(1, {400, 403, 404}), (40, {413})])
def test_an_upload_reaches_the_page_unless_it_is_too_large(served, megabytes, statuses):
    """No session has asked for this one, so the page refuses it; a larger one does not get as far as the page."""
    answer, body = served.send("PUT", "/_stcore/upload_file/none/none", b"x" * (megabytes * 1_000_000))
    assert answer.status in statuses
    assert (b"nginx" in body) == (answer.status == 413)


@pytest.mark.parametrize(
    "path",
    [
        "/app/static/../../geodata/model.py",
        "/static/..%2f..%2fnginx.conf",
        "/app/static/../listen.conf",
        "/map/../nginx.conf",
        "/app/static/%2e%2e/app.py",
    ],
)
def test_no_path_leads_out_of_the_folders(served, path):
    answer, body = served.get(path)
    assert b"import" not in body
    assert b"worker_processes" not in body
    assert answer.status in {400, 403, 404} or body.lstrip().startswith(b"<!"), (
        "Streamlit answers unknown paths with its page"
    )


def test_the_wide_path_leads_to_itself_whatever_the_reader_calls_this_server(served):
    answer, _ = served.get("/map", Host="atlas.example")
    assert (answer.status, answer.headers["Location"]) == (301, "/map/")


def test_the_wide_path_is_files_only(served):
    answer, body = served.get("/map/", **{"Accept-Encoding": "gzip"})
    assert answer.headers["Content-Encoding"] == "gzip"
    assert b"<!DOCTYPE html>" in gzip.decompress(body)
    assert answer.headers["Content-Security-Policy"] == "frame-ancestors https://example.org https://localhost:*"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Permissions-Policy"]
    assert served.get("/map")[0].status == 301


def test_too_large_is_refused_and_the_next_reader_is_served(served, run):
    assert served.get("/?on=" + "9" * 70_000)[0].status in {400, 414}

    async def flood():
        reader = Reader(served.url)
        await reader.connect()
        with pytest.raises(websockets.ConnectionClosed):
            await reader.look("on=" + "9" * 3_000_000)
        other = Reader(served.url, served.cookie())
        await other.connect()
        await other.look(query(3))
        await other.close()
        return other

    assert run(flood()).shows(query(3))


SESSION = "0f3c9a52-7d2e-4c1b-9a44-5f0c7b7d1e11"


def test_the_log_is_json_and_names_no_reader(served):
    """An upload is as large as makes nginx warn of its buffers; its path holds what lets its session be taken over."""
    served.get("/readyz?on=2020-11-25&who=me")
    served.send("PUT", f"/_stcore/upload_file/{SESSION}/file", b"x" * 1_000_000)
    served.get(f"/media/{SESSION}.csv")
    served.send("PUT", f"/_stcore/upload_file/{SESSION}/file", b"x" * 12_000_000)
    served.get("/the/last/one")
    served.wait_for("/the/last/one")
    lines = served.lines()
    assert {"atlas", "nginx"} <= {line["logger"] for line in lines}
    assert {"/_stcore/upload_file/…", "/media/…"} <= {line.get("path") for line in lines}
    assert any(data_version() in line.get("message", "") for line in lines)
    text = served.log.read_text()
    assert "who=me" not in text
    assert SESSION not in text
    assert "client: " not in text
    assert not re.search(r'"(message|path)": ?"[^"]*127\.0\.0\.1:\d+ - ', text)
    assert all({"time", "level", "logger"} <= line.keys() for line in lines)


@contextmanager
def visitors(served):
    """Two readers who ask without a pause, one for the page and one for a file; yields what they were answered."""
    answers, done = [], threading.Event()

    def ask(path):
        while not done.is_set():
            answers.append(served.answers(path))

    threads = [threading.Thread(target=ask, args=(path,)) for path in ("/readyz", "/map/")]
    for thread in threads:
        thread.start()
    try:
        yield answers
    finally:
        done.set()
        for thread in threads:
            thread.join()


def test_an_update_refuses_nobody(served):
    before = served.children()
    with visitors(served) as answers:
        done = served.update()
    assert done.returncode == 0, done.stdout + done.stderr + served.log.read_text()
    assert len(answers) > 10
    assert all(answers)
    after = served.children()
    assert len(after) == len(before) == 2
    assert not after.keys() & before.keys()
    assert all(not child.is_running() for child in before.values())
    assert {readiness(socket) for socket in after} == {data_version()}
    assert served.update("--check").returncode == 0, "what a container service asks"
