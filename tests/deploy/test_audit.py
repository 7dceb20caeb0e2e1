"""`deploy/audit` with the real pip-audit, against an OSV service on loopback and against none at all."""

import json
import os
import subprocess
import sys
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from tests.browsing import ROOT, free_port

HOLE = {
    "id": "TEST-2026-1",
    "summary": "Reads beyond the end.",
    "affected": [
        {
            "package": {"name": "folium", "ecosystem": "PyPI"},
            "ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": "99.0"}]}],
        }
    ],
}


@contextmanager
def osv(status=200, holes=("folium",)):
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
        [ROOT / "deploy" / "audit", *options],
        cwd="/",
        env={**os.environ, "ATLAS_PYTHON": sys.executable, **settings},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("options", [[], ["--go-on"]])
def test_a_known_vulnerability_fails_and_is_named(options):
    """Every pinned package is asked about."""
    with osv() as (address, asked):
        done = audit(*options, "-s", "osv", "--osv-url", address)
    assert len(asked) > 50
    assert done.returncode == 1
    assert "Found 1 known vulnerability in 1 package" in done.stdout
    assert "TEST-2026-1" in done.stdout


def test_none_is_known():
    with osv(holes=()) as (address, _):
        done = audit("-s", "osv", "--osv-url", address)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "No known vulnerabilities found" in done.stdout


@pytest.mark.parametrize(("options", "status"), [([], 2), (["--go-on"], 0)])
def test_offline_says_in_one_sentence_that_nothing_was_checked(options, status):
    nobody = f"http://127.0.0.1:{free_port()}"
    usual = audit(*options, HTTPS_PROXY=nobody, https_proxy=nobody, NO_PROXY="", no_proxy="")
    other = audit(*options, "-s", "osv", "--osv-url", f"{nobody}/v1/query")
    with osv(status=500) as (address, _):
        broken = audit(*options, "-s", "osv", "--osv-url", address)
    for done in (usual, other, broken):
        said = done.stdout + done.stderr
        assert done.returncode == status, said
        assert said.count("\n") == 1, said
        assert said.startswith("audit: NOT checked: the index could not be asked (")


ANSWER = """#!/bin/sh
echo "No known vulnerabilities found"
echo "Name   Skip Reason"
echo "------ -----------"
echo "folium Dependency not found on PyPI and could not be audited: folium (0.20.0)"
"""
"""What pip-audit prints where the index answers nothing about a package, in its own words."""


@pytest.mark.parametrize(("options", "status"), [([], 2), (["--go-on"], 0)])
def test_an_index_that_knows_nothing_has_not_found_everything_sound(tmp_path, options, status):
    program = tmp_path / "python"
    program.write_text(ANSWER)
    program.chmod(0o755)
    done = audit(*options, ATLAS_PYTHON=str(program))
    assert done.returncode == status
    assert done.stderr == "audit: 1 packages were NOT checked: the index does not know them.\n"
