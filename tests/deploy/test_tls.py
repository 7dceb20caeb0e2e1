"""HTTPS that ends in nginx: the page, its websocket, its cookies; HSTS only for who asks for it."""

import http.client
import os
import signal
import ssl
import subprocess
import time
from contextlib import ExitStack, closing

import pytest

from deploy.update import READY_WITHIN
from tests.browsing import free_port
from tests.deploy.serving import ROOT, Serving

pytestmark = pytest.mark.browser
PATHS = ("/", "/readyz", "/map/", "/_stcore/health", "/static/", "/no/such/page")


@pytest.fixture(scope="module")
def pair(open_folder):
    """A certificate of our own for loopback, and its key."""
    return made(open_folder())


def made(folder):
    certificate, key = folder / "atlas.pem", folder / "atlas.key"
    command = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
    command += ["-days", "2", "-subj", "/CN=localhost", "-addext", "subjectAltName=IP:127.0.0.1,DNS:localhost"]
    subprocess.run([*command, "-out", certificate, "-keyout", key], check=True, capture_output=True)
    return certificate, key


@pytest.fixture(scope="module")
def secure(pair, open_folder, files):
    """One process behind nginx by the settings for HTTPS, with all that they offer switched on, and a balancer's word believed."""
    plain = free_port()
    edits = [
        ("server.conf", "listen 443 ssl", "listen 127.0.0.1:{front} ssl"),
        ("server.conf", "/etc/ssl/atlas/fullchain.pem", str(pair[0])),
        ("server.conf", "/etc/ssl/atlas/privkey.pem", str(pair[1])),
        ("server.conf", "# proxy_cookie", "proxy_cookie"),
        ("http.conf", 'map $proto $hsts { default ""; }\n', ""),
        ("http.conf", "# map $proto $hsts", "map $proto $hsts"),
        ("http.conf", 'map $proto $same_site { default "SameSite=Lax"; }\n', ""),
        ("http.conf", "# map $proto $same_site", "map $proto $same_site"),
        ("http.conf", "listen 80;", f"listen 127.0.0.1:{plain};"),
        ("http.conf", "# set_real_ip_from 10.0.0.0/8", "set_real_ip_from 127.0.0.0/8"),
        ("http.conf", "# real_ip", "real_ip"),
        ("limits.conf", "limit_conn sockets 256", "limit_conn sockets 4"),
    ]
    with Serving(open_folder(), files, None, 1, "settings-https", edits, pair[0]) as running:
        running.plain = plain
        yield running


def test_the_page_works_over_https_and_its_websocket_over_wss(secure, new_page):
    page, sockets = new_page(ignore_https_errors=True), []
    page.on("websocket", lambda socket: sockets.append(socket.url))
    page.goto(f"{secure.url}/?on=2020-11-25&panel=deadlines")
    page.wait_for_selector("path[data-controller]", state="attached")
    page.wait_for_selector("text=Obligations and their dates")
    page.get_by_role("radio", name="The clauses").click()
    page.get_by_role("heading", name="The nine clauses").wait_for()
    assert sockets
    assert all(url.startswith(f"wss://127.0.0.1:{secure.front}/") for url in sockets)
    cookies = page.context.cookies()
    assert {cookie["name"] for cookie in cookies} == {"_streamlit_xsrf", "atlas_route"}
    assert all(cookie["secure"] for cookie in cookies), cookies


def test_an_upload_passes_over_https(secure, new_page):
    """The only request that changes anything: it needs the cookie that Streamlit set, Secure and all."""
    page = new_page(ignore_https_errors=True)
    page.goto(f"{secure.url}/?panel=points")
    page.wait_for_selector("path[data-controller]", state="attached")
    points = b"lat,lon,date\n39.991,46.9274,2020-11-20\n"
    page.get_by_text("the server places it").click()
    page.set_input_files(
        "[data-testid=stFileUploader] input", {"name": "x.csv", "mimeType": "text/csv", "buffer": points}
    )
    page.get_by_role("button", name="Place the points").click()
    page.get_by_text("1 rows: 1 placed").wait_for()


@pytest.mark.parametrize("path", PATHS)
def test_hsts_on_every_answer_of_who_asked_for_it(secure, path):
    assert secure.get(path)[0].headers.get_all("Strict-Transport-Security") == ["max-age=31536000"]


def test_without_https_there_is_neither_hsts_nor_a_secure_cookie(served):
    for path in PATHS:
        answer, _ = served.get(path)
        assert answer.headers["Strict-Transport-Security"] is None
    for path in ("/", "/_stcore/host-config", "/_stcore/health"):
        assert "Secure" not in str(served.get(path)[0].headers.get_all("Set-Cookie"))


def test_behind_another_server_that_ends_https(served):
    """A balancer in front says how the reader came: the cookies are Secure, and HSTS is still not ours to promise."""
    found = {}
    for path in ("/", "/_stcore/health", "/_stcore/host-config"):
        answer, _ = served.get(path, **{"X-Forwarded-Proto": "https"})
        assert answer.headers["Strict-Transport-Security"] is None
        found |= {one.split("=")[0]: one for one in answer.headers.get_all("Set-Cookie") or []}
    assert found.keys() == {"atlas_route", "_streamlit_xsrf"}
    assert all("; Secure" in one for one in found.values()), found


