"""Headers and cookies: what a browser is told, and that it holds to it."""

import subprocess
import sys
import urllib.request

import pytest

from geodata.ground import load_ground
from geodata.loading import load_record
from layers.map.standalone import html
from tests.browser.opened import until
from tests.browsing import ROOT, free_port, rest, served

pytestmark = pytest.mark.browser
PATHS = (
    "",
    "readyz",
    "_stcore/health",
    "_stcore/host-config",
    "app/static/nothing.js",
    "no/such/page",
    "media/none.png",
)
WATCH = """() => {
  window.violations = [];
  document.addEventListener("securitypolicyviolation", (event) => window.violations.push(`${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}`));
}"""
TRY = """() => {
  const inline = document.createElement("script");
  inline.textContent = "window.ran = 'inline'";
  document.head.append(inline);
  document.body.insertAdjacentHTML("beforeend", '<img src="data:," onerror="window.ran = 1">');
  // Later, on the page's own behalf: what the driver itself evaluates is exempt.
  setTimeout(() => { try { window.evaluated = new Function("return 1")(); } catch (refused) { window.refused = refused.name; } });
}"""


def answer(url):
    try:
        return urllib.request.urlopen(url)
    except urllib.error.HTTPError as refused:
        return refused


def directives(policy):
    return {name: values for name, *values in (part.split() for part in policy.split(";"))}


@pytest.mark.parametrize("path", PATHS)
def test_every_answer_carries_the_headers(app_url, path):
    with answer(app_url + path) as got:
        policy = directives(got.headers["Content-Security-Policy"])
        scripts = policy["script-src"]
        assert "'unsafe-inline'" not in scripts
        assert "'unsafe-eval'" not in scripts
        assert set(scripts) - {"'self'", "blob:"} == {value for value in scripts if value.startswith("'sha256-")}
        assert policy["default-src"] == ["'self'"]
        assert policy["connect-src"] == ["'self'"]
        assert policy["object-src"] == policy["base-uri"] == policy["form-action"] == ["'none'"]
        assert policy["frame-ancestors"] == ["'self'"]
        assert got.headers["X-Content-Type-Options"] == "nosniff"
        assert got.headers["Referrer-Policy"] == "no-referrer"
        assert "geolocation=()" in got.headers["Permissions-Policy"]
        assert "camera=()" in got.headers["Permissions-Policy"]


def test_a_host_names_who_may_embed():
    with served(FRAME_ANCESTORS="https://example.org https://*.example.net") as url, answer(url) as got:
        assert directives(got.headers["Content-Security-Policy"])["frame-ancestors"] == [
            "https://example.org",
            "https://*.example.net",
        ]


@pytest.mark.parametrize("value", ["example.org", "https://a; script-src *", "'unsafe-inline'"])
def test_what_is_no_origin_is_refused_at_start(value, monkeypatch):
    monkeypatch.setenv("FRAME_ANCESTORS", value)
    done = subprocess.run(
        [sys.executable, "-m", "uvicorn", "asgi:app", "--port", str(free_port())],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode != 0
    assert "is not an origin" in done.stderr.splitlines()[-1]
    assert "Traceback" not in done.stderr


def test_the_page_works_within_its_policy_and_the_policy_holds(new_page, app_url):
    page = new_page()
    page.add_init_script(f"({WATCH})()")
    page.goto(app_url + "?on=2020-11-25&panel=deadlines")
    page.wait_for_selector("path[data-controller]", state="attached")
    page.wait_for_selector("canvas, svg.marks, [data-testid=stVegaLiteChart]")
    rest(page)
    own = page.evaluate("window.violations")
    page.evaluate(TRY)
    until(page, "Boolean(window.refused || window.evaluated)")
    assert page.evaluate("window.ran") is None
    assert page.evaluate("window.refused") == "EvalError"
    assert len(page.evaluate("window.violations")) >= len(own) + 2
    assert [one for one in own if "eval" not in one] == []


def test_no_cookie_beyond_what_serving_needs(new_page, app_url):
    page = new_page()
    page.goto(app_url)
    page.wait_for_selector("path[data-controller]", state="attached")
    rest(page)
    assert {cookie["name"] for cookie in page.context.cookies()} <= {"_streamlit_xsrf", "atlas_route"}


def test_the_self_contained_file_holds_to_its_own_policy(new_page, tmp_path):
    path = tmp_path / "atlas.html"
    path.write_text(html(load_record(), load_ground()), encoding="utf-8")
    page = new_page()
    page.add_init_script(f"({WATCH})()")
    page.goto(path.as_uri())
    page.wait_for_selector("path[data-controller]", state="attached")
    policy = directives(page.locator("meta[http-equiv=Content-Security-Policy]").get_attribute("content"))
    assert policy["default-src"] == ["'none'"]
    assert all(value.startswith("'sha256-") for value in policy["script-src"])
    assert page.evaluate("window.violations") == []
    page.evaluate(TRY)
    until(page, "Boolean(window.refused || window.evaluated)")
    assert page.evaluate("window.ran") is None
    assert page.evaluate("window.refused") == "EvalError"
