"""What reaches Streamlit: pages of our own origin, its own addresses; and what a broken client leaves in the log."""

import asyncio
import contextlib
import logging

import pytest
import websockets
from starlette.datastructures import Headers

from server.allowlist import same_origin, takes_gzip
from server.logs import _in_one_line
from tests.browsing import served
from tests.server.reader import Reader, ask, reading, run

STRANGERS = (
    "http://example.org",
    "https://example.org:8501",
    "null",
    "file://",
    "http://localhost:1",
    "http://0.0.0.0",
    "http://127.0.0.1.example.org",
    "chrome-extension://abc",
    "http://user@127.0.0.1",
)


def test_a_foreign_page_is_refused_and_nobody_is_asked_about_it():
    """`served` fails when the process asked for another host; Streamlit alone looks up its own address at each try."""
    with served() as url:
        for origin in STRANGERS:
            with pytest.raises(websockets.InvalidStatus) as refused:
                run(Reader(url).connect(origin=origin))
            assert refused.value.response.status_code == 403
            for path in ("/_stcore/health", "/_stcore/host-config", "/media/none.png"):
                ask(url, path, headers={"Origin": origin})
        run(own_page(url))


def test_a_foreign_page_can_send_no_file_whatever_it_puts_into_cookie_and_header(app_url):
    """Streamlit compares the two and signs neither; a neighbouring domain may set cookies for ours."""
    run(forged(app_url))


async def forged(url):
    async with reading(url, "panel=points") as reader:
        reader.token = "2|00000000|" + "00" * 16 + "|1700000000"
        reader.cookie = f"_streamlit_xsrf={reader.token}"
        for origin in STRANGERS:
            _, answer = await reader.put(b"lat,lon,date\n", origin=origin)
            assert answer.status == 403, origin
        _, answer = await reader.put(b"lat,lon,date\n", origin=url.rstrip("/"))
        assert answer.status == 204


async def own_page(url):
    async with reading(url, "on=2020-11-25"):
        pass
    reader = await Reader(url).connect(origin=url.rstrip("/"))
    await reader.look("on=2020-11-25")
    await reader.close()


@pytest.mark.parametrize(
    ("origin", "host", "ours"),
    [
        (None, "example.org", True),
        ("https://example.org", "example.org", True),
        ("https://example.org:8443", "example.org:8443", True),
        ("https://example.org", "example.org:8443", False),
        ("https://a.example.org", "example.org", False),
        ("", "example.org", False),
    ],
)
def test_an_origin_is_ours_when_it_is_the_host_that_was_asked(origin, host, ours):
    given = {"host": host} if origin is None else {"host": host, "origin": origin}
    assert same_origin(Headers(given)) is ours


@pytest.mark.parametrize("path", ["/favicon.png", "/favicon.ico"])
def test_the_icon_is_where_streamlits_script_and_a_browser_look_for_one(app_url, path):
    answer = ask(app_url, path)
    assert answer.status == 200
    assert answer.headers["content-type"].startswith("image/svg+xml")


@pytest.mark.parametrize(
    "path",
    [
        "/foo",
        "/index.html",
        "/robots.txt",
        "/oauth2callback",
        "/auth/login",
        "/auth/logout",
        "/component/x/y",
        "/_stcore/metrics",
        "/_stcore/script-health-check",
        "/_stcore/agent/openapi.json",
        "/_stcore/stream",
        "/_stcore/upload_file/a/b",
        "/static/js/gone.js",
    ],
)
def test_there_is_nothing_at_other_addresses(app_url, path):
    answer = ask(app_url, path)
    assert answer.status == 404
    assert b"Streamlit" not in answer.body
    assert "content-security-policy" in answer.headers


def test_no_other_site_may_steer_the_page(app_url):
    assert b'"allowedOrigins":[]' in ask(app_url, "/_stcore/host-config").body


@pytest.mark.parametrize(
    ("sent", "taken"),
    [
        ("gzip", True),
        ("br, gzip;q=0.5", True),
        ("*", True),
        ("GZIP", True),
        ("gzip;q=0", False),
        ("gzip; q=0.000, br", False),
        ("*;q=0", False),
        ("identity", False),
        ("", False),
    ],
)
def test_gzip_is_sent_to_those_who_take_it(sent, taken):
    assert takes_gzip(Headers({"accept-encoding": sent})) is taken


def test_a_client_that_takes_no_gzip_gets_none(app_url):
    page = ask(app_url, "/").body.decode()
    script = next(part for part in page.split('"') if part.startswith("./static/js/index"))[1:]
    for path in (script, "/" + ask_for_asset(app_url)):
        assert ask(app_url, path, headers={"Accept-Encoding": "gzip"}).headers.get("content-encoding") == "gzip"
        assert ask(app_url, path, headers={"Accept-Encoding": "gzip;q=0"}).headers.get("content-encoding") is None


def ask_for_asset(url):
    link = ask(url, "/").headers["link"]
    return next(part.partition(">")[0] for part in link.split("<") if part.startswith("app/static/"))


def test_broken_messages_are_one_line_each_in_the_log(tmp_path):
    log = tmp_path / "log"
    with served(log=log) as url:
        run(break_things(url))
    written = log.read_text(encoding="utf-8")
    assert "Traceback" not in written
    assert len(written.splitlines()) < 40


async def break_things(url):
    for content in (b"\xff\xff\xff", "text", b"\x08"):
        reader = await Reader(url).connect()
        with contextlib.suppress(websockets.ConnectionClosed):
            await reader.look("on=2020-11-25")
            await reader.socket.send(content)
            await reader.socket.wait_closed() if content != b"\x08" else await reader.close()
    async with reading(url, "panel=points") as reader:
        await half_upload(reader)
        await reader.look("on=2020-11-25")


async def half_upload(reader):
    host, _, port = reader.url.removeprefix("http://").rstrip("/").partition(":")
    _, stream = await asyncio.open_connection(host, int(port))
    stream.write(
        f"PUT /_stcore/upload_file/{reader.session}/x HTTP/1.1\r\nHost: {host}:{port}\r\nCookie: {reader.cookie}\r\n"
        f"X-Xsrftoken: {reader.token}\r\nContent-Type: multipart/form-data; boundary=b\r\nContent-Length: 5000\r\n\r\n"
        "--b\r\n".encode()
    )
    await stream.drain()
    stream.transport.abort()


def test_no_session_is_named_in_the_log():
    record = logging.makeLogRecord(
        {
            "msg": "Session with id %s is already connected!",
            "args": ("1b4e28ba-2fa1-11d2-883f-0016d3cca427",),
            "levelno": logging.WARNING,
        }
    )
    assert _in_one_line(record)
    assert record.getMessage() == "Session with id … is already connected!"
