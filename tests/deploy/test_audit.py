"""`python -m deploy.audit` with the real pip-audit, against an OSV service on loopback and against none at all."""

import json
import os
import subprocess
import sys
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from deploy.audit import report
from deploy.sbom import ROOT
from tests.browsing import free_port

HOLE = {
    "id": "TEST-2026-1",
    "summary": "Reads beyond the end.",
    "affected": [
        {
            "package": {"name": "six", "ecosystem": "PyPI"},
            "ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": "1.99.0"}]}],
        }
    ],
}
DIGEST = "0" * 64


@contextmanager
def osv(status=200, holes=("six",)):
    """An OSV service that knows a hole in the packages named; yields its address and what it was asked."""
    asked = []

    class Answer(BaseHTTPRequestHandler):
        def do_POST(self):
            package = json.loads(self.rfile.read(int(self.headers["Content-Length"])))["package"]["name"]
            asked.append(package)
            body = json.dumps({"vulns": [HOLE]} if package in holes else {}).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/v1/query", asked
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def audit(*options, **settings):
    return subprocess.run(
        [sys.executable, "-m", "deploy.audit", *map(str, options)],
        cwd=ROOT,
        env={**os.environ, **settings},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def lock(tmp_path):
    path = tmp_path / "requirements.txt"
    path.write_text(f"six==1.17.0 --hash=sha256:{DIGEST}\nidna==3.11 --hash=sha256:{DIGEST}\n")
    return path


@pytest.mark.parametrize("options", [[], ["--go-on"]])
def test_a_known_vulnerability_fails_and_is_named(lock, options):
    with osv() as (address, asked):
        done = audit(lock, "--osv", address, *options)
    assert sorted(asked) == ["idna", "six"]
    assert done.returncode == 1
    assert "six 1.17.0: TEST-2026-1, mended in 1.99.0: Reads beyond the end." in done.stderr
    assert "1 known vulnerabilities in 2 packages" in done.stderr


def test_every_pinned_package_is_asked_about():
    with osv(holes=()) as (address, asked):
        done = audit("--osv", address)
    assert done.returncode == 0, done.stderr
    assert len(asked) > 50
    assert f"0 known vulnerabilities in {len(asked)} packages" in done.stdout


@pytest.mark.parametrize(("options", "status"), [([], 2), (["--go-on"], 0)])
def test_offline_says_in_one_sentence_that_nothing_was_checked(lock, options, status):
    nobody = f"http://127.0.0.1:{free_port()}"
    usual = audit(lock, *options, HTTPS_PROXY=nobody, https_proxy=nobody, NO_PROXY="", no_proxy="")
    other = audit(lock, "--osv", f"{nobody}/v1/query", *options)
    with osv(status=500) as (address, _):
        broken = audit(lock, "--osv", address, *options)
    for done in (usual, other, broken):
        said = done.stdout + done.stderr
        assert done.returncode == status, said
        assert said.count("\n") == 1
        assert said.startswith("audit: Vulnerabilities were NOT checked: the index could not be asked (")


def test_an_index_that_knows_nothing_has_not_found_everything_sound():
    """pip-audit's own word for this is "No known vulnerabilities found"."""
    unknown = {"name": "six", "skip_reason": "Dependency not found on PyPI"}
    status, said = report([unknown, {**unknown, "name": "idna"}])
    assert status == 2
    assert len(said) == 1
    assert said[0].startswith("Vulnerabilities of 2 of 2 packages were NOT checked")
    status, said = report([unknown, {"name": "idna", "version": "3.11", "vulns": []}])
    assert status == 2
    assert said[0].startswith("0 known vulnerabilities in 1 packages")
    assert "Vulnerabilities of 1 of 2 packages were NOT checked" in said[1]


def test_a_lock_file_without_hashes_is_no_network_fault(tmp_path):
    (tmp_path / "x.txt").write_text("six==1.17.0\n")
    done = audit(tmp_path / "x.txt", "--go-on")
    assert done.returncode == 1
    assert done.stderr == "audit: requirement six==1.17.0 does not contain a hash\n"