def test_who_comes_without_https_is_sent_there(secure):
    connection = http.client.HTTPConnection("127.0.0.1", secure.front, timeout=60)
    connection.request("GET", "/?on=2020-11-25")
    answer = connection.getresponse()
    assert answer.status == 308
    assert answer.headers["Location"] == f"{secure.url}/?on=2020-11-25"


def test_a_port_without_https_sends_readers_on(secure):
    connection = http.client.HTTPConnection("127.0.0.1", secure.plain, timeout=60)
    connection.request("GET", "/?on=2020-11-25", headers={"Host": "atlas.example"})
    answer = connection.getresponse()
    assert answer.status == 308
    assert answer.headers["Location"] == "https://atlas.example/?on=2020-11-25"


def test_an_upload_passes_in_a_frame_of_another_site(secure, files, new_page):
    """To a browser, localhost and 127.0.0.1 are two sites: a cookie that does not travel would be missing."""
    frame = f'<iframe src="{secure.url}/?panel=points" width="1200" height="900"></iframe>'
    (files / "site" / "outer.html").write_text(frame, encoding="utf-8")
    page = new_page(ignore_https_errors=True)
    page.goto(f"https://localhost:{secure.front}/map/outer.html")
    inside = page.frame_locator("iframe")
    inside.locator("path[data-controller]").first.wait_for(state="attached")
    points = b"lat,lon,date\n39.991,46.9274,2020-11-20\n"
    inside.get_by_text("the server places it").click()
    inside.locator("[data-testid=stFileUploader] input").set_input_files(
        {"name": "x.csv", "mimeType": "text/csv", "buffer": points}
    )
    inside.get_by_role("button", name="Place the points").click()
    inside.get_by_text("1 rows: 1 placed").wait_for()


def test_a_renewed_certificate_is_read(secure, pair):
    """The last test that asks for this certificate: the new one is another."""
    address = ("127.0.0.1", secure.front)
    before = ssl.get_server_certificate(address)
    made(pair[0].parent)
    os.kill(int((secure.run / "nginx.pid").read_text()), signal.SIGHUP)
    until = time.monotonic() + READY_WITHIN
    while ssl.get_server_certificate(address) == before:
        assert time.monotonic() < until
        time.sleep(0.1)
    assert ssl.get_server_certificate(address).strip() == pair[0].read_text().strip()


def test_behind_a_balancer_sockets_are_counted_by_reader(secure):
    """Raw handshakes, held open: four from one reader are the most here, and another reader still comes in."""
    secure.trust.check_hostname, secure.trust.verify_mode = False, ssl.CERT_NONE
    with ExitStack() as open_:

        def status(reader):
            connection = open_.enter_context(closing(secure.connection()))
            headers = {"Upgrade": "websocket", "Connection": "Upgrade", "Sec-WebSocket-Version": "13"}
            headers |= {"Sec-WebSocket-Key": "AAAAAAAAAAAAAAAAAAAAAA==", "X-Forwarded-For": reader}
            connection.request("GET", "/_stcore/stream", headers=headers)
            return connection.getresponse().status

        assert [status("192.0.2.1") for _ in range(5)] == [101] * 4 + [503]
        assert status("192.0.2.2") == 101


def test_old_protocols_are_refused(secure):
    settings = (ROOT / "deploy" / "nginx" / "nginx.conf").read_text()
    assert "ssl_protocols TLSv1.2 TLSv1.3;" in settings, "a lax OpenSSL must not bring old ones back"
    for version, taken in (("-tls1_1", False), ("-tls1_2", True), ("-tls1_3", True)):
        command = ["openssl", "s_client", "-connect", f"127.0.0.1:{secure.front}", version, "-cipher", "ALL@SECLEVEL=0"]
        done = subprocess.run(command, input="", capture_output=True, text=True, check=False)
        assert ("Verify return code" in done.stdout and "Cipher is (NONE)" not in done.stdout) == taken, version


KEY = "ssl_certificate_key /etc/ssl/atlas/privkey.pem;"


@pytest.mark.parametrize(
    ("edits", "reason"),
    [
        ([("server.conf", KEY, "")], 'no "ssl_certificate_key" is defined'),
        ([("server.conf", "/etc/ssl/atlas/fullchain.pem", "/nowhere.pem")], 'cannot load certificate "/nowhere.pem"'),
        ([("server.conf", "443", "nowhere:443")], 'host not found in "nowhere:443"'),
        ([("http.conf", "# set_real_ip_from 10.0.0.0/8", "set_real_ip_from 10.0.0.0/8x")], "10.0.0.0/8x"),
    ],
)
def test_half_a_pair_or_a_missing_file_is_refused_at_start(pair, open_folder, files, edits, reason):
    """Nothing is started: nginx names the fault, and `serve` where it looked."""
    given = [
        ("server.conf", "/etc/ssl/atlas/fullchain.pem", str(pair[0])),
        ("server.conf", "/etc/ssl/atlas/privkey.pem", str(pair[1])),
    ]
    run = open_folder()
    serving = Serving(
        run, files, settings="settings-https", edits=[*edits, *(one for one in given if one[1] not in str(edits))]
    )
    assert serving.start().wait() == 2
    log = serving.log.read_text()
    assert reason in log
    assert log.splitlines()[-1] == f"serve: nginx does not take these settings ({run}/mine)."
    assert "spawned" not in log
