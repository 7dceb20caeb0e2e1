"""HTTPS that ends in nginx: the page, its websocket, its cookies; HSTS only for who asks for it."""

import http.client
import signal
import ssl
import subprocess
import sys
import time

import pytest

from deploy.nginx import Settings, configuration
from tests.browsing import ROOT
from tests.deploy.serving import Serving, free_ports

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
def secure(pair, open_folder, site):
    """One process behind nginx with the certificate, which promises HTTPS for a day."""
    *ports, plain = free_ports(3)
    options = ["--certificate", pair[0], "--key", pair[1], "--hsts", "86400", "--embedded"]
    options += ["--redirect", f"127.0.0.1:{plain}"]
    with Serving(ports, open_folder(), site, options, certificate=pair[0]) as running:
        running.plain = plain
        yield running


def test_the_page_works_over_https_and_its_websocket_over_wss(secure, new_page):
    page, sockets = new_page(ignore_https_errors=True), []
    page.on("websocket", lambda socket: sockets.append(socket.url))
    page.goto(f"{secure.url}/?on=2020-11-25&panel=deadlines")
    page.wait_for_selector("path[data-controller]", state="attached")
    page.wait_for_selector("text=Obligations and their dates")
    page.get_by_role("radio", name="The clauses").click()
    page.get_by_role("heading", name="The nine clauses").wait_for(timeout=20_000)
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
    page.set_input_files('input[type="file"]', {"name": "x.csv", "mimeType": "text/csv", "buffer": points})
    page.get_by_text("1 rows: 1 placed").wait_for()


@pytest.mark.parametrize("path", PATHS)
def test_hsts_on_every_answer_of_who_asked_for_it(secure, path):
    assert secure.get(path)[0].headers.get_all("Strict-Transport-Security") == ["max-age=86400"]


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
    connection = http.client.HTTPConnection("127.0.0.1", secure.front, timeout=10)
    connection.request("GET", "/?on=2020-11-25")
    answer = connection.getresponse()
    assert answer.status == 308
    assert answer.headers["Location"] == f"{secure.url}/?on=2020-11-25"


def test_a_port_without_https_sends_readers_on(secure):
    connection = http.client.HTTPConnection("127.0.0.1", secure.plain, timeout=10)
    connection.request("GET", "/?on=2020-11-25", headers={"Host": "atlas.example"})
    answer = connection.getresponse()
    assert answer.status == 308
    assert answer.headers["Location"] == "https://atlas.example/?on=2020-11-25"


def test_an_upload_passes_in_a_frame_of_another_site(secure, site, new_page):
    """To a browser, localhost and 127.0.0.1 are two sites: a cookie that does not travel would be missing."""
    frame = f'<iframe src="{secure.url}/?panel=points" width="1200" height="900"></iframe>'
    (site / "outer.html").write_text(frame, encoding="utf-8")
    page = new_page(ignore_https_errors=True)
    page.goto(f"https://localhost:{secure.front}/map/outer.html")
    inside = page.frame_locator("iframe")
    inside.locator("path[data-controller]").first.wait_for(state="attached", timeout=30_000)
    points = b"lat,lon,date\n39.991,46.9274,2020-11-20\n"
    inside.locator('input[type="file"]').set_input_files({"name": "x.csv", "mimeType": "text/csv", "buffer": points})
    inside.get_by_text("1 rows: 1 placed").wait_for()


def test_a_renewed_certificate_is_read_when_the_processes_restart(open_folder):
    folder = open_folder()
    certificate, key = made(folder)
    options, ports = ["--certificate", certificate, "--key", key], free_ports(2)
    with Serving(ports, open_folder(), options=options, certificate=certificate) as running:
        before = ssl.get_server_certificate(("127.0.0.1", running.front))
        made(folder)
        running.process.send_signal(signal.SIGHUP)
        until = time.monotonic() + 60
        while ssl.get_server_certificate(("127.0.0.1", running.front)) == before:
            assert time.monotonic() < until
            time.sleep(0.2)


def test_old_protocols_are_refused(secure, tmp_path, pair):
    settings = Settings("127.0.0.1:1", (2,), tmp_path, tmp_path, tmp_path, certificate=pair[0], key=pair[1])
    assert "ssl_protocols TLSv1.2 TLSv1.3;" in configuration(settings), "a lax OpenSSL must not bring old ones back"
    for version, taken in (("-tls1_1", False), ("-tls1_2", True), ("-tls1_3", True)):
        command = ["openssl", "s_client", "-connect", f"127.0.0.1:{secure.front}", version, "-cipher", "ALL@SECLEVEL=0"]
        done = subprocess.run(command, input="", capture_output=True, text=True, check=False)
        assert ("Verify return code" in done.stdout and "Cipher is (NONE)" not in done.stdout) == taken, version


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--certificate", "{certificate}"], "both --certificate and --key"),
        (["--key", "{key}"], "both --certificate and --key"),
        (["--certificate", "nowhere.pem", "--key", "{key}"], "is no file"),
        (["--certificate", "a b; c.pem", "--key", "{key}"], "blanks or signs"),
        (["--redirect", "127.0.0.1:1"], "give --certificate and --key too"),
        (["--listen", "127.0.0.1:1; include /etc/passwd"], "write HOST:PORT"),
        (["--certificate", "{certificate}", "--key", "{key}", "--redirect", "80; }"], "write HOST:PORT"),
        (["--trust", "10.0.0.0/8;"], "does not appear to be an IPv4 or IPv6 network"),
    ],
)
def test_half_a_pair_or_a_missing_file_is_refused_at_start(pair, open_folder, options, said):
    known = {"certificate": pair[0], "key": pair[1]}
    command = [
        sys.executable,
        "-m",
        "deploy",
        "--run",
        str(open_folder()),
        *(known.get(one.strip("{}"), one) for one in options),
    ]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 2
    assert said in done.stderr
    assert done.stderr.count("\n") == 1


def test_no_certificate_no_word_of_it(tmp_path):
    text = configuration(Settings("127.0.0.1:1", (2,), tmp_path, tmp_path, tmp_path))
    assert "ssl" not in text
    assert 'https ""' in text
