"""What nginx does in front: one process a reader, files from disk, limits, headers, a log that names nobody."""

import gzip
import json
import re
import time
from contextlib import ExitStack, closing

import pytest
import websockets

from benchmarks.readers import Reader, query
from deploy.fleet import readiness
from geodata.integrity import data_version
from tests.deploy.serving import Serving, free_ports


def test_health_and_readiness_with_the_data_version(served):
    assert served.get("/_stcore/health")[1] == b"ok"
    answer, body = served.get("/readyz")
    assert answer.status == 200
    assert json.loads(body)["data"] == data_version()
    assert [readiness(port) for port in served.ports] == [data_version()] * 2


def test_a_reader_stays_with_one_process_and_readers_spread(served, run):
    answer, _ = served.get("/")
    cookie = answer.headers["Set-Cookie"]
    assert re.fullmatch(r"atlas_route=[0-9a-f]{32}; Path=/; HttpOnly; SameSite=Lax", cookie)
    assert served.get("/", Cookie=cookie.split(";")[0])[0].headers["Set-Cookie"] is None

    async def spread():
        readers = [Reader(served.url, served.cookie()) for _ in range(24)]
        for reader in readers:
            await reader.connect()
        counts = [served.sockets(port) for port in served.ports]
        for reader in readers:
            await reader.close()
        same = [Reader(served.url, cookie.split(";")[0]) for _ in range(8)]
        before = [served.sockets(port) for port in served.ports]
        for reader in same:
            await reader.connect()
        after = [served.sockets(port) for port in served.ports]
        for reader in same:
            await reader.close()
        return counts, [late - early for early, late in zip(before, after, strict=True)]

    counts, added = run(spread())
    assert min(counts) >= 3
    assert max(added) >= 6, "eight sockets of one reader belong to one process"


def test_a_cookie_that_is_none_of_ours_is_replaced(served):
    assert "atlas_route=" in served.get("/", Cookie="atlas_route=../../etc")[0].headers["Set-Cookie"]


def test_hashed_files_come_compressed_from_disk_and_stay_for_ever(served):
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
    paths = [line["path"] for line in served.lines() if line["logger"] == "nginx" and not line["process"]]
    assert f"/{script}" in paths, "nginx asked a process for a file that lies on disk"


def test_what_is_nobodys_business_is_closed(served):
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


def test_behind_a_balancer_sockets_are_counted_by_reader(open_folder):
    """Raw handshakes, held open: two from one reader are the most here, and another reader still comes in."""
    options = ["--sockets", "2", "--trust", "127.0.0.0/8"]
    with Serving(free_ports(2), open_folder(), options=options) as running, ExitStack() as open_:

        def status(reader):
            connection = open_.enter_context(closing(running.connection()))
            headers = {"Upgrade": "websocket", "Connection": "Upgrade", "Sec-WebSocket-Version": "13"}
            headers |= {"Sec-WebSocket-Key": "AAAAAAAAAAAAAAAAAAAAAA==", "X-Forwarded-For": reader}
            connection.request("GET", "/_stcore/stream", headers=headers)
            return connection.getresponse().status

        assert [status("192.0.2.1") for _ in range(3)] == [101, 101, 503]
        assert status("192.0.2.2") == 101


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


def test_the_log_is_json_and_names_no_reader(served):
    served.get("/readyz?on=2020-11-25&who=me")
    lines = served.lines()
    assert {"atlas", "nginx", "uvicorn.error"} <= {line["logger"] for line in lines}
    assert any(data_version() in line.get("message", "") for line in lines)
    text = served.log.read_text()
    assert "who=me" not in text
    assert not re.search(r'"(message|path)": ?"[^"]*127\.0\.0\.1:\d+ - ', text)
    assert all({"time", "level", "logger"} <= line.keys() for line in lines)


def test_a_rolling_restart_drops_nobody(served):
    before = {port: child.pid for port, child in served.children().items()}
    served.signal()
    failures, until = 0, time.monotonic() + 40
    while not renewed(served, before):
        failures += not served.answers("/readyz")
        assert time.monotonic() < until, "the processes were not restarted"
    assert failures == 0


def renewed(served, before):
    now = {port: child.pid for port, child in served.children().items()}
    return all(now.get(port, before[port]) != before[port] and readiness(port) for port in before)
